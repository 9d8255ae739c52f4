"""What readers fill in or press, with the words around it, in the middle of a text: letters offered, polls, players."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice

from workers.sites.generic.text.controls import control_of
from workers.sites.generic.text.outline import Outline, Piece, text_size
from workers.sites.generic.text.trim import RUNNING

# A box with a field may explain itself; one of buttons alone is a line or two.
_LARGEST, _LARGEST_OF_BUTTONS = 400, 120
_MOST = 0.25  # of the text
_SEVERAL = 2  # more boxes of the same names are parts of the text, each with a button
_NEVER_NAMES = "html body main article p li dd dt td th h1 h2 h3 h4 h5 h6 blockquote pre figure details"
_NEVER = frozenset(_NEVER_NAMES.split())
_LEVELS = 4
_KINDS = frozenset(("paragraph", "heading"))


def without_widgets(outline: Outline, pieces: list[Piece]) -> list[Piece]:
    """The pieces without those that stand in a small box with a field or a button."""
    controls = _within(outline, pieces) if outline.controls and pieces else []
    if not controls:
        return pieces
    size = outline.summed(pieces, text_size)
    largest = _MOST * sum(map(text_size, pieces))
    headed = _around_headlines(outline)
    found = {}
    for element, kind in controls:
        most = min(largest, _LARGEST if kind == "field" else _LARGEST_OF_BUTTONS)
        if box := _box(outline, element, size, most, headed):
            found[box] = kind
    boxes = _boxes(outline, pieces, found)
    if not boxes or sum(size[box] for box in boxes) > largest:
        return pieces
    inside = outline.inside(boxes)
    return [piece for piece in pieces if not inside[piece.element]]


def _within(outline: Outline, pieces: list[Piece]) -> list[tuple[int, str]]:
    """The controls between the beginning of the text and its end."""
    first, last = pieces[0].element, pieces[-1].element
    holder = outline.elements[outline.parents[last]] if last else outline.elements[0]
    begin, end = outline.parents[first], max(last + 1, holder.end)
    inside = [(index, control_of(node)) for index, node in outline.controls if begin <= index < end]
    return [(index, kind) for index, kind in inside if kind]


def _around_headlines(outline: Outline) -> set[int]:
    """The elements that hold a heading of the first level: what holds the headline holds the article."""
    found: set[int] = set()
    for piece in outline.pieces:
        index = piece.element if piece.tag == "h1" else 0
        while index > 0 and index not in found:
            found.add(index)
            index = outline.parents[index]
    return found


def _box(outline: Outline, index: int, size: Sequence[float], largest: float, headed: Container[int]) -> int:
    """The largest small element around a control that has words and not the headline; 0 where there is none."""
    found = 0
    while index > 0 and size[index] <= largest and outline.elements[index].tag not in _NEVER and index not in headed:
        found = index if size[index] else found
        index = outline.elements[index].parent
    return found


def _boxes(outline: Outline, pieces: list[Piece], found: Mapping[int, str]) -> set[int]:
    """Those of few of their kind that hold no more than lines; of buttons alone, not only a heading."""
    if not found:
        return set()
    around = {index for element, _ in outline.controls for index in islice(_chain(outline, element), _LEVELS)}
    kinds = Counter(_kind(outline, index) for index in around)
    boxes = [box for box in found if kinds[_kind(outline, box)] <= _SEVERAL]
    sentences = outline.summed(pieces, lambda piece: piece.weight > RUNNING)
    others = outline.summed(pieces, lambda piece: piece.kind not in _KINDS)
    lines = outline.summed(pieces, lambda piece: piece.kind != "heading")
    return {
        box
        for box in boxes
        if not others[box] and sentences[box] <= _SEVERAL and (found[box] != "button" or lines[box])
    }


def _chain(outline: Outline, index: int) -> Iterator[int]:
    while index > 0:
        yield index
        index = outline.parents[index]


def _kind(outline: Outline, index: int) -> tuple[str, str]:
    element = outline.elements[index]
    return element.tag, element.names or str(element.parent)
