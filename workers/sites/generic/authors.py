"""The authors: people and agencies named in JSON-LD, in the head, or in a byline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workers.core.text import clean, fold
from workers.sites.document import Document, attribute
from workers.sites.generic.story import Story, plain
from workers.sites.readers import Found

_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
_METAS += (
    "citation_author",
    "cxenseparse:author",
    "og:author",
    "article:author_name",
    "dcsext.author",
    "twitter:creator",
)
_BYLINES = (
    '[itemprop="author"] [itemprop="name"],[itemprop="author"],[rel="author"]',
    '[class*="byline" i] a,[class*="author-name" i],[class*="author__name" i],[class*="authorname" i],[class*="author_name" i]'
    ',a[href*="/author/"],a[href*="/authors/"],a[href*="/autor/"]',
    '[class*="byline" i],[class*="author" i],[class*="autor" i]',
)
_BY = re.compile(
    r"^(?:(?:written|posted|published|story|text|words|reported|reviewed|article|interview|opinion|analysis|foto)?\s*by|von|par|por|door|di|av|af|od|autor(?:en|in)?|auteur|author|text"
    r"|автор[ыи]?|by:|from|przez|ein(?:e)? \w+ von)\b\s*:?\s*",
    re.I,
)
_AND = re.compile(r"\s*(?:;|\||/| · |•|\band\b|\bund\b|\bet\b|\by\b|&|\bwith\b| и | і | та )\s*")
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|staff writer|contributor|columnist|journalist|redakteur|redaktion|chief|director|professor|"
    r"producer|writer|freelance|manager|ceo|founder|analyst|wire service|updated|published|min read)\b",
    re.I,
)
_NOT_NAMES = re.compile(
    r"https?:|www\.|@|\d{3}|[{}<>=_#]|\b(?:admin|administrator|null|undefined|none|unknown|anonymous|editor|staff|redaktion|guest)\b$",
    re.I,
)
_LONGEST = 60


def authors_of(document: Document, story: Story, publisher: str | None = None) -> Found[tuple[str, ...]] | None:
    """The names of the authors and where they stood, or None."""
    for source, texts in _told(document, story):
        if names := _names(texts, publisher):
            return Found(names, source)
    return None


def _told(document: Document, story: Story) -> Iterator[tuple[str, list[str]]]:
    yield "json-ld:author", list(_from_story(story, story.main.get("author") or story.main.get("creator")))
    for name in _METAS:
        yield f"meta:{name}", [plain(text) for text in document.metas(name)]
    for selector in _BYLINES:
        yield "generic:byline", [clean(node.text(separator=" ")) for node in document.tree.css(selector)[:4]]


def _from_story(story: Story, value: Any, depth: int = 0) -> Iterator[str]:
    value = story.resolve(value)
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, list) and depth < 3:
        for item in value[:20]:
            yield from _from_story(story, item, depth + 1)
    elif isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, (str, list)) and depth < 3:
            yield from _from_story(story, name, depth + 1)


def _names(texts: list[str], publisher: str | None) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in texts:
        if len(text) < 300:
            for part in _AND.split(_BY.sub("", text)):
                for name in _commas(part):
                    name = _BY.sub("", name).strip(" ,.-–—:|\"'")
                    if _is_name(name):
                        found.setdefault(fold(name), name)
    if publisher and len(found) > 1:
        found.pop(fold(publisher), None)
    return tuple(found.values())


def _commas(text: str) -> list[str]:
    """`A B, C D` are two people; `A B, Staff Writer` and `B, A` are one."""
    parts = [part.strip() for part in text.split(",")]
    return parts if len(parts) > 1 and all(" " in part for part in parts) else parts[:1]


def _is_name(name: str) -> bool:
    return (
        2 < len(name) <= _LONGEST
        and len(name.split()) <= 6
        and not _NOT_NAMES.search(name)
        and any(map(str.isalpha, name))
    )
