"""The lead: the sentences between the headline and the text that many pages keep outside of the text's element."""

from __future__ import annotations

import re

from workers.core.text import fold
from workers.sites.generic.dates.date_words import is_only_date
from workers.sites.generic.names import names_lead
from workers.sites.generic.phrases import is_furniture_line
from workers.sites.generic.text.outline import Outline, Piece
from workers.sites.generic.text.trim import SENTENCE_END
from workers.sites.lists.headlines import letters

_SHORTEST, _SENTENCE, _LONGEST = 20, 40, 900
_FEWEST_WORDS = 4
_NEAR = 25
_LEVELS = 3
_NEXT = 4
_LISTS = frozenset(("ul", "ol", "li", "table", "td", "figure"))
_NO_LEAD = re.compile(r"[\d:|]")
_WORD = re.compile(r"\w+")
# So much of the lead's words stand in what the head says of the page, or the other way round.
_SAME = 0.75
_OTHERS = frozenset(("caption", "related", "consent", "overlay", "login", "promotion", "comments", "share"))


def with_lead(outline: Outline, kept: list[Piece], headline: str | None, summary: str | None) -> list[Piece]:
    """The body with the lead that stands before its first piece and after the headline."""
    if not kept:
        return kept
    first, title = kept[0].order, fold(headline or "")
    begin = _after_headline(outline, first, title)
    if begin is None:
        return kept
    told = set(_WORD.findall(fold(summary or "")))
    known = {piece.text for piece in kept}
    lead = _lead_between(outline, begin, first, told, known)
    if lead is None and (above := _after_same(outline, begin - 1, title)):
        lead = _lead_between(outline, above, begin - 1, told, known)
    return [lead, *kept] if lead else kept


def _lead_between(outline: Outline, begin: int, end: int, told: set[str], known: set[str]) -> Piece | None:
    """The lead among the pieces from the one place to the other, without those that are known as text."""
    short = None
    for place, piece in enumerate(outline.pieces[begin:end]):
        if piece.text in known or not _may_be_lead(piece):
            continue
        if letters(piece.text) <= _SENTENCE:
            short = short or (piece if _is_short_lead(outline, piece) else None)
        elif (
            _is_lead(outline, piece, told)
            or (place < _NEXT and _is_teaser(outline, piece))
            or (place == 0 and _is_below(outline, piece, begin))
        ):
            return piece
    return short


def _is_short_lead(outline: Outline, piece: Piece) -> bool:
    """True for a few words, neither a date nor a name, that the names of their own element call the lead."""
    if len(piece.text.split()) < _FEWEST_WORDS or _NO_LEAD.search(piece.text):
        return False
    names = outline.elements[piece.element].names
    return names_lead(names) and "desc" not in names and _is_lead(outline, piece, set())


def _after_headline(outline: Outline, first: int, title: str) -> int | None:
    """The place after the last headline that stands before the text; None where there is none near."""
    pieces = outline.pieces
    for place in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        piece = pieces[place]
        if piece.kind == "heading" and (piece.tag == "h1" or fold(piece.text) == title):
            return place + 1
    return None


def _after_same(outline: Outline, end: int, title: str) -> int | None:
    """The place after a heading that says the title before this place, as where the page's head says it too."""
    near = outline.pieces[max(0, end - _NEAR) : end]
    headings = (piece for piece in reversed(near) if piece.kind == "heading")
    return next((piece.order + 1 for piece in headings if title and fold(piece.text) == title), None)


def _may_be_lead(piece: Piece) -> bool:
    size = len(piece.text)
    return (
        piece.kind != "caption"
        and letters(piece.text) > _SHORTEST
        and size < _LONGEST
        and piece.linked < 0.3 * size
        and not _is_none(piece.text)
    )


def _is_none(text: str) -> bool:
    return is_furniture_line(text) or is_only_date(text)


def _is_lead(outline: Outline, piece: Piece, told: set[str]) -> bool:
    index, named = piece.element, False
    for _ in range(_LEVELS):
        element = outline.elements[index]
        if element.furniture in _OTHERS:
            return False
        named = named or names_lead(element.names)
        index = element.parent
        if index < 0:
            break
    return named or _says_the_same(piece.text, told)


def _is_teaser(outline: Outline, piece: Piece) -> bool:
    """True for what a site calls its teaser right below the headline: it is the article's own, not another's."""
    elements = outline.elements
    element = elements[piece.element]
    above = elements[element.parent] if element.parent >= 0 else element
    return not piece.links and "teaser" in element.names + above.names


def _says_the_same(text: str, told: set[str]) -> bool:
    words = set(_WORD.findall(fold(text)))
    return len(told) > 4 and len(words & told) >= _SAME * min(len(words), len(told))


def _is_below(outline: Outline, piece: Piece, begin: int) -> bool:
    """True for a sentence or a smaller heading that stands right below the headline, beside it.

    Each of them may stand in boxes of its own, as long as no box has a name of furniture.
    """
    elements = outline.elements
    own, headline = elements[piece.element], elements[outline.pieces[begin - 1].element]
    if piece.links or own.furniture:
        return False
    if own.parent == headline.parent:
        return piece.kind == "heading" or (own.tag == "p" and piece.text.endswith(SENTENCE_END))
    return piece.text.endswith(SENTENCE_END) and _is_near(outline, piece.element, headline.index)


def _is_near(outline: Outline, index: int, other: int) -> bool:
    """True where few boxes part two elements, and none around the first is furniture or a list."""
    for _ in range(_LEVELS):
        index = outline.elements[index].parent
        if outline.is_around(index, other):
            return True
        if outline.elements[index].furniture or outline.elements[index].tag in _LISTS:
            return False
    return False
