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
_NAMED = re.compile("tag|topic|keyword|categor|cat-?links")  # what most names of furniture have none of
_TAG_PATH = re.compile(r"/tags?/[^/]")
_CRUMBS = '[class*="breadcrumb" i],[itemtype*="BreadcrumbList"],nav[aria-label*="breadcrumb" i]'
# What else stands in such lists.
_NO_TOPIC = re.compile(r"[‹«<←]|\d+ comments?|(?:view|see|show|back|all|print|tweet|share|alle|zurück|retour)\b", re.I)
_MOST_SEEN, _MOST_TAGS, _MOST_CRUMBS = 60, 20, 12
_LEVELS, _FAR, _LONGEST, _LONGEST_LIST = 3, 10, 60, 600
_MOSTLY = 0.6


def shown_tags(document: Document) -> list[str]:
    """The texts of the first list of links to tags: most of its text is links, and its names or their paths say so."""
    for holder in _lists(document):
        if not _in_frame(holder) and not is_of_another(holder, document) and (texts := [*_texts(holder)]):
            return texts
    return []


def _lists(document: Document) -> Iterator[LexborNode]:
    outline: Outline | None = document.notes.get("outline")
    for element in outline.elements if outline is not None else ():
        if (
            ("tag" in element.names or "topic" in element.names)
            and element.furniture == "tags"
            and _is_list(element.node)
        ):
            yield element.node
    for link in document.tree.css(_TAG_LINKS)[:_MOST_SEEN]:
        if (holder := _list_around(link)) is not None:
            yield holder


def _is_list(holder: LexborNode) -> bool:
    """True for a short element that holds little but links."""
    text, links = clean(short_text(holder, _LONGEST_LIST)), holder.css("a[href]")[:_MOST_SEEN]
    linked = sum(len(short_text(each, _LONGEST)) for each in links)
    return len(text) < _LONGEST_LIST and len(links) <= _MOST_TAGS and 0 < linked >= _MOSTLY * len(text)


def _list_around(link: LexborNode) -> LexborNode | None:
    """The largest list around a link whose links all lead to tags, and are several: a text may link to a single one."""
    found = None
    for around in ancestors(link, _LEVELS):
        if not _is_list(around):
            break
        links = around.css("a[href]")
        if len(links) > 1 and all(map(_is_tag, links)):
            found = around
    return found


def _is_tag(link: LexborNode) -> bool:
    return _TAG_PATH.search(attribute(link, "href") or "") is not None


def _in_frame(holder: LexborNode) -> bool:
    """True for what stands in a menu, in the page's head or beside the article."""
    return any(
        around.tag in ("nav", "header") or furniture_of(names_of(around.attributes)) in ("navigation", "sidebar")
        for around in (holder, *ancestors(holder, _FAR))
    )


def _texts(holder: LexborNode) -> Iterator[str]:
    for link in islice(holder.css("a[href]"), _MOST_SEEN):
        text = clean(short_text(link, _LONGEST)).strip("#,; ")
        if text and not _NO_TOPIC.match(text):
            yield text


def shown_crumbs(document: Document) -> list[tuple[str, str | None]]:
    """Each link of the page's crumbs: its text and where it leads."""
    crumbs = document.tree.css_first(_CRUMBS)
    links = crumbs.css("a[href]")[:_MOST_CRUMBS] if crumbs is not None else []
    named = ((clean(short_text(link, _LONGEST)), attribute(link, "href")) for link in links)
    return [(name, href) for name, href in named if not _NO_TOPIC.match(name)]
