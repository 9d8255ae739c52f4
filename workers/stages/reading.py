"""A reading: what the parse stage found on one page, on its way to discover and sink."""

from __future__ import annotations

import json
import struct

from pydantic import BaseModel, ConfigDict, TypeAdapter

from workers.core.article import Article
from workers.core.link import Link
from workers.core.page import Page
from workers.core.work import Lease, State


class Reading(BaseModel):
    """One page read under one lease: an article, or the reason why there is none, and the links it showed.

    `missing` are the fields that it had to have and that were not found.
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


_READINGS = TypeAdapter(tuple[Reading, ...])
_SIZE = struct.Struct(">I")


def pack_readings(readings: tuple[Reading, ...]) -> bytes:
    """The readings as bytes for the hand-off; `unpack_readings` gives equal ones."""
    return _READINGS.dump_json(readings, exclude_defaults=True)


def unpack_readings(data: bytes) -> tuple[Reading, ...]:
    """The readings of `pack_readings`."""
    return _READINGS.validate_json(data)


def pack_page(page: Page) -> bytes:
    """The page as bytes for the hand-off: a short JSON head with its size before it, then the body as it is."""
    head = {
        "asked": page.asked,
        "url": page.url,
        "status": page.status,
        "fetched_at": page.fetched_at,
        "headers": dict(page.headers),
        "redirects": page.redirects,
    }
    data = json.dumps(head).encode()
    return _SIZE.pack(len(data)) + data + page.body


def unpack_page(data: bytes) -> Page:
    """The page of `pack_page`."""
    end = _SIZE.size + _SIZE.unpack_from(data)[0]
    head = json.loads(data[_SIZE.size : end])
    head["redirects"] = tuple(head["redirects"])
    return Page(body=data[end:], **head)
