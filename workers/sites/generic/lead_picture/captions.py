"""Captions that no name and no tag tells: short texts right after a picture that look like nothing else."""

from __future__ import annotations

import re
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.sites.generic.text.outline import Outline, Piece
from workers.sites.page.document import attribute

_LONGEST, _SHORTEST_SMALL, _LONGEST_SMALL = 300, 30, 200  # a few slanted words may be a call of the text
_LONGEST_IN_BOX, _SHORTEST_IN_BOX, _FEWEST_WORDS = 120, 25, 4
_SERIES = 3  # so many boxes with a picture each are a list
_RUNNING = 100
_DEEPEST, _MOST_NODES, _MOST_IN_FIGURE, _NEXT = 6, 12, 60, 3
_KINDS = frozenset(("paragraph", "item"))
_DEFINED = frozenset(("dt", "dd"))  # an old system's figures are lists that begin with the picture
_PICTURES = frozenset(("img", "picture", "amp-img"))
_OF_PICTURE = re.compile(r"-(?:figure|image|img|photo|picture)$")  # a site's own elements
_SLANTED = frozenset(("em", "i", "small"))
_LARGE = frozenset(("body", "main", "article", "section"))
_PASSED = frozenset(("br", "-comment", "script"))
# Who took the picture, or whose it is, at the end of a text.
_CREDIT = re.compile(
    r"\b(?:photos?|photo by|photograph|picture|image|fotos?|bild|credit|crédit|fotografie|fotoğraf|zdjęcie|fot|фото"
    r"|ảnh)\s?[:.©]\s?[^\s/:][^:/]{1,60}$|\((?:photo|foto|bild|image|фото)[^()]{0,60}\)\W?$|©[^©]{1,60}$|[摄攝][)）]?$|撮影$"
    r"|(?:기자|제공|캡처)$|/\s?(?:AP|AFP|Reuters|dpa|Getty Images|EPA)\W?$",
    re.I,
)


def without_captions(outline: Outline, pieces: list[Piece]) -> list[Piece]:
    """The pieces without the captions; a look that running text has too tells nothing.

    One text of an element may be a caption: elements with many are looked at once.
    """
    pieces = _outside_of_figures(outline, pieces)
    after = [
        *{
            piece.element: piece
            for piece in pieces
            if piece.order in outline.after_picture and piece.kind in _KINDS and len(piece.text) <= _LONGEST
        }.values()
    ]
    after = [piece for piece in after if _is_below_picture(outline.elements[piece.element].node)]
    if not after:
        return pieces
    known = {piece.element for piece in after}
    running = {piece.element for piece in pieces if len(piece.text) > _RUNNING and piece.element not in known}
    tells = not any(looks_small(outline.elements[element].node) for element in running)
    boxed = {piece.order for piece in after if _is_alone_with_picture(outline, piece)}
    dropped = boxed if len(boxed) < _SERIES else set()
    dropped |= {piece.order for piece in after if outline.elements[piece.element].tag == "dd"}
    dropped |= {piece.order for piece in after if _is_credited(piece) or (tells and _is_small(outline, piece))}
    return [piece for piece in pieces if piece.order not in dropped]


def _outside_of_figures(outline: Outline, pieces: list[Piece]) -> list[Piece]:
    """Without the short texts that a figure shows with its picture, however deep they stand in it."""
    after = outline.after_picture
    near = {place + more for place in after for more in range(_NEXT)}
    return [piece for piece in pieces if piece.order not in near or not _is_in_figure(outline, piece)]


def _is_in_figure(outline: Outline, piece: Piece) -> bool:
    if len(piece.text) > _LONGEST or (piece.kind != "paragraph" and piece.tag not in _DEFINED):
        return False
    index = piece.element
    for _ in range(_DEEPEST):
        element = outline.elements[index]
        if element.tag == "figure" or ("-" in element.tag and _OF_PICTURE.search(element.tag)):
            return any(node.tag in _PICTURES for node in islice(element.node.traverse(), _MOST_IN_FIGURE))
        if element.tag == "dl":
            return _shows_picture(passed(element.node.first_child, "next"))
        index = element.parent
        if index < 0:
            break
    return False


def _is_below_picture(node: LexborNode) -> bool:
    """True where a picture is the first thing in an element, or the last before it."""
    return _shows_picture(passed(node.first_child, "next")) or _shows_picture(passed(node.prev, "prev"))


def _is_credited(piece: Piece) -> bool:
    return "://" not in piece.text and _CREDIT.search(piece.text[-_LONGEST_IN_BOX:]) is not None


def _is_small(outline: Outline, piece: Piece) -> bool:
    """True for small letters right after a picture; few of them only in one element with it."""
    node = outline.elements[piece.element].node
    if len(piece.text) <= _SHORTEST_SMALL and not _shows_picture(passed(node.first_child, "next")):
        return False
    return len(piece.text) < _LONGEST_SMALL and looks_small(node)


def _is_alone_with_picture(outline: Outline, piece: Piece) -> bool:
    """True for a short text in a box that holds nothing else than the picture before it."""
    text, node = piece.text, outline.elements[piece.element].node
    if not _SHORTEST_IN_BOX < len(text) < _LONGEST_IN_BOX or len(text.split()) < _FEWEST_WORDS or piece.links:
        return False
    before, around = passed(node.prev, "prev"), node.parent
    if node.tag == "li" or before is None or around is None or around.tag in _LARGE:
        return False
    return passed(before.prev, "prev") is None and passed(node.next, "next") is None


def passed(node: LexborNode | None, side: str) -> LexborNode | None:
    """The node, or the first on that side of it that shows anything."""
    while node is not None and (node.tag in _PASSED or (node.tag == "-text" and node.is_empty_text_node)):
        node = getattr(node, side)
    return node


def _shows_picture(node: LexborNode | None) -> bool:
    """True for a picture, and for what holds one and nothing else."""
    top, depth = node, 0
    while node is not None and depth < _DEEPEST:
        if node.tag in _PICTURES:
            return top is node or (top is not None and not any(map(_is_text, islice(top.traverse(True), _MOST_NODES))))
        if node.tag == "-text":
            return False
        node, depth = passed(node.first_child, "next"), depth + 1
    return False


def _is_text(node: LexborNode) -> bool:
    return node.tag == "-text" and not node.is_empty_text_node


def looks_small(node: LexborNode) -> bool:
    """True for what is centred, and for what is small or slanted as a whole."""
    if "center" in (attribute(node, "style") or "") + (attribute(node, "align") or "") or node.tag == "center":
        return True
    inside = False
    child = passed(node.first_child, "next")
    while child is not None:
        if not _shows_picture(child):
            if child.tag not in _SLANTED:
                return False
            inside = True
        child = passed(child.next, "next")
    return inside
