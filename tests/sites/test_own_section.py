"""The section of a page that no machine is told of: by its address, and by the line above the headline."""

from __future__ import annotations

import pytest

from workers.sites.read import read_page

TEXT = "<p>The ferry across the river goes again after a winter of repairs.</p>" * 5


def section(
    url: str, *, menu: str = "", above: str = "", title: str = "The ferry goes again - Harbour Post"
) -> str | None:
    head = f"<title>{title}</title></head><body><nav>{menu}</nav>"
    html = f"<html lang=en><head>{head}<article>{above}<h1>The ferry goes again</h1>{TEXT}</article>"
    return read_page(html.encode(), url).section


MENU = '<a href="/">Home</a><a href="/politics/">Politics</a><a href="/town">Town</a><a href="/town/north/">North</a>'


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("politics/ferry-2841.html", "Politics"),
        ("town/2026/03/ferry", "Town"),
        ("town/north/ferry-2841", "North"),
        ("world/ferry-2841", None),
        ("ferry-2841", None),
    ],
)
def test_a_link_to_the_longest_part_of_the_path_names_the_section(path: str, name: str | None) -> None:
    assert section(f"https://post.example/{path}", menu=MENU) == name


def test_a_link_with_the_whole_address_names_it_too() -> None:
    menu = '<a href="https://post.example/sport">Sport</a>'
    assert section("https://post.example/sport/ferry-2841", menu=menu) == "Sport"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("sport", "More sport"),
        ("sport", "Harbour Post › Sport"),
        ("en-us", "United States"),
        ("article", "Articles"),
        ("sport", "News"),
        ("sport", "All 42 matches"),
        ("sport", "Return"),
        ("sport", "Retour"),
        ("sport", "Вернуться к списку"),
    ],
)
def test_what_names_no_section_is_none(path: str, text: str) -> None:
    menu = f'<a href="/{path}">{text}</a>'
    assert section(f"https://post.example/{path}/ferry-2841", menu=menu) is None


def test_the_only_link_above_the_headline_is_the_section_where_its_name_says_so() -> None:
    url = "https://post.example/ferry-2841"
    assert section(url, above='<div class="kicker"><a href="/c/4">Town</a></div>') == "Town"
    assert section(url, above='<div><a class="post-category" href="/c/4">Town</a></div>') == "Town"
    assert section(url, above='<div class="logo"><a href="/">Harbour</a></div>') is None


def test_a_path_with_quotes_in_it_is_no_selector() -> None:
    assert section('https://post.example/a"]b/sport/ferry-2841', menu=MENU) is None


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ('<header><span><a href="/category/autumn/">Autumn</a></span></header>', "Autumn"),
        ('<ul><li><a href="/category/uncategorized/">Uncategorized</a></li></ul>', None),
        ('<aside><a href="/category/autumn/">Autumn</a></aside>', None),
    ],
)
def test_a_link_to_a_category_beside_the_headline_is_the_section(link: str, name: str | None) -> None:
    assert section("https://post.example/ferry-2841", above=link) == name


@pytest.mark.parametrize(
    "above",
    [
        "<div class=rubric>10.11.2026, 01:12 <a href=/r/4>Town</a></div>",
        "<h3 class=slug><a href=/sections/town/>Town</a></h3>",
        "<p class=x1><a href=/>Post</a> &gt; <a href=/r/4>Town</a> &gt; The ferry goes again</p>",
    ],
)
def test_the_line_above_the_headline_may_hold_a_date_a_slug_or_crumbs(above: str) -> None:
    assert section("https://post.example/n/2841", above=above) == "Town"


def test_links_between_arrows_that_do_not_begin_at_the_front_are_no_crumbs() -> None:
    line = "<p class=x1><a href=/a/1>Ferry to be sold</a> » <a href=/a/2>Ferry is sold</a></p>"
    assert section("https://post.example/n/2841", above=line) is None


@pytest.mark.parametrize(
    "above",
    [
        '<div>News <a href="/en">Home</a> » <a href="/en/c/7">Town</a></div>',
        '<a class="catlink" href="/c/7">Town</a>',
        '<a class="rub" href="/c/7">Town</a>',
    ],
)
def test_crumbs_below_a_language_and_links_called_a_rubric_name_it(above: str) -> None:
    assert section("https://post.example/en/2026/ferry-2841", above=above) == "Town"
