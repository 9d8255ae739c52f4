"""The authors: people and agencies named in JSON-LD, in the head, or in a byline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from workers.core.text import clean, fold
from workers.sites.document import Document
from workers.sites.generic.story import Story, plain
from workers.sites.reader import Found

_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
_METAS_TOO = (
    "citation_author",
    "cxenseparse:author",
    "og:author",
    "article:author_name",
    "dcsext.author",
    "twitter:creator",
)
_BYLINES = (
    '[itemprop="author"] [itemprop="name"],[itemprop="author"],[rel="author"]',
    '[class*="byline" i] a,[class*="author-name" i],[class*="author__name" i],[class*="authorname" i]'
    ',[class*="author_name" i]'
    ',a[href*="/author/"],a[href*="/authors/"],a[href*="/autor/"]',
    '[class*="byline" i],[class*="author" i],[class*="autor" i]',
)
_BY = re.compile(
    r"^(?:(?:written|posted|published|story|text|words|reported|reviewed|article|interview|opinion|analysis"
    r"|foto)?\s*by|von|par|por|door|di|av|af|od|autor(?:en|in)?(?:/autor(?:in)?)?|auteur|author|text"
    r"|автор[ыи]?|by:|from|przez|ein(?:e)? \w+ von)\b\s*:?\s*",
    re.I,
)
_AND = re.compile(r"\s*(?:;|\||/| · |•|\band\b|\bund\b|\bet\b|\by\b|&|\bwith\b| и | і | та )\s*")
_ROLE = re.compile(
    r"(?:^|\s*\b)(?:(?:senior|staff|chief|deputy|contributing|managing|news|political|content|associate"
    r"|assistant)\s+)*(?:editor|reporter|correspondent|writer"
    r"|contributor|columnist|journalist|redakteur(?:in)?|korrespondent(?:in)?|director|producer|specialist"
    r"|manager|marketing|coordinator|founder|analyst|updated|published|posted|min read"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)
_NO_LIST = re.compile(r"https?:|www\.|^@|[{}<>=_#]|\bimage:", re.I)
_NOT_NAMES = re.compile(
    r"@|\d{3}|^(?:admin|administrator|null|undefined|none|unknown|anonymous|editor|staff|redaktion|guest)$", re.I
)
_NO_PERSON = re.compile(
    r"\d|\b(?:read|more|about|articles?|posts?|by|view|all|follow|share|the|our|team|news|jan|feb|mar|apr|may"
    r"|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april"
    r"|august|september|october|november|december|comments?|minutes?|last|this|author|written|subscribe"
    r"|twitter|facebook|linkedin|instagram|whatsapp|telegram|email|mail|print|copy|save|home|blog|guide|best|how|what)\b",
    re.I,
)
_BYLINE = "generic:byline"
_BYLINE_START = re.compile(
    r"(?:(?:written|posted|published|story|text|words|reported) )?by:? "
    r"|(?:von|par|por|door|autor(?:in)?(?:/autor)?:?) ",
    re.I,
)
_LONGEST = 60
_LONGEST_BYLINE = 90
_LONGEST_LIST = 300


def authors_of(
    document: Document, story: Story, publisher: str | None = None, near: Sequence[str] = ()
) -> Found[tuple[str, ...]] | None:
    """The names of the authors and where they stood, or None.

    The publisher's own name counts where there is no other. `near` are the short texts around the headline.
    """
    own = {fold(name) for name in (publisher, document.meta("og:site_name")) if name}
    last = None
    for source, texts in _told(document, story, near):
        names = _names(texts, strict=source == _BYLINE)
        people = tuple(name for name in names if fold(name) not in own)
        if people:
            return Found(people, source)
        last = last or (Found(names, source) if names else None)
    return last


def _told(document: Document, story: Story, near: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    yield "json-ld:author", list(_from_story(story, story.main.get("author") or story.main.get("creator")))
    for name in (*_METAS, *_METAS_TOO):
        yield f"meta:{name}", [plain(text) for text in document.metas(name)]
    for selector in _BYLINES:
        yield _BYLINE, [clean(node.text(separator=" ")) for node in document.tree.css(selector)[:4]]
    yield _BYLINE, [text for text in near if len(text) < _LONGEST_BYLINE and _BYLINE_START.match(text)]


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


def _names(texts: list[str], *, strict: bool = False) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in texts:
        if len(text) < _LONGEST_LIST and not _NO_LIST.search(text):
            for part in _AND.split(_BY.sub("", text)):
                for name in _commas(part):
                    name = _ROLE.split(_BY.sub("", name), maxsplit=1)[0].strip(" ,.-–—:|()\"'")
                    if _is_name(name) and not (strict and not _looks_like_a_person(name)):
                        found.setdefault(fold(name), name)
        if strict and found:
            break
    return tuple(found.values())


def _looks_like_a_person(name: str) -> bool:
    """For texts that may be anything: two to four words with capital letters, or letters that have none."""
    words = name.split()
    if len(words) == 1:
        return not name.isascii() and name.lower() == name.upper()
    return 2 <= len(words) <= 4 and words[0][0].isupper() and words[-1][0].isupper() and not _NO_PERSON.search(name)


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
