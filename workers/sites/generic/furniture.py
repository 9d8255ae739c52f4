"""Which elements are furniture: what their names tell, where the page's own text does not speak against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workers.sites.generic.outline import Element, Outline

_MUCH = 0.4
# What may be longer than the article: it is enough that so many characters, and this share of it, stand outside.
_LITTLE = 500
_LONGER_THAN_TEXT = {"comments": 0.0, "overlay": 0.2}


def real_furniture(outline: Outline) -> list[str]:
    """For each element the furniture it stands in, "" for none.

    Names lie: an element called furniture that holds two fifths of the page's running text is none, and a kind of
    furniture that would leave little text on the page counts for nothing there.
    """
    own = [0.0] * len(outline.elements)
    for piece in outline.pieces:
        if piece.weight > 0.0:
            own[piece.element] += piece.weight
    total = sum(own)
    text = outline.with_inner(own)
    named = _by_names(outline.elements, text)
    ignored: set[str] = set()
    while True:
        found = _inherited(outline.elements, text, named, total, ignored)
        shares: dict[str, float] = {}
        for kind, weight in zip(found, own, strict=True):
            if weight:
                shares[kind] = shares.get(kind, 0.0) + weight
        article = shares.pop("", 0.0)
        for kind in _LONGER_THAN_TEXT:
            if _stands_outside(kind, shares.get(kind, 0.0), article):
                shares.pop(kind, None)
        if article >= 0.3 * (article + sum(shares.values())) or not shares:
            return found
        ignored.add(max(shares, key=lambda kind: shares[kind]))


def _by_names(elements: Sequence[Element], text: Sequence[float]) -> dict[str, float]:
    """The running text in all elements of the same names: an article is often cut into several of them."""
    sums: dict[str, float] = {}
    for element, size in zip(elements, text, strict=True):
        if size and (names := element.names):
            sums[names] = sums.get(names, 0.0) + size
    return sums


def _inherited(
    elements: Sequence[Element], text: Sequence[float], named: Mapping[str, float], total: float, ignored: set[str]
) -> list[str]:
    found = [""] * len(elements)
    index = 0
    while index < len(elements):
        element = elements[index]
        index += 1
        if (kind := element.furniture) and kind not in ignored:
            own = named.get(element.names, 0.0) if element.names else text[element.index]
            if own <= _MUCH * total or _stands_outside(kind, own, total - own):
                found[element.index : element.end] = [kind] * (element.end - element.index)
                index = element.end  # what stands in it is of that kind, whatever it is called
    return found


def _stands_outside(kind: str, inside: float, outside: float) -> bool:
    """True where a text stands outside of what may be longer than it."""
    return kind in _LONGER_THAN_TEXT and outside >= max(_LITTLE, _LONGER_THAN_TEXT[kind] * inside)
