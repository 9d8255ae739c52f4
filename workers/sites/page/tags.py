"""The numbers that the parser has for tags: one is told in a third of the time that the tag's name takes."""

from __future__ import annotations

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

_PAGE = LexborHTMLParser("<p><!-- -->text")
# What is no element cannot be made, only found.
_FOUND = {node.tag: node.tag_id for node in _PAGE.root.traverse(include_text=True)} if _PAGE.root else {}


def number(tag: str) -> int:
    """The number of a tag that HTML knows, of `-text` or of `-comment`."""
    return _FOUND.get(tag) or _PAGE.create_node(tag).tag_id


def numbers(tags: Iterable[str]) -> frozenset[int]:
    """The numbers of these tags."""
    return frozenset(map(number, tags))


TEXT = number("-text")
# The numbers of tags that HTML does not know are larger, and not the same on two pages.
LARGEST = 1_000
