"""How deep a page's tags nest and what is open at once: by a quick count, which may be too high, and an exact one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from operator import sub

from workers.sites.markup import TAG, TAG_NAME, attributes_at, name_of, number_of, signed

MAX_FORMATTING = 64
# Elements and attributes that the parser copies, as it opens all formatting elements again in each paragraph: some 150
# bytes each.
MAX_COPIES = 1_000_000
_MOST_STEPS = 10_000

# Tags without those that many a page has most of and that do not nest, see _NOT_NESTED.
_MAY_NEST = re.compile(rb"<(?!/?(?:a|p|li|img|br|link|meta|td|tr|option)[\s/>])(/?[a-zA-Z][^\s/>]{0,40}+)")
# In drawings and formulas all nest but those that end them.
_MAY_NEST_DRAWN = re.compile(rb"<(?!/?(?:p|li|img|br|meta)[\s/>])(/?[a-zA-Z][^\s/>]{0,40}+)")
_TAG_BEGIN = re.compile(rb"<(/?[a-zA-Z][^<>]{0,200})[^<>]*+>?")
_DRAWN = re.compile(rb"<(?:svg|math)\b", re.I)
# A second one of these ends the first.
_LINKS = frozenset(("a", "nobr"))
_FORMATTING = frozenset(("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"))
# Void elements, and those that the parser ends itself: they do not nest.
_VOID = ("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "image", "input", "keygen")
_ENDED = ("a", "nobr", "p", "li", "dd", "dt", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup")
_OTHERS = ("link", "meta", "param", "source", "track", "wbr", "body", "html", "head")
_NOT_NESTED = frozenset((*_VOID, *_ENDED, *_OTHERS))
_DRAWINGS = frozenset(("svg", "math"))
# These end a drawing, and what follows is read as HTML again.
_HTML_NAMES = (
    "b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i img li listing menu "
    "meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
_END_DRAWINGS = frozenset(_HTML_NAMES.split())
# Of those, what does not nest in HTML either.
_NEVER_NEST = _NOT_NESTED & _END_DRAWINGS
# These nest where they stand in no `<ruby>`.
_IN_RUBY = frozenset(("rt", "rp"))


def is_suspect(html: bytes, depth: int) -> bool:
    """True where the page may be nested deeper, or have more formatting elements open; never False where it is."""
    drawn = b"<svg" in html or b"<math" in html or _DRAWN.search(html) is not None
    names = (_MAY_NEST_DRAWN if drawn else _MAY_NEST).findall(html)
    counts = Counter(names)
    levels = _DRAWN_LEVELS if drawn else _LEVELS
    return _deep(names, counts, levels, depth) or _deep(names, counts, _FORMATS_ONLY, MAX_FORMATTING)


def formats_open(html: bytes) -> int:
    """How many formatting elements are open at once, at the most; end tags without a start close nothing."""
    levels = list(accumulate(map(_FORMATS_ONLY.__getitem__, TAG.findall(html)), initial=0))
    return max(map(sub, levels, accumulate(levels, min)), default=0)


def nesting(html: bytes, most: int) -> str | None:
    """What is wrong with the nesting of the page's tags, or None."""
    drawing = ruby = depth = copies = 0
    formatting = _Formatting()
    weights = _weights(html)
    for match in _TAG_BEGIN.finditer(html):
        tag = match[1]
        name, starts = name_of(tag), not tag.startswith(b"/")
        weight = next(weights) if starts and name in _WEIGHED else 0
        if drawing and name in _END_DRAWINGS and starts:
            drawing = 0
        if drawing and match[0].endswith(b"/>"):
            continue
        copies += formatting.weight if starts else 0
        if copies > MAX_COPIES:
            return f"Its formatting elements are opened again more than {MAX_COPIES:,} times."
        if name in _WEIGHED and formatting.too_many(name, tag, weight):
            return f"More than {MAX_FORMATTING} formatting elements are open at once."
        if (name in _NOT_NESTED and not drawing) or (name in _IN_RUBY and ruby):
            continue
        depth = max(0, depth + (1 if starts else -1))
        if depth > most:
            return f"Its elements are nested more than {most} deep."
        if name in _DRAWINGS:
            drawing = max(0, drawing + (1 if starts else -1))
        elif name == "ruby":
            ruby = max(0, ruby + (1 if starts else -1))
    return None


_WEIGHED = _FORMATTING | _LINKS


def _weights(html: bytes) -> Iterator[int]:
    """The number of attributes of each start tag of a formatting element or a link, and one for itself."""
    starts = (match for match in _TAG_BEGIN.finditer(html) if match[1][:1] != b"/")
    names = (TAG_NAME.match(html, match.start()) for match in starts if name_of(match[1]) in _WEIGHED)
    return (1 + number_of(found) for found in attributes_at(html, (name.end() for name in names if name is not None)))


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


def _nests(tag: bytes) -> int:
    return 0 if name_of(tag) in _NOT_NESTED else signed(tag, 1)


def _nests_in_drawings(tag: bytes) -> int:
    return 0 if name_of(tag) in _NEVER_NEST else signed(tag, 1)


def _formats(tag: bytes) -> int:
    return signed(tag, 1) if name_of(tag) in _FORMATTING else 0


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
