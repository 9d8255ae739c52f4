"""The article's text: which element holds it, and which of the pieces in it are text and not furniture."""

from __future__ import annotations

from collections.abc import Sequence

from workers.sites.generic.names import names_body
from workers.sites.generic.outline import Element, Outline, Piece

_SENTENCE_END = tuple(".!?…。！？।؟\"”»“’')")
_SOFT = ("header", "meta", "tags", "hidden")


def body_of(outline: Outline, headline: str | None) -> list[Piece]:
    """The pieces that make up the article's body, in order."""
    furniture = real_furniture(outline)
    pieces = [piece for piece in outline.pieces if not furniture[piece.element]]
    if not pieces:
        return []
    holder = _holder(outline, pieces)
    inside = _within(outline.elements, holder)
    kept = [piece for piece in pieces if inside[piece.element]]
    return kept


def weigh(piece: Piece) -> float:
    """How much a piece looks like running text, in characters; negative for link lists and fragments."""
    size = len(piece.text)
    if piece.kind == "heading":
        return 0.0
    if piece.linked > 0.5 * size:
        return -0.5 * min(size, 100)
    if size < 30:
        return -8.0
    ends = piece.text.endswith(_SENTENCE_END)
    own = size - 2 * piece.linked
    return float(own if ends or size > 120 else 0.3 * own)


def real_furniture(outline: Outline) -> list[str]:
    """For each element the furniture it stands in, "" for none.

    Names lie: an element called furniture that holds two fifths of the page's running text is none.
    """
    elements = outline.elements
    text = [0.0] * len(elements)
    for piece in outline.pieces:
        text[piece.element] += max(0.0, weigh(piece))
    total = sum(text) or 1.0
    for element in reversed(elements):
        if element.parent >= 0:
            text[element.parent] += text[element.index]
    found: list[str] = []
    for element in elements:
        inherited = found[element.parent] if element.parent >= 0 else ""
        own = element.furniture if element.furniture and text[element.index] < 0.4 * total else ""
        found.append(inherited or own)
    return found


def _holder(outline: Outline, pieces: Sequence[Piece]) -> int:
    """The tightest element that holds nearly all running text of the page's main part."""
    elements = outline.elements
    sums = [0.0] * len(elements)
    for piece in pieces:
        sums[piece.element] += weigh(piece)
    for element in reversed(elements):
        if element.parent >= 0:
            sums[element.parent] += sums[element.index]
    best = max(sums)
    close = [element for element in elements if sums[element.index] >= 0.95 * best and element.tag not in ("p", "span")]
    return max(close, key=lambda element: (element.depth, -element.index)).index if close else 0


def _within(elements: Sequence[Element], holder: int) -> list[bool]:
    inside: list[bool] = []
    for element in elements:
        inside.append(element.index == holder or (element.parent >= 0 and inside[element.parent]))
    return inside
