"""Hostile markup, found before the parser sees it: the parser has no limits, and nothing can interrupt it.

The bounds were measured: every page that kept the parser busy broke one of them, and no ordinary page did. What looks
like a tag counts as one, and no end tag is believed, wherever it stands: in comments, scripts and attributes nobody but
a parser knows what is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeAlias

from workers.core.errors import HostilePage
from workers.sites.page.document import Document
from workers.sites.page.markup import (
    ATTRIBUTES,
    SPACES,
    TAG_NAME,
    at_most,
    attributes_at,
    checked_overlap,
    counted,
    number_of,
)
from workers.sites.page.nesting import checked_tree

MAX_TAGS = 100_000
# The parser compares each attribute of a tag with those before it: the square of their number is what it costs.
MAX_ATTRIBUTE_PAIRS = 25_000_000
MAX_ATTRIBUTES = 750_000
# A smaller page has no room for more.
_MANY_ATTRIBUTES = 3 * MAX_ATTRIBUTES
# A tag of fewer bytes has no room for as many attributes as cost that alone. On large pages fewer bytes still are too
# long: a page full of tags of one length costs a tenth of a nanosecond times both, in bytes.
_LONG_TAG, _LONG_TIMES_PAGE = 10_000, 4_000_000_000
# Formatting elements that are open when their paragraph ends are opened again in each that follows, with their
# attributes. So many of both take 150 megabytes. Of those that are equal the parser opens three, of links one.
MAX_COPIES = 1_500_000
_EQUAL = 3

# Formatting elements; the first two letters are told before the rest, as most tags begin with none of these.
_END = rb"(?=[%b/>])" % SPACES
_FORMATTING_TAG = rb"<(?=[abcefhinstuABCEFHINSTU][imotIMOT%b/>])" % SPACES
_FORMATTING_TAG += rb"([bceifstu](?:%b|(?:ig|m|t|mall|ode|ont|trike|trong)%b)" % (_END, _END)
# A link is one too, and looked at where it is long, or a quoted `>` may hide that it is: others have fewer attributes
# than that.
_SHORT_LINK = 150
_LINKS = re.compile(rb"<a(?=[%b/])(%b)" % (SPACES, ATTRIBUTES.pattern), re.I)
_LONG_LINK = rb"a(?=[%b/](?:[^>]{300}|(?:[^>\"']*+(?:\"[^\">]*+\"|'[^'>]*+'))*+[^>\"']*+[\"']))" % SPACES
# The attributes of all `<body>` become those of one tag.
_FORMATTING_TAG += rb"|nobr%b|%b|body(?=[%b/])|html(?=[%b/]))" % (_END, _LONG_LINK, SPACES, SPACES)
_FORMATTING_TAGS = re.compile(rb"%b(%b)" % (_FORMATTING_TAG, ATTRIBUTES.pattern), re.I)

_LINK_NAMES = (b"a", b"nobr")
_MERGED = (b"body", b"html")

_Formats: TypeAlias = Counter[tuple[bytes, bytes]]


def guarded(html: bytes, url: str) -> Document:
    """The tree of a page in UTF-8.

    Raises HostilePage for markup that would keep parser or readers busy for seconds, saying what is too much.
    """
    tags = len(html) - len(html.replace(b"<", b""))  # which counts one byte in half the time of `count`
    return checked_tree(html, url, tags, _copies(html, tags))


def _copies(html: bytes, tags: int) -> int:
    """How many elements the parser may make besides those that have a tag, at the most."""
    if tags > MAX_TAGS:
        raise HostilePage(f"The page has more than {MAX_TAGS:,} tags.")
    _check_long_tags(html)
    if len(html) > _MANY_ATTRIBUTES:
        _check_attributes(html)
    formats = Counter((name.lower(), attributes) for name, attributes in _FORMATTING_TAGS.findall(html))
    if _merged(formats, at_most) ** 2 > MAX_ATTRIBUTE_PAIRS and _merged(formats, number_of) ** 2 > MAX_ATTRIBUTE_PAIRS:
        raise HostilePage("Its tags have thousands of attributes.")
    if _may_copy_much(html, tags, formats):
        raise HostilePage(f"Its formatting elements may be opened again more than {MAX_COPIES:,} times.")
    return tags * _weight(formats, lambda _: 0)


def _may_copy_much(html: bytes, tags: int, formats: _Formats) -> bool:
    """True where more may be copied than is allowed: what is told sooner is asked before, and may be too much."""
    if any(tags * (_weight(formats, number) + _SHORT_LINK) <= MAX_COPIES for number in (at_most, number_of)):
        return False
    formats = formats + _Formats((b"a", attributes) for attributes in _LINKS.findall(html))
    starts = tags - html.count(b"</")  # what ends a paragraph began as one
    return starts * _weight(formats, number_of) > MAX_COPIES


def _merged(formats: _Formats, number: Callable[[bytes], int]) -> int:
    """How many attributes the parser gives to one tag of several."""
    return sum(number(attributes) for name, attributes in formats if name in _MERGED)


def _weight(formats: _Formats, number: Callable[[bytes], int]) -> int:
    """How many elements and attributes the parser may have to copy when it opens formatting elements again."""
    links = others = 0
    for (name, attributes), times in formats.items():
        weight = 1 + number(attributes)
        if name in _LINK_NAMES:
            links = max(links, weight)
        elif name not in _MERGED:
            others += min(times, _EQUAL) * weight
    return links + others


def _check_long_tags(html: bytes) -> None:
    longest = min(_LONG_TAG, _LONG_TIMES_PAGE // (len(html) + 1))
    pairs = read = 0
    for start in _starts_of_tags(html, longest):
        number, end = counted(html, start, MAX_ATTRIBUTE_PAIRS)
        pairs += number**2 if end - start > longest else 0
        if pairs > MAX_ATTRIBUTE_PAIRS:
            raise HostilePage("Its tags have thousands of attributes.")
        read = checked_overlap(html, read + end - start)


def _starts_of_tags(html: bytes, longest: int) -> list[int]:
    """Where names end of tags that begin where marks are far apart: names may hold a `<`, and values a `>`."""
    parts = {part for mark in (b"<", b">") for part in _without(mark, html, longest)}
    return sorted({end for part in parts if (end := _end_of_name(html, *part)) is not None})


def _end_of_name(html: bytes, start: int, end: int) -> int | None:
    """Where the first name of a tag ends that begins there; a pattern looks for the first `<` twenty times as long."""
    first = html.find(b"<", start, end)
    name = TAG_NAME.search(html, first, end) if first >= 0 else None
    return name.end() if name else None


def _check_attributes(html: bytes) -> None:
    number = 0
    for attributes in attributes_at(html, (name.end() for name in TAG_NAME.finditer(html))):
        number += number_of(attributes)
        if number > MAX_ATTRIBUTES:
            raise HostilePage(f"Its tags have more than {MAX_ATTRIBUTES:,} attributes.")


def _without(mark: bytes, html: bytes, longest: int) -> Iterator[tuple[int, int]]:
    """From each mark to the next where they are farther apart: one place in each half of that is looked at."""
    at, step = 0, longest // 2
    while at < len(html):
        if html.find(mark, at, at + step) >= 0:
            at += step
            continue
        start, end = max(0, html.rfind(mark, 0, at)), html.find(mark, at)
        at = end if end >= 0 else len(html)
        if at - start > longest:
            yield start, at
