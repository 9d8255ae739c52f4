"""Where a text ends: before the heading of what follows it, before comments, and before what only subscribers see."""

from __future__ import annotations

import re

from workers.sites.generic.phrases import ends_or_relates, opens_book, opens_comments
from workers.sites.generic.text.outline import Outline, Piece, text_size
from workers.sites.generic.text.trim import last_like_most
from workers.sites.generic.text.weight import running
from workers.sites.kinds.walls import invites_to_subscribe

# So much of the text stands before the heading that ends it, else that heading stands in its middle.
_MOST = 0.75
_NEARLY_ALL = 0.8
# Comments may be longer than the article: they end it wherever they begin, after these many characters.
_LITTLE, _FLASH = 300, 80
_MOST_OF_WALL = 4  # pieces
_AD_LABEL = re.compile(r"advert\w*|sponsored", re.I)  # stands above what is sold, wherever that is


def before_end(outline: Outline, pieces: list[Piece]) -> list[Piece]:
    """The pieces before the heading that ends the article; a label that is none only where the text does not go on."""
    total = running(pieces)
    seen = 0.0
    last = last_like_most(outline, pieces)
    kept: list[Piece] = []
    for place, piece in enumerate(pieces):
        after = related = False
        if piece.kind == "heading" or piece.strong or len(piece.text) < 40:
            after, related = ends_or_relates(piece.text)
            ends = piece.kind == "heading" or (place > last and not _AD_LABEL.fullmatch(piece.text))
            if ends and ((after and seen > _MOST * total) or (related and seen > _NEARLY_ALL * total)):
                break
            if seen > _LITTLE and (opens_comments(piece.text) or _opens_book(outline, piece, kept)):
                break
            if (
                seen > _FLASH
                and piece.kind == "heading"
                and opens_comments(piece.text)
                and _is_other_box(outline, piece, kept)
            ):
                break
        seen += max(0.0, piece.weight)
        if not (after or related):
            kept.append(piece)
    return kept


def _opens_book(outline: Outline, piece: Piece, before: list[Piece]) -> bool:
    """True for the heading of a book of guests in a box of its own; beside the text it heads a chapter."""
    return opens_book(piece.text) and _is_apart(outline, piece, before)


def _is_apart(outline: Outline, piece: Piece, before: list[Piece]) -> bool:
    """True for what heads a box in which the text before it does not stand."""
    return bool(before) and not outline.is_around(outline.parents[piece.element], before[-1].element)


def _is_other_box(outline: Outline, piece: Piece, before: list[Piece]) -> bool:
    """True for what heads such a box, if that is unlike the one before it: chapters are set alike."""
    if not _is_apart(outline, piece, before):
        return False
    one, other = (outline.elements[outline.parents[each.element]] for each in (piece, before[-1]))
    return (one.tag, one.names) != (other.tag, other.names)


def before_wall(pieces: list[Piece]) -> list[Piece]:
    """The pieces before an invitation to subscribe that ends the text, with what follows it."""
    last = pieces[-_MOST_OF_WALL:] if len(pieces) > _MOST_OF_WALL else []
    if not invites_to_subscribe([piece.text for piece in last]):
        return pieces
    wall = next((place for place, piece in enumerate(last) if invites_to_subscribe([piece.text])), None)
    if wall is None or sum(map(text_size, last[wall:])) > (1 - _MOST) * sum(map(text_size, pieces)):
        return pieces
    return pieces[: len(pieces) - len(last) + wall]
