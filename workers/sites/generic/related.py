"""The labelled boxes of related links, found by their visible headings in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise, takewhile

from selectolax.lexbor import LexborNode

from workers.core.link import Label
from workers.core.text import clean
from workers.core.urls import host_of, path_of
from workers.sites.boxes import Bounds, heading_key, read_box
from workers.sites.generic.phrases import ends_article, heads_links, names_box
from workers.sites.generic.text.outline import Outline, Piece
from workers.sites.generic.text.trim import RUNNING, SENTENCE_END
from workers.sites.lists.headlines import letters
from workers.sites.lists.shown import without_parts
from workers.sites.page.document import Document, ancestors, attribute, short_text
from workers.sites.reader import Found, Shown

_MOST_BOXES = 8
_LONGEST_LABEL, _LONGEST_LINE, _LONGEST_TAB = 30, 60, 100
_HEADLINE, _MOSTLY, _NEAR, _FAR, _MOST_SEEN = 25, 0.8, 3, 12, 20
_FURNITURE = frozenset(("navigation", "footer", "comments", "share", "login", "consent", "overlay", "author", "tags"))
_SEVERAL, _MOST_NODES, _MOST_MENUS = 2, 100, 60
_MORE, _MOST_ON_LINE = "More:", 4
_IN_MENUS = "nav h2,nav h3,nav h4"
# A path that may be an article's: a number of an article, a long name, or letters and digits that nobody can read.
_ARTICLE = re.compile(
    r"^(?!.{0,500}/(?:tags?|topics?|categor(?:y|ies)|authors?|temata|temas?|products?)/)(?!.{0,500}/(?:\d{4}/\d\d/?$|comment-page-)).*?"
    r"(?:\d{4,}|[^/]{16,}|(?=[a-z\d]*\d)(?=[a-z\d]*[a-z])[a-z\d]{9,})"
)
# What may be one behind a headline: a short number in the path, or one that a parameter has.
_NUMBERED = re.compile(r"/\d+(?:$|[/?.#])|[?&](?:(?:id|p|nid|aid|art|article|news|story)=|article)\d+")
_LATEST = re.compile(
    r"latest|recent|récent|newest|neueste|aktuelle|dernièr|derniers|últim|lo último|ultime|laatste|najnowsze|senaste"
    r"|seneste|siste|uusimmat|останн|последн|лента|son dakika|nejnověj|friss"
    r"|ultima ora|dernières minutes|fil info|net binnen|ultimele"
    r"|свежие|свіжі|ბოლო სიახლ|վերջին|լրահոս|সর্বশেষ|সদ্য|தற்போதைய|τελευταία|最新|ताज़ा|חדשות אחרונות|آخر الأخبار"
)
_HOT = re.compile(
    r"most (?:read|popular|viewed|shared)|popular|populaire|visitad|am meisten|beliebt"
    r"|trending|top (?:stories|news)|hot news|meist ?gelesen|top-themen|plus lus"
    r"|más leíd|más visto|più letti|mais lid|meest gelezen|najpopularniejsze|najczęściej|nejčten|mest l|luetuim"
    r"|популярн|топ|главное|головне|читаемое|çok okunan|人気|ランキング|热门|많이 본|الأكثر"
    r"|legolvasottabb|cele mai citite|terpopuler|δημοφιλ|הנקראות"
    r"|인기|ամենաընթեր|კითხვადი|জনপ্রিয়|সর্বাধিক|पॉपुलर|लोकप्रिय|پربازدید|ยอดนิยม|xem nhiều|đọc nhiều"
)


def links_of(document: Document, outline: Outline, end: int | None = None) -> Found[tuple[Shown, ...]] | None:
    """The links of each box with the box's label, each URL once a label; None where the page has no such box.

    `end` is the place of the text's last piece: what heads articles behind it is a box, whatever it is called.
    """
    headings = [(outline.elements[piece.element].node, piece.text) for piece in outline.pieces if _is_heading(piece)]
    headings += _tabs(outline)
    if not headings:  # which the outline leaves out
        menus = document.tree.css(_IN_MENUS)[:_MOST_MENUS]
        headings = [(node, text) for node in menus if names_box(text := clean(short_text(node, _LONGEST_TAB)))]
    bounds = Bounds(frozenset(node.mem_id for node, _ in headings), _ARTICLE, _NUMBERED)
    own = {document.base, document.canonical, document.url}
    found: dict[tuple[Label, str], Shown] = {}
    for node, text in headings[:_MOST_BOXES]:
        for item in read_box(document, node, label_of(text), bounds):
            if item.url not in own:
                found.setdefault((item.label, item.url), item)
    behind = _behind(document, outline, end)
    for item in (*_labelled_links(document, outline), *behind, *_under_labels(document, outline)):
        if item.url not in own and not any((label, item.url) in found for label in Label):
            found[item.label, item.url] = item
    items = without_parts([*found.values()], own)
    return Found(items, "generic:headings") if items else None


def _labelled_links(document: Document, outline: Outline) -> Iterator[Shown]:
    """The links that hold their label and their headline: `<a><p>Related article</p><p>Ferry goes</p></a>`."""
    pairs = [(label, piece) for label, piece in pairwise(outline.pieces) if label.linked and _is_led(label, piece)]
    for label, piece in pairs[:_MOST_SEEN]:
        if not heads_links(label.text):
            continue
        link = next((each for each in _around(outline, label) if each.tag == "a"), None)
        url = document.absolute(attribute(link, "href")) if link is not None else None
        if link is None or not url or link not in _around(outline, piece):
            continue
        if _ARTICLE.search(path_of(url)):
            yield Shown(url, label_of(label.text), piece.text, None)


def _is_headline(piece: Piece) -> bool:
    return piece.linked == len(piece.text) >= _HEADLINE


def _is_led(label: Piece, piece: Piece) -> bool:
    """True for a headline after a label, both in a link."""
    return label.linked == len(label.text) < _LONGEST_LABEL and _is_headline(piece)


def _around(outline: Outline, piece: Piece) -> list[LexborNode]:
    return [*ancestors(outline.elements[piece.element].node, _NEAR)]


def _behind(document: Document, outline: Outline, end: int | None) -> Iterator[Shown]:
    """The articles under headings behind the text that no list has: several, and little else under each."""
    after = [] if end is None else outline.pieces[end + 1 :]  # they stand in their order
    headings = [(place, piece) for place, piece in enumerate(after) if piece.kind == "heading" and not piece.linked]
    nodes = {piece.element: outline.elements[piece.element].node for _, piece in headings}
    bounds = Bounds(frozenset(node.mem_id for node in nodes.values()), _ARTICLE)
    host = host_of(document.url)
    places = (place for place, _ in headings[1:])
    for place, piece in headings[:_MOST_SEEN]:
        below = after[place + 1 : min(next(places, len(after)), place + _FAR)]
        if sum(map(_is_headline, below)) < _SEVERAL or not _may_head(piece, outline):
            continue
        items = read_box(document, nodes[piece.element], label_of(piece.text), bounds)
        told = [item for item in items if len(item.headline or "") >= _HEADLINE and host_of(item.url) == host]
        if len(told) >= _SEVERAL and len(told) >= _MOSTLY * len(items):
            yield from told


def _under_labels(document: Document, outline: Outline) -> Iterator[Shown]:
    """The articles under short lines below the headline that no list has: several, and nothing else right below."""
    labels = [*islice(_labels(outline), _MOST_SEEN)]
    nodes = [outline.elements[label.element].node for label in labels]
    bounds = Bounds(frozenset(node.mem_id for node in nodes), _ARTICLE, _NUMBERED)
    host = host_of(document.url)
    for label, node in zip(labels, nodes, strict=True):
        items = read_box(document, node, label_of(label.text), bounds)
        told = [item for item in items if letters(item.headline or "") >= _HEADLINE and host_of(item.url) == host]
        if len(told) >= _SEVERAL and len(told) == len(items):
            yield from told


def _labels(outline: Outline) -> Iterator[Piece]:
    """The lines that head nothing but headlines, in an element without running text."""
    pieces = outline.pieces
    first = outline.headline.order if outline.headline is not None else len(pieces)
    running: list[float] = []
    for piece in pieces[first + 2 :]:
        if not piece.linked:
            continue
        label = pieces[piece.order - 1]
        if label.linked or not 2 < len(label.text) <= _LONGEST_LINE or not _is_all_headlines(piece):
            continue
        if not _may_be_label(label):
            continue
        below = [*takewhile(_is_all_headlines, pieces[piece.order : piece.order + _FAR])]
        if sum(each.links for each in below) < _SEVERAL or not _may_head(label, outline):
            continue
        running = running or outline.summed(pieces, lambda piece: piece.weight > RUNNING)
        if not running[_around_both(outline, label, below[-1])]:
            yield label


def _around_both(outline: Outline, label: Piece, last: Piece) -> int:
    index = label.element
    while not outline.is_around(index, last.element):
        index = outline.parents[index]
    return index


def _is_all_headlines(piece: Piece) -> bool:
    """True for a text that is nothing but links, all as long as headlines are."""
    is_linked = piece.links > 0 and piece.linked + piece.links > len(piece.text)  # spaces may part them
    return is_linked and letters(piece.text) >= _HEADLINE * piece.links


def _may_be_label(piece: Piece) -> bool:
    return any(map(str.isalpha, piece.text)) and not piece.text.endswith(SENTENCE_END)


def _may_head(piece: Piece, outline: Outline) -> bool:
    is_other = heads_links(piece.text) or ends_article(piece.text)
    return not is_other and _FURNITURE.isdisjoint(outline.kinds_around(piece.element))


def _tabs(outline: Outline) -> list[tuple[LexborNode, str]]:
    """Headings with several links that lead nowhere, by the first: `RELATED ARTICLES`, `MORE FROM AUTHOR`."""
    tabs: list[tuple[LexborNode, str]] = []
    seen = -1
    for piece in outline.pieces:
        if piece.kind != "heading" or piece.links < _SEVERAL or piece.element == seen or len(tabs) >= _MOST_BOXES:
            continue
        seen = piece.element  # many lines may stand in one
        node = outline.elements[seen].node
        first = next((each for each in islice(node.traverse(), _MOST_NODES) if each.tag == "a"), None)
        text = clean(short_text(first, _LONGEST_TAB)) if first is not None else ""
        if first is not None and (attribute(first, "href") or "#").startswith("#") and names_box(text):
            tabs.append((node, text))
    return tabs


def _is_heading(piece: Piece) -> bool:
    """A heading, or a label with its only link on the same line; with several where a colon ends it."""
    if piece.kind == "heading" and piece.links == 1 and piece.linked == len(piece.text):
        return heads_links(piece.text) and names_box(piece.text)  # it leads to all of them
    if piece.linked:
        size = len(piece.text) - piece.linked
        return 0 < size <= _LONGEST_LABEL and 0 < piece.links <= _MOST_ON_LINE and _is_label(piece, size)
    if piece.kind == "heading":
        return names_box(piece.text)
    return heads_links(piece.text) or (piece.strong and piece.text.endswith(":") and names_box(piece.text))


def _is_label(piece: Piece, size: int) -> bool:
    label, colon, _ = piece.text[:size].partition(":")
    if piece.links > 1 and not colon:
        return heads_links(label) and piece.linked >= _HEADLINE * piece.links
    return heads_links(label) or (colon != "" and (names_box(label) or label + colon == _MORE))


def label_of(text: str) -> Label:
    """The label of the box that stands under this heading."""
    key = heading_key(text)
    return Label.LATEST if _LATEST.search(key) else Label.HOT_NEWS if _HOT.search(key) else Label.MORE_ABOUT
