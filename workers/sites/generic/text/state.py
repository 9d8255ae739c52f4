"""A text that scripts have as a list of its parts: the list of a page's JSON whose items hold the most sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from workers.core.text import clean_lines
from workers.sites.generic.evidence import lines_of

_ASSIGNED = re.compile(r"^[\s\w.$\[\]\"']{1,80}=\s*(?=[{\[])")
_LARGEST, _MOST_VALUES, _DEEPEST = 2_000_000, 50_000, 40  # all scripts together
_MOST_ITEMS = 2_000
_ENOUGH, _SHORTEST, _FEWEST = 300, 30, 3
_SENTENCE_END = re.compile(r"[.!?。؟…][\"'”’»)]*(?:\s|$)")
# What an item of other articles has: where it leads, and what it is called.
_OF_ANOTHER = frozenset(("url", "href", "link", "slug", "permalink", "canonicalurl", "headline", "title", "path"))
# What a comment or a review has: who wrote it, and what readers hold of it.
_READERS_WORDS = (
    "author authorid authorname user userid username user_id user_name nickname commenter reviewer avatar likes"
    " dislikes upvotes votes rating stars replies parentid parent_id parentcommentid"
)
_OF_READERS = frozenset(_READERS_WORDS.split())
_TEXTS = ("text", "content", "html", "value", "body", "paragraph", "data", "copy")


def text_in_state(scripts: list[str]) -> tuple[str, ...]:
    """The paragraphs of that list; empty where nothing there reads like a text."""
    best: tuple[str, ...] = ()
    room, values = _LARGEST, _MOST_VALUES
    for script in scripts:
        if not _ENOUGH < len(script) <= room:
            continue
        room -= len(script)
        for items in _lists(_parsed(script.strip())):
            values -= len(items)
            lines = _paragraphs(items) if values > 0 else ()
            if sum(map(len, lines)) > max(_ENOUGH, sum(map(len, best))):
                best = lines
    return best


def _parsed(script: str) -> Any:
    """The value that a script is or assigns, where that is plain JSON."""
    assigned = _ASSIGNED.match(script)
    if assigned is None and script[:1] not in "{[":
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(script, assigned.end() if assigned else 0)[0]
    except (ValueError, RecursionError):
        return None


def _lists(value: Any) -> Iterator[list[Any]]:
    """The lists of objects in a value, looked for without recursion in a bounded part of it."""
    left, seen = [(value, 0)], 0
    while left and seen < _MOST_VALUES:
        value, depth = left.pop()
        seen += 1
        if isinstance(value, list):
            value = value[:_MOST_ITEMS]
            if len(value) >= _FEWEST and all(isinstance(item, dict) for item in value):
                yield value
        if isinstance(value, (list, dict)) and depth < _DEEPEST:
            inner = value if isinstance(value, list) else value.values()
            left += [(each, depth + 1) for each in inner if isinstance(each, (list, dict))]


def _tells_of_others(key: str, value: Any) -> bool:
    """True for such a key; blocks of all kinds may have the same keys, of which most are empty."""
    key = key.lower()
    return key in _OF_READERS or (key in _OF_ANOTHER and bool(value))


def _paragraphs(items: list[dict[str, Any]]) -> tuple[str, ...]:
    """The texts of the items, where several are sentences and few are told to be another article or a reader's word.

    Pictures, links and posts stand between the paragraphs and are left out.
    """
    own = [item for item in items if not any(map(_tells_of_others, item, item.values()))]
    if 2 * len(own) < len(items):
        return ()
    texts = [next((item[key] for key in _TEXTS if isinstance(item.get(key), str)), "") for item in own]
    lines = tuple(line for text in texts for line in clean_lines(lines_of(text)))
    told = [line for line in lines if len(line) >= _SHORTEST and _SENTENCE_END.search(line[-4:])]
    is_text = len(told) >= _FEWEST and 2 * len(told) >= len(lines) and not any("{" in line for line in lines)
    return lines if is_text else ()
