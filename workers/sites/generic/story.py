"""What a page says about its article in JSON-LD: the one object among many that describes this page's article."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from workers.core.text import clean, fold
from workers.sites.document import Document

_ARTICLES = ("article", "blogposting", "report", "newsarticle", "review", "posting", "techarticle", "opinion")
_MARKS = ("headline", "articleBody", "datePublished", "author")


class Story:
    """The chosen JSON-LD article and the other objects around it; empty where the page has none."""

    def __init__(self, document: Document) -> None:
        self.objects = [*_all(document.json_ld)]
        self.by_id = {item["@id"]: item for item in self.objects if isinstance(item.get("@id"), str) and len(item) > 1}
        self.main: dict[str, Any] = _choose(self.objects, document)

    def text(self, *names: str) -> str | None:
        """The first of these properties that is a text, cleaned of entities and litter."""
        for name in names:
            value = self.main.get(name)
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, str) and (text := plain(value)):
                return text
        return None

    def resolve(self, value: Any) -> Any:
        """The object that a bare `@id` reference points to, else the value itself."""
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.get("name"):
            return self.by_id.get(value["@id"], value)
        return value


def plain(value: str) -> str:
    """A text out of JSON or an attribute: entities that were escaped twice undone, and cleaned."""
    return clean(html.unescape(value) if "&" in value else value)


def types_of(item: dict[str, Any]) -> list[str]:
    """The object's types in lower case, without a namespace."""
    kinds = item.get("@type") or ()
    kinds = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else ()
    return [kind.rsplit("/", 1)[-1].lower() for kind in kinds if isinstance(kind, str)]


def _all(objects: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in objects:
        yield item
        for name in ("mainEntity", "mainEntityOfPage", "hasPart", "isPartOf", "liveBlogUpdate"):
            inner = item.get(name)
            if isinstance(inner, dict) and name.startswith("mainEntity"):
                yield inner


def _choose(objects: list[dict[str, Any]], document: Document) -> dict[str, Any]:
    articles = [item for item in objects if any(kind.endswith(_ARTICLES) for kind in types_of(item))]
    articles = articles or [item for item in objects if item.get("headline") and item.get("datePublished")]
    if len(articles) < 2:
        return articles[0] if articles else {}
    title = fold(document.meta("og:title") or document.title or "")

    def fits(item: dict[str, Any]) -> tuple[int, int]:
        headline = item.get("headline") or item.get("name")
        same = isinstance(headline, str) and bool(headline) and fold(plain(headline))[:40] in title
        return int(same), sum(bool(item.get(mark)) for mark in _MARKS)

    return max(articles, key=fits, default={})
