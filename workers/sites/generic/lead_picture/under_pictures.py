"""The caption of the lead picture where no name and no tag calls it one: the little text that stands with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.article import Block
from workers.core.text import clean
from workers.sites.generic.dates.date_words import is_only_date
from workers.sites.generic.lead_picture.captions import looks_small, passed
from workers.sites.generic.lead_picture.picture_files import is_at, telling_part
from workers.sites.generic.names import furniture_of, names_lead, names_of
from workers.sites.generic.text.outline import Outline
from workers.sites.page.document import Document, ancestors, attribute, short_text
from workers.sites.page.tags import TEXT

_MOST_PICTURES, _ABOVE, _MOST_NODES, _DEEPEST = 8, 6, 40, 5
_SHORTEST, _LONGEST = 8, 300
# What holds more than a picture, and paragraphs, in which a text may stand with its picture.
_LARGE = frozenset(("html", "body", "main", "article", "section", "header", "a", "p", "td", "li"))
_PLACES = ("src", "data-src")
_OF_PICTURES = ("img", "image", "photo", "foto", "media", "caption")
_NO_CAPTION_NAMES = "h1 h2 h3 h4 h5 h6 ul ol table time button form input iframe video script style"
_NO_CAPTION = frozenset(_NO_CAPTION_NAMES.split())


def unnamed_caption(document: Document, url: str) -> LexborNode | None:
    """What holds the caption of the picture at this address, or None."""
    body: tuple[Block, ...] = document.notes.get("body", ())
    for node in _pictures_at(document, url):
        if (found := _under(node)) is not None:
            text = clean(short_text(found, _LONGEST, " "))
            if not any(block.text in text for block in body) and not is_only_date(text):
                return found
    return None


def _pictures_at(document: Document, url: str) -> Iterator[LexborNode]:
    """The first pictures around the headline and below it that are this one."""
    outline: Outline | None = document.notes.get("outline")
    if outline is None or not outline.pictures:
        return
    first = next((piece.order for piece in outline.pieces if piece.tag == "h1"), 0) - _ABOVE
    near = (node for place, node in outline.pictures if place >= first)
    name = telling_part(url)
    for node in islice(near, _MOST_PICTURES):
        if any(name in (attribute(node, place) or "") for place in _PLACES) and is_at(node, url):
            yield node


def _under(picture: LexborNode) -> LexborNode | None:
    """The short text of the smallest box that holds the picture and any text, else that after what holds it alone."""
    alone = picture
    for around in ancestors(picture, _DEEPEST):
        text = _little_text(around)
        if text is None or (around.tag in _LARGE and (text or around.tag == "body")):
            break
        if text and _may_be_caption(around, text):
            return _innermost(around)
        if text:
            break
        alone = around
    after = passed(alone.next, "next")
    if after is None or after.tag == "-text" or not (looks_small(after) or "caption" in names_of(after.attributes)):
        return None
    return after if _may_be_caption(after, clean(short_text(after, 2 * _LONGEST))) else None


def _little_text(box: LexborNode) -> str | None:
    """The text of a box of few nodes; None for a larger one, which is not read as a whole."""
    nodes = [*islice(box.traverse(include_text=True), _MOST_NODES + 1)]
    texts = (node.text_content or "" for node in nodes if node.tag_id == TEXT)
    return clean(" ".join(texts)) if len(nodes) <= _MOST_NODES else None


def _may_be_caption(box: LexborNode, text: str) -> bool:
    """False for what is long, for what holds more than words, and for what calls itself something else."""
    if not _SHORTEST < len(text) <= _LONGEST:
        return False
    linked = 0
    for node in islice(box.traverse(), _MOST_NODES):
        if node.tag in _NO_CAPTION or (node.tag != "a" and _is_other(node)):
            return False
        linked += len(short_text(node, _LONGEST)) if node.tag == "a" else 0
    return 2 * linked <= len(text)


def _is_other(node: LexborNode) -> bool:
    """True for furniture of any kind but that of pictures, whose authors they name too, and for the article's lead."""
    names = names_of(node.attributes)
    kind = furniture_of(names) if names else ""
    if kind and kind != "caption" and not (kind == "author" and node.tag == "span"):
        return True
    return names_lead(names) and not any(word in names for word in _OF_PICTURES)


def _innermost(box: LexborNode) -> LexborNode:
    """The element within a box that holds all of its text."""
    for _ in range(_DEEPEST):
        inner = [node for node in box.iter(include_text=True) if clean(short_text(node, _LONGEST))]
        if len(inner) != 1 or inner[0].tag == "-text":
            break
        box = inner[0]
    return box
