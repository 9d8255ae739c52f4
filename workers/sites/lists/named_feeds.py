"""The feeds that a page names, in its head or by a link; comments are no news."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from selectolax.lexbor import LexborNode

from workers.core.link import Kind, Label, Link
from workers.core.text import clean
from workers.core.urls import path_of
from workers.sites.lists.headlines import LONG_HEADLINE
from workers.sites.page.document import Document, attribute, short_text
from workers.sites.site import Site

MOST_FEEDS = 20
MOST_OF_LIST = 3  # that of the whole site stands before those of a section, and some have each in two forms
_FEEDS = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json")
)
_LONGEST = 300
_MOST_NAMED, _MOST_ANCHORS = 500, 2_000  # each of those in the head is joined to an address
_WORD = re.compile(r"\b(?:rss|atom)\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[/._-](?:rss|feed|atom|rdf)[^?]*\.xml$|\.(?:rss|atom|rdf)$|^(?:https?://[^/]{1,60})?/rss(?:feeds?)?/[^?]",
    re.IGNORECASE,
)


def named_feeds(document: Document, site: Site) -> list[Link]:
    """The feeds of the site that the page names, at most 20; by links where its article paths are not known."""
    linked = () if site.scope.articles else _linked(document)
    shown = (url for address in linked if (url := document.absolute(address)) and _may_be_feed(url, site))
    return _links(chain(_told(document, site), shown), document, MOST_FEEDS)


def feeds_of_list(document: Document, site: Site) -> list[Link]:
    """The feeds that the head of a list tells, at most 3."""
    return _links(_told(document, site), document, MOST_OF_LIST)


def _links(urls: Iterable[str], document: Document, most: int) -> list[Link]:
    feeds = [url for url in dict.fromkeys(urls) if url != document.url and "comment" not in url.lower()]
    return [Link(url=url, label=Label.FEED, kind=Kind.FEED) for url in feeds[:most]]


def _told(document: Document, site: Site) -> Iterator[str]:
    """Those that the head tells, wherever they stand on the site: some systems give them by their search."""
    named = (attributes for _, _, attributes in document.links if _is_feed(attributes))
    urls = (document.absolute(each.get("href")) for each in islice(named, _MOST_NAMED))
    return (url for url in urls if url and (site.in_scope(url) or (not site.scope.articles and site.reaches(url))))


def _linked(document: Document) -> Iterator[str | None]:
    """What a link says to be one, by its text or the picture's, or by its address."""
    for node in document.tree.css("a[href]")[:_MOST_ANCHORS]:
        address = attribute(node, "href") or ""
        if _ADDRESS.search(address[:_LONGEST]) or _WORD.search(_text(node)):
            yield address


def _text(node: LexborNode) -> str:
    text = clean(short_text(node, 2 * LONG_HEADLINE)) or attribute(node, "title") or ""
    picture = None if text else node.css_first("img[alt]")
    text = attribute(picture, "alt") or "" if picture is not None else text
    return text if len(text) < LONG_HEADLINE else ""


def _may_be_feed(url: str, site: Site) -> bool:
    """Data is out of scope, unless it is named as a feed."""
    return site.in_scope(url) or (not site.scope.articles and site.reaches(url) and path_of(url).endswith(".json"))


def _is_feed(attributes: Mapping[str, str | None]) -> bool:
    kind = attributes.get("type")
    if (kind or "").startswith("application/json") and "feed" not in (attributes.get("href") or "").lower():
        return False  # many a page names data of its own
    return is_feed_type(kind) and is_alternate(attributes)


def is_feed_type(kind: str | None) -> bool:
    """True for the `type` of a link that leads to a feed."""
    return kind is not None and kind.partition(";")[0].strip().lower() in _FEEDS


def is_alternate(attributes: Mapping[str, str | None]) -> bool:
    """True for a `<link>` to another form of the page."""
    return "alternate" in (attributes.get("rel") or "").lower().split()
