"""Careful reading: another text is taken where two others agree on it, and only there."""

from __future__ import annotations

import json

import pytest
from news_pages import ENGLISH, classic

from workers.sites import careful
from workers.sites.read import read_page

URL = "https://courier.example/2026/03/story-4711"
OTHER = "\n".join((*ENGLISH.paragraphs, "The last ship of the year came in at noon, and its bell was heard afar."))


@pytest.fixture(autouse=True)
def others(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the other libraries read, in place of what they would."""
    said: dict[str, str] = {}
    monkeypatch.setattr(careful, "libraries", lambda: (None, None))
    monkeypatch.setattr(careful, "_trafilatura", lambda library, html, url: said["first"])
    monkeypatch.setattr(careful, "_resiliparse", lambda plain_text, html: said["second"])
    return said


def read() -> list[str]:
    article = read_page(classic(ENGLISH).encode(), URL, careful=True)
    return [block.text for block in article.body]


def test_what_two_others_agree_on_is_taken(others: dict[str, str]) -> None:
    others.update(first=OTHER, second=OTHER)
    assert read() == OTHER.splitlines()


def test_others_that_do_not_agree_clearly_better_change_nothing(others: dict[str, str]) -> None:
    others.update(first=OTHER, second="\n".join(ENGLISH.paragraphs))
    assert read() == list(ENGLISH.paragraphs)


def test_others_that_are_at_odds_with_each_other_too_change_nothing(others: dict[str, str]) -> None:
    others.update(first="Read our rules about cookies, they are long.", second="Read our rules about cats and dogs.")
    assert read() == list(ENGLISH.paragraphs)


def test_a_library_that_finds_nothing_changes_nothing(others: dict[str, str]) -> None:
    others.update(first="", second="")
    assert read() == list(ENGLISH.paragraphs)


def test_others_that_agree_on_a_fragment_change_nothing(others: dict[str, str]) -> None:
    fragment = ENGLISH.paragraphs[0]
    assert len(fragment) < 0.3 * sum(map(len, ENGLISH.paragraphs))
    others.update(first=fragment, second=fragment)
    assert read() == list(ENGLISH.paragraphs)


def test_nobody_is_asked_about_what_the_page_says_in_json_ld_too(others: dict[str, str]) -> None:
    told = {"@type": "NewsArticle", "headline": ENGLISH.headline, "author": ENGLISH.author}
    told |= {"datePublished": ENGLISH.date, "articleBody": "\n".join(ENGLISH.paragraphs)}
    page = f'<script type="application/ld+json">{json.dumps(told)}</script>{classic(ENGLISH)}'
    assert read_page(page.encode(), URL, careful=True).text == "\n\n".join(ENGLISH.paragraphs)


def test_nobody_is_asked_about_a_page_of_very_many_tags(others: dict[str, str]) -> None:
    page = classic(ENGLISH).replace("</body>", f"<footer>{'<i></i>' * 10_000}</footer></body>")
    assert read_page(page.encode(), URL, careful=True).text == "\n\n".join(ENGLISH.paragraphs)
