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

_TAG_LINKS = 'a[href*="/tag/"],a[href*="/tags/"],[class*="tag" i] a[href],[class*="topic" i] a[href]'
_TAG_PATH = re.compile(r"/tags?/[^/]")
_CRUMBS = '[class*="breadcrumb" i],[itemtype*="BreadcrumbList"],nav[aria-label*="breadcrumb" i]'
# What else stands in such lists.
_NO_TOPIC = re.compile(r"[‹«<←]|\d+ comments?|(?:view|see|show|back|all|print|tweet|share|alle|zurück|retour)\b", re.I)
_MOST_SEEN, _MOST_TAGS, _MOST_CRUMBS = 60, 20, 12
_LEVELS, _FAR, _LONGEST, _LONGEST_LIST = 3, 10, 60, 600
_MOSTLY = 0.6


def shown_tags(document: Document) -> list[str]:
    """The texts of the first list of links to tags: most of its text is links, and its names or their paths say so."""
    for link in document.tree.css(_TAG_LINKS)[:_MOST_SEEN]:
        holder = _list_around(link)
        if holder is not None and not _in_frame(link) and not is_of_another(link, document):
            return [*_texts(holder)]
    return []


def _list_around(link: LexborNode) -> LexborNode | None:
    """The largest element around a link that holds little but links, where it is a list of tags."""
    found = None
    for around in ancestors(link, _LEVELS):
        text, links = clean(short_text(around, _LONGEST_LIST)), around.css("a[href]")[:_MOST_SEEN]
        linked = sum(len(short_text(each, _LONGEST)) for each in links)
        if len(text) >= _LONGEST_LIST or len(links) > _MOST_TAGS or linked < _MOSTLY * len(text):
            break
        # A text may link to a single tag.
        if furniture_of(names_of(around.attributes)) == "tags" or (len(links) > 1 and all(map(_is_tag, links))):
            found = around
    return found


def _is_tag(link: LexborNode) -> bool:
    return _TAG_PATH.search(attribute(link, "href") or "") is not None


def _in_frame(link: LexborNode) -> bool:
    """True for what stands in a menu, in the page's head or beside the article."""
    return any(
        around.tag in ("nav", "header") or furniture_of(names_of(around.attributes)) in ("navigation", "sidebar")
        for around in ancestors(link, _FAR)
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
