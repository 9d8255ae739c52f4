"""Stories that no plain link with a headline shows: in a state, behind a button, an archive, a number or a feed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable

import pytest
from lists_of_links import HOST, SITE, listed, paths
from speed import a_second

from workers.core.link import Kind, Label
from workers.sites.lists.data import page_of_data
from workers.sites.lists.listings import read_listing
from workers.sites.page.document import Document


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
        "<script>\n  Mill.Pages.init({0});\n</script>",
        '<script>Mill.ready();show("river", 2);Mill.list([1], {0})</script>',
        "<script>$(function() {{\n  listOf({0});\n}});</script>",
        "<script>self.__flow.push([1,{3}])</script><script>self.__flow.push([1,{4}])</script>",
    ],
)
def test_a_state_may_stand_in_a_variable_or_flat_in_one_list(script: str) -> None:
    state = '{"items": [{"title": "The wheel turned on day 1", "path": "/story/1"}]}'
    flat = '[{"items": 1}, [2], {"title": 3, "path": 4}, "The wheel turned on day 1", "/story/1"]'
    rows = f'1:"$Sreact"\n5:{state}\n6:null\n'
    pieces = json.dumps(rows[:40]), json.dumps(rows[40:])
    assert paths(listed(script.format(state, json.dumps(state), flat, *pieces), "/news/")) == ["/story/1"]


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
        ("/w?r1", '<b>0</b>|<a href="/w?r1&from=5#w">5</a>|<a href="/w?r1&from=10#w">10</a>', "/w?r1&from=5"),
        ("/w?r1&from=5", '<a href="/w?r1">0</a>|<b>5</b>|<a href="/w?r1&from=10">10</a>', "/w?r1&from=10"),
        ("/w?r1&from=10", '<a href="/w?r1">0</a>|<a href="/w?r1&from=5">5</a>|<b>10</b>', None),
        ("/w?r1", '<a href="/w?r1&year=2019">2019</a>|<a href="/w?r1&year=2020">2020</a>', None),
        ("/w?r1", '<a href="/w?r1&from=7">7</a>|<a href="/w?r1&from=10">10</a>', None),
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
@pytest.mark.parametrize("script", ['<script type="application/json">[{0}0]', "<script>f({0}0)", "<script>{1}"])
def test_a_state_without_an_end_is_read_in_moments(value: str, script: str) -> None:
    rows = "".join(f"f([1,{json.dumps(text)}]);" for text in (f"1:{value[:900_000]}\n", "2:[\n" * 90_000))
    document = Document(script.format(value, rows), f"{HOST}/x")
    begun = time.process_time()
    read_listing(document, SITE, 0)
    assert time.process_time() - begun < a_second()


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


def chosen(*pages: int, text: str = "{0}") -> str:
    options = "".join(f'<option value="archive.asp?page={page}">{text.format(page)}</option>' for page in pages)
    return f"<select onchange='location.href=this.value'>{options}</select>"


@pytest.mark.parametrize(
    ("path", "html", "following"),
    [
        ("/archive.asp", chosen(1, 2, 3), "/archive.asp?page=2"),
        ("/archive.asp?page=2", chosen(1, 2, 3), "/archive.asp?page=3"),
        ("/archive.asp?page=3", chosen(1, 2, 3), None),
        ("/archive.asp", chosen(2, text="Section {0}"), None),
        ("/other.asp", chosen(2), None),
        ("/zwyw/", '<script>createPageHTML(3, 0, "index", "html");</script>', "/zwyw/index_1.html"),
        ("/zwyw/index_1.html", "<script>createPageHTML('box',3,1,'index','shtml',48)</script>", "/zwyw/index_2.shtml"),
        ("/zwyw/index_2.html", '<script>createPageHTML(3, 2, "index", "html");</script>', None),
        ("/zwyw/", '<script>showMap(3, 0, "index", "html");</script>', None),
        ("/town", '<amp-list src="/api/town.json?page=2"></amp-list>', "/api/town.json?page=2"),
        ("/town", '<amp-list src="https://far.example/town.json?page=2"></amp-list>', None),
    ],
)
def test_the_next_page_may_be_chosen_written_or_loaded(path: str, html: str, following: str | None) -> None:
    lists = [link for link in listed(f"<title>Town</title>{html}", path) if link.label is Label.LISTING]
    assert paths(lists) == ([following] if following else [])


def test_the_day_below_a_story_leads_nowhere_else_where_the_list_goes_on() -> None:
    story = (
        '<h3><a href="/water/{0}">The wheel turned for the {0}th time</a></h3><a href="/2026/11/{0}/">{0}.11.2026</a>'
    )
    stories, more = "".join(map(story.format, range(11, 15))), '<a rel="next" href="/water?page=2">2</a>'
    days = [f"/2026/11/{day}/" for day in (14, 13, 12, 11)]
    assert paths(listed(stories, "/water"), Label.MENU) == days
    assert paths(listed(stories + more, "/water"), Label.MENU) == []
    archive = "".join(f'<a href="/2026/10/{day}/">Day {day}</a>' for day in (29, 30))
    assert paths(listed(archive + stories + more, "/water"), Label.MENU) == ["/2026/10/30/", "/2026/10/29/"]


def test_a_date_beside_a_headline_leads_to_no_other_story() -> None:
    row = '<a href="/t/the-wheel-turns.{0}/">The wheel turned for the {0}th time</a>'
    row += '<a href="/t/{0}/last">Sat Nov {0}, 2026</a>'
    rows = "".join(map(row.format, (11, 12, 13)))
    assert paths(listed(rows, "/water"), Label.LISTING) == [f"/t/the-wheel-turns.{n}/" for n in (11, 12, 13)]
    dates = "".join(f'<a href="/bulletin/{n}">28 November 20{n}</a>' for n in (11, 12, 13))
    assert paths(listed(dates, "/bulletins"), Label.LISTING) == [f"/bulletin/{n}" for n in (11, 12, 13)]


def test_a_column_of_each_day_is_a_story() -> None:
    columns = "".join(f'<h3><a href="/briefing/2026-11-{day}">Morning briefing</a></h3>' for day in (10, 11, 12))
    assert [link.kind for link in listed(columns, "/briefing")][:3] == [Kind.PAGE] * 3


def test_many_small_values_in_scripts_cost_less_than_a_second(unburdened: None) -> None:
    states = ("<script>var a=[" + "[]," * 33_000 + "[]]</script>") * 99
    begun = time.process_time()
    assert listed(states, "/water") == ()
    assert time.process_time() - begun < a_second()


def test_an_archive_is_a_list_whatever_its_link_says() -> None:
    told = """<a href="/modules.php?name=Stories_Archive">All of our stories in the archive</a>
    <a href="/sitemap.html">The whole site on a single map</a><a href="/archives-burn">The old archives burn</a>"""
    kinds = {link.url.removeprefix(HOST): link.kind for link in listed(told, "/", 0)}
    assert kinds["/modules.php?name=Stories_Archive"] is kinds["/sitemap.html"] is Kind.LISTING
    assert kinds["/archives-burn"] is Kind.PAGE


def calendar(linked: Iterable[int], days: Iterable[int] = range(1, 31)) -> str:
    cells = (f'<a href="/archive/2026/11/{day:02}/">{day}</a>' if day in linked else f"{day}" for day in days)
    back = '<a href="/archive/2026/10/">«</a>'
    return f"<table><caption>{back} November</caption><tr><td>{'</td><td>'.join(cells)}</td></tr></table>"


def test_a_calendar_that_links_some_of_its_days_leads_to_stories() -> None:
    some = calendar((2, 9, 16, 23))
    days = [f"/archive/2026/11/{day:02}/" for day in (23, 16, 9, 2)]
    assert paths(listed(some, "/", 0), Label.MENU) == [*days, "/archive/2026/10/"]
    assert paths(listed(some, "/archive/2026/11/"), Label.MENU) == [*days, "/archive/2026/10/"], "and what comes before"
    assert paths(listed(some, "/archive/2026/10/"), Label.MENU) == []
    assert paths(listed(some, "/archive/2026/11/09/"), Label.MENU) == ["/archive/2026/11/02/", "/archive/2026/10/"]
    every = listed(calendar(range(1, 24)), "/", 0)
    assert paths(every, Label.MENU) == ["/archive/2026/10/"], "days to come are no gap: such a calendar has no end"


def test_months_and_years_may_be_named_by_their_links_alone() -> None:
    told = """<li><a href="/wiki/Mill:2026/November">November</a><li><a href="/old?m=ten&y=2026">Жовтень 2026 р.</a>
    <li><a href="/map/2025">2025</a><li><a href="/river/2026/march">The march of the mill</a>
    <li><a href="/may">May</a><li><a href="/x/2024">1999</a>"""
    lists = ["/wiki/Mill:2026/November", "/old?m=ten&y=2026", "/map/2025"]
    assert paths(listed(told, "/archives/", 1), Label.MENU) == lists
    assert paths(listed('<a href="/wheel.17/last">Nov 28, 2026</a>', "/archives/"), Label.MENU) == [], "a stamp"
    without = told.replace("The march of the mill", "March it is")
    assert listed(without, "/archives/", 3) == (), "a page without stories that far is no front of it"


def test_a_month_is_a_list_and_no_story() -> None:
    lists = '<h2><a href="/news/2026-11">November 2026</a></h2><a href="/of/2026/ten">Жовтень 2026 р.</a>'
    stories = (
        '<a href="/a/2026-11">The wheel turns on and on and on</a><a href="/story/1">The wheel turned on day 1</a>'
    )
    html = lists + stories
    kinds = {link.url.removeprefix(HOST): link.kind for link in listed(html, "/news/")}
    assert kinds["/news/2026-11"] is kinds["/of/2026/ten"] is Kind.LISTING
    assert kinds["/a/2026-11"] is kinds["/story/1"] is Kind.PAGE


def test_footers_lead_to_the_archive_and_to_the_map_of_the_site() -> None:
    footer = """<footer><a href="/sitemap">Map</a><a href="/news/archiv.html">Archiv</a><a href="/terms">Terms</a>
    <a href="/sitemap.xml">XML</a><a href="/archives-of-the-town-burn">Burnt</a></footer>"""
    assert paths(listed(footer, "/", 0), Label.MENU) == ["/sitemap", "/news/archiv.html"]
    assert listed(footer, "/water/") == ()


def test_the_frames_of_a_page_are_read_and_the_menu_in_one_of_them() -> None:
    frames = '<frame src="menu.htm"><frame src="/main.asp"><frame src="https://far.example/">'
    assert paths(listed(f"<frameset>{frames}</frameset>", "/", 0)) == ["/menu.htm", "/main.asp"]
    menu = '<a href="a.asp?d=1" target=main>Mill</a><a href="a.asp?d=2" target=main><img alt=Sport></a><a href=/>Up</a>'
    assert paths(listed(menu, "/menu.htm", 1), Label.MENU) == ["/a.asp?d=1", "/a.asp?d=2", "/"]
    for other in (menu.replace("=main", "=_blank"), menu.replace("target=main", "")):
        assert listed(other, "/menu.htm", 1) == ()
    assert listed(menu, "/menu.htm", 3) == ()


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
