"""What a text says itself, and what it quotes: a story may quote the words of any furniture."""

from __future__ import annotations

import re
from itertools import islice

_MARK = re.compile('["“”„«»「」『』]')
_MOST_FOUND = 5


def says(pattern: re.Pattern[str], text: str) -> bool:
    """True where the pattern stands in a text, and not between quotation marks."""
    return any(not _is_quoted(text, *found.span()) for found in islice(pattern.finditer(text), _MOST_FOUND))


def _is_quoted(text: str, begin: int, end: int) -> bool:
    """The same mark opens in one language and closes in another, so that only their number tells.

    A quotation that nothing closes was cut, as a wall does: what stands behind it is the wall's.
    """
    return len(_MARK.findall(text, 0, begin)) % 2 == 1 and _MARK.search(text, end) is not None
