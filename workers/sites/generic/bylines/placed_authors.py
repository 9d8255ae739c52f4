"""Names of authors that only their place tells: links to their pages below the headline, and names beside the date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.text import clean, fold
from workers.sites.generic.bylines.spoken_of import is_spoken_of
from workers.sites.generic.dates.date_words import is_little_else, is_only_date
from workers.sites.generic.others import sibling
from workers.sites.generic.text.outline import Outline, Piece
from workers.sites.page.document import Document, attribute, short_text

_MOST_NODES, _MOST_LINKS, _MOST_MENU = 30, 4, 400
_LONGEST, _LONGEST_NAME = 120, 40
_LIST = " ; "
# The page of somebody who writes, in the languages whose sites name it so, or the account on a platform.
_PERSONS_PAGE = re.compile(
    r"/(?:authors?|autor(?:es|i|in|en|ka)?|auteurs?|autore|by|by-?lines?|staff|profiles?|persons?|people|writers?"
    r"|contributors?|contribuidor|journalists?|journalistes?|reporters?|redakt\w+|redact\w+|redattor\w+|signataires?"
    r"|firmas?|szerzok?|avtor\w*|yazar(?:lar)?|muhabir|penulis|novinari|skribent(?:er)?|toimittaja[nt]?|dziennikarz\w*"
    r"|zhurnalist\w*|korrespondent\w*|our-team|team|experts?)/[^/]+/?(?:\.html?)?$|/@[\w.-]+/?$",
    re.I,
)
_MENUS = "nav a,header a,footer a,ul a"
_TITLES = frozenset(("author", "autor", "autorin", "auteur", "autore", "автор", "written by", "publié par"))
# The pictogram of a person, as the sets of them call it.
_PERSON_ICON = re.compile(
    r"(?:^|[\s_-])(?:fa|icon|bi|ti|ri|bx|bxs|glyphicon|icofont|mdi|lni|feather)-(?:regular-|solid-)?(?:user|person)(?:-(?:o|alt|circle|fill|line|tie|edit))?(?:$|\s)"
)
_ICONS = frozenset(("i", "em", "span", "svg"))
_MOST_SHORT, _FEW_NODES, _LONGEST_TOLD, _WIDEST = 400, 6, 1_000, 400
_PORTRAIT = re.compile(r"avatar|rounded-full|gravatar|portrait|headshot|userpic", re.I)
_DATE_BEGINS = re.compile(r"(?<=[^\W\d_])[\s|·•,/–—-]*(?=\d)")
_AFTER_DATE = re.compile(
    r"(?:\d|h|Uhr|uhr|ч|[ap]\.?m\.?)[\s|·•,–—-]*(?P<name>[^\W\d_][^\d|·•@:]{4,60}?)\s*(?:\d[\d\s]{0,8})?$"
)
# With the signs that stand above and below the letters of some scripts.
_WORD = re.compile(r"[^\W\d_](?:[\w.'’\u0900-\u0dff\u0e30-\u0e4e-])*")
_GLUED_BY = re.compile(r"^(?:By|Von|Par|Por)(?=[A-ZÀ-Ý])")
_FEWEST, _MOST_WORDS = 2, 4

# Each alone on its line, or with the date.
_AGENCIES = (
    "Reuters|AFP|AP|Associated Press|dpa|APA|ANSA|EFE|Lusa|Xinhua|TASS|PTI|ANI|IANS|Bloomberg|NTB|Ritzau|STT|ČTK|PAP"
    "|MTI|Belga|ANP|Keystone-SDA|Kyodo|Anadolu Ajansı|Agerpres|ТАСС|РИА Новости|Интерфакс|Укринформ|Укрінформ"
    "|연합뉴스|新华社|共同通信"
)
_AGENCY = re.compile(rf"(?:{_AGENCIES})(?=[\s,|·•–—/-]*(?:$|\d|\w{{3,9}}\.? \d))")


def placed_names(document: Document, outline: Outline, near: Sequence[Piece]) -> Iterator[str]:
    """What may be names, the likeliest first; `near` are the short pieces below the headline, in order.

    Without what a menu of the page leads to: such are sections. Nor are those authors that the text speaks of.
    """
    yield from filter(None, (_led_to(outline, piece) for piece in near if piece.linked))
    yield from _titled(outline)
    yield from (name for piece in near for name in _pictured(outline, piece) if _may_be_name(name))
    portraits = (piece.text for piece in near if _is_line(piece) and _has_portrait(outline, piece))
    yield from (name for name in portraits if _may_be_name(name) and not is_spoken_of(name, outline.pieces))
    found = [name for name in map(_without_by, _beside_dates(outline, near)) if _may_be_name(name)]
    found = [name for name in found if not is_spoken_of(name, outline.pieces)]
    if found:
        menus = {fold(short_text(link, _LONGEST)) for link in document.tree.css(_MENUS)[:_MOST_MENU]}
        yield from (name for name in found if fold(name) not in menus)


def agencies_in(near: Sequence[str]) -> Iterator[str]:
    """The agencies that stand on lines below the headline, with nothing but a date."""
    return (found[0] for text in near if (found := _AGENCY.match(text)))


def _titled(outline: Outline) -> Iterator[str]:
    """The names in elements whose `title` says that they are of an author, as where an icon stands for the word."""
    first = outline.headline.order if outline.headline is not None else 0
    short = (piece for piece in outline.pieces[first:] if len(piece.text) <= _LONGEST_NAME)
    for piece in islice(short, _MOST_SHORT):
        element = outline.elements[piece.element]
        nodes = (element.node, element.node.parent) if element.parent >= 0 else ()
        titles = [attribute(node, "title") for node in nodes if node is not None]
        if any(title and fold(title[:_LONGEST]).strip(" :") in _TITLES for title in titles):
            yield piece.text


def _pictured(outline: Outline, piece: Piece) -> Iterator[str]:
    """What stands in one element with the pictogram of a person."""
    if len(piece.text) > _LONGEST:
        return
    for node in islice(outline.elements[piece.element].node.traverse(), _MOST_NODES):
        if node.tag in _ICONS and _PERSON_ICON.search((attribute(node, "class") or "")[:_LONGEST_TOLD]):
            box = node.parent
            yield clean(short_text(box, _LONGEST)) if box is not None else ""


def _has_portrait(outline: Outline, piece: Piece) -> bool:
    """True for a line right behind a picture that calls itself a portrait, or is of whom the line names.

    What is called a caption, stands in a figure or below a wide picture tells what the picture shows.
    """
    if "caption" in outline.kinds_around(piece.element):
        return False
    node = outline.elements[piece.element].node
    inner = (each for each in islice(node.traverse(), _MOST_NODES) if each.tag == "img")
    before = (sibling(each, "prev") for each in (node, node.parent) if each is not None)
    boxes = (box for box in before if box is not None)
    beside = (each for box in boxes for each in islice(box.traverse(), _FEW_NODES) if each.tag == "img")
    return any(_is_portrait(each, piece.text) for each in islice((*inner, *beside), _MOST_LINKS))


def _is_portrait(picture: LexborNode, name: str) -> bool:
    told = picture.attributes
    width = told.get("width") or ""
    if width.isdecimal() and int(width[:6]) > _WIDEST:
        return False
    if fold(told.get("alt") or "") == fold(name):
        return True
    return _PORTRAIT.search(" ".join(filter(None, map(told.get, ("class", "alt", "src"))))[:_LONGEST_TOLD]) is not None


def _led_to(outline: Outline, piece: Piece) -> str:
    """The names in a piece that lead to the pages of people, as a list."""
    nodes = islice(outline.elements[piece.element].node.traverse(), _MOST_NODES)
    links = [node for node in nodes if node.tag == "a" and _leads_to_person(node)]
    names = dict.fromkeys(clean(short_text(link, _LONGEST)) for link in links[:_MOST_LINKS])
    shown = (name for name in names if name and name in piece.text)
    return _LIST.join(name for name in shown if not is_spoken_of(name, outline.pieces))


def _leads_to_person(link: LexborNode) -> bool:
    return _PERSONS_PAGE.search((attribute(link, "href") or "").partition("?")[0][-_LONGEST:]) is not None


def _beside_dates(outline: Outline, near: Sequence[Piece]) -> Iterator[str]:
    """What stands on a line with a date and nothing else, or on a line of its own next to one.

    But for what is called navigation: the title of a table of contents.
    """
    for place, piece in enumerate(near):
        text = piece.text
        if piece.kind == "heading" or len(text) > _LONGEST or not any(map(str.isdigit, text)):
            continue
        if is_only_date(text) and is_little_else(text, None):
            beside = (near[other] for other in (place - 1, place + 1) if 0 <= other < len(near))
            lines = (other for other in beside if _is_line(other))
            yield from (line.text for line in lines if outline.elements[line.element].furniture != "navigation")
        elif (begin := _DATE_BEGINS.search(text)) and is_only_date(text[begin.end() :]):
            yield text[: begin.start()]
        if (found := _AFTER_DATE.search(text)) and is_only_date(text[: found.start("name")]):
            yield found["name"]


def _is_line(piece: Piece) -> bool:
    """True for a line without a link, in letters of which some are small: others may be words of any use.

    An item of a list has capitals only at the beginning of its words, too: ranks and sections are such items.
    """
    if piece.linked or not any(map(str.islower, piece.text)):
        return False
    is_item = piece.kind == "item" and all(word[0].isupper() for word in piece.text.split())
    return is_item or piece.kind == "paragraph"


def _without_by(text: str) -> str:
    """A name without the label that it is glued to, as they are elements of their own."""
    return _GLUED_BY.sub("", text)


def _may_be_name(text: str) -> bool:
    """True for two to four words of letters; that they begin with capitals is asked later."""
    words = text.split()
    if not _FEWEST <= len(words) <= _MOST_WORDS or len(text) > _LONGEST_NAME or text.isupper():
        return False
    return all(map(_WORD.fullmatch, words))
