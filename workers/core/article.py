"""The article: the normalised result of reading one page.

Fields follow schema.org NewsArticle in meaning. Every value keeps where it came from in `provenance`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from workers.core.link import Link
from workers.core.term import Term
from workers.core.urls import host_of


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BlockKind(Term):
    """What a piece of the body is; the order of the blocks is the order on the page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    ITEM = "item"


class Block(_Value):
    """One paragraph, subheading, quote or list item of the body."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH


_BLOCKS = TypeAdapter(tuple[Block, ...])


def as_blocks(texts: Iterable[tuple[str, BlockKind]]) -> tuple[Block, ...]:
    """The blocks of these texts, made at once: one by one they take twice as long."""
    return _BLOCKS.validate_python([{"text": text, "kind": kind} for text, kind in texts])


class Precision(Term):
    """How exactly a moment was written."""

    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class Moment(_Value):
    """A date: `at` in UTC (aware), `text` as it was written on the page."""

    at: datetime
    text: str
    precision: Precision = Precision.SECOND


class Image(_Value):
    """The lead picture. `credit` is what stood after `Photo:`, also when that is a bare URL."""

    url: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None


class Article(_Value):
    """One article as read from one page.

    (`site`, `key`) says which article it is; `url` is the address that answered. `links` are the labelled boxes of the
    page and no part of `content_hash`, nor is the reading time: both change without the article changing.
    """

    site: str
    key: str
    url: str
    headline: str
    body: tuple[Block, ...]
    canonical_url: str | None = None
    lead: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    language: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    event: Moment | None = None
    reading_minutes: int | None = None
    image: Image | None = None
    corrected: bool = False
    paywalled: bool | None = None
    publisher: str | None = None
    links: tuple[Link, ...] = ()
    provenance: dict[str, str] = Field(default_factory=dict)

    @property
    def address(self) -> str:
        """By which others may know it: its canonical URL, unless that is of another host; then its own.

        What a page says of itself must not make it stand for another site's article.
        """
        if self.canonical_url and _bare_host(self.canonical_url) == _bare_host(self.url):
            return self.canonical_url
        return self.url

    @property
    def text(self) -> str:
        """The body as plain text, its blocks separated by an empty line."""
        return "\n\n".join(block.text for block in self.body)

    @cached_property
    def content_hash(self) -> str:
        """A version's identity: headline, body, published and the corrected marker (32 hex digits)."""
        published = self.published.at.isoformat() if self.published else ""
        parts = [self.headline, published, "corrected" if self.corrected else ""]
        parts += [f"{block.kind}\x1f{block.text}" for block in self.body]
        return hashlib.blake2b("\x1e".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _bare_host(url: str) -> str:
    """The host without what only says for which screen it is."""
    return re.sub(r"^(?:(?:www|m|mobile|amp)\.)+", "", host_of(url))
