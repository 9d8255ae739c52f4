"""What a page says about its article in JSON-LD: the one object among many that describes this page's article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import unquote

from workers.core.text import clean, fold, unescaped
from workers.core.urls import parameters_of
from workers.sites.page.document import Document, short_text

_ARTICLES = ("article", "blogposting", "report", "newsarticle", "review", "posting", "techarticle", "opinion")
_MARKS = ("headline", "articleBody", "datePublished", "author")
# Scripts without spaces, where each letter tells as much as a word does elsewhere.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
# What titles of one thing have in common: not the small words. Words are told apart by how they begin, as their ends
# change with their case and number.
_TELLING = re.compile(rf"[{_UNSPACED}]|\d+|[A-Z]{{2,}}|[^\W\d_{_UNSPACED}]{{4,}}")
_BEGINNING = 4
_FEWEST_WORDS = 2
_MOST_TITLES = 12
_LONGEST_TITLE = 2_000
_LONGEST_VALUE = 10_000


class Story:
    """The chosen JSON-LD article and the other objects around it, without teasers; empty where the page has none."""

    def __init__(self, document: Document) -> None:
        objects = [*_all(document.json_ld)]
        self.by_id = {item["@id"]: item for item in objects if isinstance(item.get("@id"), str) and len(item) > 1}
        articles = _articles(objects)
        teasers = set(map(id, _teasers(articles, document)))
        self.objects = [item for item in objects if id(item) not in teasers] if teasers else objects
        self.main: dict[str, Any] = _choose([item for item in articles if id(item) not in teasers], document)

    @cached_property
    def types(self) -> frozenset[str]:
        """What all objects are."""
        return frozenset(kind for item in self.objects for kind in types_of(item))

    def text(self, *names: str) -> str | None:
        """The first of these properties that is a text, cleaned of entities and litter."""
        for name in names:
            value = self.main.get(name)
            value = value[0] if isinstance(value, list) and value else value
            value = value.get("@value") if isinstance(value, dict) else value
            value = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
            if isinstance(value, str) and (text := plain(value)):
                return text
        return None

    def resolve(self, value: Any) -> Any:
        """The object that a bare `@id` reference points to, else the value itself."""
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.get("name"):
            return self.by_id.get(value["@id"], value)
        return value


_MOST_TYPES = 50  # of one object


def plain(value: str) -> str:
    """A text out of JSON or an attribute: entities that were escaped twice undone, and cleaned."""
    return clean(unescaped(value[:_LONGEST_VALUE]))


def types_of(item: dict[str, Any]) -> list[str]:
    """The object's types in lower case, without a namespace."""
    kinds = item.get("@type") or ()
    kinds = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else ()
    return [kind.rsplit("/", 1)[-1].lower() for kind in kinds[:_MOST_TYPES] if isinstance(kind, str)]


def _all(objects: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in objects:
        yield item
        for name in ("mainEntity", "mainEntityOfPage"):
            inner = item.get(name)
            if isinstance(inner, dict):
                yield inner


def _articles(objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    articles = [item for item in objects if any(kind.endswith(_ARTICLES) for kind in types_of(item))]
    return articles or [item for item in objects if item.get("headline") and item.get("datePublished")]


def _choose(articles: list[dict[str, Any]], document: Document) -> dict[str, Any]:
    if len(articles) < 2:
        return articles[0] if articles else {}
    title = fold(document.meta("og:title") or document.title or "")

    def fits(item: dict[str, Any]) -> tuple[int, int]:
        headline = item.get("headline") or item.get("name")
        same = isinstance(headline, str) and bool(headline) and fold(plain(headline))[:40] in title
        return int(same), sum(bool(item.get(mark)) for mark in _MARKS)

    return max(articles, key=fits, default={})


def _teasers(articles: list[dict[str, Any]], document: Document) -> list[dict[str, Any]]:
    titles = _Titles(document)
    return [item for item in articles if _is_of_another_page(item, titles, document)]


class _Titles:
    """What words each title of the page has, worked out one by one: mostly the first is enough."""

    def __init__(self, document: Document) -> None:
        self._left = map(_telling, titles_of(document))
        self._known: list[frozenset[str]] = []

    def __iter__(self) -> Iterator[frozenset[str]]:
        yield from self._known
        for title in self._left:
            self._known.append(title)
            yield title


def _is_of_another_page(item: dict[str, Any], titles: Iterable[frozenset[str]], document: Document) -> bool:
    """True for what has nothing to do with any title of the page, and does not say that it is this page.

    An article that is at another address needs no more evidence; one without an address may have a short or a
    translated headline, so it must have one of some words, in a script of the page's titles.
    """
    headline = item.get("headline") or item.get("name")
    words = _telling(plain(headline)) if isinstance(headline, str) else frozenset()
    if not words or any(words & title for title in titles):
        return False
    own = {address for url in (document.canonical, document.meta("og:url"), document.url) if (address := page_of(url))}
    pages = {address for url in _addresses(item) if (address := page_of(document.absolute(url)))}
    if pages:
        return not pages & own
    return len(words) >= _FEWEST_WORDS and _may_be_compared(words, titles) and not _looks_alike(item, document)


def titles_of(document: Document) -> Iterator[str]:
    """What the page is called: in its head, where readers see it, and in its address."""
    for told in (document.meta("og:title"), document.title, document.meta("twitter:title")):
        yield told or ""
    shown = (node for node, tag, told in document.marks if tag == "h1" or told.get("itemprop") == "headline")
    for node in islice(shown, _MOST_TITLES):
        yield clean(short_text(node, _LONGEST_TITLE, " "))
    yield unquote(page_of(document.canonical or document.url))


def _telling(title: str) -> frozenset[str]:
    return frozenset(fold(word)[:_BEGINNING] for word in _TELLING.findall(title))


def _may_be_compared(words: frozenset[str], titles: Iterable[frozenset[str]]) -> bool:
    """True where a title of the page has some words too, in letters of the same kind."""
    ascii_too = "".join(words).isascii()
    return any(len(title) >= _FEWEST_WORDS and "".join(title).isascii() is ascii_too for title in titles)


def _looks_alike(item: dict[str, Any], document: Document) -> bool:
    """True where the summary is the one that the head has."""
    told, summary = item.get("description"), document.meta("og:description") or document.meta("description")
    return isinstance(told, str) and summary is not None and fold(plain(told))[:40] == fold(summary)[:40]


def _addresses(item: dict[str, Any]) -> Iterator[str]:
    """Where the object says that its article is."""
    page = item.get("mainEntityOfPage")
    inner = (page.get("@id"), page.get("url")) if isinstance(page, dict) else (page,)
    for value in (item.get("url"), item.get("@id"), *inner):
        if isinstance(value, str) and not value.startswith("#"):
            yield value


def page_of(url: str | None) -> str:
    """The path, which one page has under all names of its site; none for a front page."""
    return (url or "").partition("://")[2].partition("#")[0].partition("?")[0].rstrip("/").partition("/")[2]


def is_same_page(url: str | None, own: str | None) -> bool:
    """True for one path, unless both ask it for something, and not for the same: `index.php?cat=3`."""
    if not page_of(own) or page_of(url) != page_of(own):
        return False
    asked, of_own = parameters_of(url or ""), parameters_of(own or "")
    return not asked or not of_own or asked == of_own
