"""The site named where its writers might be: it yields to the person whom readers are shown, and is kept whole."""

from __future__ import annotations

import json

import pytest

from workers.sites.read import read_page

URL = "https://www.harbour.example/town/ferry-2841.html"
TEXT = "<p>The ferry across the river goes again after a winter of repairs.</p>" * 5
SHOWN = '<p class="byline">By Ann Hill</p>'


def authors(
    told: object, byline: str = SHOWN, *, title: str = "The ferry goes again | Harbour Post"
) -> tuple[str, ...]:
    story = json.dumps({"@type": "NewsArticle", "headline": "The ferry goes again", "author": told})
    head = f'<title>{title}</title><script type="application/ld+json">{story}</script>'
    html = f"<html lang=en><head>{head}</head><body><article><h1>The ferry goes again</h1>{byline}{TEXT}</article>"
    return read_page(html.encode(), URL).authors


def person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def body(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


@pytest.mark.parametrize("name", ["Harbour Post", "Harbour Post Online", "Harbour", "www.harbour.example"])
def test_the_sites_own_name_yields_to_who_is_shown(name: str) -> None:
    assert authors(person(name)) == ("Ann Hill",)


def test_a_desk_of_the_site_beside_a_person_is_no_author() -> None:
    assert authors([person("Ann Hill"), body("Harbour Post")]) == ("Ann Hill",)


def test_an_agency_beside_a_person_is_an_author() -> None:
    assert authors([person("Ann Hill"), body("Northern Wire")]) == ("Ann Hill", "Northern Wire")


def test_the_sites_name_is_better_than_nothing() -> None:
    assert authors(body("Harbour Post"), "") == ("Harbour Post",)


def test_an_organisation_with_an_and_in_its_name_is_one() -> None:
    assert authors(body("Department for Rivers and Canals"), "") == ("Department for Rivers and Canals",)


def test_a_person_named_as_the_site_begins_is_kept() -> None:
    assert authors(person("Ann Hill"), "", title="The ferry goes again | Ann Hill writes") == ("Ann Hill",)


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ('<div class="byline">Ann Hill verslaggever Noord-Nederland</div>', ("Ann Hill",)),
        ('<div class="byline">Réka Hill újságíró</div>', ("Réka Hill",)),
        ('<div class="byline">김하늘 기자</div>', ("김하늘",)),
        ('<div class="byline">本报记者 王锦涛 李晓红</div>', ("王锦涛", "李晓红")),
        ('<div class="byline">この記事を書いた人 佐藤美咲 盛岡総局</div>', ("佐藤美咲",)),
        ('<div class="byline">記者林怡君／嘉義報導</div>', ("林怡君",)),
        ("<div>14 October 2026, 10:25 <span>Author: <a href=/p/1>Ann Hill</a></span> 1204 views</div>", ("Ann Hill",)),
        ("<div>Interview by Ann Hill</div>", ("Ann Hill",)),
        ("<ul><li>लेखक: राकेश शर्मा</li></ul>", ("राकेश शर्मा",)),
    ],
)
def test_a_byline_is_read_without_the_role_in_it(byline: str, name: tuple[str, ...]) -> None:
    assert authors(body("Harbour Post"), byline) == name


@pytest.mark.parametrize("text", ["Tricks for the House", "Source: Statista.com"])
def test_words_in_a_byline_are_no_person(text: str) -> None:
    assert authors(body("Harbour Post"), f'<p class="author">{text}</p>') == ("Harbour Post",)
