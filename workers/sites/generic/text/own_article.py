"""The page's own article among those that pages which go on for ever hold below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workers.core.text import fold
from workers.sites.generic.text.outline import Element, Outline, text_size

_SEVERAL, _MOST, _ENOUGH = 2, 50, 250
_PARTS = frozenset(("article", "div", "section", "li"))
# What scripts read to change the address while the reader scrolls.
_ADDRESSES = ("data-url", "data-href", "data-permalink", "data-article-url", "data-share-url")


def own_article(outline: Outline, holder: int, headline: str | None) -> int:
    """The holder, or the one of several articles in it that has the headline."""
    if not headline:
        return holder
    title = fold(headline)
    own = _own_part(outline, holder, title)
    if own is None:
        own = _own_box(outline, holder, title)
    return _own_tagged(outline, holder, title) if own is None else own


def _own_box(outline: Outline, holder: int, title: str) -> int | None:
    """By boxes of the same names, beside each other, with an `<h1>` each; None where there are none such."""
    headlines = [piece for piece in outline.pieces if piece.tag == "h1"]
    if len(headlines) < _SEVERAL:
        return None
    headlines = [piece for piece in headlines if outline.is_around(holder, piece.element)]
    own = [piece for piece in headlines if fold(piece.text) == title]
    if len(own) != 1 or not _SEVERAL <= len(headlines) <= _MOST:
        return None
    boxes = [*_boxes_around(outline, own[0].element, holder)]
    others = {
        (box.parent, box.tag, box.names)
        for piece in headlines
        if piece is not own[0]
        for box in _boxes_around(outline, piece.element, holder)
        if not outline.is_around(box.index, own[0].element)
    }
    found = next((box.index for box in boxes if box.tag in _PARTS and (box.parent, box.tag, box.names) in others), None)
    if found is None:
        return None
    size = outline.summed(outline.pieces, text_size)
    return found if size[found] >= _ENOUGH else None


def _boxes_around(outline: Outline, index: int, holder: int) -> Iterator[Element]:
    """What stands around a headline inside of the holder, and holds more than it, from the innermost out."""
    index = outline.elements[index].parent
    while index > holder:
        yield outline.elements[index]
        index = outline.elements[index].parent


def _own_tagged(outline: Outline, holder: int, title: str) -> int:
    """By `<article>` with an `<h1>` each."""
    if [element.tag for element in outline.elements].count("article") < _SEVERAL:
        return holder
    headings = {
        article: fold(piece.text)
        for piece in reversed(outline.pieces)
        if piece.tag == "h1" and (article := _article_around(outline, piece.element, holder)) is not None
    }
    own = [article for article, text in headings.items() if text == title]
    return own[0] if len(headings) >= _SEVERAL and len(own) == 1 else holder


def _article_around(outline: Outline, index: int, holder: int) -> int | None:
    """The outermost `<article>` around an element that stands inside the holder."""
    found = None
    while index >= 0 and index != holder:
        if outline.elements[index].tag == "article":
            found = index
        index = outline.elements[index].parent
    return found if index == holder else None


def _own_part(outline: Outline, holder: int, title: str) -> int | None:
    """By parts of the holder that each name the address of another page; None where there are none such."""
    inside = outline.elements[holder : outline.elements[holder].end]
    parts = [element for element in inside if element.parent == holder]
    addresses = {
        part.index: address for part in parts if part.tag in _PARTS and (address := _address(part.node.attributes))
    }
    if len(set(addresses.values())) < _SEVERAL or len(addresses) > _MOST:
        return None
    headed = [piece.element for piece in outline.pieces if piece.kind == "heading" and fold(piece.text) == title]
    own = {part for part in addresses if any(outline.is_around(part, element) for element in headed[:_MOST])}
    if len(own) != 1:
        return None
    part = own.pop()
    size = outline.summed(outline.pieces, text_size)
    return part if size[part] >= _ENOUGH else None


def _address(attributes: Mapping[str, str | None]) -> str:
    return next(filter(None, map(attributes.get, _ADDRESSES)), "")
