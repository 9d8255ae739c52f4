"""Listing pages: their articles as links, with headline and time as shown, and the next page up to a limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.link import Kind, Label, Link
from workers.sites.boxes import shown_link
from workers.sites.document import Document, attribute
from workers.sites.profile import to_links
from workers.sites.reader import Shown
from workers.sites.site import Site
from workers.sites.stamps import find_stamp

MAX_LINKS = 500
# An article of a listing is linked three times at most: by its headline, its picture and its lead.
_MOST_ANCHORS = 4 * MAX_LINKS
_FURNITURE = frozenset({"nav", "footer"})
_HIGHEST_CLIMB = 6
_HEADLINE = 12  # letters: on a site whose article paths are not known, a shorter text is a menu entry


def read_listing(document: Document, site: Site) -> tuple[Link, ...]:
    """The articles that a listing page shows, in its order, at most 500, and then its next page where there is one."""
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
    return to_links(tuple(articles[:MAX_LINKS]), site) + _next_page(document, site)


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
