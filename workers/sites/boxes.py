"""Labelled boxes (MORE ABOUT, LATEST, …), found by the visible text of their headings: headings outlive redesigns.

A box begins after its heading and ends at the next known heading, at the article itself or at the page's footer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from workers.core.link import Label
from workers.core.text import clean
from workers.core.urls import path_of
from workers.sites.lists.shown import shown_link
from workers.sites.page.document import Document, ancestors, attribute, following, short_text
from workers.sites.page.tags import TEXT, number, numbers
from workers.sites.reader import Found, Reader, Shown, pattern, selector
from workers.sites.stamps import cut_stamp, is_clock, is_day

_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS = "h1,h2,h3,h4,h5,h6"
_AROUND = " \n\t\r\xa0:»›>…|#•"
_LONGEST_HEADING = 60
_HIGHEST_CLIMB = 5
_MOST_BOXES, _MOST_HEADINGS = 30, 2_000
_MOST_ITEMS, _MOST_ANCHORS = 100, 300
_MOST_NODES = 5_000  # elements and texts, also empty ones, looked at for one box: one of 100 items has some 2,500
_HEADLINE = 25  # letters: a shorter text of a link is a section or "more"
# "8 January, 17:46", perhaps after the author's name: shown, but no moment, since the year is not told.
_WITHOUT_YEAR = re.compile(r"(?:^|,\s)(\d{1,2}\s[^\W\d_]{3,12},?\s\d{1,2}:\d{2})$")
_SILENT = numbers(("script", "style", "template", "-comment", "svg"))
_LINK, _FOOTER = number("a"), number("footer")


@dataclass(frozen=True)
class Bounds:
    """What ends a box: the elements with these ids in memory. Only links whose path matches `article` are items.

    Where `numbered` is given, so are those that show a headline and whose address matches it.
    """

    stops: frozenset[int]
    article: re.Pattern[str]
    numbered: re.Pattern[str] | None = None


class _Piece(NamedTuple):
    """A link, a stamp or a foreign headline in a box, with the number of the row (child of the box) it stands in."""

    row: int
    link: Shown | None = None
    stamp: str = ""
    foreign: bool = False


def heading_key(text: str) -> str:
    """A heading's text for comparing: one line, no case, no punctuation around it."""
    return clean(text).strip(_AROUND).casefold()


def boxes_by_heading(headings: Mapping[Label, Iterable[str]], article: str, around: str) -> Reader[tuple[Shown, ...]]:
    """The items of every box whose heading is one of these texts, whatever the page's markup.

    `article` is a pattern for the paths of items; `around` selects the article, which no box reaches into.
    """
    labels = {heading_key(text): label for label, texts in headings.items() for text in texts}
    items, root = pattern(article), selector(around)

    def read(document: Document) -> Found[tuple[Shown, ...]] | None:
        found = list(islice(_find_headings(document, labels), _MOST_BOXES))
        stops = frozenset(node.mem_id for node in (*(node for node, _ in found), *document.tree.css(root)))
        bounds = Bounds(stops, items)
        return _found((item for node, label in found for item in read_box(document, node, label, bounds)), "headings")

    return Reader(f"boxes by heading ({', '.join(labels)})", read)


def anchors(css: str, label: Label, path: str = "") -> Reader[tuple[Shown, ...]]:
    """All links of these elements, each URL once, under one label; `path` is a pattern that their paths must match."""
    css, wanted = selector(css), pattern(path)

    def read(document: Document) -> Found[tuple[Shown, ...]] | None:
        links = ((document.absolute(attribute(node, "href")), node) for node in document.tree.css(css)[:_MOST_ANCHORS])
        return _found((shown_link(url, label, node) for url, node in links if url and wanted.search(path_of(url))), css)

    return Reader(f"links of {css} as {label}", read)


def _found(items: Iterable[Shown], source: str) -> Found[tuple[Shown, ...]] | None:
    once: dict[tuple[Label, str], Shown] = {}
    for item in items:
        once.setdefault((item.label, item.url), item)
    return Found(tuple(once.values()), f"profile:{source}") if once else None


def _find_headings(document: Document, labels: Mapping[str, Label]) -> Iterator[tuple[LexborNode, Label]]:
    """Elements whose own text (for `<h1>` to `<h6>` the whole text) is a label, the outermost of nested ones."""
    taken: set[int] = set()
    for node in _maybe_headings(document, labels):
        label, parent = labels.get(_own_key(node)), node.parent
        if label and node.mem_id not in taken and not (parent and parent.mem_id in taken) and not _in_menu(node):
            taken.add(node.mem_id)
            yield node, label


def _maybe_headings(document: Document, labels: Mapping[str, Label]) -> list[LexborNode]:
    """Headings, and what else holds a label in its own text: found by the parser, as a page has thousands of elements.

    The second search is dear and left out where the headings account for every line that is a label.
    """
    headings = document.tree.css(_HEADINGS)[:_MOST_HEADINGS]
    forms = _forms_of(labels, document.root.text(separator="\n"))
    forms.subtract(short_text(node, 3 * _LONGEST_HEADING, "\n").strip(_AROUND) for node in (headings if forms else ()))
    left = sorted(+forms)[:_MOST_BOXES]
    if not left:
        return headings
    return document.tree.css(",".join([_HEADINGS, *(f'*:lexbor-contains("{form}")' for form in left)]))[:_MOST_HEADINGS]


def _forms_of(labels: Mapping[str, Label], text: str) -> Counter[str]:
    """How often each label stands as a line of the text, as it is written there."""
    initials = {letter for key in labels for letter in (key[0], key[0].upper())}
    found: Counter[str] = Counter()
    for line in text.split("\n"):
        if line and not line.isspace():
            line = line.strip(_AROUND)
            if line[:1] in initials and line.casefold() in labels:
                found[line] += 1
    return found


def _own_key(node: LexborNode) -> str:
    most = 3 * _LONGEST_HEADING
    text = short_text(node, most) if node.tag in _HEADING_TAGS else node.text(deep=False)
    return heading_key(text) if len(text) < most else ""


def _in_menu(node: LexborNode) -> bool:
    return any(parent.tag == "nav" for parent in ancestors(node))


def read_box(document: Document, heading: LexborNode, label: Label, bounds: Bounds) -> list[Shown]:
    """The items inside the heading's own element, else those after it, at the lowest level around it that has any."""
    items, ended = _items_of(document, heading.iter(include_text=True), label, bounds)
    level: LexborNode | None = heading
    for _ in range(_HIGHEST_CLIMB):
        if items or ended or level is None or level.tag in ("body", "html"):
            break
        items, ended = _items_of(document, _beside(level), label, bounds)
        level = level.parent
    return items


def _items_of(
    document: Document, nodes: Iterable[LexborNode], label: Label, bounds: Bounds
) -> tuple[list[Shown], bool]:
    """The items that elements show, in order; True when the box ended before the last of them."""
    pieces: list[_Piece] = []
    seen, stops = 0, bounds.stops
    for row, top in enumerate(nodes):
        node: LexborNode | None = top
        depth = 0
        while node is not None:
            tag, inner = node.tag_id, None
            if tag == TEXT:
                text = "" if node.is_empty_text_node else (node.text_content or "").strip()
                if text[-1:].isdigit() or text[:1].isdigit() or not text.isprintable():  # few are
                    _add_stamp(pieces, text, row)
            elif node.mem_id in stops or tag == _FOOTER:
                return _with_stamps(pieces), True
            elif tag == _LINK:
                href = node.attrs.get("href") or "#"
                if not href.startswith("#"):
                    _add_link(pieces, document.absolute(href), node, row, label, bounds)
            elif tag not in _SILENT:
                inner = node.first_child
            seen += 1
            if seen > _MOST_NODES or len(pieces) >= 3 * _MOST_ITEMS:
                return _with_stamps(pieces), False
            node, depth = (inner, depth + 1) if inner is not None else following(node, depth)
    return _with_stamps(pieces), False


def _add_link(pieces: list[_Piece], url: str | None, node: LexborNode, row: int, label: Label, bounds: Bounds) -> None:
    """An item of the box, or a headline that leads elsewhere: its stamp is not that of our items."""
    if url and bounds.article.search(path_of(url)):
        pieces.append(_Piece(row, shown_link(url, label, node)))
    elif url and len(clean(short_text(node, 4 * _HEADLINE))) >= _HEADLINE:
        is_item = bounds.numbered is not None and bounds.numbered.search(url) is not None
        pieces.append(_Piece(row, shown_link(url, label, node)) if is_item else _Piece(row, foreign=True))


def _beside(node: LexborNode) -> Iterator[LexborNode]:
    after = node.next
    while after is not None:
        yield after
        after = after.next


def _add_stamp(pieces: list[_Piece], text: str, row: int) -> None:
    """A whole stamp, a time alone, or the date that belongs to the time before it."""
    text = clean(text)
    if not text or not (text[-1].isdigit() or text[0].isdigit()):
        return
    if is_day(text) and pieces and is_clock(pieces[-1].stamp):
        pieces[-1] = _Piece(row, stamp=f"{pieces[-1].stamp} {text}")
    elif is_clock(text) or cut_stamp(text)[1] == "":
        pieces.append(_Piece(row, stamp=text))
    elif match := _WITHOUT_YEAR.search(text):
        pieces.append(_Piece(row, stamp=match.group(1)))


def _with_stamps(pieces: list[_Piece]) -> list[Shown]:
    """Each link once, with its stamp: stamps stand before their links where one comes first, else after them."""
    items: dict[str, Shown] = {}
    before = bool(pieces) and bool(pieces[0].stamp)
    pending, last = "", None
    for piece in pieces:
        if piece.foreign:
            pending, last = "", None
        elif piece.link is not None:
            link = _stamped(piece.link, pending)
            items[link.url] = _merged(items.get(link.url), link)
            pending, last = "", piece
        elif before:
            pending = piece.stamp
        elif last is not None and last.link is not None and _belongs(piece, last, pieces):
            items[last.link.url] = _merged(items[last.link.url], last.link._replace(shown_text=piece.stamp))
    return list(items.values())[:_MOST_ITEMS]


def _belongs(stamp: _Piece, last: _Piece, pieces: list[_Piece]) -> bool:
    """False for a stamp that stands outside of a list of links: it belongs to what follows the box."""
    together = {piece.link.url for piece in pieces if piece.link is not None and piece.row == last.row}
    return stamp.row == last.row or len(together) == 1


def _stamped(link: Shown, stamp: str) -> Shown:
    return link if link.shown_text or not stamp else Shown(link.url, link.label, link.headline, stamp)


def _merged(old: Shown | None, new: Shown) -> Shown:
    if old is None:
        return new
    if old.headline and old.shown_text:
        return old
    return Shown(old.url, old.label, old.headline or new.headline, old.shown_text or new.shown_text)
