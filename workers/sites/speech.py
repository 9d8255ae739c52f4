"""What a text says itself, and what it quotes: a story may quote the words of any furniture."""

from __future__ import annotations

import re

_MARK = re.compile('["“”„«»「」『』]')


def says(pattern: re.Pattern[str], text: str) -> bool:
    """True where the pattern stands in a text, and not between quotation marks."""
    found = pattern.search(text)
    return found is not None and not _is_quoted(text, found.start())


def _is_quoted(text: str, place: int) -> bool:
    """The same mark opens in one language and closes in another, so that only their number tells."""
    return len(_MARK.findall(text, 0, place)) % 2 == 1
