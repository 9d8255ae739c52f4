"""Stories in odd places: behind days, menus, frames and the footers of cards; and bait, behind which there are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lists_of_links import HOST, SITE, listed, paths

from workers.core.link import Kind, Label
from workers.core.seconds import DAY
from workers.sites.lists.archives import day_of
from workers.sites.lists.beyond import links_beyond
from workers.sites.lists.listings import read_listing
from workers.sites.page.document import Document


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/archive/28-11-2026", (2026, 11, 28)),
        ("/news/28.11.2026/", (2026, 11, 28)),
        ("/news?on=28.11.2026", (2026, 11, 28)),
        ("/archive/11-28-2026.html", (2026, 11, 28)),
        ("/archive/5_1_2026", (2026, 1, 5)),
        ("/archive/2026/november/28/", (2026, 11, 28)),
        ("/river/2026/march", None),
        ("/mill/2026/wheel/28", None),
        ("/news/mill-28-11-2026", None),
        ("/news/28-11.2026", None),
        ("/news/1.2.3456", None),
        ("/1/11/2026/", None),
    ],
)
def test_the_day_of_a_list_may_stand_first_or_have_the_name_of_its_month(
    address: str, day: tuple[int, int, int] | None
) -> None:
    assert day_of(HOST + address) == day


def test_the_day_before_is_a_list_and_no_story() -> None:
    around = '<a href="/news/2026-11-28">Previous day</a> <a href="/news/2026-11-30">Next day</a>'
    story = '<h2><a href="/story/1">The wheel turns once more</a></h2>'
    found = [link for link in listed(story + around, "/news/2026-11-29") if link.url.endswith("-28")]
    assert [(link.kind, link.label) for link in found] == [(Kind.LISTING, Label.MENU)]


def test_days_to_come_are_followed_after_those_that_were() -> None:
    days = [
        *(f"/archive/2026-11-{day:02}" for day in range(1, 31)),
        *(f"/archive/{year}-01-01" for year in range(2027, 2099)),
    ]
    html = "".join(f'<a href="{day}">All news of that day</a>' for day in days)
    first = datetime(2026, 11, 29, 22, tzinfo=UTC).timestamp()
    for now, newest in ((first, "/archive/2026-11-30"), (None, "/archive/2098-01-01"), (1e300, "/archive/2098-01-01")):
        found = paths(read_listing(Document(html, f"{HOST}/archive"), SITE, 1, now), Label.MENU)
        assert (found[0], len(found)) == (newest, 13)
    few = "".join(f'<a href="/archive/2026-11-{day:02}">All news of that day</a>' for day in range(26, 31))
    found = paths(read_listing(Document(few, f"{HOST}/archive"), SITE, 1, first - 5 * DAY), Label.MENU)
    assert found == [f"/archive/2026-11-{day}" for day in range(30, 25, -1)], "where all are followed nothing is sorted"


def test_headlines_are_no_menu_whatever_holds_them() -> None:
    posts = "".join(f'<h2><a href="/story/{n}">The wheel turns for day {n}</a></h2>' for n in (1, 2))
    html = f'<nav>{posts}<ul><li><a href="/rules/3">The rules of our house</a></li></ul></nav>'
    assert paths(listed(html, "/water")) == ["/story/1", "/story/2"]


def test_a_front_goes_on_where_it_says_so_at_any_address() -> None:
    story, more = '<h2><a href="/story/1">The wheel turns once more</a></h2>', '<p><a href="/{}">More news</a></p>'
    for path, depth in (("/", 0), ("/water", 1)):
        found = listed(story + more.format("chronicle"), path, depth)
        assert [(link.url, link.kind) for link in found][1:] == [(f"{HOST}/chronicle", Kind.LISTING)]
    assert paths(listed(story + more.format("chronicle"), "/water", 2)) == ["/story/1"]
    assert paths(listed(story + more.format("water") + more.format("roads"), "/", 0)) == ["/story/1"]
    pager = '<a href="/?page=2">2</a>'
    assert paths(listed(story + more.format("chronicle") + pager, "/", 0))[1] == "/?page=2", "its own pages go first"


def test_more_elsewhere_hides_no_story_and_no_way_on_by_a_script() -> None:
    stories = "".join(f'<h2><a href="/story/mill-{n}">The wheel turns for day {n}</a></h2>' for n in (1, 2))
    more = '<a href="{}">View more</a>'
    for path in ("/story/mill-1", "/story/2417", "/read?id=3"):
        found = listed(stories + more.format(path), "/water")
        assert {link.kind for link in found} == {Kind.PAGE}, "what says so below a headline is a teaser"
    beside = stories + more.format("/notices/")
    for script in (
        '<script>createPageHTML(5, 0, "index", "html")</script>',
        '<link rel="https://api.w.org/" href="/wp-json/"><button class="load-more">+</button>',
    ):
        found = paths(listed(beside + script, "/water/"))
        assert "/notices/" not in found and len(found) == 3
    stamped = "".join(
        f'{card}<a href="/days/2026-11-{day}">{day} November 2026</a>'
        for day, card in zip((29, 30), stories.split("<h2>")[1:], strict=True)
    )
    with_days = paths(listed(stamped + more.format("/notices/"), "/water/"))
    assert set(paths(listed(stamped, "/water/"))) <= set(with_days)
    assert "/notices/" in with_days


def test_how_many_items_a_page_shows_is_no_place_in_the_list() -> None:
    sizes = "".join(f'<a href="?limit={n}">{n}</a>' for n in (10, 20, 50))
    story = '<h2><a href="/story/1">The wheel turns once more</a></h2>'
    assert paths(listed(story + sizes, "/water/")) == ["/story/1"]
    assert paths(listed(story + sizes.replace("limit", "start"), "/water/"))[-1] == "/water/?start=10"


def test_the_footer_of_a_card_leads_to_its_story_and_that_of_the_page_to_none() -> None:
    card = '<article><h2>The wheel turns for day {0}</h2><footer><a href="/story/{0}">Read on</a></footer></article>'
    menu = '<article><nav><a href="/menu/{0}">The stories of the year 200{0}</a></nav></article>'
    foot = "".join(f'<footer><a href="/foot/{n}">The rules of the house, part {n}</a></footer>' for n in (1, 2, 3))
    html = "".join(card.format(n) + menu.format(n) for n in (1, 2, 3)) + foot
    assert paths(listed(html, "/water")) == ["/story/1", "/story/2", "/story/3"]


def test_a_frame_within_a_page_without_stories_may_hold_their_list() -> None:
    frames = '<h1>The mill</h1><iframe src="/newest.html"></iframe><iframe src="https://far.example/"></iframe>'
    for path, depth in (("/", 0), ("/water", 1)):
        assert paths(listed(frames, path, depth)) == ["/newest.html"]
    assert paths(listed(frames, "/water", 3)) == []
    story = '<h2><a href="/2026/11/09/the-wheel-turns/">The wheel turns again</a></h2>'
    assert paths(listed(story + frames, "/", 0)) == ["/2026/11/09/the-wheel-turns/"], "it is an advertisement"


@pytest.mark.parametrize(
    "around",
    [
        *("<div hidden>{}</div>", '<p style="Display: none">{}</p>', '<p style="opacity:0">{}</p>'),
        *('<div style="position:absolute;left:-9999px">{}</div>', '<p style="height:0;overflow:hidden">{}</p>'),
    ],
)
def test_what_readers_are_not_shown_and_the_page_asks_not_to_follow_is_bait(around: str) -> None:
    link = '<a {}href="/maze/1">The secret of the maze below the mill</a>'
    for vouched, found in (("", ["/maze/1"]), ('rel="nofollow" ', [])):
        html = around.format(f"<span>{link.format(vouched)}</span>")
        assert paths(listed(html, "/news/")) == found, "tabs are hidden too"
        assert paths(links_beyond(Document(html, f"{HOST}/n/7"), SITE, ())) == found
        assert paths(listed(link.format(vouched), "/news/")) == ["/maze/1"]


@pytest.mark.parametrize(
    "style",
    [
        *("border-width:0", "display:flex;min-width:0", "line-height:0", "font-size:0", "height:0"),
        *("height:0;overflow:hidden;padding-bottom:56%", "opacity:0;transform:translateY(20px)", "opacity:0.9"),
    ],
)
def test_what_readers_are_shown_is_no_bait_whatever_the_page_vouches_for(style: str) -> None:
    link = '<a rel="nofollow" href="/story/1">The wheel of the mill turns once more</a>'
    assert paths(listed(f'<div style="{style}"><h2>{link}</h2></div>', "/news/")) == ["/story/1"]
    whole = f'<html><body style="visibility:hidden"><h2>{link}</h2></body></html>'
    assert paths(listed(whole, "/news/")) == ["/story/1"], "a script shows all of it"


def test_below_a_special_lie_its_stories_and_below_a_story_its_comments() -> None:
    html = """<a href="/special/mill/the-wheel-turns-once-more">The wheel has turned once more</a>
    <a href="/special/mill/comments">Read what 17 readers say of it</a>"""
    found = links_beyond(Document(html, f"{HOST}/special/mill"), SITE, ())
    assert paths(found) == ["/special/mill/the-wheel-turns-once-more"]
    picture = '<a href="/the-wheel-has-turned/img-2026-11-29-wheel/">The whole picture of the wheel</a>'
    assert not links_beyond(Document(picture, f"{HOST}/the-wheel-has-turned/"), SITE, ())


def test_what_tells_which_article_shows_a_link_is_left_out_and_what_may_tell_a_kind_of_stories_is_kept() -> None:
    shown = '<a href="/read.php?id=305&of=204">The wheel of the mill has turned</a>'
    assert paths(links_beyond(Document(shown, f"{HOST}/read.php?id=204&of=front"), SITE, ())) == ["/read.php?id=305"]
    talk = '<a href="/read.php?id=3&kind=talk">The miller speaks of his wheel</a>'
    found = links_beyond(Document(talk, f"{HOST}/read.php?id=2"), SITE, ())
    assert paths(found) == ["/read.php?id=3&kind=talk"], "talks may have numbers of their own"


def test_what_the_page_asks_not_to_follow_is_wanted_last() -> None:
    html = '<a rel="nofollow" href="/a">The wheel turns again</a><a rel="nofollow" href="/b">The wheel stands</a>'
    html += '<a href="/b">The wheel stands still</a><a href="/c?tmpl=component&print=1">Print the wheel here</a>'
    assert paths(listed(html, "/news/"), Label.MENU) == ["/a"]
    assert paths(listed(html, "/news/"), Label.LISTING) == ["/b"]
