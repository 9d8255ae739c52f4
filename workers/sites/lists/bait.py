"""Bait: links that a page hides from its readers and does not vouch for. They lead crawlers into mazes without end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from selectolax.lexbor import LexborNode

from workers.sites.generic.names import is_hidden
from workers.sites.page.document import ancestors, attribute

_HIGHEST, _LONGEST = 12, 500
# Beside what hides an element as a whole: it stands far off, or cannot be seen. What is to fade in tells how.
_UNSEEN = re.compile(r"(?<![-\w])(?:(?:margin-)?(?:left|right|top)|text-indent)\s{0,3}:\s{0,3}-\d{4}")
_CLEAR, _FADES = re.compile(r"(?<![-\w])opacity\s{0,3}:\s{0,3}0(?![.\d])"), re.compile(r"trans|anim")
# What has no size shows what flows over it, and with a padding it has one. Letters may have a size again further in.
_NO_SIZE = re.compile(r"(?<![-\w])(?:(?:max-)?height|width)\s{0,3}:\s{0,3}0(?![.\d])")
_CUT, _PADDED = re.compile(r"overflow[-xy]{0,2}\s{0,3}:\s{0,3}(?:hidden|clip)"), re.compile(r"padding")
_NO_LETTERS = re.compile(r"(?<![-\w])font-size\s{0,3}:\s{0,3}0(?![.\d])")
_WHOLE = ("body", "html")  # shown by a script, where it is hidden at first


def is_unvouched(node: LexborNode) -> bool:
    """True for a link that asks not to be followed."""
    return "nofollow" in (attribute(node, "rel") or "").lower().split()


def is_bait(node: LexborNode, known: dict[int, bool]) -> bool:
    """True for one that readers are not shown either; tabs and menus hide links too, but vouch for them.

    `known` are the elements of the page that were asked before.
    """
    if not is_unvouched(node):
        return False
    if _NO_LETTERS.search(_style(node.attributes)):
        return True
    for each in chain((node,), ancestors(node, _HIGHEST)):
        if each.tag in _WHOLE:
            break
        if each.mem_id not in known:
            known[each.mem_id] = _is_unseen(each.attributes)
        if known[each.mem_id]:
            return True
    return False


def _is_unseen(attributes: Mapping[str, str | None]) -> bool:
    style = _style(attributes)
    if is_hidden(attributes) or _UNSEEN.search(style):
        return True
    if _CLEAR.search(style) and not _FADES.search(style):
        return True
    return bool(_NO_SIZE.search(style) and _CUT.search(style) and not _PADDED.search(style))


def _style(attributes: Mapping[str, str | None]) -> str:
    return (attributes.get("style") or "")[:_LONGEST].lower()
