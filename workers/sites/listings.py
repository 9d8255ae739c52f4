"""Listing pages: their articles as links, with headline and time as shown, and the next page up to a limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.link import Kind, Label, Link
from workers.core.urls import path_of
from workers.sites.document import Document, attribute
from workers.sites.profile import to_links
from workers.sites.reader import Shown
from workers.sites.shown import shown_link
from workers.sites.site import Site
from workers.sites.stamps import find_stamp

MAX_LINKS = 500
# An article of a listing is linked three times at most: by its headline, its picture and its lead.
_MOST_ANCHORS = 4 * MAX_LINKS
_FURNITURE = frozenset({"nav", "footer"})
_HIGHEST_CLIMB = 6
_FEEDS = frozenset(("application/rss+xml", "application/atom+xml"))
_MOST_FEEDS = 5
_HEADLINE = 12  # letters: on a site whose article paths are not known, a shorter text is a menu entry


def read_listing(document: Document, site: Site) -> tuple[Link, ...]:
    """The articles that a listing page shows, in its order, at most 500, then its next page where there is one.

    Of a front page the feeds that it names come last.
    """
    holder = document.tree.css_first(site.items) or document.tree.body
    anchors = [] if holder is None else list(islice(_article_anchors(document, holder, site), _MOST_ANCHORS))
    shown_in = _shown_in(anchors)
    shown: dict[str, Shown] = {}
    for url, node in anchors:
        item, known = shown_link(url, Label.LISTING, node), shown.get(url)
        if known is None:  # once for each article: the text around its link may be the whole page
            shown[url] = _with_stamp(item, node, shown_in)
        elif not known.headline:
            shown[url] = known._replace(headline=item.headline)
    articles = [item for item in shown.values() if site.scope.articles or len(item.headline or "") >= _HEADLINE]
    return to_links(tuple(articles[:MAX_LINKS]), site) + _next_page(document, site) + _feeds(document, site)


def _article_anchors(document: Document, holder: LexborNode, site: Site) -> Iterator[tuple[str, LexborNode]]:
    for node in holder.css("a[href]"):
        url = document.absolute(attribute(node, "href"))
        if url and site.is_article(url) and not _in_furniture(node):
            yield url, node


def _in_furniture(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in _FURNITURE:
            return True
        parent = parent.parent
    return False


def _shown_in(anchors: Iterable[tuple[str, LexborNode]]) -> dict[int, set[str]]:
    """The articles that each element around an anchor shows, by the element's id; of many of them two."""
    shown: dict[int, set[str]] = {}
    for url, node in anchors:
        around: LexborNode | None = node
        while around is not None:
            urls = shown.setdefault(around.mem_id, set())
            if len(urls) < 2:
                urls.add(url)
            around = around.parent
    return shown


def _with_stamp(item: Shown, node: LexborNode, shown_in: Mapping[int, set[str]]) -> Shown:
    """The item with the stamp that stands in the largest element around its link that shows no other article."""
    around: LexborNode | None = node
    for _ in range(_HIGHEST_CLIMB):
        if item.shown_text or around is None or shown_in[around.mem_id] != {item.url}:
            break
        stamp = find_stamp(around.text(separator=" "), "UTC")
        item = item._replace(shown_text=stamp.text if stamp else None)
        around = around.parent
    return item


def _feeds(document: Document, site: Site) -> tuple[Link, ...]:
    """The feeds of the site that its front page names; those of each section tell no more, and comments are no news."""
    if path_of(document.url) != "/":
        return ()
    named = (attributes for _, _, attributes in document.links if _is_feed(attributes))
    urls = dict.fromkeys(document.absolute(attributes.get("href")) for attributes in named)
    own = [url for url in urls if url and site.in_scope(url) and "comment" not in url.lower()]
    return tuple(Link(url=url, label=Label.FEED, kind=Kind.FEED) for url in own[:_MOST_FEEDS])


def _is_feed(attributes: Mapping[str, str | None]) -> bool:
    kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
    return "alternate" in (attributes.get("rel") or "").lower().split() and kind in _FEEDS


def _next_page(document: Document, site: Site) -> tuple[Link, ...]:
    """The page of this listing whose number is one higher, unless the limit is reached."""
    listing, number = site.pager.place_of(document.url)
    if number >= site.pager.limit:
        return ()
    for node in document.tree.css("a[href], link[rel=next][href]"):
        url = document.absolute(attribute(node, "href"))
        if url and site.pager.place_of(url) == (listing, number + 1) and site.in_scope(url):
            return (Link(url=url, label=Label.LISTING, kind=Kind.LISTING),)
    return ()
