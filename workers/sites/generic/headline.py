"""The headline: what the page, its head and its JSON-LD agree on, without the name of the site."""

from __future__ import annotations

import re

from workers.core.text import clean, fold
from workers.sites.document import Document
from workers.sites.generic.story import Story, plain
from workers.sites.readers import Found

_SEPARATOR = re.compile(r"\s+[|\-–—•·:»«/~]+\s+|\s*[|»]\s*|\s+::\s+")
_LONGEST = 400


def headline_of(document: Document, story: Story) -> Found[str] | None:
    """The headline and its source, or None where the page has no title at all."""
    told = [
        Found(text, source)
        for source, text in (
            ("json-ld:headline", story.text("headline", "name")),
            ("opengraph:title", plain(document.meta("og:title") or "")),
            ("twitter:title", plain(document.meta("twitter:title") or "")),
            ("generic:title", plain(document.title or "")),
        )
        if text and len(text) <= _LONGEST
    ]
    shown = shown_headlines(document)
    best = max(shown, key=lambda text: _agreement(text, told), default=None)
    if best and _agreement(best, told) >= 0.5:
        return Found(best, "generic:h1")
    if len(shown) == 1 and not told:
        return Found(shown[0], "generic:h1")
    return Found(_without_site(told[0].value, document), told[0].source) if told else None


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


def _without_site(title: str, document: Document) -> str:
    """The title without the site's name at either end."""
    site = re.sub(r"\W", "", fold(document.meta("og:site_name") or ""))
    host = (
        re.sub(r"\W", "", document.url.split("/")[2].removeprefix("www.").rsplit(".", 1)[0])
        if "//" in document.url
        else ""
    )
    parts = list(_SEPARATOR.finditer(title))
    for cut in reversed(parts):
        tail = re.sub(r"\W", "", fold(title[cut.end() :]))
        if tail and (
            tail in (site, host) or (len(tail) > 3 and (tail in site or tail in host or (site and site in tail)))
        ):
            return title[: cut.start()].strip()
    return title
