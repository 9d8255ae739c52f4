"""Is it whole? An article has a headline and a text; a teaser, a wall, an error, a video or a list is none."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from workers.core.errors import Incomplete, NotArticle, NotWhole, Unreadable, WireroomError
from workers.core.urls import host_of
from workers.sites import walls
from workers.sites.document import Document, ancestors, attribute
from workers.sites.generic.outline import Outline, Piece
from workers.sites.generic.phrases import names_box
from workers.sites.generic.story import page_of, types_of
from workers.sites.reader import Found

Fields = dict[str, Found[Any]]

_SHORT = 400
# A front page shows headlines and teasers; one with a longer text of its own is read as an article.
_LISTED = 1_500
# No teaser is longer. So little text is one where the page is locked, or what stands below a video.
_TEASER = 1_000
_FEW, _SCRAP = 2, 600
_AFTER = 6  # lines after the text in which an invitation stands
_LISTS = frozenset(("collectionpage", "searchresultspage"))
_STORIES = ("article", "blogposting", "liveblogposting", "report")
_LANGUAGES = (
    "en de fr es it pt nl pl uk ua ru be tr ar he fa zh ja ko cs cz sk hu ro bg mk el sv no nb da fi et lv lt hr sr sl"
    " sq ka hy az kk uz vi id ms th hi bn ur ca eu gl"
)
_FRONT_PATHS = frozenset(("", *_LANGUAGES.split()))
# A list: so many lines that are links, and most of the text right below them.
_HEADLINE, _FEWEST_TEASERS, _FEWEST_LINKS, _MOST_OF_TEXT = 20, 4, 8, 0.7
_MOST_PIECES = 3_000
_AROUND = 3  # elements between a headline and the link around it
_BETWEEN = 40  # a date or a name may stand between a headline and its teaser


def flaw_of(fields: Fields, document: Document) -> WireroomError | None:
    """Why the fields are no whole article: a NotArticle, NotWhole, Incomplete or Unreadable, or None."""
    text = " ".join(block.text for block in fields["body"].value) if "body" in fields else ""
    headline = fields["headline"].value if "headline" in fields else ""
    if not headline and not text:
        return Unreadable("The page has no text.")
    shown = text or " ".join(piece.text for piece in _pieces(document))
    flaw = _stands_in_its_place(headline, shown, fields, document) or _other_kind(text, fields, document)
    if flaw is not None:
        return flaw
    if not text:
        return Incomplete("The page has no text that looks like an article's.", missing=("body",))
    if not headline:
        return Incomplete("The page has no headline.", missing=("headline",))
    return None


def _stands_in_its_place(headline: str, text: str, fields: Fields, document: Document) -> WireroomError | None:
    """What a page shows instead of its article."""
    consents = (walls.is_all_consent(text), len(text) < _SHORT and walls.asks_for_consent(text))
    # What has a date, or is parted as news are, may tell of such things.
    is_news = "published" in fields or len(fields["body"].value if "body" in fields else ()) > _FEW
    if all(consents) or (any(consents) and not is_news):
        return NotWhole("A cookie or consent page stands in the place of the article.")
    if len(text) < _SHORT:
        if walls.is_robot_wall(headline, text):
            return NotWhole("A check for robots stands in the place of the article.")
        if walls.asks_to_unblock(text):
            return NotWhole("A request to switch an ad blocker off stands in the place of the article.")
        if walls.tells_not_found(headline):
            return NotArticle("The page says that there is no such page.")
        if walls.tells_login(headline) and document.tree.css_first("input[type=password]") is not None:
            return NotArticle("The page asks for a name and a password.")
    if "body" in fields and _is_teaser(text, fields, document):
        return NotWhole("Only the beginning of the article is shown: the rest is for subscribers.")
    return None


def _is_teaser(text: str, fields: Fields, document: Document) -> bool:
    locked = fields["paywalled"].value if "paywalled" in fields else None
    if len(text) > _TEASER or locked is False:
        return False
    if _is_scrap(fields) and locked:
        return True
    return any(map(walls.invites_to_subscribe, _end_of(fields, document)))


def _is_scrap(fields: Fields) -> bool:
    """True for a text of one or two short paragraphs."""
    blocks = fields["body"].value if "body" in fields else ()
    return len(blocks) <= _FEW and sum(len(block.text) for block in blocks) < _SCRAP


def _end_of(fields: Fields, document: Document) -> Iterable[str]:
    """The last lines of the text and the first ones after it, where the generic reader has found it: no other box's."""
    texts = [block.text for block in fields["body"].value]
    pieces = _pieces(document)
    last = max((place for place, piece in enumerate(pieces) if piece.text == texts[-1]), default=len(pieces))
    after = takewhile(lambda piece: not names_box(piece.text), pieces[last + 1 : last + 1 + _AFTER])
    return [*texts[-2:], *(piece.text for piece in after if piece.linked <= 0.5 * len(piece.text))]


def _other_kind(text: str, fields: Fields, document: Document) -> WireroomError | None:
    """A page of another kind than an article's, where nothing says that it is one."""
    if len(text) > _LISTED and not _pieces(document):
        return None
    types = {kind for item in document.json_ld for kind in types_of(item)}
    kind = (document.meta("og:type") or "").lower()
    if "article" in kind or any(name.endswith(_STORIES) for name in types):
        return None
    if _is_scrap(fields) and (kind.startswith("video") or "videoobject" in types):
        return NotArticle("The page shows a video.")
    is_signed = "published" in fields and "authors" in fields
    if len(text) < _LISTED and kind == "website" and _is_front(document.url) and not is_signed:
        return NotArticle("The address is a front page.")
    may_be_list = "published" not in fields or not text
    if (len(text) < _LISTED and types & _LISTS) or (may_be_list and _is_list(fields, document)):
        return NotArticle("The page is a list of articles.")
    return None


def _is_front(url: str) -> bool:
    """True for an address without a path, or with no more than a language."""
    path = url.partition("://")[2].partition("#")[0].partition("/")[2]
    return path.strip("/").lower() in _FRONT_PATHS and "?" not in path


def _is_list(fields: Fields, document: Document) -> bool:
    """True where most of the text stands right below headlines that are links, or there are only such."""
    own = [block.text for block in fields["body"].value] if "body" in fields else []
    pieces = _around(own, _pieces(document)[:_MOST_PIECES])
    if sum(map(_is_linked_headline, pieces)) < _FEWEST_TEASERS:
        return False
    headlines, texts = _headlines(pieces, document), frozenset(own)
    below, teasers, size, total = False, 0, 0, 0
    for piece in pieces:
        text = piece.text
        if piece.order in headlines:
            below = True
        elif text in texts:
            teasers, size, total = teasers + below, size + below * len(text), total + len(text)
            below = False
        elif len(text) > _BETWEEN:
            below = False
    if not total:
        return len(headlines) >= _FEWEST_LINKS
    return teasers >= _FEWEST_TEASERS and size > _MOST_OF_TEXT * total


def _around(own: list[str], pieces: list[Piece]) -> list[Piece]:
    """From right before the text to its end; all of the page where there is no text but links."""
    places = [place for place, piece in enumerate(pieces) if piece.text in (own[0], own[-1])] if len(own) > 1 else []
    return pieces[max(0, places[0] - 2) : places[-1] + 1] if places else pieces


def _is_linked_headline(piece: Piece) -> bool:
    return piece.linked > 0.7 * len(piece.text) and len(piece.text) >= _HEADLINE


def _headlines(pieces: list[Piece], document: Document) -> set[int]:
    """The places of the lines that lead to other pages; many lines may stand in one link, which is looked at once."""
    leads: dict[int, bool] = {}
    for piece in pieces:
        if _is_linked_headline(piece) and piece.element not in leads:
            leads[piece.element] = _leads_elsewhere(piece, document)
    return {piece.order for piece in pieces if leads.get(piece.element) and _is_linked_headline(piece)}


def _leads_elsewhere(piece: Piece, document: Document) -> bool:
    """False for a link that opens something on this page, such as the answer to a question."""
    node = document.notes["outline"].elements[piece.element].node
    link = node.css_first("a[href]") or next((each for each in ancestors(node, _AROUND) if each.tag == "a"), None)
    url = document.absolute(attribute(link, "href")) if link is not None else None
    return url is not None and host_of(url) == host_of(document.url) and page_of(url) != page_of(document.url)


def _pieces(document: Document) -> list[Piece]:
    """The texts of the page as the generic reader saw them; none where a profile has read the text."""
    outline: Outline | None = document.notes.get("outline")
    return outline.pieces if outline is not None else []
