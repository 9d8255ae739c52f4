"""The list at another address in which a front goes on, where it says so: "More news"."""

from __future__ import annotations

from collections import defaultdict

from workers.core.link import Kind, Label, Link
from workers.core.text import clean
from workers.sites.lists.archives import day_of
from workers.sites.lists.headlines import asks_for_story, is_headline, is_story
from workers.sites.lists.next_page import is_of_list
from workers.sites.lists.next_words import is_next
from workers.sites.page.document import Document, attribute, short_text
from workers.sites.site import Site

_MOST_ANCHORS, _LONGEST = 3_000, 40
_NEAR = 1  # steps from a start


def more_elsewhere(document: Document, site: Site, depth: int) -> Link | None:
    """The list in which a page near a start goes on by its own words; `depth` is the page's.

    Teasers say so too: one text below many headlines, or a link beside one.
    """
    if site.scope.articles or depth > _NEAR:
        return None
    saying, stories = defaultdict[str, set[str]](set), set[str]()
    for node in document.tree.css("a[href]")[:_MOST_ANCHORS]:
        text = clean(short_text(node, _LONGEST))
        if " " in text and (url := document.absolute(attribute(node, "href"))) and site.in_scope(url):
            if is_next(text):
                saying[text].add(url)
            elif is_headline(text):
                stories.add(url)
    found = [url for urls in saying.values() if len(urls) == 1 for url in urls]
    lists = (url for url in found if url not in stories and not _is_known(url, document.url))
    return next((Link(url=url, label=Label.LISTING, kind=Kind.LISTING) for url in lists), None)


def _is_known(url: str, here: str) -> bool:
    """True for this list, and for what is followed as a story or a day."""
    if url == here or is_of_list(url, here):
        return True
    return is_story(url) or asks_for_story(url) or day_of(url) is not None
