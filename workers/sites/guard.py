"""Hostile markup, found before the parser sees it: the parser has no limits, and nothing can interrupt it.

The bounds were measured: every page that kept the parser busy broke one of them, and no ordinary page did.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
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
_OVERLAP = 3
# Elements and attributes that the parser copies, as it opens all formatting elements again in each paragraph: some 150
# bytes each.
MAX_COPIES = 1_000_000

_TAG = re.compile(rb"<(/?[a-zA-Z][^\s/>]{0,40}+)")
# The same without the tags that many a page has most of and that do not nest, see _NOT_NESTED.
_MAY_NEST = re.compile(rb"<(?!/?(?:a|p|li|img|br|link|meta|td|tr|option)[\s/>])(/?[a-zA-Z][^\s/>]{0,40}+)")
# In drawings and formulas all nest but those that end them.
_MAY_NEST_DRAWN = re.compile(rb"<(?!/?(?:p|li|img|br|meta)[\s/>])(/?[a-zA-Z][^\s/>]{0,40}+)")
# Formatting elements; the first letter is told before the rest, as most tags begin with none of these.
_FORMATTING_TAG = rb"<([bceifstu](?:(?=[\s/>])|(?:ig|m|t|mall|ode|ont|trike|trong)(?=[\s/>]))"
# A link is one too, and looked at where it is long, or a quoted `>` may hide that it is.
_LONG_LINK = rb"a(?=[\s/](?:[^>]{300}|(?:[^>\"']*+(?:\"[^\">]*+\"|'[^'>]*+'))*+[^>\"']*+[\"']))"
# The attributes of all `<body>` become those of one tag.
_FORMATTING_TAG += rb"|nobr(?=[\s/>])|" + _LONG_LINK + rb"|body(?=[\s/])|html(?=[\s/]))"
_TAG_BEGIN = re.compile(rb"<(/?[a-zA-Z][^<>]{0,200})[^<>]*+>?")
# What is not read as tags: comments, scripts and the like. One that never ends hides the rest from the parser as well.
_RAW = re.compile(
    rb"<!--.*?(?:-->|$)|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</\1|$)", re.S | re.I
)
# A tag from its name on, and its attributes as browsers part them: by spaces, slashes or nothing; only what follows a
# `=` is quoted, and a `>` in there ends no tag.
_TAG_NAME = re.compile(rb"<[a-zA-Z][^\s/>]*+")
_ATTRIBUTE = re.compile(
    rb"(?<![\s/])[\s/]*+(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|[\"'])?+)?+"
)
_BETWEEN_ATTRIBUTES = b" \t\n\r\f/\"'"
_ATTRIBUTES = re.compile(rb"(?:%b|[\s/]++)*+" % _ATTRIBUTE.pattern)
_FORMATTING_TAGS = re.compile(rb"%b(%b)" % (_FORMATTING_TAG, _ATTRIBUTES.pattern), re.I)

_DRAWN = re.compile(rb"<(?:svg|math)\b", re.I)
# `a` and `nobr` are left out here: a second one ends the first.
_LINKS = frozenset(("a", "nobr"))
_LINK_NAMES = (b"a", b"nobr")
_MERGED = (b"body", b"html")
_FORMATTING = frozenset(("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"))
# Void elements, and those that the parser ends itself: they do not nest.
_VOID = ("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "image", "input", "keygen")
_ENDED = ("a", "nobr", "p", "li", "dd", "dt", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup")
_OTHERS = ("link", "meta", "param", "source", "track", "wbr", "body", "html", "head")
_NOT_NESTED = frozenset((*_VOID, *_ENDED, *_OTHERS))
_DRAWINGS = frozenset(("svg", "math"))
_END_DRAWINGS = frozenset(("p", "li", "dd", "dt", "br", "hr", "img", "embed", "meta", "nobr", "body", "head"))
# These nest where they stand in no `<ruby>`.
_IN_RUBY = frozenset(("rt", "rp"))


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
    formats = [(name, _number(attributes)) for name, attributes in _FORMATTING_TAGS.findall(html)]
    if _pairs([sum(number for name, number in formats if name.lower() in _MERGED)]) > MAX_ATTRIBUTE_PAIRS:
        raise HostilePage("Its tags have thousands of attributes.")
    copied = tags * _most_open(formats, MAX_FORMATTING) > MAX_COPIES
    copied = copied and tags * _most_open(formats, _formats_open(html)) > MAX_COPIES
    if copied or tags > FEW_TAGS or len(formats) > MAX_FORMATTING:
        _check_nesting(html, max(_LEAST_DEPTH, min(MAX_DEPTH, _DEPTH_TIMES_TAGS // (tags + 1))), copied)


def _number(attributes: bytes) -> int:
    return len(_ATTRIBUTE.findall(attributes)) if attributes else 0


def _most_open(formats: Sequence[tuple[bytes, int]], most: int) -> int:
    """How many elements and attributes the parser may have to copy when it opens `most` formatting elements again."""
    links = [1 + number for name, number in formats if name.lower() in _LINK_NAMES]
    others = [1 + number for name, number in formats if name.lower() not in (*_MERGED, *_LINK_NAMES)]
    return max(links, default=0) + sum(nlargest(most, others))


def _formats_open(html: bytes) -> int:
    """How many formatting elements are open at once, at the most; end tags without a start close nothing."""
    levels = list(accumulate(map(_FORMATS_ONLY.__getitem__, _TAG.findall(html)), initial=0))
    return max(map(sub, levels, accumulate(levels, min)), default=0)


def _check_nesting(html: bytes, depth: int, copied: bool) -> None:
    # Scripts and drawings upset the quick count; only a page that it finds suspect, also without scripts, is counted
    # exactly.
    if copied or (_is_suspect(html, depth) and _is_suspect(_RAW.sub(b"", html), depth)):
        reason = _nesting(_RAW.sub(b"", html), depth)
        if reason:
            raise HostilePage(reason)


def _is_suspect(html: bytes, depth: int) -> bool:
    drawn = b"<svg" in html or b"<math" in html or _DRAWN.search(html) is not None
    names = (_MAY_NEST_DRAWN if drawn else _MAY_NEST).findall(html)
    counts = Counter(names)
    levels = _DRAWN_LEVELS if drawn else _LEVELS
    return _deep(names, counts, levels, depth) or _deep(names, counts, _FORMATS_ONLY, MAX_FORMATTING)


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
    return list(_attributes_at(html, sorted(starts)))


def _attributes_at(html: bytes, ends_of_names: Iterable[int]) -> Iterator[bytes]:
    """The attributes of the tags whose names end there. Tags in each other's attributes are looked through often."""
    read = 0
    for end in ends_of_names:
        found = _ATTRIBUTES.match(html, end)
        if found is not None:
            read += len(found[0])
            if read > _OVERLAP * len(html):
                raise HostilePage("Its tags stand in the attributes of others.")
            yield found[0]


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
    """For each tag the levels it opens (1) or closes (-1), worked out once; `of` says what it is."""

    def __init__(self, of: Callable[[bytes], int]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, tag: bytes) -> int:
        step = self._of(tag)
        step = (step > 0) - (step < 0)
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


def _nesting(html: bytes, most: int) -> str | None:
    """What is wrong with the nesting of the page's tags, or None."""
    depth = drawing = ruby = copies = 0
    formatting = _Formatting()
    weights = _weights(html)
    for match in _TAG_BEGIN.finditer(html):
        tag = match[1]
        name, starts = _name(tag), not tag.startswith(b"/")
        if drawing and match[0].endswith(b"/>"):
            continue
        copies += formatting.weight if starts else 0
        if copies > MAX_COPIES:
            return f"Its formatting elements are opened again more than {MAX_COPIES:,} times."
        if name in _FORMATTING or name in _LINKS:
            weight = next(weights) if starts else 0
            if formatting.too_many(name, tag, weight):
                return f"More than {MAX_FORMATTING} formatting elements are open at once."
        if name in (_END_DRAWINGS if drawing else _NOT_NESTED) or (name in _IN_RUBY and ruby):
            continue
        depth = max(0, depth + (1 if starts else -1))
        if depth > most:
            return f"Its elements are nested more than {most} deep."
        if name in _DRAWINGS:
            drawing = max(0, drawing + (1 if starts else -1))
        elif name == "ruby":
            ruby = max(0, ruby + (1 if starts else -1))
    return None


def _weights(html: bytes) -> Iterator[int]:
    """The number of attributes of each start tag of a formatting element or a link, and one for itself."""
    starts = (match for match in _TAG_BEGIN.finditer(html) if match[1][:1] != b"/")
    names = (_TAG_NAME.match(html, match.start()) for match in starts if _name(match[1]) in (*_FORMATTING, *_LINKS))
    return (1 + _number(found) for found in _attributes_at(html, (name.end() for name in names if name is not None)))


def _signed(tag: bytes, step: int) -> int:
    return -step if tag.startswith(b"/") else step


def _nests(tag: bytes) -> int:
    return 0 if _name(tag) in _NOT_NESTED else _signed(tag, 1)


def _nests_in_drawings(tag: bytes) -> int:
    return 0 if _name(tag) in _END_DRAWINGS else _signed(tag, 1)


def _formats(tag: bytes) -> int:
    return _signed(tag, 1) if _name(tag) in _FORMATTING else 0


def _name(tag: bytes) -> str:
    return re.split(rb"[\s/]", tag.lstrip(b"/"), maxsplit=1)[0].lower().decode("ascii", "replace")


class _Formatting:
    """The open formatting elements; the parser keeps at most three that are equal in name and attributes.

    `weight` is the number of all of them and of their attributes.
    """

    def __init__(self) -> None:
        self._open: dict[str, list[tuple[bytes, int]]] = {}
        self.weight = 0

    def too_many(self, name: str, tag: bytes, weight: int) -> bool:
        """Note a start tag of this weight, or an end tag of none; True when too many are open now."""
        same_name = self._open.setdefault(name, [])
        equal = sum(tag == other for other, _ in same_name)
        if not weight or name in _LINKS:
            self.weight -= same_name.pop()[1] if same_name else 0
        if weight and equal < 3:
            same_name.append((tag, weight))
            self.weight += weight
        return bool(weight) and sum(map(len, self._open.values())) > MAX_FORMATTING


_LEVELS, _DRAWN_LEVELS, _FORMATS_ONLY = _Steps(_nests), _Steps(_nests_in_drawings), _Steps(_formats)
