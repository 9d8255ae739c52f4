"""Where a text begins and ends: its running text, and the short pieces that stand with it in the markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container

from workers.sites.generic.text.outline import Outline, Piece

RUNNING = 25  # a piece of more weight is running text
SENTENCE_END = tuple(".!?…。！？।۔؟\"”»“’‘')」』）")
_LONGEST_SPEAKER, _LONGEST_LABEL = 30, 40
_SIGNED = (")", "）")  # initials of the writer, or of an agency
_LEVELS, _LEVELS_OF_CELL, _SEVERAL = 3, 6, 2
_PARTS = frozenset(("item", "cell", "code"))
_BEGUN, _ASKED = (",", "，", "،"), ("?", "？", "؟")
_LITTLE_LINKED, _SHORTEST, _TELLING = 0.3, 12, 18
_NO_LINES = (*_SIGNED, ":", "：")  # what they introduce is no text, else it would stand there
# Who made it, whose picture it is, where to ask.
_NOTE = re.compile(
    r"@|©|https?:|www\.|\+?\d[\d ()/.-]{7,}\d|^(?:by|von|par|por|di|da|door|af|av|autor(?:in)?|quelle|source|fuente"
    r"|words|additional)\b|copyright|credit|photo|foto|фото|bild|image|updated|überarbeitet|aktualisiert",
    re.I,
)

_Places = Container[tuple[str, int | str, str]]


def trimmed(outline: Outline, pieces: list[Piece]) -> list[Piece]:
    """From the first running text to the last one, with the short pieces that stand beside those in the markup."""
    good = [i for i, piece in enumerate(pieces) if piece.weight > RUNNING]
    if not good:
        return pieces
    text = [pieces[i] for i in good if pieces[i].kind == "paragraph"]
    beside = {_place_of(outline, piece) for piece in text}
    around = {outline.elements[piece.element].parent for piece in text}
    end = good[-1] + 1
    while end < len(pieces) and _is_rest(pieces, end):
        end += 1
    end += _going_on(outline, pieces[end:], beside, around)
    first = _begin(outline, pieces[: good[0]], beside)
    return pieces[first - _opening(outline, pieces[:first], around) : end]


def _begin(outline: Outline, pieces: list[Piece], beside: _Places) -> int:
    """The place of the first of these pieces that is of the text: short sentences, and what heads them."""
    first = place = len(pieces)
    while place > 0:
        place -= 1
        if _is_short_sentence(outline, pieces[place], beside) or _is_begun(outline, pieces[place], beside):
            first = place
        elif not _is_head(outline, pieces[place], beside):
            break
        elif place + 1 == first < len(pieces):
            first = place
    return first


def _is_begun(outline: Outline, piece: Piece, beside: _Places) -> bool:
    """True for how a letter begins."""
    return piece.text.endswith(_BEGUN) and _is_line(outline, piece, beside)


def _is_head(outline: Outline, piece: Piece, beside: _Places) -> bool:
    """True for a heading, and for a question in bold where the text's paragraphs stand."""
    if piece.kind == "heading":
        return not piece.linked
    return _may_head(piece) and piece.text.endswith(_ASKED) and _place_of(outline, piece) in beside


def _is_rest(pieces: list[Piece], place: int) -> bool:
    """True for what ends a text in a list, a quotation or a table, whose names may be links beside other cells."""
    piece = pieces[place]
    if piece.kind == "cell" and piece.linked == len(piece.text):
        return any(map(_tells, (*pieces[max(0, place - 1) : place], *pieces[place + 1 : place + 2])))
    return piece.kind in ("item", "quote", "cell") and piece.linked < 0.5 * len(piece.text)


def _tells(cell: Piece) -> bool:
    return cell.kind == "cell" and not cell.linked and any(map(str.isalnum, cell.text))


def _going_on(outline: Outline, pieces: list[Piece], beside: _Places, around: Container[int]) -> int:
    """How many pieces from the first on are of the text, each with a heading before it or without."""
    number = 0

    def is_of_text(piece: Piece) -> bool:
        tells = _is_short_sentence(outline, piece, beside) or _is_line(outline, piece, beside)
        return tells or _is_near_item(outline, piece, around, _PARTS)

    while number < len(pieces):
        headed = not is_of_text(pieces[number])
        if headed and not (_may_head(pieces[number]) and any(map(is_of_text, pieces[number + 1 : number + 2]))):
            break
        number += 1 + headed
    return number


def _may_head(piece: Piece) -> bool:
    """True for a heading, and for a label or a date in bold."""
    return piece.kind == "heading" or (piece.strong and len(piece.text) < _LONGEST_LABEL and not piece.linked)


def _opening(outline: Outline, pieces: list[Piece], around: Container[int]) -> int:
    """How many of the pieces before it are a list that tells much or has a heading, or the text's first heading."""
    items = 0
    while items < len(pieces) and _is_near_item(outline, pieces[-1 - items], around):
        items += 1
    headed = len(pieces) > items and pieces[-1 - items].kind == "heading"
    if headed and (items >= _SEVERAL or (not items and len(pieces) == 1)):
        return items + 1
    told = sum(len(piece.text) for piece in pieces[len(pieces) - items :])
    return items if items >= _SEVERAL and told > _TELLING * items else 0


def _is_near_item(outline: Outline, piece: Piece, around: Container[int], kinds: Container[str] = ("item",)) -> bool:
    """True for an item of a list, or one of other kinds, beside the text's paragraphs or in a box that is."""
    if piece.kind not in kinds or piece.linked > _LITTLE_LINKED * len(piece.text):
        return False
    index = piece.element
    for _ in range(_LEVELS if piece.kind != "cell" else _LEVELS_OF_CELL):
        index = outline.elements[index].parent
        if index < 0 or index in around:
            return index >= 0
    return False


def _is_line(outline: Outline, piece: Piece, beside: _Places) -> bool:
    """True for a line without a final stop that stands where the text's paragraphs stand, and is no note about it."""
    text = piece.text
    if piece.kind != "paragraph" or piece.linked > _LITTLE_LINKED * len(text) or len(text) < _SHORTEST:
        return False
    if text.endswith(_NO_LINES) or _NOTE.search(text) or not any(map(str.isalpha, text)):
        return False
    return _place_of(outline, piece) in beside


def last_like_most(outline: Outline, pieces: list[Piece]) -> int:
    """The place of the last running text that stands where most of it does: the lead may stand elsewhere."""
    places = {
        i: _place_of(outline, piece)
        for i, piece in enumerate(pieces)
        if piece.weight > RUNNING and piece.kind == "paragraph" and not piece.linked
    }
    most = Counter(places.values()).most_common(1)
    return max((i for i, place in places.items() if place == most[0][0]), default=-1)


def _place_of(outline: Outline, piece: Piece) -> tuple[str, int | str, str]:
    """What the places of a text's paragraphs have in common: the first name of each, and what they stand in.

    Where each stands in a box of its own, that box's names.
    """
    element = outline.elements[piece.element]
    box = outline.elements[element.parent] if element.parent >= 0 else element
    return element.tag, box.names or box.index, element.names.partition(" ")[0]


def _is_short_sentence(outline: Outline, piece: Piece, beside: _Places) -> bool:
    """True for a sentence that stands where the text's paragraphs stand, also one with its speaker's name in bold.

    Those may be lines of one element, or elements of any name.
    """
    text = piece.text
    if piece.linked > 0.5 * len(text) or (piece.strong and ":" not in text[:_LONGEST_SPEAKER]) or text[-1:] in _SIGNED:
        return False
    if piece.kind != "paragraph" or not text.endswith(SENTENCE_END) or not text[-2:-1].strip():
        return False
    return _place_of(outline, piece) in beside
