"""Bait: links that a page hides from its readers and does not vouch for. They lead crawlers into mazes without end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from selectolax.lexbor import LexborNode

from workers.sites.document import ancestors, attribute
from workers.sites.generic.names import is_hidden

_HIGHEST, _LONGEST = 12, 500
# Beside what hides an element as a whole: it stands far off, has no size or cannot be seen.
_UNSEEN = re.compile(
    r"(?:left|right|top|text-indent)\s{0,3}:\s{0,3}-\d{4}"
    r"|(?:opacity|font-size|max-height|height|width)\s{0,3}:\s{0,3}0(?![.\d])"
)


def is_unvouched(node: LexborNode) -> bool:
    """True for a link that asks not to be followed."""
    return "nofollow" in (attribute(node, "rel") or "").lower().split()


def is_bait(node: LexborNode, known: dict[int, bool]) -> bool:
    """True for one that readers are not shown either; tabs and menus hide links too, but vouch for them.

    `known` are the elements of the page that were asked before.
    """
    if not is_unvouched(node):
        return False
    for each in chain((node,), ancestors(node, _HIGHEST)):
        if each.mem_id not in known:
            known[each.mem_id] = _is_unseen(each.attributes)
        if known[each.mem_id]:
            return True
    return False


def _is_unseen(attributes: Mapping[str, str | None]) -> bool:
    return is_hidden(attributes) or _UNSEEN.search((attributes.get("style") or "")[:_LONGEST].lower()) is not None
