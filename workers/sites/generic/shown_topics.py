"""Tags and section as readers are shown them, where machines are told of none: links to tags, and crumbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.text import clean
from workers.sites.document import Document, ancestors, attribute, short_text
from workers.sites.generic.names import furniture_of, names_of
from workers.sites.generic.others import is_of_another
from workers.sites.generic.outline import Outline

_TAG_LINKS = 'a[href*="/tag"]'
_NAMED = ("tag", "topic", "keyword", "categor", "cat-links", "catlinks")  # one of these has each name of such lists
_TAG_PATH = re.compile(r"/tags?/[^/]")
_CRUMBS = '[class*="breadcrumb" i],[itemtype*="BreadcrumbList"],nav[aria-label*="breadcrumb" i]'
# The same where no block's name tells of them; menus are no blocks.
_FEW_CRUMBS = 'nav[class*="breadcrumb" i],[itemtype*="BreadcrumbList"],nav[aria-label*="breadcrumb" i]'
# What else stands in such lists.
_NO_TOPIC = re.compile(r"[‹«<←]|\d+ comments?|(?:view|see|show|back|all|print|tweet|share|alle|zurück|retour)\b", re.I)
_MOST_LISTS, _MOST_SEEN, _MOST_TAGS, _MOST_CRUMBS, _MOST_NODES = 20, 40, 20, 12, 300
_LEVELS, _FAR, _LONGEST, _LONGEST_LIST = 3, 10, 60, 600
_MOSTLY = 0.6
_NO_LISTS = frozenset(("body", "html", "main", "article"))
_FRAMES, _FRAME_NAMES = frozenset(("nav", "header")), frozenset(("navigation", "sidebar", "related", "promotion"))


def shown_tags(document: Document) -> list[str]:
    """The texts of the first list of links to tags below the headline: by its names, or by where they lead."""
    for holder in islice(_lists(document), _MOST_LISTS):
        if not _in_frame(holder) and not is_of_another(holder, document) and (texts := _texts(holder)):
            return texts
    return []


def _lists(document: Document) -> Iterator[LexborNode]:
    outline: Outline | None = document.notes.get("outline")
    pieces = outline.pieces if outline is not None else []
    first = next((piece.element for piece in pieces if piece.tag == "h1"), None)
    if outline is None or first is None:
        return
    after, words = outline.elements[first:], [word for word in _NAMED if word in outline.all_names]
    named = (each for each in after if any(map(each.names.__contains__, words)) and each.furniture == "tags")
    yield from (each.node for each in islice(named, _MOST_SEEN) if _links_of(each.node))
    links = document.tree.css(_TAG_LINKS)[:_MOST_SEEN]
    places = {each.node.mem_id for each in after} if links else set()
    for link in links:
        holder = _list_around(link)
        if holder is not None and holder.mem_id in places:
            yield holder


def _links_of(holder: LexborNode) -> list[LexborNode]:
    """The links of a short element that holds little else; none of any other."""
    text = clean(short_text(holder, _LONGEST_LIST))
    nodes = [*islice(holder.traverse(), _MOST_NODES)] if len(text) < _LONGEST_LIST else []
    links = [node for node in nodes if node.tag == "a" and attribute(node, "href")]
    linked = sum(len(short_text(each, _LONGEST)) for each in links)
    is_list = len(nodes) < _MOST_NODES and 0 < len(links) <= _MOST_TAGS and linked >= _MOSTLY * len(text)
    return links if is_list else []


def _list_around(link: LexborNode) -> LexborNode | None:
    """The largest list around a link whose links all lead to tags, and are several: a text may link to a single one."""
    found = None
    for around in ancestors(link, _LEVELS):
        links = _links_of(around)
        if not links:
            break
        if len(links) > 1 and all(_TAG_PATH.search(attribute(each, "href") or "") for each in links):
            found = around
    return found


def _in_frame(holder: LexborNode) -> bool:
    """True for what stands in a menu, beside the article, or in the page's head or foot: an article has a foot too."""
    foot = False
    for around in (holder, *ancestors(holder, _FAR)):
        kind = furniture_of(names_of(around.attributes))
        if around.tag == "article":
            return False
        foot = foot or around.tag == "footer" or (kind == "footer" and around.tag != "body")
        if around.tag in _FRAMES or kind in _FRAME_NAMES:
            return True
    return foot


def _texts(holder: LexborNode) -> list[str]:
    texts = (clean(short_text(link, _LONGEST)).strip("#,; ") for link in _links_of(holder))
    return [text for text in texts if text and not _NO_TOPIC.match(text)]


def shown_crumbs(document: Document) -> list[tuple[str, str | None]]:
    """Each link of the page's crumbs: its text and where it leads."""
    outline: Outline | None = document.notes.get("outline")
    css = _CRUMBS if outline is None or "breadcrumb" in outline.all_names else _FEW_CRUMBS
    holder = next((each for each in document.tree.css(css)[:_MOST_SEEN] if _holds_crumbs(each)), None)
    nodes = islice(holder.traverse(), _MOST_NODES) if holder is not None else ()
    links = [node for node in nodes if node.tag == "a" and attribute(node, "href")][:_MOST_CRUMBS]
    named = ((clean(short_text(link, _LONGEST)), attribute(link, "href")) for link in links)
    return [(name, href) for name, href in named if not _NO_TOPIC.match(name)]


def _holds_crumbs(element: LexborNode) -> bool:
    """False for a page whose own names say that it has crumbs somewhere."""
    return element.tag not in _NO_LISTS and len(short_text(element, _LONGEST_LIST)) < _LONGEST_LIST
