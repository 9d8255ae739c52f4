"""Cards of other articles in the middle of a text: a linked headline with a few words, mostly several of one kind."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter

from workers.sites.generic.phrases import names_box
from workers.sites.generic.text.outline import Outline, Piece, text_size
from workers.sites.generic.text.trim import RUNNING

_LARGEST = 600
_LARGEST_LONE, _FEW = 250, 2
_SHORTEST_HEADLINE = 15
# An article that is a list of such things is no text with cards in it.
_MOST = 0.65
# Cards after its end may be nearly as long as a short article.
_MOST_FOLLOWED = 0.55
_NEVER = frozenset(("li", "p", "td", "th", "dd", "dt", "tr", "blockquote", "ul", "ol", "span", "strong", "em", "body"))


def without_cards(outline: Outline, pieces: list[Piece]) -> list[Piece]:
    """Without elements that hold little but a linked headline, where two or more have the same names."""
    cards = _cards(outline, pieces)
    counts = Counter(_kind(outline, index) for index in cards)
    dropped = {
        index for index in cards if counts[_kind(outline, index)] > 1 or outline.elements[index].tag == "article"
    } | _lone(outline, pieces)
    if not dropped:
        return pieces
    inside = outline.inside(dropped)
    kept = [piece for piece in pieces if not inside[piece.element]]
    follow = bool(kept) and kept[-1].order < next(piece.order for piece in pieces if inside[piece.element])
    if follow and names_box(kept[-1].text) and any(piece.weight > RUNNING for piece in kept):
        return kept  # however short the article is
    return kept if _size(kept) > (_MOST_FOLLOWED if follow else _MOST) * _size(pieces) else pieces


def _lone(outline: Outline, pieces: list[Piece]) -> set[int]:
    """The box of a single heading that is a link, where the text's own headings are none."""
    headings = [piece for piece in pieces if piece.kind == "heading"]
    linked = [piece for piece in headings if _is_linked_headline(piece)]
    if not 0 < len(linked) <= _FEW or len(linked) * 2 > len(headings) + 1:
        return set()
    size = outline.summed(pieces, text_size)
    found = set()
    for piece in linked:
        index, best = outline.elements[piece.element].parent, None
        while index >= 0 and size[index] <= _LARGEST_LONE:
            best, index = index, outline.elements[index].parent
        if best is not None:
            found.add(best)
    return found


def _is_linked_headline(piece: Piece) -> bool:
    """A numbered one is a heading of the text itself."""
    size = len(piece.text)
    return piece.links > 0 and piece.linked > 0.8 * size >= 0.8 * _SHORTEST_HEADLINE and not piece.text[0].isdigit()


def _size(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _kind(outline: Outline, index: int) -> tuple[str, str]:
    element = outline.elements[index]
    return element.tag, element.names


def _cards(outline: Outline, pieces: list[Piece]) -> list[int]:
    """The largest elements around each linked headline that hold nothing else to speak of."""
    headlines = [piece for piece in pieces if _is_linked_headline(piece)]
    if not headlines:
        return []
    size, linked = outline.summed(pieces, text_size), outline.summed(pieces, attrgetter("linked"))
    found: dict[int, None] = {}
    for piece in headlines:
        index, best = piece.element, -1
        while index >= 0 and size[index] <= _LARGEST:
            if linked[index] > 1.5 * piece.linked:  # more than one headline: a list of cards, not a card
                break
            element = outline.elements[index]
            if element.tag not in _NEVER and element.names:
                best = index
            index = element.parent
        if best >= 0 and size[best] > 1.15 * len(piece.text):
            found[best] = None
    return list(found)
