"""The messages of the queue. A message that does not fit its form is refused whole: BadMessage, nothing executed.

Workers of two versions may run side by side. So a field that is added has a default and may be left out by who does not
know it (what may not is a task of another name), and VERSION grows by one. In a message of a later version, fields that
we do not know are left out; in any other one they are refused. The same holds for what lies in the hand-off.
"""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workers.core.errors import BadMessage
from workers.core.work import Lease

VERSION = 4
MOST = 100
_KEY = Field(pattern=r"^[0-9a-f]{32}$")


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = VERSION


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parcel(_Part):
    """A fetched page: its key in the hand-off and the lease it was fetched under."""

    key: str = _KEY
    lease: Lease


class ParseMessage(_Message):
    """Pages to parse. A page on its second or later attempt travels alone (P3)."""

    parcels: tuple[Parcel, ...] = Field(min_length=1, max_length=MOST)


class BatchMessage(_Message):
    """Readings on their way to discover and then to sink, by their key in the hand-off.

    `brought` are the ids of the URLs that were read as lists and showed something new, once discover knows them.
    """

    key: str = _KEY
    brought: tuple[int, ...] = Field(default=(), max_length=MOST)


M = TypeVar("M", bound=_Message)


def written(message: _Message) -> dict[str, Any]:
    """The message as it goes into the queue; it says its version."""
    return {**message.model_dump(mode="json", exclude_defaults=True), "version": VERSION}


def understand(form: type[M], message: Any) -> M:
    """The message as its form, or BadMessage that says which field is wrong (never the field's value)."""
    version = message.get("version") if isinstance(message, dict) else None
    try:
        return form.model_validate(message, strict=False, extra=unknown_fields(version))
    except ValidationError as error:
        raise BadMessage(f"{form.__name__}: {fault(error)}") from None


def unknown_fields(version: object) -> Literal["ignore", "forbid"]:
    """What becomes of the unknown fields of something of this version."""
    return "ignore" if isinstance(version, int) and version > VERSION else "forbid"


def fault(error: ValidationError) -> str:
    """Where the first fault is and what it is, without the value."""
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the message"
    return f"{where}: {first['msg']}"
