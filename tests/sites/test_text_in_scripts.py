"""A text that only the page's scripts have, in parts: the list of their JSON that reads like one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from test_generic_text import FIRST, SECOND, THIRD

from workers.core.errors import Incomplete
from workers.sites import read_page

URL = "https://courier.example/2026/03/ferry-came-back-4711"
TEXT = [FIRST, SECOND, THIRD]


def page(state: Any, before: str = "") -> bytes:
    shown = "<div id=app><div class=loader>Loading …</div></div>"
    head = "<html lang=en><title>The ferry came back</title>"
    return f"{head}<body><h1>The ferry came back</h1>{shown}<script>{before}{json.dumps(state)};</script>".encode()


@pytest.mark.parametrize("before", ["window.__STATE__ = ", "", "var page={}; "])
def test_the_parts_of_a_text_in_a_script_are_its_paragraphs(before: str) -> None:
    parts = [{"type": "text", "content": text} for text in TEXT]
    state = {"story": {"parts": [parts[0], {"type": "ad"}, *parts[1:]]}, "footer": [{"text": "All rights"}] * 3}
    if before.startswith("var"):
        with pytest.raises(Incomplete):
            read_page(page(state, before), URL)
    else:
        assert [block.text for block in read_page(page(state, before), URL).body] == TEXT


@pytest.mark.parametrize(
    "other",
    [
        {"type": "image", "url": "/boat.jpg", "caption": "The boat"},
        {"type": "also", "content": "The mill turned again in the spring.", "href": "/mill-4712"},
    ],
)
def test_between_the_paragraphs_may_stand_pictures_and_links(other: dict[str, Any]) -> None:
    parts = [{"type": "text", "content": text, "url": None, "title": ""} for text in TEXT]
    assert [block.text for block in read_page(page([parts[0], other, *parts[1:]]), URL).body] == TEXT


def test_the_teasers_of_other_articles_are_no_text() -> None:
    state = {"latest": [{"url": f"/{n}", "text": text} for n, text in enumerate(TEXT)]}
    with pytest.raises(Incomplete):
        read_page(page(state), URL)


def test_a_shown_text_goes_before_that_of_scripts() -> None:
    state = [{"text": f"Another sentence, the {n}th, that nobody is shown before he asks for it."} for n in range(9)]
    shown = "".join(f"<p>{text}</p>" for text in TEXT)
    html = page(state).replace(b"<div id=app>", f"<div id=app>{shown}".encode())
    assert [block.text for block in read_page(html, URL).body][:3] == TEXT


def test_the_markup_that_a_script_holds_in_the_place_of_the_text_is_read() -> None:
    markup = "".join(f"<p>{text} {text}</p>" for text in TEXT)
    inner = f"<script type='text/template'>{markup}</script>"
    body = f"<p>The latest news from the harbour and its boats</p><div itemprop=articleBody>{inner}</div>"
    html = f"<html lang=en><title>The ferry came back</title><body><h1>The ferry came back</h1>{body}"
    assert [block.text for block in read_page(html.encode(), URL).body] == [f"{text} {text}" for text in TEXT]


@pytest.mark.parametrize("who", [{"author": "bee"}, {"userName": "bee"}, {"likes": 3}, {"parent_id": None}])
def test_what_readers_write_is_no_text(who: dict[str, Any]) -> None:
    state = {"comments": [{"id": n, "text": text, **who} for n, text in enumerate(TEXT)]}
    with pytest.raises(Incomplete):
        read_page(page(state), URL)
