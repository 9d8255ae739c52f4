"""What the page of an article leads to beyond its links: headlines in its text, in cards and in boxes of any name.

For sites whose article paths are not known: what is linked nowhere else would never be found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import chain, islice

from selectolax.lexbor import LexborNode

from workers.core.link import Label, Link
from workers.core.text import clean
from workers.core.urls import path_of
from workers.sites.lists.archives import day_of
from workers.sites.lists.bait import is_bait
from workers.sites.lists.headlines import LONG_HEADLINE, MANY_WORDS, is_story, letters
from workers.sites.lists.named_feeds import is_feed_type
from workers.sites.lists.views import is_view
from workers.sites.page.document import Document, ancestors
from workers.sites.site import Site

MOST_LINKS = 100
_MOST_ANCHORS = 2_000
_LONGEST = 300
_SHORTEST = LONG_HEADLINE // 2  # characters; each may count for two
_SMALL = 2  # characters of a number that many parameters may have
_FURNITURE = frozenset(("nav", "footer"))
_NEIGHBOURS = frozenset(("prev", "previous", "next"))
_LINKED = 'a[rel~="prev"],a[rel~="next"],a[class*="older-"]'  # not among the marks: only crawls ask for them
_OLDER = re.compile(r"(?:^|[\s_-])older-")


def links_beyond(document: Document, site: Site, known: Collection[str]) -> tuple[Link, ...]:
    """Links with a headline's text to pages of the site that are not known, at most 100, then the article's neighbours.

    Further pages, views and comments of the same article are left out.
    """
    own = {document.url, document.canonical, *known}
    found: dict[str, Link] = {}
    for shown, headline, label in chain(_headlines(document, own), _neighbours(document)):
        url = _alike(shown, document.url)
        if url not in own and url not in found and site.is_article(url) and not _is_part(url, document.url):
            found[url] = Link(url=url, label=label, headline=headline, position=len(found))
            if len(found) >= MOST_LINKS:
                break
    return tuple(found.values())


def _headlines(document: Document, own: Collection[str | None]) -> Iterator[tuple[str, str | None, Label]]:
    seen, unseen = {"", *own}, dict[int, bool]()
    for node in document.tree.css("a[href]")[:_MOST_ANCHORS]:
        text = node.text().strip()  # asked first, as it is short in most; no link stands in another
        if len(text) < _SHORTEST or letters(text := clean(text[:_LONGEST])) < LONG_HEADLINE:
            continue
        href = node.attrs.get("href") or ""
        if href in seen or href[0] == "#":
            continue
        seen.add(href)
        url, rel = document.absolute(href), (node.attrs.get("rel") or "").lower().split()
        if is_feed_type(node.attrs.get("type")):  # of the comments
            continue
        if url and (not _NEIGHBOURS.isdisjoint(rel) or not _in_furniture(node)) and not is_bait(node, unseen):
            yield url, text, Label.MENU if "nofollow" in rel else Label.BODY


def _in_furniture(node: LexborNode) -> bool:
    """True in a menu, a footer or the page's header; that of an article or of a card is none."""
    in_header = False
    for parent in ancestors(node):
        if parent.tag in _FURNITURE:
            return True
        if parent.tag == "article":
            return False
        in_header = in_header or parent.tag == "header"
    return in_header


def _neighbours(document: Document) -> Iterator[tuple[str, str | None, Label]]:
    """The articles before and after this one, as the head tells them or a link that is no headline."""
    rels = ((each, (each.get("rel") or "").lower().split()) for _, _, each in document.links)
    told = (each for each, rel in rels if not _NEIGHBOURS.isdisjoint(rel))
    linked = (each for each in (node.attributes for node in document.tree.css(_LINKED)) if _is_neighbour(each))
    for attributes in islice(chain(told, linked), MOST_LINKS):
        url = document.absolute(attributes.get("href"))
        if url and day_of(url) is None and not (attributes.get("href") or "").startswith("#"):
            yield url, None, Label.BODY


def _is_neighbour(attributes: Mapping[str, str | None]) -> bool:
    rel, names = (attributes.get("rel") or "").lower().split(), (attributes.get("class") or "")[:_LONGEST]
    return not _NEIGHBOURS.isdisjoint(rel) or _OLDER.search(names) is not None


def _alike(url: str, own: str) -> str:
    """The address without the parameters that tell which article shows it, where both differ in a number they have.

    Followed with them, each article would come once for each that shows it. Others may tell a kind of stories with
    numbers of its own.
    """
    target, _, query = url.partition("?")
    path, _, parts = own.partition("?")
    if not query or target != path:
        return url
    ours = parts.split("&")
    names, called = set[str](), defaultdict[str, set[str]](set)  # the values, with the names that have them
    for name, _, value in (part.partition("=") for part in ours):
        names.add(name)
        called[value].add(name)

    def tells_own(name: str, value: str) -> bool:
        is_same = bool(called.get(value, set()) - {name})
        return is_same and (len(value) > _SMALL or name not in names)

    kept = [part for part in query.split("&") if not tells_own(*part.partition("=")[::2])]
    is_other = any(any(map(str.isdigit, part)) for part in set(kept).difference(ours))
    return f"{target}?{'&'.join(kept)}" if is_other else url


def _is_part(url: str, own: str) -> bool:
    """True for what lies below the article's address, or differs only by what is added to its query.

    Not for what is named there as a story is: below a special lie its stories, and below a story its pictures alone.
    """
    if is_view(url):
        return True
    path, query = path_of(own).rstrip("/"), own.partition("?")[2]
    if path_of(url).rstrip("/") == path:
        return not query or f"{url.partition('?')[2]}&".startswith(f"{query}&")
    below = path_of(url).rstrip("/")
    is_special = not is_story(own)
    is_named = is_special and below.rpartition("/")[2].count("-") >= MANY_WORDS
    return bool(path) and not query and below.startswith(f"{path}/") and not is_named
