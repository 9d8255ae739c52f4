"""Boxes in the middle of a text whose own heading says that they are none of it: a newsletter, other articles."""

from __future__ import annotations

from bisect import bisect_left

from workers.sites.generic.phrases import ends_or_relates, is_furniture_line
from workers.sites.generic.text.outline import Outline, Piece, text_size
from workers.sites.generic.text.trim import last_like_most

_LARGEST = 400  # characters: a box, not a part of the text
_MOST = 0.25  # nor so much of the text
_MOST_HEADINGS = 50


def without_headed_boxes(outline: Outline, pieces: list[Piece]) -> list[Piece]:
    """The pieces without those boxes, where the heading is the first thing in them and the text goes on after them.

    The heading itself may stand in furniture.
    """
    headings = _first_in_boxes(outline, pieces)
    headings = [(piece, before) for piece, before in headings if _is_of_furniture(piece.text)]
    if not headings:
        return pieces
    last = pieces[last_like_most(outline, pieces)].order
    size = outline.summed(pieces, text_size)
    largest = min(_LARGEST, _MOST * sum(map(text_size, pieces)))
    boxes = {
        box
        for piece, before in headings[:_MOST_HEADINGS]
        if piece.order < last and (box := _box(outline, piece.element, before, size, largest)) is not None
    }
    if not boxes:
        return pieces
    inside = outline.inside(boxes)
    return [piece for piece in pieces if not inside[piece.element]]


def _first_in_boxes(outline: Outline, pieces: list[Piece]) -> list[tuple[Piece, int]]:
    """The headings that are the first text in what they stand in, each with the element of the text before it."""
    inner = outline.pieces[pieces[0].order + 1 : pieces[-1].order] if pieces else []
    headings = [piece for piece in inner if piece.kind == "heading"]
    orders = [piece.order for piece in pieces] if headings else []
    found = []
    for heading in headings:
        before = pieces[bisect_left(orders, heading.order) - 1].element
        if not outline.is_around(outline.elements[heading.element].parent, before):
            found.append((heading, before))
    return found


def _is_of_furniture(text: str) -> bool:
    return any(ends_or_relates(text)) or is_furniture_line(text)


def _box(outline: Outline, heading: int, before: int, size: list[float], largest: float) -> int | None:
    """The largest element around a heading that nothing precedes in it and that is small."""
    found, index = None, outline.elements[heading].parent
    while index >= 0 and size[index] <= largest and not outline.is_around(index, before):
        found, index = index, outline.elements[index].parent
    return found
