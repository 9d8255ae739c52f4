"""Is it a page of the site about itself? Its imprint, its contacts, its offers, or what it found for a search."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, unquote

from workers.core.text import fold
from workers.core.urls import host_of, path_of
from workers.sites.generic.story import Story
from workers.sites.kinds.page_words import (
    ABOUT_PATHS,
    ABOUT_TITLES,
    ASKED,
    LAW_PATHS,
    LAW_TITLES,
    SEARCH_PATHS,
    SEARCH_TITLES,
)
from workers.sites.page.document import Document
from workers.sites.reader import Found

Fields = dict[str, Found[Any]]

_OWN = "The page is one of the site about itself, such as its imprint, its contacts or its offers."
_SEARCH = "The page shows what was searched for."
_ARCHIVE = "The page is the archive of a day, a month or a year."
_ABOUT_TYPES = frozenset(("aboutpage", "contactpage", "checkoutpage"))
# What says that it is a page; some systems call every page an article besides.
_PAGES = _ABOUT_TYPES | {"webpage", "collectionpage", "searchresultspage", "itempage", "faqpage"}
_SEPARATOR = re.compile(r"\s+[|\-–—•·:»]+\s+|\s*[|»]\s*|:\s")
_EDGES = re.compile(r"^[\W_]{1,9}|[\W_]{1,9}$")
_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|shtml)$")
_YEAR, _MONTH_OR_DAY = r"(?:19|20)\d\d", r"(?:/\d\d?)"
_DATED = re.compile(
    rf"(?:archiv\w{{0,3}}|arkhiv|calendar|kalender)/{_YEAR}{_MONTH_OR_DAY}{{0,2}}|{_YEAR}{_MONTH_OR_DAY}{{1,2}}"
)
_LONGEST, _DEEPEST = 80, 3
_LONGEST_QUERY = 500
_FRONT_ASKED = frozenset(("s", "q", "search", "query"))


def site_page(fields: Fields, document: Document, story: Story) -> str | None:
    """What page of the site itself it is, as a sentence; None for what may be an article.

    Its title and its address together tell it whatever date the page shows, and so does an address of that name alone;
    else one of them tells it only where nothing says that it is an article: no type, no author and no date.
    """
    parts = _parts_of(document.url)
    path = parts[-1] if parts else ""
    has_path = path in ABOUT_PATHS or path in LAW_PATHS
    if has_path and len(parts) == 1 and not _is_signed_news(fields, document, story):
        return _OWN  # hardly a story stands right below the front page under such a name
    is_article = _is_told(fields, document, story)
    if is_article and not has_path:
        return None
    titles = _titles(fields, document, with_ends=has_path)
    is_law = not LAW_TITLES.isdisjoint(titles)
    is_about = is_law or not ABOUT_TITLES.isdisjoint(titles)
    if (is_law and path in LAW_PATHS) or (is_about and has_path and not story.main):
        return _OWN
    if is_article:
        return None
    if is_law:
        return _OWN
    if _DATED.fullmatch(path_of(document.url).strip("/")):
        return _ARCHIVE
    if _is_asked(document.url):
        return _SEARCH
    if "published" in fields and fields["published"].source.startswith("generic"):
        return None
    is_below = len(parts) > 1 and parts[-2] in ABOUT_PATHS  # one of the team, one of the offices
    if is_about or has_path or is_below or not story.types.isdisjoint(_ABOUT_TYPES):
        return _OWN
    return _SEARCH if "searchresultspage" in story.types or not SEARCH_TITLES.isdisjoint(titles) else None


def _is_signed_news(fields: Fields, document: Document, story: Story) -> bool:
    """True where machines are told that it is news, who wrote it and when, and its title is none of the site's pages.

    Some systems call every page an article, but not one of news: `/contact` may be the review of a film.
    """
    if "newsarticle" not in story.types or not {"authors", "published"} <= fields.keys():
        return False
    return (LAW_TITLES | ABOUT_TITLES).isdisjoint(_titles(fields, document, with_ends=False))


def _is_told(fields: Fields, document: Document, story: Story) -> bool:
    """True where machines are told that it is an article, or when it was published, or who wrote it is shown."""
    if story.main or "authors" in fields:
        return True
    date = fields["published"].source if "published" in fields else ""
    is_article = "article" in (document.meta("og:type") or "").lower()
    return date.startswith("meta") or (is_article and story.types.isdisjoint(_PAGES))


def _titles(fields: Fields, document: Document, *, with_ends: bool) -> set[str]:
    """Its headline and the first part of its title, as they are and without the name of the site; some begin with it.

    `with_ends`: the last part too.
    """
    told = [fields["headline"].value if "headline" in fields else "", document.title or ""]
    parted = [_SEPARATOR.split(text[:_LONGEST], maxsplit=1) for text in told]
    told += [parts[place] for parts in parted for place in ((0, -1) if with_ends else (0,))]
    texts = {fold(text) for text in told if text and len(text) <= _LONGEST}
    names = [fields["publisher"].value] if "publisher" in fields else []
    names = [fold(name) for name in (*names, host_of(document.url).removeprefix("www."))]
    return texts | {_EDGES.sub("", text.replace(name, "")) for text in texts for name in names if name}


def _parts_of(url: str) -> list[str]:
    """The parts of a short path, the last one without its ending; none of a longer one."""
    parts = [part.replace("_", "-") for part in unquote(path_of(url)).lower().split("/") if part]
    return [*parts[:-1], _ENDING.sub("", parts[-1])] if 0 < len(parts) <= _DEEPEST else []


def _is_asked(url: str) -> bool:
    """True for the address of a search, a calendar or a list that somebody narrowed."""
    query = url.partition("#")[0].partition("?")[2][:_LONGEST_QUERY]
    asked = {name.lower() for name, _ in parse_qsl(query, keep_blank_values=True)}
    if not asked:
        return False
    parts = [_ENDING.sub("", part) for part in unquote(path_of(url)).lower().split("/") if part]
    if not parts:
        return not asked.isdisjoint(_FRONT_ASKED)
    return not SEARCH_PATHS.isdisjoint(parts[:_DEEPEST]) and not asked.isdisjoint(ASKED)
