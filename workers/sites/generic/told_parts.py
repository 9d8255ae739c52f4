"""The parts of a text that JSON-LD names for search engines, as sites with subscribers do: no furniture, whatever
they are called.
"""

from __future__ import annotations

import re

from workers.sites.generic.outline import Outline
from workers.sites.generic.story import Story

_NAME = re.compile(r"[.#]([\w-]{3,60})")
_MOST_PARTS, _LONGEST = 20, 500


def tell_parts(outline: Outline, story: Story) -> None:
    """Mark the elements that the article's `hasPart` selects as text."""
    names = _named(story) if "hasPart" in story.main else set()
    if not names:
        return
    for element in outline.elements:
        if element.names and element.furniture and not names.isdisjoint(element.names.split()):
            element.is_text()


def _named(story: Story) -> set[str]:
    """The class names and ids in the selectors of the parts, in lower case."""
    parts = story.main["hasPart"]
    parts = parts if isinstance(parts, list) else [parts]
    told = [part.get("cssSelector") for part in parts[:_MOST_PARTS] if isinstance(part, dict)]
    selectors = [each for value in told for each in (value if isinstance(value, list) else [value])][:_MOST_PARTS]
    texts = (each[:_LONGEST].lower() for each in selectors if isinstance(each, str))
    return {name for text in texts for name in _NAME.findall(text)}
