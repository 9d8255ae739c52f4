"""Archives: lists whose address ends with a day or a month, as links or as what a `<select>` lets choose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workers.core.link import Kind, Label, Link
from workers.core.text import clean
from workers.sites.document import Document, attribute, short_text
from workers.sites.headlines import LONG_HEADLINE, letters
from workers.sites.site import Site

# A calendar has no end: so many of the newest are followed, and with each step from a start one less.
MOST_LISTS = 14
_MOST_SEEN = 2_000
_DATED = re.compile(
    r"[/=](?P<year>(?:19|20)\d\d)(?P<sign>[-/.]?)(?P<month>0?[1-9]|1[0-2])(?:(?P=sign)(?P<day>0?[1-9]|[12]\d|3[01]))?"
    r"/?(?:index)?(?:\.(?:html?|php|aspx?))?$",
    re.ASCII,
)

Day = tuple[int, int, int]


def dated_lists(document: Document, site: Site, depth: int) -> list[Link]:
    """The newest lists of a day or a month that the page leads to, at most 14; of one of these those before it.

    `depth` counts the steps from a start.
    """
    here, found = day_of(document.url), dict[str, Day]()
    for url, text in _shown(document):
        day = None if text.isdecimal() else day_of(url)  # of a calendar, which shows those without stories too
        if day and url not in found and (here is None or day < here) and letters(text) < LONG_HEADLINE:
            found[url] = day
    newest = sorted((url for url in found if site.in_scope(url)), key=lambda url: found[url], reverse=True)
    return [Link(url=url, label=Label.MENU, kind=Kind.LISTING) for url in newest[: max(0, MOST_LISTS - depth)]]


def day_of(url: str) -> Day | None:
    """The day with which an address ends, that of a month being 0; None for one that ends otherwise."""
    match = _DATED.search(url[-40:])
    return (int(match["year"]), int(match["month"]), int(match["day"] or 0)) if match else None


def _shown(document: Document) -> Iterator[tuple[str, str]]:
    for node in document.tree.css("a[href],option[value]")[:_MOST_SEEN]:
        address = attribute(node, "href") or attribute(node, "value") or ""
        is_address = node.tag == "a" or "/" in address or address.startswith("?")
        if is_address and any(map(str.isdigit, address)) and (url := document.absolute(address)):
            yield url, clean(short_text(node, 4 * LONG_HEADLINE))
