"""A reading: what the parse stage found on one page, on its way to discover and sink.

What is packed here says its version, by the rule of messages.py: unknown fields of a later one are left out.
"""

from __future__ import annotations

import dataclasses
import json
import struct
from itertools import accumulate, pairwise

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from workers.core.article import Article
from workers.core.errors import BadMessage
from workers.core.link import Link
from workers.core.page import Page
from workers.core.work import Lease, State
from workers.stages.messages import VERSION, fault, unknown_fields


class Reading(BaseModel):
    """One page read under one lease: an article, or the reason why there is none, and the links it showed.

    `missing` are the fields that it had to have and that were not found.
    `links` are those that no article has: of a page without one; of a page with one what else it showed, and the
    address under which another one is stored.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lease: Lease
    page_url: str
    fetched_at: float
    status: int
    etag: str | None = None
    last_modified: str | None = None
    state: State
    reason: str | None = None
    detail: str | None = None
    article: Article | None = None
    links: tuple[Link, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[Link, ...]:
        """The links that the page showed."""
        return self.links if self.article is None else self.links + self.article.links


_READINGS = TypeAdapter(tuple[Reading, ...])
_VERSION = struct.Struct(">H")
_SIZE = struct.Struct(">I")
_PAGE = {field.name for field in dataclasses.fields(Page)} - {"body"}


def pack_readings(readings: tuple[Reading, ...]) -> bytes:
    """The readings as bytes for the hand-off; `unpack_readings` gives equal ones."""
    return _VERSION.pack(VERSION) + _READINGS.dump_json(readings, exclude_defaults=True)


def unpack_readings(data: bytes) -> tuple[Reading, ...]:
    """The readings of `pack_readings`; BadMessage when it is none of them."""
    try:
        [version] = _VERSION.unpack_from(data)
        return _READINGS.validate_json(data[_VERSION.size :], extra=unknown_fields(version))
    except ValidationError as error:
        raise BadMessage(f"readings: {fault(error)}") from None
    except struct.error:
        raise BadMessage("readings: they are cut off") from None


def pack_page(page: Page) -> bytes:
    """The page as bytes for the hand-off: a short JSON head with its size before it, then the body as it is.

    Further parts of its story follow, each as a page.
    """
    parts = [pack_page(part) for part in page.parts]
    head = {
        "version": VERSION,
        "asked": page.asked,
        "url": page.url,
        "status": page.status,
        "fetched_at": page.fetched_at,
        "headers": dict(page.headers),
        "redirects": page.redirects,
    }
    head |= {"parts": [len(part) for part in parts]} if parts else {}
    head |= {"lacks": page.lacks} if page.lacks else {}
    data = json.dumps(head).encode()
    return b"".join((_SIZE.pack(len(data)), data, page.body, *parts))


def unpack_page(data: bytes) -> Page:
    """The page of `pack_page`; BadMessage when it is none."""
    try:
        end = _SIZE.size + _SIZE.unpack_from(data)[0]
        head = json.loads(data[_SIZE.size : end])
        if unknown_fields(head.pop("version")) == "ignore":
            head = {name: value for name, value in head.items() if name in _PAGE}
        head["redirects"] = tuple(head["redirects"])
        sizes = head.pop("parts", ())
        places = list(accumulate(sizes, initial=len(data) - sum(sizes)))
        if places[0] < end:
            raise BadMessage("page: its parts are longer than it is")
        head["parts"] = tuple(unpack_page(data[start:stop]) for start, stop in pairwise(places))
        return Page(body=data[end : places[0]], **head)
    except (ValueError, KeyError, TypeError, AttributeError, struct.error) as error:
        raise BadMessage(f"page: it cannot be read ({type(error).__name__})") from None
