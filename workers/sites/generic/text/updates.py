"""Headings in headers within the text: of a live blog's entries, and of the parts of a long article."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from workers.sites.generic.text.outline import Outline, Piece

_SEVERAL, _LEVELS, _LONGEST, _MOST = 2, 3, 200, 1_000
_HEADINGS = frozenset(("h2", "h3", "h4"))


def with_updates(outline: Outline, kept: list[Piece]) -> list[Piece]:
    """The pieces with the headings that stand in the header of what holds the piece after them, if there are some."""
    orders = [piece.order for piece in kept]
    first, last = (max(0, orders[0] - _LEVELS), orders[-1]) if orders else (0, 0)
    headings = (each for each in outline.pieces[first:last] if each.tag in _HEADINGS and len(each.text) < _LONGEST)
    found = [each for each in islice(headings, _MOST) if _heads(outline, each, kept, orders)]
    return sorted([*kept, *found], key=lambda piece: piece.order) if len(found) >= _SEVERAL else kept


def _heads(outline: Outline, heading: Piece, kept: list[Piece], orders: list[int]) -> bool:
    place = bisect_left(orders, heading.order)
    if orders[place] == heading.order or heading.linked:
        return False
    index = heading.element
    for _ in range(_LEVELS):
        element = outline.elements[index]
        if element.tag == "header":
            holder = outline.elements[element.parent]
            return holder.tag in ("article", "section", "li") and outline.is_around(holder.index, kept[place].element)
        index = element.parent
        if index < 0:
            break
    return False
