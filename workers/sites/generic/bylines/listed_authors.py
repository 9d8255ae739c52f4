"""The authors that one byline lists: in one line, or as the items of a list."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from workers.core.text import clean
from workers.sites.page.document import ancestors, attribute, short_text

_SEVERAL, _AROUND, _LONGEST, _LONGEST_BYLINE = 2, 3, 2_000, 90
_JOINT = re.compile(r"[\s,;|/·•&、]*(?:and|und|et|y|e|i|ve|en|og|och|и|і|та|with)?[\s,;|/·•&、]*")
_OF_AUTHORS = re.compile(r"author|autor|byline|contributor", re.I)


def listed_together(nodes: list[LexborNode]) -> list[str]:
    """The names of the first node and of those that one byline lists with it: only an `and` or a comma parts them."""
    named = [(node, clean(node.text()[:_LONGEST])) for node in nodes]
    named = [(node, name) for node, name in named if name]
    if len(named) < _SEVERAL:
        return []
    first, name = named[0]
    bylines = [clean(short_text(each, _LONGEST_BYLINE, " ")) for each in ancestors(first, _AROUND)]
    names = [name]
    for node, name in named[1:]:
        between = (line.partition(names[-1])[2].partition(name) for line in bylines)
        is_joined = any(joint and _JOINT.fullmatch(before) for before, joint, _ in between)
        if attribute(node, "class") != attribute(first, "class") or not (is_joined or _stand_in_list(first, node)):
            break
        names.append(name)
    return names


def _stand_in_list(node: LexborNode, other: LexborNode) -> bool:
    """True for what stands in two items of one list, which calls itself one of authors."""
    items = [next((each for each in ancestors(part, _AROUND) if each.tag == "li"), None) for part in (node, other)]
    around = [item.parent for item in items if item is not None and item.parent is not None]
    if len(around) < len(items) or around[0].mem_id != around[1].mem_id:
        return False
    return _OF_AUTHORS.search(attribute(around[0], "class") or "") is not None
