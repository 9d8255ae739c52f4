"""The column of a page that has its headline: what stands in others is of something else, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workers.core.text import fold
from workers.sites.generic.evidence import Evidence
from workers.sites.generic.text.outline import Outline, Piece
from workers.sites.generic.text.trim import RUNNING
from workers.sites.lists.headlines import is_headline

_MOST_OF = 0.6
_FEWEST, _ENOUGH = 3, 500  # a lead stands with the headline too
_LINKED = 0.8
_DIGITS = re.compile(r"\d+")
_GRID = re.compile(r"col|grid|span|width|w-")
_MOST_HEADINGS, _MOST_ASKED, _MOST_SEEN, _LONGEST = 50, 50, 500, 500


def own_column(
    outline: Outline,
    shown: Sequence[Piece],
    sums: Sequence[float],
    holder: int,
    headline: str | None,
    evidence: Evidence,
) -> int:
    """The innermost element in the holder that has the headline and most of the running text; else the holder.

    So it is where all others have as many headlines that are links as texts: else the text may go on in them. `sums`
    are the weights of the elements.
    """
    heading = _heading_of(outline, headline)
    if heading is None or not outline.is_around(holder, heading.element):
        return holder
    index = outline.parents[heading.element]
    while index > holder and sums[index] < _MOST_OF * sums[holder]:
        index = outline.parents[index]
    if index <= holder:
        return holder
    running = [piece for piece in shown if piece.weight > RUNNING and outline.is_around(holder, piece.element)]
    others = [piece for piece in running if not outline.is_around(index, piece.element)]
    if len(running) - len(others) < _FEWEST and sums[index] < _ENOUGH:
        return holder
    if evidence and any(evidence.knows(piece.text) for piece in others[:_MOST_ASKED]):
        return holder
    return index if _are_of_others(outline, index, holder, others) else holder


def _heading_of(outline: Outline, headline: str | None) -> Piece | None:
    """The heading that says the headline."""
    title = fold(headline or "")
    headings = [piece for piece in outline.pieces if piece.kind == "heading"][:_MOST_HEADINGS] if title else []
    return next((piece for piece in headings if len(piece.text) < _LONGEST and fold(piece.text) == title), None)


def _are_of_others(outline: Outline, column: int, holder: int, others: Sequence[Piece]) -> bool:
    """True where each of these texts stands in a box of headlines that are links, unlike what stands beside it."""
    own: dict[int, int] = {}  # by what it stands in
    while column > holder:
        own[outline.parents[column]] = column
        column = outline.parents[column]
    boxes = {_box(outline, element, own) for element in {piece.element for piece in others[:_MOST_SEEN]}}
    lines, texts = outline.summed(outline.pieces, _is_headline), outline.summed(others, lambda piece: 1)
    apart = boxes.isdisjoint((-1, *own.values()))
    return apart and all(lines[box] >= texts[box] and not _is_like(outline, box, own) for box in boxes)


def _is_headline(piece: Piece) -> bool:
    return piece.links > 0 and piece.linked > _LINKED * len(piece.text) and is_headline(piece.text)


def _box(outline: Outline, index: int, own: Mapping[int, int]) -> int:
    """The element around another that stands beside one of those; -1 where none does."""
    while index >= 0 and outline.parents[index] not in own:
        index = outline.parents[index]
    return index


def _is_like(outline: Outline, box: int, own: Mapping[int, int]) -> bool:
    """True for the next part of a text: the same element again, but for its number."""
    one, other = outline.elements[box], outline.elements[own[outline.parents[box]]]
    if one.tag != other.tag:
        return False
    names, beside = ({*_DIGITS.sub("", each.names).split()} for each in (one, other))
    if one.tag == "section":
        return names == beside or not names.isdisjoint(beside)
    return one.names == other.names or (names == beside and not _GRID.search(one.names))
