"""What a start page leads to besides its articles: sections in its menus, and its other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from selectolax.lexbor import LexborNode

from workers.core.link import Kind, Label, Link
from workers.core.text import clean
from workers.core.urls import path_of
from workers.sites.lists.archives import is_archive
from workers.sites.lists.headlines import HEADLINE, LONG_HEADLINE, asks_for_story, is_story, letters
from workers.sites.lists.named_feeds import is_alternate
from workers.sites.lists.views import is_view
from workers.sites.page.document import Document, ancestors, attribute, short_text
from workers.sites.site import Site

MOST_LINKS = 50
_NUMBERED = re.compile(r"\d/?$")
_PAGE = re.compile(r"/page/\d+/?$|[?&](?:page|p|paged|PAGEN_\d)=\d")
_MOST_ANCHORS, _MOST_SEEN = 1_000, 8_000
_MENU_TAGS = frozenset(("nav", "header"))
_WHOLE = frozenset(("html", "body"))  # their names tell of states of the page
_MENU_NAME = re.compile(r"nav|menu|(?:^|\s)header(?:\s|$)", re.IGNORECASE)
_WORD, _SEVERAL = re.compile(r"(?:/[^/\d-]{2,30}){1,2}/?"), 3
_FOOTER = re.compile(r"(?:^|\s)(?:(?:site|page|main|global)[-_]?)?footer", re.IGNORECASE)
_MOST_ARCHIVES = 3
_MOST_NAMED = 500  # languages, each of which is joined to an address


def menu_links(document: Document, site: Site, *, in_frame: bool = False) -> list[Link]:
    """Where menus, the language switch and links to lists of the site lead, at most 50: lists, until they are read.

    What has the address and the text of an article is one. Further pages of a list are none of these. All of a page
    that stands `in_frame` is a menu.
    """
    found: dict[str, Link] = {}
    menus = [*_linked(document, in_menus=not in_frame)] or _words(document, site)
    for url, text in chain(_languages(document), menus, _lists(document, site), _archives(document)):
        kind = site.place(url)
        is_other = url != document.url and not _PAGE.search(url) and not is_view(url)
        if kind and is_other and url not in found:
            is_article = kind is Kind.PAGE and letters(text) >= LONG_HEADLINE and (is_story(url) or asks_for_story(url))
            kind = Kind.LISTING if kind is Kind.PAGE and not is_article else kind
            found[url] = Link(url=url, label=Label.MENU, kind=kind, position=len(found), headline=text or None)
        if len(found) >= MOST_LINKS:
            break
    return list(found.values())


def _languages(document: Document) -> Iterator[tuple[str, str]]:
    named = (each for _, _, each in document.links if each.get("hreflang") and is_alternate(each))
    for attributes in islice(named, _MOST_NAMED):
        if url := document.absolute(attributes.get("href")):
            yield url, ""


def _lists(document: Document, site: Site) -> Iterator[tuple[str, str]]:
    """Lists outside of menus, but for those with a number at the end: days of a calendar are without an end."""
    shown = _linked(document)
    return ((url, text) for url, text in shown if site.place(url) is Kind.LISTING and not _NUMBERED.search(url))


def _archives(document: Document) -> Iterator[tuple[str, str]]:
    """The archive and the map of the site, which footers lead to."""
    hrefs = (attribute(node, "href") or "" for node in document.tree.css("a[href]")[:_MOST_SEEN])
    named = (href for href in hrefs if is_archive(href))
    for href in islice(dict.fromkeys(named), _MOST_ARCHIVES):
        if url := document.absolute(href):
            yield url, ""


def _words(document: Document, site: Site) -> list[tuple[str, str]]:
    """Links of a word to pages whose address is one or two: several of them are a menu, where none is called one."""
    shown = ((url, text) for url, text in _linked(document) if 0 < letters(text) < HEADLINE)
    words = {url: text for url, text in shown if _WORD.fullmatch(path_of(url)) and site.is_article(url)}
    return [*words.items()] if len(words) >= _SEVERAL else []


def _linked(document: Document, *, in_menus: bool = False) -> Iterator[tuple[str, str]]:
    """Links outside of footers, with their texts; only those in menus, or all."""
    known: dict[int, tuple[bool, bool]] = {}
    seen = 0
    for node in document.tree.css("a[href]")[:_MOST_SEEN]:
        is_in_menu, is_in_footer = _around(node, known)
        if is_in_footer or (in_menus and not is_in_menu):
            continue
        if url := document.absolute(attribute(node, "href")):
            yield url, clean(short_text(node, 4 * LONG_HEADLINE))
        seen += 1
        if seen >= _MOST_ANCHORS:
            return


def _around(node: LexborNode, known: dict[int, tuple[bool, bool]]) -> tuple[bool, bool]:
    """Whether it stands in a menu, and whether in a footer; `known` are the elements that were asked before."""
    waiting: list[LexborNode] = []
    found = False, False
    for parent in ancestors(node):
        if parent.mem_id in known:
            found = known[parent.mem_id]
            break
        waiting.append(parent)
    for parent in reversed(waiting):
        found = known[parent.mem_id] = found[0] or _is_menu(parent), found[1] or _is_footer(parent)
    return found


def _is_menu(node: LexborNode) -> bool:
    if node.tag in _MENU_TAGS or attribute(node, "role") == "navigation":
        return True
    return node.tag not in _WHOLE and any(_MENU_NAME.search(name) for name in _names(node))


def _is_footer(node: LexborNode) -> bool:
    return node.tag == "footer" or any(_FOOTER.search(name) for name in _names(node))


def _names(node: LexborNode) -> tuple[str, ...]:
    return tuple(name[:200] for name in (attribute(node, "id"), attribute(node, "class")) if name)
