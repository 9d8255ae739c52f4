"""The rows of a table: short cells beside each other are one line of the text, as they are for its readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from workers.sites.generic.text.outline import Outline, Piece, text_size

JOINT = " | "
_LONGEST = 60  # what is longer is a text: tables lay out whole pages
_LEVELS = 3  # a cell may hold its text in a paragraph
_CELLS = frozenset(("td", "th"))
_MOST_LINKED, _MOST_OF_NAMES, _HEADLINE = 0.75, 0.93, 25  # a name beside a figure is most of the row
_SEVERAL = 2
_NOWHERE = (-1, -1)


def in_rows(outline: Outline, pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces, those of one row together where all of them are short."""
    rows: list[list[Piece]] = []
    places = {piece.order: _place_of(outline, piece) for piece in pieces if piece.kind == "cell"}
    for row, group in groupby(pieces, lambda piece: places.get(piece.order, _NOWHERE)[0]):
        several = [*group]
        cells = {places[each.order][1] for each in several} if row >= 0 else ()
        is_row = len(cells) > 1 and all(len(each.text) < _LONGEST for each in several)
        rows += [several] if is_row else [[piece] for piece in several]
    return rows


def linked_cells(outline: Outline, pieces: Sequence[Piece]) -> set[int]:
    """The orders of the short cells that are links in rows with more than links: names that a table tells of.

    What most rows say again is a button.
    """
    cells = [piece for piece in pieces if piece.linked and piece.kind == "cell" and len(piece.text) < _LONGEST]
    if not cells:
        return set()
    size, linked = outline.summed(pieces, text_size), outline.summed(pieces, attrgetter("linked"))
    places = {piece.order: _place_of(outline, piece) for piece in cells}
    said = Counter(piece.text for piece in cells)
    most = max(_SEVERAL, len({row for row, _ in places.values()}) / 2)
    return {
        piece.order
        for piece in cells
        if (place := places[piece.order]) != _NOWHERE
        and size[place[1]] == len(piece.text)
        and linked[place[0]] <= (_MOST_LINKED if len(piece.text) >= _HEADLINE else _MOST_OF_NAMES) * size[place[0]]
        and said[piece.text] <= most
    }


def _place_of(outline: Outline, piece: Piece) -> tuple[int, int]:
    """The row and the cell that a piece stands in; -1 where there are none near."""
    index = piece.element
    for _ in range(_LEVELS):
        element = outline.elements[index]
        if element.tag in _CELLS:
            is_row = outline.elements[element.parent].tag == "tr"
            return (element.parent, index) if is_row else _NOWHERE
        index = element.parent
        if index < 0:
            break
    return _NOWHERE


def cells_of(text: str) -> list[str]:
    """The pieces that a line of the text may have been made of: other lines have such signs too."""
    return text.split(JOINT)
