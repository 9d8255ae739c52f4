"""Hostile markup, found before the parser sees it: the parser has no limits, and nothing can interrupt it.

The bounds were measured: every page that kept the parser busy broke one of them, and no ordinary page did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest

from workers.core.errors import HostilePage
from workers.sites.markup import ATTRIBUTE, ATTRIBUTES, TAG, TAG_NAME, attributes_at, number_of, without_raw
from workers.sites.nesting import MAX_COPIES, MAX_FORMATTING, formats_open, is_suspect, nesting

# What looks for an element inside of another one asks all that it stands in: the depth times the tags. One of two
# thousand saved pages is more than 100 deep, none more than 150.
MAX_DEPTH, _LEAST_DEPTH, _DEPTH_TIMES_TAGS = 500, 150, 10_000_000
MAX_TAGS = 100_000
# However they are nested, so few cost the parser some ten milliseconds; nine pages of ten have no more. Formatting
# elements are another matter: the parser opens all of them again in each paragraph.
FEW_TAGS = 3_000
# The parser compares each attribute of a tag with those before it: the square of their number is what it costs.
MAX_ATTRIBUTE_PAIRS = 25_000_000
MAX_ATTRIBUTES = 750_000
# A smaller page has no room for more.
_MANY_ATTRIBUTES = 3 * MAX_ATTRIBUTES
# A tag of fewer bytes has no room for as many attributes as cost that alone. On large pages fewer bytes still are too
# long: a page full of tags of one length costs a tenth of a nanosecond times both, in bytes.
_LONG_TAG, _LONG_TIMES_PAGE = 10_000, 4_000_000_000

# Formatting elements; the first letter is told before the rest, as most tags begin with none of these.
_FORMATTING_TAG = rb"<([bceifstu](?:(?=[\s/>])|(?:ig|m|t|mall|ode|ont|trike|trong)(?=[\s/>]))"
# A link is one too, and looked at where it is long, or a quoted `>` may hide that it is.
_LONG_LINK = rb"a(?=[\s/](?:[^>]{300}|(?:[^>\"']*+(?:\"[^\">]*+\"|'[^'>]*+'))*+[^>\"']*+[\"']))"
# The attributes of all `<body>` become those of one tag.
_FORMATTING_TAG += rb"|nobr(?=[\s/>])|" + _LONG_LINK + rb"|body(?=[\s/])|html(?=[\s/]))"
_BETWEEN_ATTRIBUTES = b" \t\n\r\f/\"'"
_FORMATTING_TAGS = re.compile(rb"%b(%b)" % (_FORMATTING_TAG, ATTRIBUTES.pattern), re.I)

_LINK_NAMES = (b"a", b"nobr")
_MERGED = (b"body", b"html")


def check_markup(html: bytes) -> None:
    """Raises HostilePage for markup that would keep the parser busy for seconds, saying what is too much.

    `html` is in UTF-8.
    """
    tags = html.count(b"<")
    if tags > MAX_TAGS:
        _check_number(html)
    _check_long_tags(html)
    if len(html) > _MANY_ATTRIBUTES:
        _check_attributes(without_raw(html))
    formats = [(name, number_of(attributes)) for name, attributes in _FORMATTING_TAGS.findall(html)]
    if _pairs([sum(number for name, number in formats if name.lower() in _MERGED)]) > MAX_ATTRIBUTE_PAIRS:
        raise HostilePage("Its tags have thousands of attributes.")
    copied = tags * _most_open(formats, MAX_FORMATTING) > MAX_COPIES
    copied = copied and tags * _most_open(formats, formats_open(html)) > MAX_COPIES
    if copied or tags > FEW_TAGS or len(formats) > MAX_FORMATTING:
        _check_nesting(html, max(_LEAST_DEPTH, min(MAX_DEPTH, _DEPTH_TIMES_TAGS // (tags + 1))), copied)


def _most_open(formats: Sequence[tuple[bytes, int]], most: int) -> int:
    """How many elements and attributes the parser may have to copy when it opens `most` formatting elements again."""
    links = [1 + number for name, number in formats if name.lower() in _LINK_NAMES]
    others = [1 + number for name, number in formats if name.lower() not in (*_MERGED, *_LINK_NAMES)]
    return max(links, default=0) + sum(nlargest(most, others))


def _check_nesting(html: bytes, depth: int, copied: bool) -> None:
    # Scripts and drawings upset the quick count; only a page that it finds suspect, also without scripts, is counted
    # exactly.
    if copied or (is_suspect(html, depth) and is_suspect(without_raw(html), depth)):
        reason = nesting(without_raw(html), depth)
        if reason:
            raise HostilePage(reason)


def _check_number(html: bytes) -> None:
    if len(TAG.findall(without_raw(html))) > MAX_TAGS:
        raise HostilePage(f"The page has more than {MAX_TAGS:,} tags.")


def _check_long_tags(html: bytes) -> None:
    longest = min(_LONG_TAG, _LONG_TIMES_PAGE // (len(html) + 1))
    tags = [tag for tag in _tags_within(html, longest) if len(tag) > longest]
    # Attributes are parted by one of these, at the least: a number that is quickly told.
    if _pairs(len(tag) - len(tag.translate(None, _BETWEEN_ATTRIBUTES)) for tag in tags) <= MAX_ATTRIBUTE_PAIRS:
        return
    if _pairs(number_of(tag) for tag in tags) > MAX_ATTRIBUTE_PAIRS:
        raise HostilePage("Its tags have thousands of attributes.")


def _pairs(numbers: Iterable[int]) -> int:
    return sum(number * number for number in numbers)


def _tags_within(html: bytes, longest: int) -> list[bytes]:
    """The attributes of the tags that begin where marks are far apart: names may hold a `<`, and values a `>`."""
    parts = {part for mark in (b"<", b">") for part in _without(mark, html, longest)}
    starts = {name.end() for start, end in parts if (name := TAG_NAME.search(html, start, end))}
    return list(attributes_at(html, sorted(starts)))


def _check_attributes(html: bytes) -> None:
    at = number = 0
    while name := TAG_NAME.search(html, at):
        tag = ATTRIBUTES.match(html, name.end())
        at = tag.end() if tag is not None else name.end()
        number += len(ATTRIBUTE.findall(html, name.end(), at))
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
