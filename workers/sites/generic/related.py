"""The labelled boxes of related links, found by their visible headings in many languages."""

from __future__ import annotations

import re
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.link import Label
from workers.core.text import clean
from workers.sites.boxes import Bounds, heading_key, read_box
from workers.sites.document import Document, attribute, short_text
from workers.sites.generic.outline import Outline, Piece
from workers.sites.generic.phrases import names_box, opens_related
from workers.sites.reader import Found, Shown

_MOST_BOXES = 8
_LONGEST_LABEL, _LONGEST_TAB = 30, 100
_SEVERAL, _MOST_NODES, _MOST_MENUS = 2, 100, 60
_IN_MENUS = "nav h2,nav h3,nav h4"
# A path that may be an article's: a number of an article, a long name, or letters and digits that nobody can read.
_ARTICLE = re.compile(r"\d{4,}|[^/]{16,}|(?=[a-z\d]*\d)(?=[a-z\d]*[a-z])[a-z\d]{9,}")
_LATEST = re.compile(
    r"latest|recent|newest|neueste|aktuelle|dernièr|derniers|últim|lo último|ultime|laatste|najnowsze|senaste|seneste"
    r"|siste|uusimmat|останн|последн|лента|son dakika|nejnověj|friss|dernières minutes|fil info|net binnen|ultimele"
    r"|τελευταία|最新|ताज़ा|חדשות אחרונות|آخر الأخبار"
)
_HOT = re.compile(
    r"most (?:read|popular|viewed)|popular|trending|top (?:stories|news)|hot news|meist ?gelesen|top-themen|plus lus"
    r"|más leíd|más visto|più letti|mais lid|meest gelezen|najpopularniejsze|najczęściej|nejčten|mest l|luetuim"
    r"|популярн|топ|главное|головне|читаемое|çok okunan|人気|ランキング|热门|많이 본|الأكثر"
    r"|legolvasottabb|cele mai citite|terpopuler|δημοφιλ|הנקראות"
)


def links_of(document: Document, outline: Outline) -> Found[tuple[Shown, ...]] | None:
    """The links of each box with the box's label, each URL once a label; None where the page has no such box."""
    headings = [(outline.elements[piece.element].node, piece.text) for piece in outline.pieces if _is_heading(piece)]
    headings += _tabs(outline)
    if not headings:  # which the outline leaves out
        menus = document.tree.css(_IN_MENUS)[:_MOST_MENUS]
        headings = [(node, text) for node in menus if names_box(text := clean(short_text(node, _LONGEST_TAB)))]
    bounds = Bounds(frozenset(node.mem_id for node, _ in headings), _ARTICLE)
    own = {document.absolute("#"), document.canonical, document.url}
    found: dict[tuple[Label, str], Shown] = {}
    for node, text in headings[:_MOST_BOXES]:
        for item in read_box(document, node, label_of(text), bounds):
            if item.url not in own:
                found.setdefault((item.label, item.url), item)
    return Found(tuple(found.values()), "generic:headings") if found else None


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
    """A heading, or a label with its only link on the same line."""
    if piece.linked:
        label = piece.text[: max(0, len(piece.text) - piece.linked)]
        return 0 < len(label) <= _LONGEST_LABEL and piece.links == 1 and opens_related(label)
    return names_box(piece.text) if piece.kind == "heading" else opens_related(piece.text)


def label_of(text: str) -> Label:
    """The label of the box that stands under this heading."""
    key = heading_key(text)
    return Label.LATEST if _LATEST.search(key) else Label.HOT_NEWS if _HOT.search(key) else Label.MORE_ABOUT
