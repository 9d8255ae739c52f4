"""The headline: what the page, its head and its JSON-LD agree on, without the name of the site."""

from __future__ import annotations

import re

from workers.core.text import clean, fold
from workers.core.urls import host_of
from workers.sites.document import Document
from workers.sites.generic.story import Story, plain, types_of
from workers.sites.reader import Found

_SEPARATOR = re.compile(r"\s+[|\-–—•·:»«/~]+\s+|\s*[|»]\s*|\s+::\s+")
_LONGEST = 400
# Titles that share this much of their words are titles of one thing.
_RELATED = 0.3
_NEWS = frozenset(
    ("newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle")
)


def headline_of(document: Document, story: Story) -> Found[str] | None:
    """The headline and its source, or None where the page has no title at all.

    News sites give feeds a headline of its own (`og:title`); elsewhere the visible one is meant.
    """
    shown = shown_headlines(document)
    told = [found for found in _told(document, story, shown) if found.value and len(found.value) <= _LONGEST]
    if told and told[0].source == "opengraph:title" and _NEWS.intersection(types_of(story.main)):
        return told[0]
    best = max(shown, key=lambda text: _agreement(text, told), default=None)
    if best and (not told or _agreement(best, told) >= _RELATED):
        return Found(best, "generic:h1")
    return told[0] if told else None


def _told(document: Document, story: Story, shown: list[str]) -> list[Found[str]]:
    texts = (
        ("opengraph:title", document.meta("og:title")),
        ("json-ld:headline", story.text("headline", "name")),
        ("twitter:title", document.meta("twitter:title")),
        ("generic:title", document.title),
    )
    known = [*shown, story.text("headline") or ""]
    return [Found(_without_site(plain(text), document, known), source) for source, text in texts if text]


def shown_headlines(document: Document) -> list[str]:
    """The texts of the page's `<h1>`, and of elements that call themselves the headline."""
    nodes = document.tree.css('h1,[itemprop="headline"]')[:12]
    texts = [clean(node.text(separator=" ") if node.css_first("br,span,div") else node.text()) for node in nodes]
    return [text for text in dict.fromkeys(texts) if 3 < len(text) <= _LONGEST]


def _agreement(text: str, told: list[Found[str]]) -> float:
    return max((similarity(text, other.value) for other in told), default=0.0)


def similarity(one: str, other: str) -> float:
    """Share of words that two titles have in common; a title that begins with the other one counts as nearly equal."""
    a, b = fold(one), fold(other)
    if a == b:
        return 1.0
    words_a, words_b = set(re.findall(r"\w+", a)), set(re.findall(r"\w+", b))
    if not words_a or not words_b:
        return 0.0
    inside = 0.9 if len(a) > 15 and a in b else 0.0
    return max(inside, len(words_a & words_b) / len(words_a | words_b))


def _without_site(title: str, document: Document, known: list[str]) -> str:
    """The title without the site's name at either end."""
    for text in known:
        if len(text) > 10 and title != text and title.startswith(text) and _SEPARATOR.match(title[len(text) :]):
            return text
    names = {
        name for name in (_letters(document.meta("og:site_name") or ""), _letters(_bare_host(document.url))) if name
    }
    for cut in reversed([*_SEPARATOR.finditer(title)]):
        if _names_site(title[cut.end() :], names):
            return title[: cut.start()].strip()
    for cut in _SEPARATOR.finditer(title):
        if _letters(title[: cut.start()]) in names:
            return title[cut.end() :].strip()
    return title


def _names_site(tail: str, names: set[str]) -> bool:
    tail = _letters(tail)
    return bool(tail) and any(tail == name or (len(tail) > 3 and (tail in name or name in tail)) for name in names)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def _bare_host(url: str) -> str:
    return host_of(url).split(":")[0].removeprefix("www.").rsplit(".", 1)[0]
