"""The lead picture: what machines are told, else the first of those that the article shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from math import inf
from typing import Any

from selectolax.lexbor import LexborNode

from workers.core.article import Image
from workers.core.text import fold
from workers.sites.generic.lead_picture.picture_captions import caption_of
from workers.sites.generic.lead_picture.picture_files import is_drawn, is_large, source_of
from workers.sites.generic.names import furniture_of, names_of
from workers.sites.generic.others import around_headlines, is_of_another
from workers.sites.generic.story import Story, page_of
from workers.sites.generic.text.outline import Outline
from workers.sites.page.document import Document, ancestors, attribute, short_text
from workers.sites.reader import Found

_MOST_PICTURES, _FAR, _NEAR, _LONGEST_LINE = 60, 12, 4, 80
# What the program that most blogs run on calls the picture of a post.
_FEATURED = "img.wp-post-image"
_NOWHERE = range(0)
# Where pictures belong to something else.
_OTHERS = frozenset(("aside", "nav", "footer"))
_FURNITURE_KINDS = "author comments related share promotion consent overlay navigation sidebar footer login"
_FURNITURE = frozenset(_FURNITURE_KINDS.split())
_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])", re.I)
_LONGEST_SOURCE = 2_000
_TAG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")  # others may be no selectors


def image_of(document: Document, story: Story, text: range = _NOWHERE) -> Found[Image] | None:
    """The lead picture with its alt text, its caption and its credit.

    `text` are the numbers of the elements in which the text begins and ends.
    """
    told = (
        ("opengraph:image", document.meta("og:image") or document.meta("og:image:url")),
        ("json-ld:image", _picture(story, story.main.get("image"))),
        ("twitter:image", document.meta("twitter:image") or document.meta("twitter:image:src")),
    )
    for source, href in told:
        if url := document.absolute(href):
            return _found(document, story, url, document.meta("og:image:alt"), text, source)
    for source, href, alt in _shown(document, text):
        if url := document.absolute(href):
            return _found(document, story, url, alt, text, source)
    return None


def _found(document: Document, story: Story, url: str, alt: str | None, text: range, source: str) -> Found[Image]:
    caption, credit = caption_of(document, story, url, text.start)
    return Found(Image(url=url, alt=alt, caption=caption, credit=credit), source)


def _picture(story: Story, value: Any, depth: int = 0) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    value = story.resolve(value)
    if isinstance(value, dict) and depth < 3:
        return _picture(story, value.get("url") or value.get("contentUrl"), depth + 1)
    return value if isinstance(value, str) else None


def _shown(document: Document, text: range) -> Iterator[tuple[str, str | None, str | None]]:
    """What readers are shown: the source, the address and the alt text of each picture that may be the lead."""
    for node in _featured(document, text):
        yield "generic:featured", source_of(document, node), attribute(node, "alt")
    figures = [*_in_figures(document)]
    for node in _before_figure(figures[0], document, text) if figures else ():
        yield "generic:picture", source_of(document, node), attribute(node, "alt")
    for node in figures:
        yield "generic:figure", source_of(document, node), attribute(node, "alt")
    for node, tag, told in document.marks:
        is_image = told.get("itemprop") == "image" and tag == "img"
        if is_image and is_large(document, node) and not is_of_another(node, document):
            yield "microdata:image", source_of(document, node), attribute(node, "alt")
    if (told_of := document.link("image_src")) and not is_drawn(told_of):
        yield "link:image_src", told_of, None
    for node in _in_text(document, text):
        yield "generic:picture", source_of(document, node), attribute(node, "alt")
    for node in _above_headline(document):
        yield "generic:picture", source_of(document, node), attribute(node, "alt")


def _featured(document: Document, text: range) -> Iterator[LexborNode]:
    """The pictures that the page's own program calls those of a post, where they lead to no other.

    Those behind the text are of other posts, whose links may lie beside them or over them.
    """
    for node in document.tree.css(_FEATURED)[:_MOST_PICTURES]:
        if not is_large(document, node) or _is_anothers(node, document) or is_of_another(node, document):
            continue
        if not (text and _place_of(node, document) >= text.stop) and not _stands_in_furniture(node, document):
            yield node


def _above_headline(document: Document) -> Iterator[LexborNode]:
    """The large picture right before the headline, in the innermost element around both."""
    outline: Outline | None = document.notes.get("outline")
    if outline is None or outline.headline is None:
        return
    headline = outline.elements[outline.headline.element].node
    for around in ancestors(headline, _NEAR):
        if around.tag == "body":
            return
        if pictures := [node for node in _before(around, headline) if _may_be_above(node, document, around)]:
            yield pictures[-1]
            return


def _before(around: LexborNode, headline: LexborNode) -> list[LexborNode]:
    tag = headline.tag or ""
    nodes = around.css(f"img,{tag}" if _TAG.fullmatch(tag) else "*")[:_MOST_PICTURES]
    return [*takewhile(lambda node: node.mem_id != headline.mem_id, nodes)]


def _may_be_above(node: LexborNode, document: Document, around: LexborNode) -> bool:
    if node.tag != "img" or not is_large(document, node) or _is_anothers(node, document):
        return False
    between = [*takewhile(lambda each: each.mem_id != around.mem_id, ancestors(node))]
    kinds = {furniture_of(names_of(each.attributes)) for each in (node, *between)}
    return not kinds & _FURNITURE and all(each.tag != "header" for each in between)


def _in_figures(document: Document) -> Iterator[LexborNode]:
    """The pictures in a `<figure>` below the headline that lead to no other page."""
    below = False
    for node in document.tree.css("h1,figure img")[:_MOST_PICTURES]:
        below = below or node.tag == "h1"
        if node.tag == "img" and below and not _is_anothers(node, document):
            yield node


def _before_figure(figure: LexborNode, document: Document, text: range) -> Iterator[LexborNode]:
    """The large pictures of the article that stand before its first figure, without the portrait of its author."""
    pictures = document.tree.css("img")[:_MOST_PICTURES]
    before = {node.mem_id for node in takewhile(lambda node: node.mem_id != figure.mem_id, pictures)}
    return (node for node in _in_text(document, text) if node.mem_id in before and not _is_author(node, document))


def _is_author(node: LexborNode, document: Document) -> bool:
    """True for a picture that is told to be of an author, or stands on a line with the name of one."""
    names, box = [*map(fold, document.notes.get("authors", ()))], node.parent
    line = fold(short_text(box, _LONGEST_LINE)) if names and box is not None else ""
    told = fold(attribute(node, "alt") or "")
    return told in names or (len(line) < _LONGEST_LINE and any(name in line for name in names))


def _in_text(document: Document, text: range) -> Iterator[LexborNode]:
    """The large pictures between the headline and the end of the text."""
    below = not any(tag == "h1" for _, tag, _ in document.marks)
    for node in document.tree.css("h1,img")[:_MOST_PICTURES]:
        below = below or node.tag == "h1"
        if node.tag != "img" or not below or not is_large(document, node) or _is_anothers(node, document):
            continue
        around = islice(ancestors(node), _FAR)
        if any(each.tag == "noscript" for each in around) and not _FILE.search(source_of(document, node) or ""):
            continue  # what counts readers without scripts
        if text and _place_of(node, document) < text.stop and not _stands_in_furniture(node, document):
            yield node


def _place_of(node: LexborNode, document: Document) -> float:
    """The number of the nearest element with a text around a picture."""
    if "places" not in document.notes:
        outline: Outline | None = document.notes.get("outline")
        document.notes["places"] = {each.node.mem_id: each.index for each in outline.elements} if outline else {}
    places: dict[int, int] = document.notes["places"]
    return next((places[each.mem_id] for each in islice(ancestors(node), _FAR) if each.mem_id in places), inf)


def _stands_in_furniture(node: LexborNode, document: Document) -> bool:
    """True for a picture in what is called furniture; names lie where the headline stands in it too."""
    own = around_headlines(document)
    around = (each for each in (node, *ancestors(node, _FAR)) if each.tag != "body" and each.mem_id not in own)
    return any(furniture_of(names_of(each.attributes)) in _FURNITURE for each in around)


def _is_anothers(node: LexborNode, document: Document) -> bool:
    """True for a picture beside the article, and for one that leads to another page: not to the picture in full."""
    for around in ancestors(node):
        if around.tag in _OTHERS:
            return True
        if around.tag == "a":
            href = attribute(around, "href") or "#"
            own = {page_of(document.url), page_of(document.canonical)} - {""}  # the site's name leads to its front
            if not (href.startswith("#") or _FILE.search(href[-_LONGEST_SOURCE:])):
                return page_of(document.absolute(href)) not in own
    return False
