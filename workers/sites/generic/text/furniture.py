"""Which elements are furniture: what their names tell, where the page's own text does not speak against it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from workers.core.text import fold
from workers.sites.generic.names import names_body
from workers.sites.generic.text.outline import Element, Outline, text_size
from workers.sites.generic.text.trim import RUNNING

_MUCH = 0.4
# What may be longer than the article: it is enough that so many characters, and this share of it, stand outside.
_LONGER_THAN_TEXT = {"comments": (500, 0.0), "overlay": (500, 0.2), "consent": (100, 0.0), "aside": (100, 0.3)}
# What is called so beside the element that is called the article's text is no part of it, however short that is.
_BESIDE = frozenset(("author", "comments", "related", "sidebar"))
_LEAST, _LEAST_SHARE = 100, 0.15
# What one of many comments is called, but for its number; parts of an opinion have longer names.
_DIGITS = re.compile(r"\d+")
_ENTRY = re.compile(
    r"(?:^|\s)(?:single-|user-)?(?:comment|kommentar|commentaire|comentario)(?:[-_]*(?:item|entry|body|box|card|wrap\w*))?(?:\s|$)"
)
# A consent dialog says what it asks for in every language, once in so many characters.
_ASKED_FOR, _ONCE_IN = "cookie", 500


def real_furniture(outline: Outline, headline: str | None = None) -> list[str]:
    """For each element the furniture it stands in, "" for none.

    Names lie: an element called furniture that holds two fifths of the page's running text is none, and a kind of
    furniture that would leave little text on the page counts for nothing there. What holds the headline too is never
    furniture that is longer than the text. Boxes about the author, of comments and of other articles are furniture at
    any length beside an element that the page's names call the article's text, if that is no mere remark.
    """
    own = [0.0] * len(outline.elements)
    for piece in outline.pieces:
        if piece.weight > 0.0:
            own[piece.element] += piece.weight
    total = sum(own)
    text = outline.with_inner(own)
    named = _by_names(outline.elements, text)
    ignored: set[str] = set()
    body = _Body(outline, text, total)
    while True:
        found = _inherited(outline, text, named, total, ignored, headline or "", body)
        shares = _shares(found, own, body)
        article = shares.pop("", 0.0)
        if _is_enough(article, shares):
            return found
        for kind in _BESIDE.intersection(shares) if body.index else ():
            shares[kind] = sum(own[index] for index in body.inside if found[index] == kind)
        if _is_enough(article, shares):
            return found
        ignored.add(max(shares, key=lambda kind: shares[kind]))


def _shares(found: Sequence[str], own: Sequence[float], body: _Body) -> dict[str, float]:
    """The running text in furniture of each kind, and in none."""
    shares: dict[str, float] = {}
    for kind, weight in zip(found, own, strict=True):
        if weight:
            shares[kind] = shares.get(kind, 0.0) + weight
    for kind in _LONGER_THAN_TEXT:
        if _stands_outside(kind, shares.get(kind, 0.0), shares.get("", 0.0), body):
            shares.pop(kind, None)
    return shares


def _is_enough(article: float, shares: Mapping[str, float]) -> bool:
    """True for a text that the furniture of all kinds together is not much longer than."""
    return article >= 0.3 * (article + sum(shares.values())) or not shares


class _Body:
    """The element that the page's own names call the article's text, below its headline; looked for when asked for."""

    def __init__(self, outline: Outline, text: Sequence[float], total: float) -> None:
        self.outline, self.text, self.total = outline, text, total

    @cached_property
    def index(self) -> int:
        """Its number; 0 where there is none."""
        headline = self.outline.headline.element if self.outline.headline else 0
        least = max(_LEAST, _LEAST_SHARE * (self.total - self._of_comments()))
        found = [
            index
            for index, size in enumerate(self.text)
            if size >= least and index > headline > 0 and self._is_called_so(index, headline)
        ]
        return max(found, key=lambda index: self.text[index], default=0)

    @cached_property
    def has_comments(self) -> bool:
        """True for several of the same names: one alone may be an opinion, which is called a comment too."""
        entries = (
            _DIGITS.sub("", element.names)
            for element in self.outline.elements
            if self.text[element.index] > RUNNING
            and element.furniture == "comments"
            and (element.tag == "li" or _ENTRY.search(element.names))
        )
        return max(Counter(entries).values(), default=0) > 1

    def _of_comments(self) -> float:
        """The running text of what is called comments: there may be any number of them below a flash."""
        size, end = 0.0, 0
        for element in self.outline.elements:
            if element.index >= end and element.furniture == "comments":
                size, end = size + self.text[element.index], element.end
        return size

    def _is_called_so(self, index: int, headline: int) -> bool:
        elements = self.outline.elements
        if not names_body(elements[index].names):
            return False
        while index >= 0 and not self.outline.is_around(index, headline):
            if elements[index].furniture:
                return False
            index = elements[index].parent
        return True

    @property
    def inside(self) -> range:
        return range(self.index, self.outline.elements[self.index].end)

    def is_outside(self, index: int) -> bool:
        """True for an element that neither holds it nor stands in it."""
        body = self.index
        return body > 0 and index not in self.inside and not self.outline.is_around(index, body)


def _by_names(elements: Sequence[Element], text: Sequence[float]) -> dict[str, float]:
    """The running text in all elements of the same names: an article is often cut into several of them."""
    sums: dict[str, float] = {}
    for element, size in zip(elements, text, strict=True):
        if size and (names := element.names):
            sums[names] = sums.get(names, 0.0) + size
    return sums


def _inherited(
    outline: Outline,
    text: Sequence[float],
    named: Mapping[str, float],
    total: float,
    ignored: set[str],
    headline: str,
    body: _Body,
) -> list[str]:
    elements = outline.elements
    asks, holds = _asking(outline, headline), _holding(outline, headline)
    found = [""] * len(elements)
    index = 0
    while index < len(elements):
        element = elements[index]
        index += 1
        kind = element.furniture
        if kind == "consent" and not asks(element.index):
            kind = "overlay"
        if kind and kind not in ignored:
            own = named.get(element.names, 0.0) if element.names else text[element.index]
            is_longer = own > _MUCH * total
            if not is_longer or _is_firm(kind, element.index, own, total, holds, body):
                found[element.index : element.end] = [kind] * (element.end - element.index)
                index = element.end  # what stands in it is of that kind, whatever it is called
    return found


def _is_firm(kind: str, index: int, own: float, total: float, holds: Callable[[int], bool], body: _Body) -> bool:
    """True for furniture that may be longer than the text, and does not hold its headline."""
    if not _stands_outside(kind, own, total - own, body) and not (kind in _BESIDE and body.is_outside(index)):
        return False
    return not holds(index)


def _holding(outline: Outline, headline: str) -> Callable[[int], bool]:
    """Tells whether an element holds a heading that says the headline."""
    known: list[int] = []

    def holds(index: int) -> bool:
        if not known:
            title = fold(headline)
            headings = (each for each in outline.pieces if each.kind == "heading" and fold(each.text) == title)
            first = next(headings, None) if title else None
            known.append(first.element if first else 0)
        return outline.is_around(index, known[0])

    return holds


def _asking(outline: Outline, headline: str) -> Callable[[int], bool]:
    """Tells whether an element asks for consent: parts that show only after it are called so as well.

    None does where the page is about what they ask for: cookies are baked, too.
    """
    known: list[list[float]] = []
    if _ASKED_FOR in headline.lower():
        return lambda index: False

    def asks(index: int) -> bool:
        if not known:
            words = outline.summed(outline.pieces, lambda piece: piece.text.lower().count(_ASKED_FOR))
            known.extend((words, outline.summed(outline.pieces, text_size)))
        words, size = known
        return words[index] * _ONCE_IN >= size[index]

    return asks


def _stands_outside(kind: str, inside: float, outside: float, body: _Body) -> bool:
    """True where a text stands outside of what may be longer than it."""
    if kind not in _LONGER_THAN_TEXT:
        return False
    least, share = _LONGER_THAN_TEXT[kind]
    if outside >= max(least, share * inside):
        return True
    return kind == "comments" and outside >= _LEAST and body.has_comments
