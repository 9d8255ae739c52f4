"""Is it a list? A front, a section or a search shows teasers: text that stands right below links to other pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice, takewhile
from typing import Any

from selectolax.lexbor import LexborNode

from workers.core.dates import parse
from workers.core.text import clean, fold
from workers.core.urls import host_of
from workers.sites.generic.dates.marked_dates import marked_dates
from workers.sites.generic.story import page_of
from workers.sites.generic.text.outline import Element, Outline, Piece
from workers.sites.page.document import Document, ancestors, attribute, short_text
from workers.sites.reader import Found

Fields = dict[str, Found[Any]]

# A list: so many lines that are links, and most of the text right below them.
_HEADLINE, _FEWEST_TEASERS, _FEWEST_LINKS, _MOST_OF_TEXT = 20, 4, 5, 0.7
# Fewer lines are enough where they are headings; and fewer still where the page says that it is no article.
_FEW, _FEWEST_TOLD = 3, 2
_MOST_PIECES = 3_000
_AROUND = 3  # elements between a headline and the link around it
_BETWEEN = 40  # a date or a name may stand between a headline and its teaser
_DATE_BEFORE = 25  # characters: before the headline of a line may stand a date
# In scripts without spaces a headline has fewer letters.
_DENSE, _DENSE_HEADLINE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"), 9
_LINKED, _PART_LINKED = 0.7, 0.15  # of a headline, and of a line that begins with one
# So little text is a footer's, where the links are so many times as long.
_SCRAP, _TIMES_LONGER = 200, 3
# Cards in a row: how deep a line stands in one, how long such a card's text is, how many of them have a link.
_DEEP, _LONGEST_TEASER, _MOST_CARDS, _MOST_ROWS, _NEARLY_ALL = 6, 450, 60, 3, 0.8
_BYLINE, _ABOVE, _BELOW = 120, 3, 12
_FRAMES = frozenset(("header", "navigation", "footer"))


def is_list(fields: Fields, document: Document, *, is_told: bool, is_told_list: bool) -> bool:
    """True where most of the text stands right below headlines that are links, or there are only such.

    A date makes an article of it only where it is the page's own, and not that of one of its teasers. `is_told`: it
    says that it is a page of the site, `is_told_list`: that it is a list; then it is one without a date of its own.
    """
    all_pieces = pieces_of(document)[:_MOST_PIECES]
    if not all_pieces:
        return False
    own = [block.text for block in fields["body"].value] if "body" in fields else []
    pieces = _around(own, all_pieces)
    headlines = _headlines(pieces, document)
    led = _led(pieces, document)
    shown = [piece for piece in pieces if piece.order in headlines or piece.order in led]
    few = _FEWEST_TOLD if is_told else _FEW
    fewest = few if all(piece.kind == "heading" for piece in shown) else _FEWEST_TEASERS
    cards: set[int] = set()
    if not (
        is_told_list
        or _is_mostly_teasers(pieces, headlines, led, frozenset(own), fewest)
        or _are_dated_posts(pieces, headlines, frozenset(own), document)
    ):
        cards = _row(frozenset(own), pieces, document)
        if not cards:
            return False
    return not own or not _has_own_date(fields, all_pieces, _headlines(all_pieces, document) | led, cards, document)


def _is_mostly_teasers(
    pieces: list[Piece], headlines: set[int], led: set[int], own: frozenset[str], fewest: int
) -> bool:
    below, teasers, size, total, linked = False, 0, 0, 0, 0
    for piece in pieces:
        text = piece.text
        if piece.order in headlines:
            below = True
            linked += len(text)
        elif text in own:
            is_teaser = below or piece.order in led
            teasers, size, total = teasers + is_teaser, size + is_teaser * len(text), total + len(text)
            below = False
        elif len(text) > _BETWEEN:
            below = False
    if total < _SCRAP and linked > _TIMES_LONGER * total:
        return sum(piece.order in headlines for piece in pieces) >= _FEWEST_LINKS
    if teasers < fewest:  # the last page of a list has few, and nothing else
        return teasers >= _FEWEST_TOLD and size == total and size < _LONGEST_TEASER * teasers
    return size > _MOST_OF_TEXT * total and size < _LONGEST_TEASER * teasers


def _are_dated_posts(pieces: list[Piece], headlines: set[int], own: frozenset[str], document: Document) -> bool:
    """True where nearly each of many linked headings has a date beside it, and nearly all of the text is below them."""
    places = [i for i, piece in enumerate(pieces) if piece.order in headlines and piece.kind == "heading"]
    places = places[:_MOST_CARDS]
    if len(places) < _FEWEST_TEASERS:
        return False
    above, total = (sum(len(each.text) for each in part if each.text in own) for part in (pieces[: places[0]], pieces))
    if above > (1 - _MOST_OF_TEXT) * total:
        return False
    marks = [mark.text for mark in marked_dates(document) if mark.text]
    dated = sum(
        any(len(each.text) < _BYLINE and tells_day(each.text, None, marks) for each in pieces[max(0, i - 1) : i + 3])
        for i in places
    )
    return dated >= _NEARLY_ALL * len(places)


def _row(own: frozenset[str], pieces: list[Piece], document: Document) -> set[int]:
    """Like elements in a row, each with a heading and a link onward, where most of the text stands; or none."""
    outline: Outline = document.notes["outline"]
    rows: defaultdict[tuple[int, str, str], set[int]] = defaultdict(set)
    sizes: Counter[tuple[int, str, str]] = Counter()
    with_heading: set[int] = set()
    total = sum(len(piece.text) for piece in pieces if piece.text in own)
    most_cards = sum(piece.kind == "heading" for piece in pieces)  # as each has a heading of its own
    if most_cards < _FEWEST_TEASERS or total >= _LONGEST_TEASER * most_cards:
        return set()
    for piece in pieces if own else ():
        size = len(piece.text) if piece.text in own else 0
        if not size and piece.kind != "heading":
            continue
        for element in islice(_chain(piece.element, outline), _DEEP):
            if piece.kind == "heading":
                with_heading.add(element.index)
            if size:
                row = element.parent, element.tag, element.names
                rows[row].add(element.index)
                sizes[row] += size
    most = [rows[row] & with_heading for row, size in sizes.most_common(_MOST_ROWS) if size > _MOST_OF_TEXT * total]
    for cards in most:
        if len(cards) >= _FEWEST_TEASERS and total < _LONGEST_TEASER * len(cards):
            nodes = [outline.elements[index].node for index in sorted(cards)[:_MOST_CARDS]]
            if _lead_onward(nodes, document):
                return cards
    return set()


def _chain(index: int, outline: Outline) -> Iterator[Element]:
    """An element and those that it stands in, from the innermost out."""
    while index >= 0:
        yield outline.elements[index]
        index = outline.elements[index].parent


def _lead_onward(cards: list[LexborNode], document: Document) -> bool:
    """True where nearly each of them has a link to another page than the others do."""
    pages = {page for card in cards if (page := page_elsewhere(card.css_first("a[href]"), document))}
    return len(pages) >= _NEARLY_ALL * len(cards)


def _has_own_date(
    fields: Fields, pieces: list[Piece], headlines: set[int], cards: set[int], document: Document
) -> bool:
    """True where machines are told when it was published, or it stands beside the headline and in no teaser."""
    published = fields.get("published")
    if published is None or published.source.startswith("meta:"):
        return published is not None
    title = fold(fields["headline"].value) if "headline" in fields else ""
    place = next((i for i, piece in enumerate(pieces) if piece.kind == "heading" and fold(piece.text) == title), None)
    if place is None or pieces[place].order in headlines:
        return False
    first = next((i for i in range(place, len(pieces)) if pieces[i].order in headlines), len(pieces))
    outline: Outline = document.notes["outline"]
    above = {element.index for element in _chain(pieces[place].element, outline)}
    others = cards | _teasers([piece for piece in pieces if piece.order in headlines], outline)
    day, marks = published.value.at.date(), [mark.text for mark in marked_dates(document) if mark.text]
    for piece in pieces[max(0, place - _ABOVE) : min(first, place + _BELOW)]:
        inside = [*takewhile(lambda element: element.index not in above, _chain(piece.element, outline))]
        is_own = not any(element.index in others or element.furniture in _FRAMES for element in inside)
        if is_own and len(piece.text) < _BYLINE and tells_day(piece.text, day, marks):
            return True
    return False


def _teasers(headlines: list[Piece], outline: Outline) -> set[int]:
    """The elements around these headlines that hold few of them: what holds many is the list."""
    held = Counter(element.index for piece in headlines for element in islice(_chain(piece.element, outline), _DEEP))
    return {index for index, count in held.items() if count <= max(1, len(headlines) // 4)}


def tells_day(text: str, day: date | None, marks: list[str]) -> bool:
    """True for a line with the day (None: with any), or with what an element marks as a date."""
    if not any(map(str.isdigit, text)):
        return False
    if any(mark in text for mark in marks):
        return True
    moment = parse(text)
    return moment is not None and day in (None, moment.at.date())


def _around(own: list[str], pieces: list[Piece]) -> list[Piece]:
    """From right before the text to its end; all of the page where there is no text but links."""
    places = [place for place, piece in enumerate(pieces) if piece.text in (own[0], own[-1])] if len(own) > 1 else []
    return pieces[max(0, places[0] - 2) : places[-1] + 1] if places else pieces


def _is_linked_headline(piece: Piece) -> bool:
    size = len(piece.text)
    is_long = size >= _HEADLINE or (size >= _DENSE_HEADLINE and _DENSE.search(piece.text) is not None)
    return is_long and piece.linked > _LINKED * size


def _headlines(pieces: list[Piece], document: Document) -> set[int]:
    """The places of the lines that lead to other pages; many lines may stand in one link, which is looked at once."""
    leads: dict[int, bool] = {}
    for piece in pieces:
        if _is_linked_headline(piece) and piece.element not in leads:
            leads[piece.element] = _leads_elsewhere(piece, document)
    return {piece.order for piece in pieces if leads.get(piece.element) and _is_linked_headline(piece)}


def _led(pieces: list[Piece], document: Document) -> set[int]:
    """The places of the lines that begin with the headline of another page, or a date and that, and its teaser."""
    begins: dict[int, str] = {}
    for piece in pieces:
        if piece.element not in begins and piece.linked >= _HEADLINE and _is_partly_linked(piece):
            link = _first_saying(document.notes["outline"].elements[piece.element].node)
            text = clean(short_text(link, _BYLINE)) if link is not None and page_elsewhere(link, document) else ""
            begins[piece.element] = text if len(text) >= _HEADLINE else ""
    told = ((piece, begins.get(piece.element)) for piece in pieces)
    return {piece.order for piece, beginning in told if beginning and 0 <= piece.text.find(beginning) <= _DATE_BEFORE}


def _first_saying(node: LexborNode) -> LexborNode | None:
    """The first link in it that says something: before it may stand one around a picture."""
    links = node.css("a[href]")[:_FEW]
    return next((link for link in links if short_text(link, _BYLINE).strip()), None)


def _is_partly_linked(piece: Piece) -> bool:
    return _PART_LINKED * len(piece.text) < piece.linked <= _LINKED * len(piece.text)


def _leads_elsewhere(piece: Piece, document: Document) -> bool:
    """False for a link that opens something on this page, such as the answer to a question."""
    node = document.notes["outline"].elements[piece.element].node
    link = node.css_first("a[href]") or next((each for each in ancestors(node, _AROUND) if each.tag == "a"), None)
    return bool(page_elsewhere(link, document))


def page_elsewhere(link: LexborNode | None, document: Document) -> str:
    """The path of another page of this host that a link leads to, with its query where only that differs, or none."""
    url = document.absolute(attribute(link, "href")) if link is not None else None
    if url is None or host_of(url) != host_of(document.url):
        return ""
    page = page_of(url)
    if page != page_of(document.url):
        return page
    query, own = (each.partition("#")[0].partition("?")[2] for each in (url, document.url))
    return f"{page}?{query}" if query != own and any(map(str.isdigit, query)) else ""


def pieces_of(document: Document) -> list[Piece]:
    """The texts of the page as the generic reader saw them; none where a profile has read the text."""
    outline: Outline | None = document.notes.get("outline")
    return outline.pieces if outline is not None else []
