"""Hostile markup, found before the parser sees it: the parser has no limits, and nothing can interrupt it.

The bounds were measured: every page that kept the parser busy broke one of them, and no ordinary page did.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from operator import sub

from workers.core.errors import HostilePage

# What looks for an element inside of another one asks all that it stands in: the depth times the tags. One of two
# thousand saved pages is more than 100 deep, none more than 150.
MAX_DEPTH, _LEAST_DEPTH, _DEPTH_TIMES_TAGS = 500, 150, 10_000_000
MAX_FORMATTING = 64
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
_MOST_STEPS = 10_000

_TAG = re.compile(rb"<(/?[a-zA-Z][^\s/>]{0,40}+)")
# The same without the tags that many a page has most of and that do not nest, see _NOT_NESTED.
_MAY_NEST = re.compile(rb"<(?!/?(?:a|p|li|img|br|link|meta|td|tr|option)[\s/>])(/?[a-zA-Z][^\s/>]{0,40}+)")
# Formatting elements; the first letter is told before the rest, as most tags begin with none of these.
_FORMATTING_TAG = re.compile(rb"<[bceifstu](?:[\s/>]|(?:ig|m|t|mall|ode|ont|trike|trong)[\s/>])", re.I)
_TAG_WITH_END = re.compile(rb"<(/?[a-zA-Z][^<>]{0,200}?)(?:\s*(/)?>|[<>]|$)")
# What is not read as tags: comments, scripts and the like. One that never ends hides the rest from the parser as well.
_RAW = re.compile(
    rb"<!--.*?(?:-->|$)|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</\1|$)", re.S | re.I
)
# A tag from its name on, and its attributes as browsers part them: by spaces, slashes or nothing; only what follows a
# `=` is quoted, and a `>` in there ends no tag.
_TAG_NAME = re.compile(rb"<[a-zA-Z][^\s/>]*+")
_ATTRIBUTE = re.compile(
    rb"[\s/]*+(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|[\"'])?+)?+"
)
_BETWEEN_ATTRIBUTES = b" \t\n\r\f/\"'"
_ATTRIBUTES = re.compile(rb"(?:%b|[\s/]++)*+" % _ATTRIBUTE.pattern)
# The same in less time, or more than that: it takes a `=` before a name for one before a value.
_TO_END_OF_TAG = re.compile(rb"[^>=]*+(?:=\s*+(?:\"[^\"]*+\"|'[^']*+')?+[^>=]*+)*+")

_NESTS, _FORMATS, _DRAWS = 1, 2, 3
# `a` and `nobr` are left out here: a second one ends the first.
_FORMATTING = frozenset(("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"))
# Void elements, and those that the parser ends itself: they do not nest.
_VOID = ("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "image", "input", "keygen")
_ENDED = ("a", "nobr", "p", "li", "dd", "dt", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup")
_OTHERS = ("link", "meta", "param", "source", "track", "wbr", "rp", "rt", "body", "html", "head")
_NOT_NESTED = frozenset((*_VOID, *_ENDED, *_OTHERS))


def check_markup(html: bytes) -> None:
    """Raises HostilePage for markup that would keep the parser busy for seconds, saying what is too much.

    `html` is in UTF-8.
    """
    tags = html.count(b"<")
    if tags > MAX_TAGS:
        _check_number(html)
    _check_long_tags(html)
    if len(html) > _MANY_ATTRIBUTES:
        _check_attributes(_RAW.sub(b"", html))
    if tags > FEW_TAGS or len(_FORMATTING_TAG.findall(html)) > MAX_FORMATTING:
        _check_nesting(html, max(_LEAST_DEPTH, min(MAX_DEPTH, _DEPTH_TIMES_TAGS // (tags + 1))))


def _check_nesting(html: bytes, depth: int) -> None:
    # Scripts and drawings upset the quick count; only a page that it finds suspect, also without scripts, is counted
    # exactly.
    if _is_suspect(html, depth) and _is_suspect(html := _RAW.sub(b"", html), depth):
        reason = _nesting(((match[1], match[2]) for match in _TAG_WITH_END.finditer(html)), depth)
        if reason:
            raise HostilePage(reason)


def _is_suspect(html: bytes, depth: int) -> bool:
    names = _MAY_NEST.findall(html)
    counts = Counter(names)
    return _deep(names, counts, _LEVELS, depth) or _deep(names, counts, _FORMATS_ONLY, MAX_FORMATTING)


def _check_number(html: bytes) -> None:
    if len(_TAG.findall(_RAW.sub(b"", html))) > MAX_TAGS:
        raise HostilePage(f"The page has more than {MAX_TAGS:,} tags.")


def _check_long_tags(html: bytes) -> None:
    longest = min(_LONG_TAG, _LONG_TIMES_PAGE // (len(html) + 1))
    tags = [tag for tag in _tags_within(html, longest) if len(tag) > longest]
    # Attributes are parted by one of these, at the least: a number that is quickly told.
    if _pairs(len(tag) - len(tag.translate(None, _BETWEEN_ATTRIBUTES)) for tag in tags) <= MAX_ATTRIBUTE_PAIRS:
        return
    if _pairs(len(_ATTRIBUTE.findall(tag)) for tag in tags) > MAX_ATTRIBUTE_PAIRS:
        raise HostilePage("Its tags have thousands of attributes.")


def _pairs(numbers: Iterable[int]) -> int:
    return sum(number * number for number in numbers)


def _tags_within(html: bytes, longest: int) -> list[bytes]:
    """The attributes of the tags that begin where marks are far apart: names may hold a `<`, and values a `>`."""
    parts = {part for mark in (b"<", b">") for part in _without(mark, html, longest)}
    starts = {name.end() for start, end in parts if (name := _TAG_NAME.search(html, start, end))}
    return [tag[0] for tag in (_TO_END_OF_TAG.match(html, start) for start in starts) if tag is not None]


def _check_attributes(html: bytes) -> None:
    at = number = 0
    while name := _TAG_NAME.search(html, at):
        tag = _ATTRIBUTES.match(html, name.end())
        at = tag.end() if tag is not None else name.end()
        number += len(_ATTRIBUTE.findall(html, name.end(), at))
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


class _Steps(dict[bytes, int]):
    """For each tag the levels it opens (1) or closes (-1), worked out once."""

    def __init__(self, only_formatting: bool) -> None:
        super().__init__()
        self.only_formatting = only_formatting

    def __missing__(self, tag: bytes) -> int:
        step = _step(tag)
        step = 0 if self.only_formatting and abs(step) != _FORMATS else (step > 0) - (step < 0)
        if len(self) < _MOST_STEPS:
            self[tag] = step
        return step


def _deep(names: list[bytes], counts: Counter[bytes], steps: _Steps, most: int) -> bool:
    """True when more than `most` levels are open at once; few pages have so many start tags at all."""
    opened = sum(number for name, number in counts.items() if steps[name] > 0)
    return opened > most and _higher(names, steps, most)


def _higher(names: list[bytes], steps: _Steps, most: int) -> bool:
    """True when more than `most` levels are open at once; end tags without a start close nothing."""
    levels = list(accumulate(map(steps.__getitem__, names)))
    if max(levels, default=0) - min(0, min(levels, default=0)) <= most:
        return False
    lowest = accumulate(levels, min, initial=0)
    return max(map(sub, levels, islice(lowest, 1, None)), default=0) > most


def _nesting(tags: Iterable[tuple[bytes, bytes]], most: int) -> str | None:
    """What is wrong with the nesting of these tags (`name attributes` or `/name`; "/" for self-closing), or None."""
    steps: dict[bytes, int] = {}
    depth = drawing = 0
    formatting = _Formatting()
    for tag, closed in tags:
        step = steps.get(tag)
        if step is None:
            step = steps[tag] = _step(tag)
        if not step or (closed and drawing):
            continue
        depth = max(0, depth + (1 if step > 0 else -1))
        if depth > most:
            return f"Its elements are nested more than {most} deep."
        if abs(step) == _FORMATS and formatting.too_many(tag, step > 0):
            return f"More than {MAX_FORMATTING} formatting elements are open at once."
        if abs(step) == _DRAWS:
            drawing = max(0, drawing + (1 if step > 0 else -1))
    return None


def _step(tag: bytes) -> int:
    """0 for a tag that does not nest, else what it is, negative for an end tag."""
    name = _name(tag)
    if name in _NOT_NESTED:
        return 0
    step = _FORMATS if name in _FORMATTING else _DRAWS if name == "svg" else _NESTS
    return -step if tag.startswith(b"/") else step


def _name(tag: bytes) -> str:
    return re.split(rb"[\s/]", tag.lstrip(b"/"), maxsplit=1)[0].lower().decode("ascii", "replace")


class _Formatting:
    """The open formatting elements; the parser keeps at most three that are equal in name and attributes."""

    def __init__(self) -> None:
        self.open: dict[str, list[bytes]] = {}

    def too_many(self, tag: bytes, starts: bool) -> bool:
        same_name = self.open.setdefault(_name(tag), [])
        if not starts:
            del same_name[-1:]
        elif same_name.count(tag) < 3:
            same_name.append(tag)
        return starts and sum(map(len, self.open.values())) > MAX_FORMATTING


_LEVELS, _FORMATS_ONLY = _Steps(only_formatting=False), _Steps(only_formatting=True)
