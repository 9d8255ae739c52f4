"""Stories that no plain link with a headline shows: in a state, behind a button, an archive, a number or a feed."""

from __future__ import annotations

import json
import time

import pytest
from lists_of_links import HOST, SITE, listed, paths
from speed import a_second

from workers.core.link import Label
from workers.sites.data import page_of_data
from workers.sites.document import Document
from workers.sites.listings import read_listing


def test_the_stories_in_the_state_of_a_page_of_scripts_are_read() -> None:
    state = """{"props": {"stories": [
    {"id": 1, "url": "/story/1", "headline": "The wheel turned on day 1"},
    {"id": 2, "headlines": {"basic": "The wheel turned on day 2"}, "canonical_url": "/story/2", "url": "/img/2"},
    {"link": "https://mill.example/story/3", "title": {"rendered": "The wheel turned on day 3"}},
    {"url": "/about", "title": "About"}, {"url": "/x.jpg", "title": "The wheel in a picture"},
    {"url": "https://far.example/", "title": "The wheel of others turned"}, {"title": "The wheel without address"}]}}"""
    html = f'<script id="__NEXT_DATA__" type="application/json">{state}</script>'
    assert paths(listed(html, "/news/")) == ["/story/1", "/story/2", "/story/3"]
    assert listed(html.replace("{", "[", 1), "/news/") == ()


def test_names_in_a_state_may_be_longer_than_what_they_end_with() -> None:
    state = """[{"storyTitle": "The wheel turned on day 1", "fullPath": "/story/1", "imageUrl": "/img/1"},
    {"title": "The wheel turned on day 2", "imageUrl": "/img/2", "articleUrl": "/story/2"},
    {"authorUrl": "/by/ann", "title": "The wheel without address"}, {"url": "/x/3", "fileTitle": "The wheel of a file"}
    ]"""
    assert paths(listed(f'<script type="application/json">{state}</script>', "/news/")) == ["/story/1", "/story/2"]


@pytest.mark.parametrize(
    "script",
    [
        "<script>window.__INITIAL_STATE__ = {0}; (function(){{}})()</script>",
        "<script>\nvar data={0}</script>",
        '<script>window.Mill=window.Mill||{{}};Mill.site="mill";Mill.page=null;Mill.cache={0};Mill.end=1</script>',
        "<script>var a = f(), b = 2;Mill.page = {{}};Mill.cache = {0};</script>",
        '<script>window["__STATE__"]=JSON.parse({1});</script>',
        '<script type="application/json" id="__NUXT_DATA__">{2}</script>',
    ],
)
def test_a_state_may_stand_in_a_variable_or_flat_in_one_list(script: str) -> None:
    state = '{"items": [{"title": "The wheel turned on day 1", "path": "/story/1"}]}'
    flat = '[{"items": 1}, [2], {"title": 3, "path": 4}, "The wheel turned on day 1", "/story/1"]'
    assert paths(listed(script.format(state, json.dumps(state), flat), "/news/")) == ["/story/1"]


def test_an_empty_link_over_a_card_leads_to_the_story_of_its_heading() -> None:
    card = '<div><a href="/mill/{0}"></a><div><h3>The wheel turned for {0}</h3></div></div>'
    assert paths(listed("".join(map(card.format, "abcd")), "/news/")) == [f"/mill/{n}" for n in "abcd"]
    assert listed('<h2>News of the wheel and the mill</h2><a href="/mill/a"></a><a href="/mill/b"></a>', "/news/") == ()


def test_an_empty_link_over_a_card_without_a_heading_has_what_it_is_labelled() -> None:
    card = '<div><a href="/a/74-{0}" aria-label="The wheel turned for {0}"></a><div><b>The wheel turned</b></div></div>'
    links = listed("".join(card.format(number) for number in (4711, 4712)), "/news/")
    assert [link.headline for link in links] == ["The wheel turned for 4711", "The wheel turned for 4712"]


@pytest.mark.parametrize(
    ("path", "html", "following"),
    [
        ("/water/", '<b>1</b> <a href="/water/3/">3</a><a href="/water/2/">2</a>', "/water/2/"),
        ("/water/2/", '<a href="/water/">1</a><a href="/water/3/">3</a><a href="/water/4/">4</a>', "/water/3/"),
        ("/water.html", '<a href="/water-p2.html">2</a>', "/water-p2.html"),
        ("/water/offset/5", '<a href="/water/offset/15">4</a><a href="/water/offset/10">3</a>', "/water/offset/10"),
        ("/water/", '<a href="/water/2026/11/02/">2</a>', None),
        ("/water/3/", '<a href="/water/2/">2</a>', None),
        ("/", '<a href="/map/2">2</a>', None),
    ],
)
def test_the_next_page_may_be_named_by_its_number_alone(path: str, html: str, following: str | None) -> None:
    lists = [link for link in listed(html, path) if link.label is Label.LISTING]
    assert paths(lists) == ([following] if following else [])


def test_feeds_below_an_address_called_rss_are_read_whatever_their_links_say() -> None:
    html = '<ul><li>Water <a href="/rss/t/18-14/en">https://mill.example/rss/t/18-14/en</a><a href="/rss">RSS</a></ul>'
    assert paths(listed(html, "/", 0), Label.FEED) == ["/rss/t/18-14/en", "/rss"]


def test_feeds_that_a_page_links_are_read() -> None:
    html = """<footer><a href="/export/news.xml"><img alt="RSS"></a><a href="/rss2/sport.xml">Sport</a>
    <a href="/comments.rss">Comments</a><a href="/atoms-split">Atoms split</a><a href="/feed-the-birds">Birds</a>
    <a href="https://far.example/rss">RSS</a><a href="/how">How to read our RSS feeds with programs</a></footer>"""
    assert paths(listed(html, "/", 0), Label.FEED) == ["/export/news.xml", "/rss2/sport.xml"]


@pytest.mark.parametrize(
    "value", ["[" * 2_000_000, '{"url":"/a","title":"The wheel turns"},' * 70_000, '{"a":' * 400_000]
)
def test_a_state_without_an_end_is_read_in_moments(value: str) -> None:
    document = Document(f'<script type="application/json">[{value}0]</script>', f"{HOST}/x")
    begun = time.process_time()
    read_listing(document, SITE, 0)
    assert time.process_time() - begun < a_second()


BUTTONS = {
    '<button data-url="/more?offset=8">Load more</button>': "/more?offset=8",
    '<a role="button" href="#" data-next="/api/list/2">Ещё</a>': "/api/list/2",
    '<div data-next-page="?after=abc"></div>': "/news/?after=abc",
    '<div class="list-more wide" data-url="/api/more?id=8">Еще 20 материалов</div>': "/api/more?id=8",
    '<button data-url="/share?offset=8">Share</button>': None,
    '<button data-url="/logo.png">Load more</button>': None,
    '<button data-target="#more">Load more</button>': None,
    '<button data-url="https://far.example/2">Load more</button>': None,
}


@pytest.mark.parametrize(("html", "following"), BUTTONS.items())
def test_a_button_that_loads_more_leads_to_the_next_page(html: str, following: str | None) -> None:
    assert paths(listed(html, "/news/")) == ([following] if following else [])


def test_below_whole_texts_the_links_that_say_the_same_lead_to_their_stories() -> None:
    post = '<h2>The wheel turned</h2><p>It did.</p><a href="/story/{0}.html">Link</a> <a href="/map/{0}">{0}</a>'
    posts = "".join(post.format(n) for n in range(4)) + '<a href="/y/1">Why?</a>'
    assert paths(listed(posts, "/")) == [f"/story/{n}.html" for n in range(4)]


def test_the_archive_of_days_and_months_is_followed_from_its_newest_lists_on() -> None:
    days = "".join(f'<a href="/2026/11/{n:02}/">{n} November</a>' for n in range(1, 31))
    assert paths(listed(days, "/", 0)) == [f"/2026/11/{n:02}/" for n in range(30, 16, -1)]
    assert listed('<td><a href="/2026/11/29/">29</a></td>', "/", 0) == (), "a calendar shows empty days too"
    chosen = '<select><option value="">Month</option><option value="/old/2026-10/">October</option></select>'
    assert paths(listed(chosen, "/", 0)) == ["/old/2026-10/"]
    story = '<h2><a href="/2026/11/09/the-wheel-turns/">The wheel turns again</a></h2>'
    around = '<a href="/2026/11/07/">Two days before</a>'
    around += '<a href="/2026/11/10/">Next</a><a href="/2026/11/08/">Before</a><a href="/1/13/2026/"></a>'
    assert paths(listed(story + around, "/2026/11/09/"), Label.MENU) == ["/2026/11/08/", "/2026/11/07/"]
    assert paths(listed(around, "/2026/11/09/"), Label.MENU) == [], "a calendar of days without stories has no end"
    assert paths(listed(story + around, "/2026/11/09/", 20), Label.MENU) == []


def test_several_words_are_a_menu_where_none_is_called_one() -> None:
    words = '<table><td><a href="/polityka.htm">Polityka</a><a href="/sport/">Sport</a><a href="/kultura">Kultura</a>'
    more = '<a href="/p/1">One</a><a href="/x?y=1">Two</a>'
    assert paths(listed(words + more, "/", 0), Label.MENU) == ["/polityka.htm", "/sport/", "/kultura"]
    assert listed(words, "/sport/") == ()
    assert listed(words.replace("Sport", ""), "/", 0) == (), "two words are none"
    assert paths(listed(f'<nav><a href="/news">News</a></nav>{words}', "/", 0), Label.MENU) == ["/news"]


@pytest.mark.parametrize(
    "names", ["div id=header", "ul class='nav nav-main'", "div id=topNav", "ul class=mainMenu", "td"]
)
def test_a_menu_may_be_called_so_in_many_ways(names: str) -> None:
    sections = "".join(f'<a href="/water/{word}">Mill</a>' for word in ("river", "lake", "sea"))
    html = f'<body class=has-footer><{names}>{sections}</{names.split()[0]}><div id=footer><a href="/terms">Terms</a>'
    html = f"<table><tr>{html}" if names == "td" else html
    assert paths(listed(html, "/", 0), Label.MENU) == ["/water/river", "/water/lake", "/water/sea"]


def test_half_a_character_in_a_state_does_no_harm() -> None:
    """JSON may tell one, and no text can be written with it."""
    state = (
        r'[{"title": "The wheel turned \ud83d", "url": "/story/1"}, {"title": "The wheel turned", "url": "/\udc00"}]'
    )
    html = f"<script>var data={state}</script>"
    assert [(link.url, link.headline) for link in listed(html, "/news/")] == [(f"{HOST}/story/1", "The wheel turned")]
    told = page_of_data(state.replace("}]", r'}, "\ud83d <a href=/story/3>"]').encode())
    assert told is not None
    assert told.count(b"<a ") == 2
