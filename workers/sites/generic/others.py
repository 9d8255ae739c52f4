"""What tells of other articles than the page's own: boxes of related links, comments, and cards in a row."""

from __future__ import annotations

import re
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.text import clean
from workers.sites.generic.dates.date_words import is_little_else
from workers.sites.generic.names import furniture_of, names_of
from workers.sites.generic.story import is_same_page, page_of
from workers.sites.page.document import Document, ancestors, attribute, short_text

_OTHERS, _BYLINES = frozenset(("related", "comments")), frozenset(("meta", "author"))
_FRAMES = frozenset(("aside", "nav"))
_PAGE = frozenset(("main", "body"))
# A card is a short element around the link of a headline, of so many words, and stands beside others.
_CARD, _WORDS, _MOST_LINKS, _MOST_NODES = 400, 4, 4, 200
_NEAR, _FAR, _MOST_HEADLINES = 3, 8, 20
_MOST_INNER = 20
_DAY_PATH = re.compile(r"/(?:19|20)\d\d(?:[/-]\d\d?){0,2}/?$")  # of an archive


def is_of_another(node: LexborNode, document: Document) -> bool:
    """True for an element that tells of another article than the page's own."""
    in_byline = furniture_of(names_of(node.attributes)) in _BYLINES
    for level, around in enumerate(ancestors(node, _FAR)):
        tag = around.tag or ""
        if tag in _PAGE:
            return False
        kind = furniture_of(names_of(around.attributes))
        in_byline = in_byline or kind in _BYLINES
        if kind in _OTHERS or (tag in _FRAMES and not in_byline) or (level < _NEAR and _is_card(around, document)):
            return around.mem_id not in around_headlines(document)  # names lie: what holds those is the article
    return False


def is_in_row(node: LexborNode, document: Document) -> bool:
    """True for an element in one of the cards in a row, each with the headline of another page."""
    return any(_is_card(around, document) for around in ancestors(node, _NEAR) if around.tag not in _PAGE)


def is_in_card(node: LexborNode, document: Document) -> bool:
    """True for an element in a link to another page, or around one, that says more than when that page is of."""
    inner = islice(node.traverse(), _MOST_INNER)
    link = next((each for each in (*ancestors(node, _NEAR), *inner) if each.tag == "a"), None)
    if link is None:
        return False
    text, own = clean(short_text(link, _CARD, " ")), clean(short_text(node, _CARD, " "))
    if is_little_else(text.replace(own, "", 1) if node.tag == "time" else text, None):
        return False
    url = document.absolute(attribute(link, "href"))
    return url is not None and not _DAY_PATH.search(url) and _is_elsewhere(link, document)


def around_headlines(document: Document) -> set[int]:
    """What the page's `<h1>` stand in, found once."""
    if "around headlines" not in document.notes:
        headlines = [node for node, tag, _ in document.marks if tag == "h1"][:_MOST_HEADLINES]
        document.notes["around headlines"] = {each.mem_id for node in headlines for each in ancestors(node)}
    found: set[int] = document.notes["around headlines"]
    return found


def _is_card(element: LexborNode, document: Document) -> bool:
    known: dict[int, bool] = document.notes.setdefault("cards", {})  # many marks may stand in one
    if element.mem_id not in known:
        known[element.mem_id] = _stands_in_row(element, document)
    return known[element.mem_id]


def _stands_in_row(element: LexborNode, document: Document) -> bool:
    beside = sibling(element, "next") or sibling(element, "prev")
    if beside is None or beside.tag != element.tag or attribute(beside, "class") != attribute(element, "class"):
        return False
    return _leads_on(element, document) and _leads_on(beside, document)


def sibling(element: LexborNode, side: str) -> LexborNode | None:
    """The element beside this one, on the side `next` or `prev`."""
    node: LexborNode | None = getattr(element, side)
    while node is not None and node.tag == "-text":
        node = getattr(node, side)
    return node


def _leads_on(element: LexborNode, document: Document) -> bool:
    """True for a short element with the headline of another page."""
    nodes = [*islice(element.traverse(), _MOST_NODES)]
    if len(nodes) == _MOST_NODES or len(short_text(element, _CARD)) >= _CARD:
        return False
    links = [node for node in nodes if node.tag == "a"][:_MOST_LINKS]
    return any(
        clean(short_text(link, _CARD)).count(" ") >= _WORDS - 1 and _is_elsewhere(link, document) for link in links
    )


def _is_elsewhere(link: LexborNode, document: Document) -> bool:
    url = document.absolute(attribute(link, "href"))
    return page_of(url) != "" and not any(is_same_page(url, own) for own in (document.url, document.canonical))
