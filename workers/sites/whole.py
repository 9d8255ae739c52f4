"""Is it whole? An article has a headline and a text; a teaser, a wall, an error, a video or a list is none."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from workers.core.article import BlockKind
from workers.core.errors import Gone, Incomplete, NotArticle, NotWhole, ServerError, Unreadable, WireroomError
from workers.sites.generic.phrases import names_box
from workers.sites.generic.story import Story
from workers.sites.kinds import walls
from workers.sites.kinds.error_pages import tells_not_found, tells_of_trouble
from workers.sites.kinds.posts import shows_whole_posts
from workers.sites.kinds.site_pages import site_page
from workers.sites.kinds.teasers import is_list, pieces_of
from workers.sites.page.document import Document
from workers.sites.reader import Found

# What the stages ask of a page that is no article: whether it is a list, or a refusal in other words.
LIST, FRONT_PAGE = "The page is a list of articles.", "The address is a front page."
ROBOT_CHECK = "A check for robots stands in the place of the article."

Fields = dict[str, Found[Any]]

_SHORT = 400
# A front page shows headlines and teasers; one with a longer text of its own is read as an article.
_LISTED = 1_500
# No teaser is longer. So little text is one where the page is locked, or what stands below a video.
_TEASER = 1_000
_FEW, _SCRAP = 2, 600
_LONGEST_HEADING = 150  # a paragraph, whatever its tag
_AFTER = 6  # lines after the text in which an invitation stands
_LISTS = frozenset(("collectionpage", "searchresultspage"))
_OFFERS = frozenset(("jobposting", "event"))
_STORIES = ("article", "blogposting", "liveblogposting", "report")
_LANGUAGES = (
    "en de fr es it pt nl pl uk ua ru be tr ar he fa zh ja ko cs cz sk hu ro bg mk el sv no nb da fi et lv lt hr sr sl"
    " sq ka hy az kk uz vi id ms th hi bn ur ca eu gl"
)
_FRONT_PATHS = frozenset(("", *_LANGUAGES.split()))


def flaw_of(fields: Fields, document: Document) -> WireroomError | None:
    """Why the fields are no whole article: a NotArticle, NotWhole, Incomplete or Unreadable, or None."""
    text = " ".join(block.text for block in fields["body"].value) if "body" in fields else ""
    headline = fields["headline"].value if "headline" in fields else ""
    shown = text or " ".join(piece.text for piece in pieces_of(document))
    if pieces_of(document) and not _is_said(fields, document) and (flaw := _error(headline, text, shown)):
        return flaw
    if not headline and not text:
        return Unreadable("The page has no text.")
    flaw = _stands_in_its_place(headline, shown, fields, document) or _other_kind(text, fields, document)
    if flaw is not None:
        return flaw
    if not text:
        return Incomplete("The page has no text like an article's: scripts may fetch it.", missing=("body",))
    if all(block.kind is BlockKind.HEADING and len(block.text) < _LONGEST_HEADING for block in fields["body"].value):
        return Incomplete("The page has headings and no text below them.", missing=("body",))
    if not headline:
        return Incomplete("The page has no headline.", missing=("headline",))
    return None


def _is_said(fields: Fields, document: Document) -> bool:
    """True where something tells machines that it is an article, or names its author."""
    published = fields["published"].source if "published" in fields else ""
    return bool(_story(document).main) or "authors" in fields or published.startswith("meta:")


def _story(document: Document) -> Story:
    story: Story | None = document.notes.get("story")
    return story if story is not None else Story(document)


def _error(headline: str, text: str, shown: str) -> WireroomError | None:
    """An error of the server that was answered as a page."""
    if len(shown) < _SHORT and tells_of_trouble(headline, shown):
        return ServerError("The page tells of trouble of its server.")
    if tells_not_found(headline, text):
        return Gone("The page says that there is no such page.")
    return None


def _stands_in_its_place(headline: str, text: str, fields: Fields, document: Document) -> WireroomError | None:
    """What a page shows instead of its article."""
    consents = (walls.is_all_consent(text), len(text) < _SHORT and walls.asks_for_consent(text))
    # What has a date, or is parted as news are, may tell of such things.
    is_news = "published" in fields or len(fields["body"].value if "body" in fields else ()) > _FEW
    if all(consents) or (not is_news and (any(consents) or _follows_consent(text, fields, document))):
        return NotWhole("A cookie or consent page stands in the place of the article.")
    if len(text) < _SHORT:
        if walls.is_robot_wall(headline, text):
            return NotWhole(ROBOT_CHECK)
        if walls.asks_to_unblock(text):
            return NotWhole("A request to switch an ad blocker off stands in the place of the article.")
        if walls.tells_login(headline) and document.tree.css_first("input[type=password]") is not None:
            return NotArticle("The page asks for a name and a password.")
    if "body" in fields and _is_teaser(text, fields, document):
        return NotWhole("Only the beginning of the article is shown: the rest is for subscribers.")
    return None


def _follows_consent(text: str, fields: Fields, document: Document) -> bool:
    """True for few words about consent right behind a line that asks for it, which is no text of an article."""
    if "body" not in fields or len(text) > _SHORT or not walls.speaks_of_consent(text):
        return False
    pieces = pieces_of(document)
    first = next((i for i, piece in enumerate(pieces) if piece.text == fields["body"].value[0].text), 0)
    return any(walls.asks_for_consent(piece.text[:_SHORT]) for piece in pieces[max(0, first - _FEW) : first])


def _is_teaser(text: str, fields: Fields, document: Document) -> bool:
    locked = fields["paywalled"].value if "paywalled" in fields else None
    if len(text) > _TEASER or locked is False:
        return False
    if _is_scrap(fields) and locked:
        return True
    return walls.invites_to_subscribe(_end_of(fields, document))


def wall_of(fields: Fields, document: Document) -> Fields:
    """`paywalled`, where an invitation to subscribe ends the text and nothing tells machines of it."""
    if "body" not in fields or "paywalled" in fields:
        return {}
    if walls.invites_to_subscribe(_end_of(fields, document)):
        return {"paywalled": Found(True, "generic:invitation")}
    return {}


def _is_scrap(fields: Fields) -> bool:
    """True for a text of one or two short paragraphs."""
    blocks = fields["body"].value if "body" in fields else ()
    return len(blocks) <= _FEW and sum(len(block.text) for block in blocks) < _SCRAP


def _end_of(fields: Fields, document: Document) -> Iterable[str]:
    """The last lines of the text and the first ones after it, where the generic reader has found it: no other box's."""
    texts = [block.text for block in fields["body"].value]
    pieces = pieces_of(document)
    places = range(len(pieces) - 1, -1, -1)
    last = next((place for place in places if pieces[place].text == texts[-1]), len(pieces))
    after = takewhile(lambda piece: not names_box(piece.text), pieces[last + 1 : last + 1 + _AFTER])
    return [*texts[-2:], *(piece.text for piece in after if piece.linked <= 0.5 * len(piece.text))]


def _other_kind(text: str, fields: Fields, document: Document) -> WireroomError | None:
    """A page of another kind than an article's, where nothing says that it is one."""
    if len(text) > _LISTED and not pieces_of(document):
        return None
    story = _story(document)
    if pieces_of(document) and (what := site_page(fields, document, story)):
        return NotArticle(what)
    types = story.types
    kind = (document.meta("og:type") or "").lower()
    is_told_list = not types.isdisjoint(_LISTS)
    if any(name.endswith(_STORIES) for name in types) or ("article" in kind and not is_told_list):
        return None
    if not types.isdisjoint(_OFFERS):
        return NotArticle("The page offers a place of work, or tells of an event.")
    is_undated = not any(name in fields for name in ("published", "authors"))
    if len(text) < _TEASER and (kind.startswith("product") or ("product" in types and is_undated)):
        return NotArticle("The page offers something for sale.")
    if _is_scrap(fields) and (kind.startswith("video") or "videoobject" in types):
        return NotArticle("The page shows a video.")
    is_signed = "published" in fields and "authors" in fields
    if len(text) < _LISTED and kind == "website" and _is_front(document.url) and not is_signed:
        return NotArticle(FRONT_PAGE)
    is_told = is_told_list or kind == "website" or "itemlist" in types
    if (len(text) < _LISTED and is_told_list) or is_list(fields, document, is_told=is_told, is_told_list=is_told_list):
        return NotArticle(LIST)
    return NotArticle(LIST) if shows_whole_posts(fields, document) else None


def _is_front(url: str) -> bool:
    """True for an address without a path, or with no more than a language."""
    path = url.partition("://")[2].partition("#")[0].partition("/")[2]
    return path.strip("/").lower() in _FRONT_PATHS and "?" not in path
