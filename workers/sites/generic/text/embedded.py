"""Text that a page carries for its scripts only: the longest in their JSON, in one piece or in parts."""

from __future__ import annotations

import json
import re

from workers.core.text import clean_lines
from workers.sites.generic.evidence import lines_of
from workers.sites.generic.text.state import text_in_state
from workers.sites.page.document import Document

# One that never ends is taken to the end of the script, so that each character is looked at once.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)', re.S)
_LARGEST = 3_000_000
_ENOUGH = 400
_TEMPLATES = '[itemprop~="articleBody"] script[type="text/template"]'
_MOST_TEMPLATES = 3
_SENTENCES = re.compile(r"[.!?。؟]\s")


def embedded_text(document: Document) -> tuple[str, ...]:
    """The paragraphs of the longest text in the page's script data; empty where nothing there reads like a text."""
    scripts = [node.text() for node in document.tree.css("script:not([src])")]
    best = max(text_in_state(scripts), text_in_template(document), key=lambda lines: sum(map(len, lines)))
    for script in scripts:
        literals = _STRING.findall(script) if _ENOUGH < len(script) < _LARGEST else ()
        for literal in (literal for literal in literals if len(literal) > _ENOUGH):
            lines = _lines(literal)
            if sum(map(len, lines)) > max(_ENOUGH, sum(map(len, best))):
                best = lines
    return best


def text_in_template(document: Document) -> tuple[str, ...]:
    """The paragraphs of the markup that a script holds as a template of the article's text."""
    nodes = document.tree.css(_TEMPLATES)[:_MOST_TEMPLATES]
    found = [clean_lines(lines_of(node.text()[:_LARGEST])) for node in nodes]
    best = max(found, key=lambda lines: sum(map(len, lines)), default=())
    return best if sum(map(len, best)) > _ENOUGH and not any(map("{{".__contains__, best)) else ()


def _lines(literal: str) -> tuple[str, ...]:
    try:
        text = json.loads(literal, strict=False)
    except ValueError:
        return ()
    lines = tuple(line for line in clean_lines(lines_of(text)) if " " in line or not line.isascii())
    plain = " ".join(lines)
    return lines if len(_SENTENCES.findall(plain)) > len(plain) / 400 and "{" not in plain else ()
