"""The messages of the queue. A message that does not fit its form is refused whole: BadMessage, nothing executed."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workers.core.errors import BadMessage
from workers.core.work import Lease

MOST = 100
_KEY = Field(pattern=r"^[0-9a-f]{32}$")


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parcel(_Message):
    """A fetched page: its key in the hand-off and the lease it was fetched under."""

    key: str = _KEY
    lease: Lease


class ParseMessage(_Message):
    """Pages to parse. A page on its second or later attempt travels alone (P3)."""

    parcels: tuple[Parcel, ...] = Field(min_length=1, max_length=MOST)


class BatchMessage(_Message):
    """Readings on their way to discover and then to sink, by their key in the hand-off."""

    key: str = _KEY


M = TypeVar("M", bound=_Message)


def understand(form: type[M], message: Any) -> M:
    """The message as its form, or BadMessage that says which field is wrong (never the field's value)."""
    try:
        return form.model_validate(message, strict=False)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the message"
        raise BadMessage(f"{form.__name__}: {where}: {first['msg']}") from None
