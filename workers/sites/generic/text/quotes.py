"""Quotes set large between the paragraphs, which say again what one of those says."""

from __future__ import annotations

from workers.sites.generic.text.outline import Outline, Piece
from workers.sites.generic.text.trim import SENTENCE_END

_SHORTEST, _REPEATED = 25, 60
_MOST_QUOTES, _LONGEST = 60, 200_000  # no text of two thousand saved pages has as many, nor is as long
_LONGEST_QUOTE, _QUOTES = 300, " .,\"'“”„«»‘’"


def _is_of_quote(outline: Outline, piece: Piece) -> bool:
    """True for what stands in a quote, or below one in a box that is called so."""
    if piece.kind == "quote":
        return True
    element = outline.elements[piece.element]
    above = outline.elements[element.parent].names if element.parent >= 0 else ""
    return piece.kind == "paragraph" and not piece.text.endswith(SENTENCE_END) and "quote" in f"{element.names} {above}"


def unquoted(outline: Outline, pieces: list[Piece]) -> list[Piece]:
    """Without quotes that repeat what a paragraph says, set large between the paragraphs, and who they are of."""
    quotes = {piece.order for piece in pieces if piece.kind == "quote" and _SHORTEST < len(piece.text) < _LONGEST_QUOTE}
    if not 0 < len(quotes) < _MOST_QUOTES:
        return pieces
    text = "\n".join(piece.text for piece in pieces if piece.order not in quotes)[:_LONGEST].lower()
    kept: list[Piece] = []
    dropped = -1
    for piece in pieces:
        repeats = piece.order in quotes and piece.text.strip(_QUOTES).lower() in text
        names = piece.order == dropped + 1 and len(piece.text) < _REPEATED and _is_of_quote(outline, piece)
        if repeats or names:
            dropped = piece.order
        else:
            kept.append(piece)
    return kept
