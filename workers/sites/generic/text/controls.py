"""What readers fill in or press."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from workers.core.text import clean
from workers.sites.generic.phrases import names_box, opens_comments
from workers.sites.page.document import short_text

_FIELDS = ("email", "text", "tel")
_OPENS = frozenset(("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle"))

_LONGEST_QUESTION, _QUESTION_MARKS = 300, ("?", "？", "؟")


def control_of(node: LexborNode) -> str:
    """`field` for what takes words, `button` for what is pressed; nothing for what is not seen or opens a part."""
    tag = node.tag
    if tag == "button":
        return "button" if opened_by(node) is None else ""
    return "field" if tag == "textarea" or (node.attributes.get("type") or "text").lower() in _FIELDS else ""


def opened_by(node: LexborNode) -> str | None:
    """The id of the part of the page that a button or a link opens, "" where it is not told; None for any other."""
    attributes = node.attributes
    if node.tag not in ("button", "a") or (not is_tab(node) and _OPENS.isdisjoint(attributes)):
        return None
    return attributes.get("aria-controls") or (attributes.get("href") or "").removeprefix("#")


def is_tab(node: LexborNode) -> bool:
    """True for what shows one of several parts in the same place."""
    return node.attributes.get("role") == "tab"


def asks(node: LexborNode) -> bool:
    """True for what is worded as a question, which what it opens answers."""
    return short_text(node, _LONGEST_QUESTION).rstrip().endswith(_QUESTION_MARKS)


def shows_others(node: LexborNode) -> bool:
    """True for what is worded as the heading of comments, or of other articles."""
    text = clean(short_text(node, _LONGEST_QUESTION))
    return bool(text) and (opens_comments(text) or names_box(text))
