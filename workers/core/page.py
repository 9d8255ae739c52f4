"""A page: one fetched response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# The bounds of fetching one: seconds for the whole exchange, bytes packed and unpacked, redirects followed.
DEADLINE, MAX_BODY, MAX_REDIRECTS = 30.0, 10_000_000, 5


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Page:
    """One answer of a server.

    `asked` is the URL we asked first, `url` the one that answered after redirects; `headers` holds the kept ones
    (content-type, etag, last-modified, date, content-language) with lower-case names; `body` is unpacked but not
    decoded; `fetched_at` is in seconds since 1970 (UTC). `parts` are the further parts of its story, in their order;
    `lacks` is the address of the first of them that could not be had, "" where none is lacking.
    """

    asked: str
    url: str
    status: int
    body: bytes
    fetched_at: float
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[str, ...] = ()
    parts: tuple[Page, ...] = ()
    lacks: str = ""

    @property
    def not_modified(self) -> bool:
        """True when a conditional request was answered 304: there is no body, and nothing to read."""
        return self.status == 304

    @property
    def content_type(self) -> str | None:
        """The Content-Type header as sent, or None."""
        return self.headers.get("content-type")
