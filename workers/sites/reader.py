"""What a reader is: a named function from a page to a value and where it was found; and what readers a profile has."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from workers.core.article import Block, Image, Moment
from workers.core.errors import BadInput
from workers.core.link import Label
from workers.sites.page.document import Document
from workers.sites.selectors import is_misread

T = TypeVar("T", covariant=True)

_EMPTY_PAGE = LexborHTMLParser("")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and where it came from, as `profile:h1.title`, `json-ld:headline` or `opengraph:title`."""

    value: T
    source: str


@dataclass(frozen=True, slots=True)
class Reader(Generic[T]):
    """A named function from a page to what it found. `str()` tells what it looks for."""

    name: str
    read: Callable[[Document], Found[T] | None]

    def __call__(self, document: Document) -> Found[T] | None:
        return self.read(document)

    def __str__(self) -> str:
        return self.name


class Shown(NamedTuple):
    """A link as a page shows it: absolute URL, box, headline and time as written."""

    url: str
    label: Label
    headline: str | None = None
    shown_text: str | None = None


@dataclass(frozen=True)
class Readers:
    """The readers of a profile, one a field of the article; None where the profile leaves it to the generic reader."""

    headline: Reader[str] | None = None
    body: Reader[tuple[Block, ...]] | None = None
    lead: Reader[str] | None = None
    section: Reader[str] | None = None
    tags: Reader[tuple[str, ...]] | None = None
    authors: Reader[tuple[str, ...]] | None = None
    language: Reader[str] | None = None
    published: Reader[Moment] | None = None
    modified: Reader[Moment] | None = None
    event: Reader[Moment] | None = None
    reading_minutes: Reader[int] | None = None
    image: Reader[Image] | None = None
    corrected: Reader[bool] | None = None
    paywalled: Reader[bool] | None = None
    publisher: Reader[str] | None = None
    links: Reader[tuple[Shown, ...]] | None = None

    def names(self) -> tuple[str, ...]:
        """The fields that this profile reads."""
        return self._names

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(field.name for field in fields(self) if getattr(self, field.name) is not None)

    def __getitem__(self, name: str) -> Reader[Any]:
        reader: Reader[Any] = getattr(self, name)
        return reader


def selector(css: str) -> str:
    """The selector itself, once it is known to be one that the parser reads as its author meant it."""
    if is_misread(css):
        raise BadInput(
            f"The selector {css!r} of a site profile finds too little: the parser looks no further than the nearest "
            "element where one is described by `:is(…)`, `:not(…)` or their like alone. Write `*:is(…)`."
        )
    try:
        _EMPTY_PAGE.css(css)
    except (SelectolaxError, UnicodeError) as error:
        raise BadInput(
            f"The selector {css!r} of a site profile cannot be read: it is no valid CSS selector."
        ) from error
    return css


def pattern(expression: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """The compiled regular expression; a bad one is refused in a sentence."""
    try:
        return re.compile(expression, flags)
    except re.error as error:
        raise BadInput(f"The pattern {expression!r} of a site profile cannot be read: {error}.") from error


def time_zone(name: str) -> str:
    """The name itself, once it is known to be one of a time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadInput(
            f"The time zone {name!r} of a site profile is not known: dates would be read as UTC. "
            "Write its name as in Europe/Kyiv or America/New_York."
        ) from None
    return name
