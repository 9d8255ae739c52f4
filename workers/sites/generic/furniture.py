"""Which elements are furniture: what their names tell, where the page's own text does not speak against it."""

from __future__ import annotations

from collections.abc import Sequence

from workers.sites.generic.outline import Element, Outline

_MUCH = 0.4
# Comments may be longer than the article; it is enough that so many characters stand outside of them.
_LONGER_THAN_TEXT, _LITTLE = "comments", 500


def real_furniture(outline: Outline) -> list[str]:
    """For each element the furniture it stands in, "" for none.

    Names lie: an element called furniture that holds two fifths of the page's running text is none, and a kind of
    furniture that would leave little text on the page counts for nothing there.
    """
    elements = outline.elements
    weights = [(piece.element, max(0.0, piece.weight)) for piece in outline.pieces]
    text = [0.0] * len(elements)
    for index, weight in weights:
        text[index] += weight
    total = sum(text)
    for element in reversed(elements):
        if element.parent >= 0:
            text[element.parent] += text[element.index]
    named = _by_names(elements, text)
    ignored: set[str] = set()
    while True:
        found = _inherited(elements, named, total, ignored)
        shares: dict[str, float] = {}
        for index, weight in weights:
            shares[found[index]] = shares.get(found[index], 0.0) + weight
        if shares.get("", 0.0) >= _LITTLE:
            total -= shares.pop(_LONGER_THAN_TEXT, 0.0)
        if shares.pop("", 0.0) >= 0.3 * total or not shares:
            return found
        ignored.add(max(shares, key=lambda kind: shares[kind]))


def _by_names(elements: Sequence[Element], text: Sequence[float]) -> list[float]:
    """The running text in all elements of the same names: an article is often cut into several of them."""
    sums: dict[str, float] = {}
    for element in elements:
        sums[element.names] = sums.get(element.names, 0.0) + text[element.index]
    return [sums[element.names] if element.names else text[element.index] for element in elements]


def _inherited(elements: Sequence[Element], text: Sequence[float], total: float, ignored: set[str]) -> list[str]:
    found: list[str] = []
    for element in elements:
        kind = found[element.parent] if element.parent >= 0 else ""
        if not kind:
            own = text[element.index]
            if (own <= _MUCH * total or total - own >= _LITTLE) and element.furniture not in ignored:
                kind = element.furniture
                if kind != _LONGER_THAN_TEXT and own > _MUCH * total:
                    kind = ""
        found.append(kind)
    return found
