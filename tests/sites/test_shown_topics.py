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
        "<div class=source-tags><div><span>VIA</span><a href=https://agency.example/>North Agency</a></div><ul><li><a "
        "href=/tag/ferries>Ferries</a></li><li><a href=https://www.courier.example/tag/river>River</a></li></ul></div>",
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


def test_what_is_called_a_rail_holds_the_tags_where_it_holds_the_headline() -> None:
    tags = "<div class=list><a href=/tag/ferries>Ferries</a> <a href=/tag/river>River</a></div>"
    inside = f"<section class=right-rail-main><h1>Ferry goes</h1>{TEXT}{tags}</section>"
    page = f"<html lang=en><body>{MENU}{inside}</body></html>"
    assert read_page(page.encode(), URL).tags == ("Ferries", "River")


def test_a_category_among_the_tags_is_none_of_them() -> None:
    category, tag = "<a rel=tag href=/category/town/>Town</a>", "<a rel=tag href=/tag/river/>River</a>"
    assert read(f"<div>{category}</div><div>{tag}</div>").tags == ("River",)
    assert read(f"<div>{category}</div>").tags == ("Town",)


def test_links_to_tags_above_the_headline_are_the_sites() -> None:
    assert read(before="<ul><li><a href=/tag/a>Anger</a><li><a href=/tag/b>Bees</a></ul>").tags == ()


@pytest.mark.parametrize(
    "tags",
    [
        "<div class=tagsContainer><span>Tags:</span><a href=/x/1>Ferries</a></div>",
        "<ul><li>Suggested Topics:</li><li><a href=/f>Ferries</a></li></ul>",
        "<div>Explore more on these topics</div><ul><li><a href=/f>Ferries</a></li></ul>",
        "<div class=c1>Témata: <a href=/x/f>Ferries</a></div>",
        "<div><span>Etiketler:</span><a href=/x/f>Ferries</a></div>",
        "<div><h5>Schlagwörter</h5><a href=/x/f>Ferries (214)</a></div>",
        "<div>Теги: <a href=/x/f>#Ferries</a></div>",
    ],
)
def test_a_list_with_a_label_is_one_of_tags(tags: str) -> None:
    assert read(tags).tags == ("Ferries",)


@pytest.mark.parametrize(
    "links",
    [
        "<p>Topics: <a href=/n/4712>How the ferry came to the river in the year of the flood</a></p>",
        "</article><aside><h4>Topics</h4><ul><li><a href=/f>Ferries</a></li></ul></aside>",
        "<p>The council spoke of many topics: <a href=/f>ferries</a>, bridges and the price of bread in winter.</p>",
    ],
)
def test_a_label_before_other_links_makes_no_tags(links: str) -> None:
    assert read(links).tags == ()


def test_shown_tags_rank_above_the_words_of_the_head_which_may_name_the_site() -> None:
    head = "<head><title>Ferry goes | Courier</title><meta name=keywords content='News, Courier, ferry'></head>"
    page = f"<html lang=en>{head}<body><article><h1>Ferry goes</h1>{TEXT}"
    assert read_page(page.encode(), URL).tags == ("ferry",)
    tags = "<div class=post-tags><a href=/tag/river>River</a></div>"
    assert read_page((page + tags).encode(), URL).tags == ("River",)


def test_the_keywords_of_a_platform_name_their_kind() -> None:
    story = '{"@type":"NewsArticle","headline":"Ferry goes","keywords":["Lite:true","Tag:Sleep","Topic:Winter"]}'
    page = f"<html><body><script type=application/ld+json>{story}</script><h1>Ferry goes</h1>{TEXT}"
    assert read_page(page.encode(), URL).tags == ("Sleep", "Winter")


def test_tags_below_a_headline_of_the_second_level_are_found_by_their_name() -> None:
    text = "<p>The ferry across the river goes again after a winter of repairs.</p>" * 5
    tags = "<div class=itemTagsBlock><span>Tags</span><ul class=item-tags><li><a href=/t/1>ferries</a></ul></div>"
    html = f"<html lang=en><title>Ferry goes again</title><body><h2>Ferry goes again</h2><div>{text}</div>{tags}"
    assert read_page(html.encode(), "https://courier.example/2026/03/ferry-4711").tags == ("ferries",)


HEADINGS = [
    "<h1><a href=/index.php>River Notes</a></h1><h3>The ferry goes again</h3>",
    "<h1>River Notes</h1><h2>The ferry goes again</h2>",
    "<div class=Article-headline itemprop=headline>The ferry goes again</div>",
]
LABELLED = "<p><i>Tags: <a href=/t/f>Ferries</a>, <a href=/t/r>River</a></i></p>"


@pytest.mark.parametrize("headings", HEADINGS)
def test_tags_stand_below_the_headline_whatever_element_it_is(headings: str) -> None:
    page = f"<html lang=en><title>The ferry goes again</title><body><div>{headings}{TEXT}</div>{LABELLED}"
    assert read_page(page.encode(), URL).tags == ("Ferries", "River")


def test_what_a_label_heads_below_the_headline_at_the_pages_foot_are_no_tags() -> None:
    foot = f"<div><h4>The ferry goes again</h4>{LABELLED}</div>"
    page = f"<html lang=en><title>The ferry goes again</title><body><div>{TEXT}</div>{foot}"
    assert read_page(page.encode(), URL).tags == ()


def test_tags_may_stand_in_the_header_that_holds_the_headline() -> None:
    page = f"<html lang=en><body><article><header><h1>Ferry goes</h1>{LABELLED}</header>{TEXT}</article>"
    assert read_page(page.encode(), URL).tags == ("Ferries", "River")


def test_the_sections_of_a_site_under_a_label_in_its_foot_are_no_tags() -> None:
    links = "<a href=/sport>Sport</a> <a href=/town>Town</a> <a href=/weather>Weather</a>"
    foot = f"<div class=subc><h4>Topics</h4>{links}</div>"
    page = f"<html lang=en><body><div class=top>{links}</div><article><h1>Ferry goes</h1>{TEXT}</article>{foot}"
    assert read_page(page.encode(), URL).tags == ()
    page = f"<html lang=en><body><article><h1>Ferry goes</h1>{TEXT}</article>{foot}"
    assert read_page(page.encode(), URL).tags == ("Sport", "Town", "Weather")


def test_keywords_that_are_the_pages_description_are_no_tags() -> None:
    told = "A ferry, which stood still for a whole winter of repairs, goes again across the river, in spring."
    head = f'<meta name=keywords content="{told}"><meta name=description content="{told}">'
    page = f"<html lang=en>{head}<body><article><h1>Ferry goes</h1>{TEXT}</article>"
    assert read_page(page.encode(), URL).tags == ()


@pytest.mark.parametrize("program", ["spip.php?", "index.php?e=page&"])
def test_a_crumb_that_asks_a_program_for_something_else_is_another_page(program: str) -> None:
    crumbs = f'<div id=path><a href="/">Home</a> &gt; <a href="/{program}rub=3">Town</a> &gt; <b>Ferry goes</b></div>'
    page = f"<html lang=en><body>{crumbs}<h1>Ferry goes</h1>{TEXT}"
    assert read_page(page.encode(), f"https://courier.example/{program}article=4711").section == "Town"


def test_the_way_to_the_comments_is_no_section() -> None:
    above = '<div class=cat><time datetime=2026-03-03>3.3.2026</time> <a class=category href="#c">comments</a></div>'
    assert read(before="").section is None
    page = f"<html lang=en><body><article>{above}<h1>Ferry goes</h1>{TEXT}</article>"
    assert read_page(page.encode(), URL).section is None
    page = page.replace("#c", "/town")
    assert read_page(page.encode(), URL).section == "comments"


def test_crumbs_may_stand_between_slashes() -> None:
    crumbs = "<div class=path><a href=/>Courier</a> / <a href=/c/town>Town</a> / <b>Ferry goes</b></div>"
    page = f"<html lang=en><body><div>{crumbs}<h1>Ferry goes</h1>{TEXT}"
    assert read_page(page.encode(), URL).section == "Town"
    page = page.replace("<a href=/>Courier</a>", "<a href=/c/river>River</a>")
    assert read_page(page.encode(), URL).section is None


def test_the_author_above_the_headline_is_no_section() -> None:
    above = "<div class='titlebox section-town'><h2>news / </h2><h1><a href=/user/1>Ann Hill</a></h1></div>"
    page = f"<html lang=en><body>{above}<article><h1>Ferry goes</h1><p class=byline>By Ann Hill</p>{TEXT}</article>"
    article = read_page(page.encode(), URL)
    assert (article.authors, article.section) == (("Ann Hill",), None)
