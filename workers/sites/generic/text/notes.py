"""Small parts of a text that are no words of it: the numbers of notes, and letters that are said twice."""

from __future__ import annotations

import re
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.sites.page.document import short_text

_FEW_NODES, _LONGEST_INITIAL = 30, 30
# Of a longer text, with the spaces around it, no more is read to see that it is no initial.
_INITIAL_WITH_SPACES = 200
_FOOTNOTE = re.compile(r"\[?\d{1,3}\]?|↩︎?")


def is_footnote(node: LexborNode, before: list[str]) -> bool:
    """True for the number of a note: in brackets, raised, or glued to a word, which it would become a part of."""
    nodes = [*islice(node.traverse(include_text=True), _FEW_NODES)]
    text = "".join(each.text_content or "" for each in nodes).strip()
    if _FOOTNOTE.fullmatch(text) is None:
        return False
    raised = any(each.tag == "sup" for each in nodes) or (node.parent is not None and node.parent.tag == "sup")
    return raised or not text.isdigit() or bool(before and not before[-1][-1:].isspace())


def is_said_twice(node: LexborNode) -> bool:
    """True for what is only heard, where its twin that is only seen stands beside it: a large first letter."""
    text = short_text(node, _INITIAL_WITH_SPACES).strip()
    if len(text) > _LONGEST_INITIAL:
        return False
    for other in (node.prev, node.next):
        if other is not None and other.tag != "-text" and other.attributes.get("aria-hidden") == "true":
            seen = short_text(other, _INITIAL_WITH_SPACES).strip()
            if seen and (text.startswith(seen) or text.endswith(seen)):
                return True
    return False
