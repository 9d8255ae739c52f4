"""The section as the page's address and the line above the headline tell it, where nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from workers.core.text import clean, fold
from workers.core.urls import host_of, path_of
from workers.sites.generic.dates.date_words import is_only_date
from workers.sites.generic.text.outline import Outline, Piece
from workers.sites.page.document import Document, ancestors, attribute, short_text

_MOST_DEPTH, _MOST_LINKS, _MOST_NODES = 3, 40, 20
_LONGEST, _LONGEST_RAW, _MOST_WORDS = 40, 200, 4
# A part of a path that readers are shown as a section; letters and digits that nobody can read are none.
_PART = re.compile(r"(?![a-z]{2}[-_][a-z]{2}$)[^\W\d_][\w%.+-]{2,39}", re.I)
_PLAIN = re.compile(r"[\w%.+~-]+")  # no quotes, which would end a selector
# What paths have that is no section, and what leads to one without naming it.
_NO_PARTS_WORDS = (
    "article articles artikel artikler articulo articolo artigo noticia noticias notizie story stories post posts blog"
    " blogs content view detail details read page pages index live video videos tag tags topic topics author authors"
    " category categories archive archives wiki web site www home"
)
_NO_PARTS = frozenset(_NO_PARTS_WORDS.split())
_NO_NAME = re.compile(
    r"(?:home|homepage|start|startseite|back|return|zurück|retour|volver|voltar|indietro|terug|назад|вернуться|more|mehr|all|alle|see|view|show|read|rss|menu|skip|next|prev"
    r"|search|sign|log|subscribe|follow|share|go to|click|edit|print|top|by|von|download|learn|get|shop|buy)\b"
    r"|uncategori[sz]ed|.*[‹«<←›»>+()…]|[.]{3}|\W*$",
    re.I,
)
_NAMED = re.compile(
    r"categor|section|rubri|\brub\b|rovat|\bcat[-_]?(?:link|name|label)|kicker|eyebrow|overline|ressort|topic|dachzeile|supra|label|\bcat\b|breadcrumb|channel|\bslug\b"
)
_AROUND, _NEAR, _FAR = 3, 4, 8
_CATEGORIES = 'a[href*="/categor"],a[href*="/kategori"]'
_WHOLE, _MENUS = frozenset(("html", "body", "main")), frozenset(("nav", "aside", "footer"))
_NEVER = frozenset(
    ("footer", "related", "share", "sidebar", "comments", "promotion", "login", "tags", "consent", "overlay")
)


def section_by_path(document: Document, own: set[str]) -> str | None:
    """What a link of the page calls the longest part of its own path; `own` are names of the site."""
    for path in _paths(document.url):
        host = f"//{host_of(document.url)}"
        wanted = [f"{start}{path}{end}" for start in ("", f"https:{host}", f"http:{host}") for end in ("", "/")]
        links = document.tree.css(",".join(f'a[href="{href}"]' for href in wanted))[:_MOST_LINKS]
        texts = (clean(short_text(link, _LONGEST_RAW)).strip("-–|•· ") for link in links)
        if name := next((text for text in texts if _is_name(text) and fold(text) not in own), None):
            return name
    return None


def _paths(url: str) -> Iterator[str]:
    """The paths above that of the page, the longest first."""
    parts = path_of(url).strip("/").split("/")[:-1][:_MOST_DEPTH]
    parts = parts if all(map(_PLAIN.fullmatch, parts)) else []
    for number in range(len(parts), 0, -1):
        if _PART.fullmatch(parts[number - 1]) and parts[number - 1].lower() not in _NO_PARTS:
            yield "/" + "/".join(parts[:number])


def section_above(document: Document, own: set[str]) -> str | None:
    """The single link of the line above the headline, perhaps after a date, where its names say what it is.

    `own` are names of the site.
    """
    outline: Outline | None = document.notes.get("outline")
    headline = outline.headline if outline is not None else None
    above = outline.pieces[headline.order - 1] if outline and headline and headline.order else None
    if headline is not None and headline.tag != "h1":
        return None
    if outline is None or above is None or above.links != 1 or not above.linked:
        return None
    before, text = above.text[: -above.linked], above.text[-above.linked :]
    if before and not is_only_date(before):
        return None
    return text if _is_name(text) and fold(text) not in own and _is_named(outline, above) else None


def section_near(document: Document, own: set[str]) -> str | None:
    """The first link to a category that stands in what the headline stands in; `own` are names of the site."""
    headline = next((node for node, tag, _ in document.marks if tag == "h1"), None)
    if headline is None:
        return None
    around = {each.mem_id for each in ancestors(headline, _NEAR) if each.tag not in _WHOLE}
    for link in document.tree.css(_CATEGORIES)[:_MOST_LINKS]:
        parents = [*ancestors(link, _FAR)]
        if any(each.mem_id in around for each in parents) and not any(each.tag in _MENUS for each in parents):
            text = clean(short_text(link, _LONGEST_RAW))
            if _is_name(text) and fold(text) not in own:
                return text
    return None


def _is_named(outline: Outline, piece: Piece) -> bool:
    if not _NEVER.isdisjoint(outline.kinds_around(piece.element)):
        return False
    element = outline.elements[piece.element]
    nodes = (node for node in islice(element.node.traverse(), _MOST_NODES) if node.tag == "a")
    links = [*nodes]
    if any((attribute(link, "href") or "").startswith("#") for link in links):
        return False  # to the comments below
    names = [attribute(link, "class") or "" for link in links]
    index = piece.element
    for _ in range(_AROUND):
        names.append(outline.elements[index].names)
        index = max(0, outline.elements[index].parent)
    return _NAMED.search(" ".join(names).lower()) is not None


def _is_name(text: str) -> bool:
    short = 1 < len(text) <= _LONGEST and text.count(" ") < _MOST_WORDS
    return short and not any(map(str.isdigit, text)) and _NO_NAME.match(text) is None
