"""What is left of boxes whose links are gone: their labels, and calls to subscribe or to give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from workers.sites.generic.phrases import ends_article, heads_links, opens_related
from workers.sites.generic.text.outline import Outline, Piece, text_size
from workers.sites.generic.text.trim import RUNNING, SENTENCE_END
from workers.sites.lists.headlines import LONG_HEADLINE, letters
from workers.sites.page.document import attribute

_LONGEST_LABEL, _LONGEST_CALL = 40, 40
_LARGEST, _MOST = 400, 0.25
_NEAR = 12  # pieces: what stands further from the text, as menus do, has none of it in its box
_LEVELS, _MOST_NODES, _MOST_CALLS, _MOST_LINES, _FEW = 3, 12, 20, 6, 2
_NEVER_NAMES = "html body main article p li dd dt td th h1 h2 h3 h4 h5 h6 blockquote pre figure"
_NEVER = frozenset(_NEVER_NAMES.split())
# Where readers subscribe, give or sign in, as addresses name it in many languages.
_OFFER = re.compile(
    r"(?:^|[/.#_-])(?:newsletters?|subscri\w+|subscribe|abo(?:nn?e\w*|nnement\w*|s|shop)?|suscri\w+|assin\w+|boletin(?:es)?"
    r"|prenumer\w*|tilaa|abonament\w*|abbona\w*|inscription|inscri\w+|log-?in|sign-?(?:in|up)|register|registr\w+"
    r"|donat(?:e|ion)\w*|dona(?:r|te|zioni)?|don|spenden?|support-?us|membership|memberships|become-a-\w+|faire-un-don"
    r"|join(?:-us|-now)?|apps?(?=/?$)|app-?store|download-app|google-?play|play\.google|apps\.apple|itunes\.apple"
    r"|tamogat\w*|darowizn\w*|wspieram|wesprzyj|patreon|steady|buymeacoffee|buycoffee|ko-fi)(?:$|[/.?#&=_-])",
    re.I,
)


def without_left_over(outline: Outline, before: list[Piece], kept: list[Piece]) -> list[Piece]:
    """The pieces without labels, and boxes with a call, of those that were dropped; `before` are all of them."""
    if len(before) == len(kept) or not kept:
        return kept
    left, first, last = {piece.order for piece in kept}, kept[0].order - _NEAR, kept[-1].order + _NEAR
    dropped = [piece for piece in before if piece.linked and first <= piece.order <= last and piece.order not in left]
    if not dropped:
        return kept
    labels = _may_be_labels(dropped, kept)
    calls = [*islice(_calls(outline, dropped), _MOST_CALLS)]
    if not labels and not calls:
        return kept
    size = outline.summed(kept, text_size)
    gone = {
        piece.order
        for piece in labels
        if (heads_links(piece.text) and not opens_related(piece.text))
        or _is_alone_with(outline, piece, outline.pieces[piece.order + 1], size)
    }
    largest = min(_LARGEST, _MOST * sum(map(text_size, kept)))
    boxes = {box for piece in calls if (box := _box(outline, piece, size, largest))}
    boxes = {box for box in boxes if _may_go(outline, box, kept)}
    inside = outline.inside(boxes)
    return [piece for piece in kept if piece.order not in gone and not inside[piece.element]]


def _may_be_labels(dropped: Iterable[Piece], kept: list[Piece]) -> list[Piece]:
    """The short lines right before a link that is gone, and headings before one that is as long as a headline.

    Other headings may head a list of the text.
    """
    after = {piece.order: piece for piece in dropped}
    return [
        piece
        for piece in kept
        if piece.order + 1 in after
        and len(piece.text) < _LONGEST_LABEL
        and (piece.kind == "paragraph" or (piece.kind == "heading" and _heads(piece, after[piece.order + 1])))
        and not piece.linked
        and not piece.text.endswith(SENTENCE_END)
    ]


def _heads(heading: Piece, link: Piece) -> bool:
    """False for a heading that may end the article, which is asked later."""
    is_headline = letters(link.text) >= LONG_HEADLINE * link.links
    return is_headline and not opens_related(heading.text) and not ends_article(heading.text)


def _is_alone_with(outline: Outline, piece: Piece, link: Piece, size: list[float]) -> bool:
    """True where a small element holds both, and nothing else that is kept: the line is all that is left of it."""
    index = piece.element
    for _ in range(_LEVELS):
        if index <= 0 or size[index] > len(piece.text) or outline.elements[index].tag in ("body", "main", "article"):
            return False
        if outline.is_around(index, link.element) and index != link.element:
            return True
        if index == link.element and index != piece.element and piece.kind == "heading":
            return True
        index = outline.parents[index]
    return False


def _calls(outline: Outline, dropped: Iterable[Piece]) -> Iterator[Piece]:
    """The short links that lead to where readers subscribe, give or sign in."""
    for piece in dropped:
        if len(piece.text) <= _LONGEST_CALL:
            nodes = islice(outline.elements[piece.element].node.traverse(), _MOST_NODES)
            hrefs = [attribute(node, "href") or "" for node in nodes if node.tag == "a"]
            if hrefs and _OFFER.search(hrefs[0][:300]):
                yield piece


def _box(outline: Outline, piece: Piece, size: list[float], largest: float) -> int:
    """The largest small element around a call that has other words; 0 where there is none."""
    index, found = piece.element, 0
    if outline.elements[index].tag in ("p", "li"):
        index = outline.parents[index]
    while index > 0 and size[index] <= largest and outline.elements[index].tag not in _NEVER:
        found = index if size[index] else found
        index = outline.parents[index]
    return found


def _may_go(outline: Outline, box: int, kept: list[Piece]) -> bool:
    inner = [piece for piece in kept if outline.is_around(box, piece.element)]
    headings = sum(piece.kind == "heading" for piece in inner)
    return len(inner) <= _MOST_LINES and headings <= 1 and sum(piece.weight > RUNNING for piece in inner) <= _FEW
