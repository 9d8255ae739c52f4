"""Boxes in the middle of a text whose own heading says that they are none of it: a newsletter, other articles."""

from __future__ import annotations

from bisect import bisect_left

from workers.sites.generic.outline import Outline, Piece, text_size
from workers.sites.generic.phrases import ends_article, is_furniture_line, opens_related
from workers.sites.generic.trim import last_like_most

_LARGEST = 400  # characters: a box, not a part of the text
_MOST = 0.25  # nor so much of the text
_MOST_HEADINGS = 50


def without_headed_boxes(outline: Outline, pieces: list[Piece]) -> list[Piece]:
    """The pieces without those boxes, where the heading is the first thing in them and the text goes on after them.

    The heading itself may stand in furniture.
    """
    headings = [piece for piece in outline.pieces if piece.kind == "heading" and _is_of_furniture(piece.text)]
    if not headings or not pieces:
        return pieces
    first, last = pieces[0].order, pieces[last_like_most(outline, pieces)].order
    orders = [piece.order for piece in pieces]
    size = outline.summed(pieces, text_size)
    largest = min(_LARGEST, _MOST * sum(map(text_size, pieces)))
    boxes = set()
    for heading in headings[:_MOST_HEADINGS]:
        if first < heading.order < last:
            before = pieces[bisect_left(orders, heading.order) - 1]
            if (box := _box(outline, heading.element, before.element, size, largest)) is not None:
                boxes.add(box)
    if not boxes:
        return pieces
    inside = outline.inside(boxes)
    return [piece for piece in pieces if not inside[piece.element]]


def _is_of_furniture(text: str) -> bool:
    return opens_related(text) or ends_article(text) or is_furniture_line(text)


def _box(outline: Outline, heading: int, before: int, size: list[float], largest: float) -> int | None:
    """The largest element around a heading that nothing precedes in it and that is small."""
    found, index = None, outline.elements[heading].parent
    while index >= 0 and size[index] <= largest and not outline.is_around(index, before):
        found, index = index, outline.elements[index].parent
    return found
