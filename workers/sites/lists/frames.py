"""Pages in frames, as sites of the nineties are made: one holds the menu, and its links open in another.

A page that shows no stories itself may hold a list of them in a frame of its own.
"""

from __future__ import annotations

from collections import Counter

from workers.core.link import Kind, Label, Link
from workers.sites.page.document import Document, attribute
from workers.sites.site import Site

_MOST_FRAMES, _MOST_ANCHORS = 10, 500
_DEEPEST = 2  # a frame may hold frames
_OF_WINDOWS = frozenset(("blank", "new"))


def framed(document: Document, site: Site, depth: int, *, is_start: bool, shows_news: bool) -> list[Link]:
    """What the frames of a start show, at most 10, as lists; and near one those within a page that has no news."""
    is_bare = not shows_news and depth <= _DEEPEST
    holders = (*(("frame[src]",) if is_start else ()), *(("iframe[src]",) if is_bare else ()))
    nodes = document.tree.css(",".join(holders))[:_MOST_FRAMES] if holders else ()
    urls = (document.absolute(attribute(node, "src")) for node in nodes)
    shown = [url for url in dict.fromkeys(urls) if url and url != document.url and site.in_scope(url)]
    return [Link(url=url, label=Label.MENU, kind=Kind.LISTING) for url in shown]


def is_menu_frame(document: Document, depth: int) -> bool:
    """True where most links of a page near a start open in one other frame."""
    if not 1 <= depth <= _DEEPEST:
        return False
    named = document.tree.css('a[target]:not([target^="_"])')[:_MOST_ANCHORS]
    targets = Counter(target for node in named if (target := (attribute(node, "target") or "").lower()))
    most = max((number for target, number in targets.items() if target not in _OF_WINDOWS), default=0)
    return most > 0 and 2 * most > len(document.tree.css("a[href]")[:_MOST_ANCHORS])
