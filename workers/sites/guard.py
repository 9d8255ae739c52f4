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

MAX_DEPTH = 500
MAX_FORMATTING = 64
MAX_TAGS = 150_000
# The parser compares each attribute of a tag with those before it: the square of their number is what it costs.
MAX_ATTRIBUTE_PAIRS = 25_000_000
_LONG_TAG = 2_000
_SHORTEST_TAG = len("<b>")
_MOST_STEPS = 10_000

_TAG = re.compile(rb"<(/?[a-zA-Z][^\s/>]{0,40}+)")
# The same without the tags that many a page has most of and that do not nest, see _NOT_NESTED.
_MAY_NEST = re.compile(rb"<(?!/?(?:a|p|li|img|br|link|meta|td|tr|option)[\s/>])(/?[a-zA-Z][^\s/>]{0,40}+)")
_TAG_WITH_END = re.compile(rb"<(/?[a-zA-Z][^<>]{0,200}?)(?:\s*(/)?>|[<>]|$)")
# What is not read as tags: comments, scripts and the like. One that never ends hides the rest from the parser as well.
_RAW = re.compile(
    rb"<!--.*?(?:-->|$)|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</\1|$)", re.S | re.I
)
# A tag from its name to its end; quotes hide a `>`.
_WHOLE_TAG = re.compile(rb"[a-zA-Z](?:[^>\"']++|\"[^\"]*+\"|'[^']*+'|[\"'])*+")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")

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
    if len(html) > MAX_TAGS * _SHORTEST_TAG and html.count(b"<") > MAX_TAGS:
        _check_number(html)
    _check_long_tags(html)
    names = _MAY_NEST.findall(html)
    counts = Counter(names)
    # Scripts and drawings upset the quick count; only a page that it finds suspect is counted exactly.
    if _deep(names, counts, _LEVELS, MAX_DEPTH) or _deep(names, counts, _FORMATS_ONLY, MAX_FORMATTING):
        reason = _nesting((match[1], match[2]) for match in _TAG_WITH_END.finditer(_RAW.sub(b"", html)))
        if reason:
            raise HostilePage(reason)


def _check_number(html: bytes) -> None:
    if len(_TAG.findall(_RAW.sub(b"", html))) > MAX_TAGS:
        raise HostilePage(f"The page has more than {MAX_TAGS:,} tags.")


def _check_long_tags(html: bytes) -> None:
    pairs = 0
    for part in _long_parts(html):
        tag = _WHOLE_TAG.match(part)
        if tag is not None and len(tag[0]) > _LONG_TAG:
            rest = _QUOTED.sub(b"", tag[0])
            pairs += max(len(rest.split()), rest.count(b"=")) ** 2
    if pairs > MAX_ATTRIBUTE_PAIRS:
        raise HostilePage("Its tags have thousands of attributes.")


def _long_parts(html: bytes) -> Iterator[bytes]:
    """What stands between two `<`, where it is long: few places are looked at, as one in a thousand bytes is enough."""
    at, step = 0, _LONG_TAG // 2
    while at < len(html):
        if html.find(b"<", at, at + step) >= 0:
            at += step
            continue
        start, end = html.rfind(b"<", 0, at) + 1, html.find(b"<", at)
        at = end if end >= 0 else len(html)
        yield html[start:at]


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


def _nesting(tags: Iterable[tuple[bytes, bytes]]) -> str | None:
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
        if depth > MAX_DEPTH:
            return f"Its elements are nested more than {MAX_DEPTH} deep."
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
