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
