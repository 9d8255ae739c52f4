"""Text that a page carries for its scripts only: the longest in their JSON, in one piece or in parts."""

from __future__ import annotations

import json
import re

from workers.core.text import clean_lines
from workers.sites.document import Document
from workers.sites.generic.evidence import lines_of
from workers.sites.generic.state import text_in_state

# One that never ends is taken to the end of the script, so that each character is looked at once.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)', re.S)
_LARGEST = 3_000_000
_ENOUGH = 400
_SENTENCES = re.compile(r"[.!?。؟]\s")


def embedded_text(document: Document) -> tuple[str, ...]:
    """The paragraphs of the longest text in the page's script data; empty where nothing there reads like a text."""
    scripts = [node.text() for node in document.tree.css("script:not([src])")]
    best = text_in_state(scripts)
    for script in scripts:
        literals = _STRING.findall(script) if _ENOUGH < len(script) < _LARGEST else ()
        for literal in (literal for literal in literals if len(literal) > _ENOUGH):
            lines = _lines(literal)
            if sum(map(len, lines)) > max(_ENOUGH, sum(map(len, best))):
                best = lines
    return best


def _lines(literal: str) -> tuple[str, ...]:
    try:
        text = json.loads(literal, strict=False)
    except ValueError:
        return ()
    lines = tuple(line for line in clean_lines(lines_of(text)) if " " in line or not line.isascii())
    plain = " ".join(lines)
    return lines if len(_SENTENCES.findall(plain)) > len(plain) / 400 and "{" not in plain else ()
