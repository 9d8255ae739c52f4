"""Whether a text speaks of what could be its author's name: places, teams and people in the news stand there too."""

from __future__ import annotations

from collections.abc import Sequence

from workers.core.text import fold
from workers.sites.generic.text.outline import Piece

_RUNNING, _MOST = 100, 200
_AGAIN = 2  # a lead, or who the author is, may name the author once


def is_spoken_of(name: str, pieces: Sequence[Piece], most: int = _AGAIN) -> bool:
    """True where the headline says the name, the text begins with it as with its place, or so many paragraphs do."""
    folded = fold(name)
    if any(folded in fold(piece.text) for piece in pieces[:_MOST] if piece.tag == "h1"):
        return True
    running = [fold(piece.text) for piece in pieces if len(piece.text) > _RUNNING and piece.kind == "paragraph"][:_MOST]
    return bool(running) and (running[0].startswith(folded) or sum(folded in text for text in running) >= most)
