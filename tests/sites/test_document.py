"""A parsed page: what its head says, also where the head is written badly."""

from __future__ import annotations

import pytest

from workers.sites.page.document import Document

URL = "https://mill.example/a/b.html"


def page(head: str) -> Document:
    return Document(f"<html><head>{head}</head><body></body></html>", URL)


def json_ld(text: str) -> list[object]:
    return list(page(f"<script type='application/ld+json'>{text}</script>").json_ld)


def test_links_are_joined_to_the_base_where_it_is_usable() -> None:
    assert page("<base href='/c/'>").absolute("d.html") == "https://mill.example/c/d.html"
    assert page("<base href='http://[::1'>").absolute("d.html") == "https://mill.example/a/d.html"
    assert page("").absolute("javascript:alert(1)") is None


def test_meta_is_found_by_name_property_or_itemprop_and_never_empty() -> None:
    head = page("<meta name=A content=' '><meta property=a content='x\ny'><meta itemprop='a' content=z>")
    assert (head.meta("a"), head.metas("A"), head.meta("b")) == ("x y", ("x y", "z"), None)


def test_canonical_language_and_title_come_from_the_head() -> None:
    document = Document("<html lang=UK><link rel='alternate Canonical' href='/x'><title> A\nb</title>", URL)
    assert (document.canonical, document.lang, document.title) == ("https://mill.example/x", "uk", "A b")


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        ' <!-- {"a": 1} --> ',
        '//<![CDATA[\n{"a": 1}\n//]]>',
        '/*<![CDATA[*/{"a": 1}/*]]>*/',
        '{"a": 1,};',
        '{"a": 1} {"b": 2}',
        '[[{"a": 1}]]',
    ],
)
def test_json_ld_is_read_through_its_usual_faults(text: str) -> None:
    assert json_ld(text) == [{"a": 1}]


def test_graphs_are_flattened_and_raw_line_ends_are_text() -> None:
    assert json_ld('{"@graph": [{"a": "x\ny"}, {"b": 2}]}')[1:] == [{"a": "x\ny"}, {"b": 2}]


@pytest.mark.parametrize("text", ["", "{", "null", "[" * 50_000, '{"a":' * 50_000, "[1, 2]", '"x"', "\ud800"])
def test_what_is_no_json_ld_is_left_out(text: str) -> None:
    assert json_ld(text) == []


def test_an_empty_page_is_a_page_without_anything() -> None:
    document = Document("", URL)
    assert (document.root.tag, document.base, document.canonical, document.lang) == ("html", URL, None, None)
    assert (document.title, document.json_ld, document.meta("x")) == (None, [], None)
