"""How much the pieces of a page look like running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.sites.generic.text.outline import Piece
from workers.sites.generic.text.trim import SENTENCE_END

_LONG_HEADING = 150  # a lead, whatever its tag
# A letter of these scripts says as much as two or three of others.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DENSE_BEGIN = bytes(range(0xE3, 0xEE))  # as each of them does in UTF-8, and no letter of an alphabet


def may_be_dense(pieces: Sequence[Piece]) -> bool:
    """False where no piece has a letter of those scripts: told of all at once in a fifth of the time."""
    letters = "".join([piece.text for piece in pieces if not piece.text.isascii()]).encode("utf-8", "replace")
    return len(letters.translate(None, _DENSE_BEGIN)) < len(letters)


def weigh(piece: Piece, *, dense: bool) -> float:
    """How much a piece looks like running text, in characters; negative for link lists and fragments."""
    text, linked = piece.text, piece.linked
    size = len(text)
    if dense:
        size += len(_DENSE.findall(text))
    if piece.kind == "heading" and size < _LONG_HEADING:
        return 0.0
    if linked > 0.5 * size:
        return -0.5 * min(size, 100)
    if size < 30:
        return -4.0
    own = size - 2 * linked
    ends = size > 120 or text.endswith(SENTENCE_END) or "\u0e00" <= text[-1] <= "\u0eff"  # Thai and Lao have no stops
    return float(own if ends else 0.3 * own)


def running(pieces: Sequence[Piece]) -> float:
    """How much running text they are."""
    return sum([piece.weight for piece in pieces if piece.weight > 0.0])
