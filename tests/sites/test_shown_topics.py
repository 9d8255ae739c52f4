"""Tags and section as only readers are shown them."""

from __future__ import annotations

import pytest

from workers.core.article import Article
from workers.sites.read import read_page

URL = "https://courier.example/town/ferry-4711"
TEXT = "".join(f"<p>Sentence {n}: the ferry goes again after a winter of repairs to its engine.</p>" for n in range(5))
MENU = "<nav><a href=/tag/sport>Sport</a> <a href=/tag/town>Town</a> <a href=/tag/weather>Weather</a></nav>"


def read(after: str = "", before: str = "") -> Article:
    page = f"<html lang=en><body>{MENU}{before}<article><h1>Ferry goes</h1>{TEXT}{after}</article></body></html>"
    return read_page(page.encode(), URL)


@pytest.mark.parametrize(
    "tags",
    [
        "<div class=post-tags><a href=/tag/ferries>Ferries</a> <a href=/tag/river>#River</a></div>",
        "<ul><li><a href=/tags/ferries>Ferries</a></li><li><a href=/tags/river>River</a></li></ul>",
        "<p>Tags: <a href=/tag/ferries>Ferries</a>, <a href=/tag/river>River</a></p>",
        "<footer class=entry-footer><span class=tags-links><a href=/thema/f>Ferries</a>, <a href=/thema/r>River</a>",
        "<div class=tags><a href=/t/1>Ferries</a><a href=/t/2>River</a><a href=#c>12 comments</a></div>",
    ],
)
def test_links_to_tags_are_the_tags(tags: str) -> None:
    assert read(tags).tags == ("Ferries", "River")


@pytest.mark.parametrize(
    "links",
    [
        "<p>The ferry is one of many that the <a href=/tag/river>river</a> has had, the town said.</p>",
        "<aside><h3>Topics</h3><div class=tagcloud><a href=/tag/a>Anger</a> <a href=/tag/b>Bees</a></div></aside>",
        "<div class=sidebar><ul class=tags><li><a href=/tag/a>Anger</a><li><a href=/tag/b>Bees</a></ul></div>",
        "</article><footer><ul><li><a href=/tag/a>Anger</a><li><a href=/tag/b>Bees</a></ul></footer>",
        "<div class=trending-bar><a href=/tag/a>Anger</a> <a href=/tag/b>Bees</a></div>",
        "<div class=stage><a href=/news/one-long-story>One story</a> <a href=/news/another-story>Another one</a></div>",
    ],
)
def test_other_links_are_no_tags(links: str) -> None:
    assert read(links).tags == ()


@pytest.mark.parametrize(
    "crumbs",
    [
        "<ol class=breadcrumb><li><a href=/>Home</a><li><a href=/town>Town</a><li>Ferry goes</ol>",
        "<div class=breadcrumbs><a href=/>Home</a> › <a href=/town>Town</a></div>",
        f"<nav aria-label=Breadcrumb><a href=/>Home</a><a href=/town>Town</a><a href={URL}>Ferry goes</a></nav>",
        "<div class=breadcrumbs><a href=/town>Town</a></div>",
        "<div class=breadcrumbs><a href=/back>‹ Back</a> <a href=/>Home</a> <a href=/town>Town</a></div>",
    ],
)
def test_the_last_crumb_is_the_section(crumbs: str) -> None:
    article = read(before=crumbs)
    assert (article.section, article.provenance["section"]) == ("Town", "generic:breadcrumb")


def test_the_front_page_alone_is_no_section() -> None:
    assert read(before="<div class=breadcrumbs><a href=/>Home</a></div>").section is None


def test_what_only_tells_that_the_page_has_crumbs_holds_none() -> None:
    foot = "<footer><a href=/privacy>Privacy</a></footer>"
    page = f"<html lang=en><body class='single has-breadcrumbs'><h1>Ferry goes</h1>{TEXT}{foot}</body></html>"
    assert read_page(page.encode(), URL).section is None


def test_links_to_tags_above_the_headline_are_the_sites() -> None:
    assert read(before="<ul><li><a href=/tag/a>Anger</a><li><a href=/tag/b>Bees</a></ul>").tags == ()
