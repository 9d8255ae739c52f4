"""The rows of a table: short cells beside each other are one line of the text, as they are for its readers."""

from __future__ import annotations

from itertools import groupby

from workers.sites.generic.outline import Outline, Piece

JOINT = " | "
_LONGEST = 60  # what is longer is a text: tables lay out whole pages


def in_rows(outline: Outline, pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces, those of one row together where all of them are short."""
    rows: list[list[Piece]] = []
    for row, group in groupby(pieces, lambda piece: outline.parents[piece.element] if piece.kind == "cell" else -1):
        several = [*group]
        is_row = row >= 0 and outline.elements[row].tag == "tr" and all(len(each.text) < _LONGEST for each in several)
        rows += [several] if is_row else [[piece] for piece in several]
    return rows


def cells_of(text: str) -> list[str]:
    """The pieces that a line of the text may have been made of: other lines have such signs too."""
    return text.split(JOINT)
