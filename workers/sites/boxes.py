"""Labelled boxes (MORE ABOUT, LATEST, …), found by the visible text of their headings: headings outlive redesigns.

A box begins after its heading and ends at the next known heading, at the article itself or at the page's footer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from workers.core.link import Label
from workers.core.text import clean
from workers.core.urls import path_of
from workers.sites.blocks import blocks
from workers.sites.document import Document, attribute
from workers.sites.readers import Found, Reader, Shown, pattern, selector
from workers.sites.stamps import cut_stamp, is_clock, is_day

_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MAYBE_HEADINGS = "h1,h2,h3,h4,h5,h6,div,span,a,p,strong,b,li,dt,header,summary,label,td,th,button"
_LONGEST_HEADING = 60
_HIGHEST_CLIMB = 5
_MOST_ITEMS = 100
_SILENT = frozenset({"script", "style", "template", "-comment", "svg"})


@dataclass(frozen=True)
class Bounds:
    """What ends a box: the elements with these ids in memory. Only links whose path matches `article` are items."""

    stops: frozenset[int]
    article: re.Pattern[str]


def heading_key(text: str) -> str:
    """A heading's text for comparing: one line, no case, no punctuation around it."""
    return clean(text).strip(" :»›>…|#•").casefold()


def boxes_by_heading(headings: Mapping[Label, Iterable[str]], article: str, around: str) -> Reader[tuple[Shown, ...]]:
    """The items of every box whose heading is one of these texts, whatever the page's markup.

    `article` is a pattern for the paths of items; `around` selects the article, which no box reaches into.
    """
    labels = {heading_key(text): label for label, texts in headings.items() for text in texts}
    items, root = pattern(article), selector(around)

    def read(document: Document) -> Found[tuple[Shown, ...]] | None:
        found = list(_find_headings(document, labels))
        stops = frozenset(node.mem_id for node in (*(node for node, _ in found), *document.tree.css(root)))
        bounds = Bounds(stops, items)
        return _found((item for node, label in found for item in _read_box(document, node, label, bounds)), "headings")

    return Reader(f"boxes by heading ({', '.join(labels)})", read)


def anchors(css: str, label: Label, path: str = "") -> Reader[tuple[Shown, ...]]:
    """All links of these elements, each URL once, under one label; `path` is a pattern that their paths must match."""
    css, wanted = selector(css), pattern(path)

    def read(document: Document) -> Found[tuple[Shown, ...]] | None:
        links = ((document.absolute(attribute(node, "href")), node) for node in document.tree.css(css))
        return _found((_shown(url, label, node) for url, node in links if url and wanted.search(path_of(url))), css)

    return Reader(f"links of {css} as {label}", read)


def _found(items: Iterable[Shown], source: str) -> Found[tuple[Shown, ...]] | None:
    once: dict[tuple[Label, str], Shown] = {}
    for item in items:
        once.setdefault((item.label, item.url), item)
    return Found(tuple(once.values()), f"profile:{source}") if once else None


def _find_headings(document: Document, labels: Mapping[str, Label]) -> Iterator[tuple[LexborNode, Label]]:
    taken: set[int] = set()
    for node in document.tree.css(_MAYBE_HEADINGS):
        text = node.text(deep=node.tag in _HEADING_TAGS)
        label = labels.get(heading_key(text)) if 2 < len(text) < 3 * _LONGEST_HEADING else None
        parent = node.parent
        if label and not (parent is not None and parent.mem_id in taken) and not _in_menu(node):
            taken.add(node.mem_id)
            yield node, label


def _in_menu(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == "nav":
            return True
        parent = parent.parent
    return False


def _read_box(document: Document, heading: LexborNode, label: Label, bounds: Bounds) -> list[Shown]:
    """The items after the heading, at the lowest level around it that has any."""
    level: LexborNode | None = heading
    for _ in range(_HIGHEST_CLIMB):
        if level is None or level.tag in ("body", "html"):
            break
        pieces, ended = _pieces_after(document, level, label, bounds)
        items = _with_stamps(pieces)
        if items or ended:
            return items
        level = level.parent
    return []


def _pieces_after(
    document: Document, level: LexborNode, label: Label, bounds: Bounds
) -> tuple[list[Shown | str], bool]:
    """Links and stamps after an element among its siblings, in order; True when the box ended before the last one."""
    pieces: list[Shown | str] = []
    waiting = _following(level)
    while waiting and len(pieces) < 3 * _MOST_ITEMS:
        node = waiting.pop()
        tag = node.tag
        if tag == "-text":
            _add_stamp(pieces, clean(node.text()))
        elif node.mem_id in bounds.stops or tag == "footer":
            return pieces, True
        elif tag == "a":
            url = document.absolute(attribute(node, "href"))
            if url and bounds.article.search(path_of(url)):
                pieces.append(_shown(url, label, node))
        elif tag not in _SILENT:
            waiting.extend(reversed(list(node.iter(include_text=True))))
    return pieces, False


def _following(node: LexborNode) -> list[LexborNode]:
    siblings = []
    following = node.next
    while following is not None:
        siblings.append(following)
        following = following.next
    return siblings[::-1]


def _add_stamp(pieces: list[Shown | str], text: str) -> None:
    """A whole stamp, a time alone, or the date that belongs to the time before it."""
    if not text or (not text[-1].isdigit() and not text[0].isdigit()):
        return
    if is_day(text) and pieces and isinstance(pieces[-1], str) and is_clock(pieces[-1]):
        pieces[-1] = f"{pieces[-1]} {text}"
    elif is_clock(text) or cut_stamp(text)[1] == "":
        pieces.append(text)


def _with_stamps(pieces: list[Shown | str]) -> list[Shown]:
    """Each link once, with its stamp: stamps stand before their links where one comes first, else after them."""
    items: dict[str, Shown] = {}
    before = bool(pieces) and isinstance(pieces[0], str)
    pending, last = None, None
    for piece in pieces:
        if isinstance(piece, Shown):
            items[piece.url] = _merged(items.get(piece.url), piece._replace(shown_text=piece.shown_text or pending))
            pending, last = None, piece.url
        elif before:
            pending = piece
        elif last is not None:
            items[last] = _merged(items[last], items[last]._replace(shown_text=piece))
    return list(items.values())[:_MOST_ITEMS]


def _merged(old: Shown | None, new: Shown) -> Shown:
    if old is None:
        return new
    return old._replace(headline=old.headline or new.headline, shown_text=old.shown_text or new.shown_text)


def _shown(url: str, label: Label, node: LexborNode) -> Shown:
    """The link with its headline: its text without the stamp and said once, else its picture's alt or its title."""
    stamp, lines = None, []
    for text in _lines(node):
        cut, rest = cut_stamp(text)
        stamp = stamp or cut or (text if is_clock(text) else None)
        lines += [rest] if rest and not is_clock(rest) else []
    headline = " ".join(dict.fromkeys(lines)) or _picture_text(node) or clean(attribute(node, "title") or "")
    return Shown(url, label, headline or None, stamp)


def _lines(node: LexborNode) -> list[str]:
    child = node.first_child
    if child is not None and child.next is None and child.tag == "-text":
        return [clean(child.text())]
    return [block.text for block in blocks(node)]


def _picture_text(node: LexborNode) -> str:
    picture = node.css_first("img[alt],amp-img[alt]")
    return clean(attribute(picture, "alt") or "") if picture is not None else ""
