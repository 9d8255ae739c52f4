"""What pages say of an article around its text: paywall, section, tags, picture, language, and who signed it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from workers.core.article import Article
from workers.sites.read import read_page

URL = "https://courier.example/2026/03/roof"
TEXT = "<p>The roof of the old market hall came down on Tuesday, and nobody was hurt.</p>" * 5


def read(
    body: str = "", *, head: str = "", story: Any = None, text: str = TEXT, lang: str = "lang=en", url: str = URL
) -> Article:
    data = f'<script type="application/ld+json">{json.dumps(story)}</script>' if story else ""
    html = f"<html {lang}><head>{head}{data}</head><body><article><h1>The roof fell</h1>{body}{text}</article>"
    return read_page(html.encode(), url)


def news(**properties: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": "The roof fell"} | properties


@pytest.mark.parametrize("content", ["true", "false"])
def test_an_opinion_is_neither_free_nor_locked(content: str) -> None:
    assert read(head=f'<meta property="article:opinion" content="{content}">').paywalled is None


@pytest.mark.parametrize(
    ("parts", "paywalled"),
    [
        ({"@type": "WebPageElement", "isAccessibleForFree": False}, True),
        ([{"isAccessibleForFree": "True"}, {"isAccessibleForFree": "False"}], True),
        ([{"isAccessibleForFree": True}], False),
        (["nothing", {}], None),
    ],
)
def test_a_paywall_may_be_told_of_a_part_alone(parts: Any, paywalled: bool | None) -> None:
    assert read(story=news(hasPart=parts)).paywalled is paywalled


def test_what_the_article_says_as_a_whole_comes_before_its_parts() -> None:
    story = news(isAccessibleForFree=True, hasPart={"isAccessibleForFree": False})
    assert read(story=story).paywalled is False


TEASER = {
    "@type": "NewsArticle",
    "headline": "Seven good phones",
    "datePublished": "2023-01-01",
    "author": "Bob Teaser",
    "articleSection": "Phones",
    "keywords": "phones",
}


@pytest.mark.parametrize("address", [{}, {"url": "/2023/phones"}, {"mainEntityOfPage": {"@id": "/2023/phones#it"}}])
def test_a_teaser_in_json_ld_tells_nothing_of_the_page(address: dict[str, Any]) -> None:
    article = read('<p class="byline">By Ann Hill</p>', story=TEASER | address)
    assert (article.authors, article.published, article.section, article.tags) == (("Ann Hill",), None, None, ())


def test_of_teasers_alone_none_is_believed() -> None:
    assert read(story=[TEASER, TEASER | {"headline": "Eight cheap laptops"}]).authors == ()


@pytest.mark.parametrize(
    "own",
    [
        {"url": URL},
        {"@id": "https://www.courier.example/2026/03/roof?utm_source=x#article"},
        {"mainEntityOfPage": URL + "/"},
        {"headline": "Market hall: a roofing disaster"},
        {"headline": "escenic"},
        {"headline": ""},
        {"headline": "Дах ринку впав"},
        {"description": "Nobody was hurt when the roof came down."},
    ],
)
def test_an_articles_own_json_ld_is_believed_whatever_its_headline(own: dict[str, Any]) -> None:
    head = '<meta property="og:description" content="Nobody was hurt when the roof came down.">'
    assert read(head=head, story=TEASER | own).authors == ("Bob Teaser",)
