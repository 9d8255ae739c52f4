"""What becomes of a fetched page: it is read for what it is, whatever its address let expect."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stories import story

from workers.core.link import Kind, Label
from workers.core.page import Page
from workers.core.work import Lease, State
from workers.sites.known import any_site
from workers.sites.page.guard import MAX_TAGS
from workers.stages.parse import parse
from workers.stages.reading import Reading, pack_readings, unpack_readings

HOST = "https://mill.example"
SITE = any_site(f"{HOST}/")
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in story(1))
DATED = '<time datetime="2026-05-31T10:02:00+03:00">31.05.2026</time>'
SAYS = """<meta property="og:type" content="article">
<meta property="article:published_time" content="2026-05-31T10:02:00+03:00">"""
ARTICLE = f"<html lang=en><title>The wheel turns</title>{SAYS}<article><h1>The wheel turns</h1>{TEXT}</article>"
TEASERS = "".join(
    f'<div><h2><a href="/the-story-of-day-{n}">The wheel turned on day {n}</a></h2><p>{story(n)[0]}</p>{DATED}</div>'
    for n in range(8)
)
LIST = f"<html lang=en><title>News</title><main><h1>News of the mill</h1>{TEASERS}</main>"


def read(body: str, path: str, *, kind: Kind = Kind.PAGE, asked: str = "", depth: int = 1) -> Reading:
    url = f"{HOST}{asked or path}"
    lease = Lease(
        id=1, site=SITE.name, key=url, url=url, host="mill.example", kind=kind, label=Label.LISTING, depth=depth,
        visit=1, attempt=1,
    )  # fmt: skip
    return parse(Page(asked=url, url=HOST + path, status=200, body=body.encode(), fetched_at=0.0), lease, SITE)


def test_an_article_where_a_list_was_expected_is_stored_and_its_links_are_followed() -> None:
    reading = read(
        ARTICLE + '<a href="/the-other-wheel">The other wheel turns too</a>', "/topics/mill", kind=Kind.LISTING
    )
    assert (reading.state, reading.reason) == (State.STORED, None)
    assert reading.article is not None
    assert [link.url for link in reading.shown] == [f"{HOST}/the-other-wheel"]
    assert unpack_readings(pack_readings((reading,))) == (reading,)


@pytest.mark.parametrize("says", ["", '<meta property="og:type" content="article">', SAYS])
def test_a_list_is_a_list_whatever_it_says(says: str) -> None:
    reading = read(LIST.replace("<main>", f"{says}<main>"), "/topics/mill", kind=Kind.LISTING)
    assert (reading.state, reading.reason, reading.article) == (State.SKIPPED, "listing", None)
    assert len(reading.links) == 8


def test_a_page_in_the_place_of_a_feed_leads_to_the_feeds_that_it_names() -> None:
    hub = '<!DOCTYPE html><h1>Our feeds</h1><a href="/rss/sport.xml">Sport</a><a href="/a-story">A story</a>'
    reading = read(hub, "/rss", kind=Kind.FEED, depth=0)
    assert (reading.reason, [link.url.removeprefix(HOST) for link in reading.links]) == ("feed", ["/rss/sport.xml"])
    assert read(hub.replace("/rss/sport.xml", "/x"), "/rss", kind=Kind.FEED, depth=0).state is State.PARKED


def test_what_a_button_brings_is_a_list_as_markup_and_as_data() -> None:
    markup = '{"html": "<div><a href=\\"/story/1\\">The wheel turned on day 1</a></div>", "next_url": "/api/list/3"}'
    items = '[{"title": "The wheel turned on day 2", "url": "/story/2"}]'
    for body, shown in ((markup, ["/story/1", "/api/list/3"]), (items, ["/story/2"])):
        reading = read(body, "/api/list/2", kind=Kind.LISTING)
        assert (reading.reason, [link.url.removeprefix(HOST) for link in reading.links]) == ("listing", shown)


@pytest.mark.parametrize("path", ["/", "/topics/mill"])
def test_a_start_is_never_an_article(path: str) -> None:
    assert read(ARTICLE, path, kind=Kind.LISTING, depth=0).article is None


def test_a_page_without_a_time_of_its_own_is_a_list_where_one_was_expected() -> None:
    undated = ARTICLE.replace(SAYS, "")
    assert read(undated, "/mills", kind=Kind.LISTING).article is None
    assert read(undated, "/mills").article is not None


def test_a_feed_that_was_fetched_as_a_page_is_read_as_one() -> None:
    reading = read("<rss><item><title>Wheel</title><link>/story/1</link></item></rss>", "/feeds/all", depth=0)
    assert (reading.state, reading.reason) == (State.SKIPPED, "not-an-article")
    assert [(link.url, link.label) for link in reading.links] == [(f"{HOST}/story/1", Label.FEED)]


def test_a_sitemap_may_be_found_where_a_feed_was_expected() -> None:
    reading = read("<urlset><url><loc>/story/1</loc></url></urlset>", "/feed", kind=Kind.FEED)
    assert (reading.state, reading.reason, len(reading.links)) == (State.SKIPPED, "feed", 1)


@pytest.mark.parametrize("path", ["/", "/uk/", "/topics/mill", "/story"])
def test_a_deleted_page_that_leads_to_a_list_is_gone(path: str) -> None:
    reading = read(LIST, path, asked="/story/the-wheel-of-the-mill")
    assert (reading.state, reading.reason) == (State.SKIPPED, "gone")
    assert reading.detail == "It leads to a list of its site, as pages do that were deleted."


def test_the_links_of_a_list_to_which_a_page_was_sent_are_followed_unless_it_is_a_front_page() -> None:
    shown = {link.url for link in read(LIST, "/topics/mill", kind=Kind.LISTING).links}
    assert shown
    assert {link.url for link in read(LIST, "/topics/mill", asked="/story/the-wheel-of-the-mill").links} == shown
    assert read(LIST, "/", asked="/story/the-wheel-of-the-mill").links == ()


def test_a_page_that_moved_to_an_address_of_lists_is_stored() -> None:
    assert read(ARTICLE, "/topics/mill", asked="/?p=12").article is not None


def test_what_a_person_gave_leads_to_its_menu_and_its_feeds_whatever_it_is() -> None:
    menu = '<nav><a href="/sport">Sport</a></nav><link rel=alternate type="application/rss+xml" href="/blog/feed">'
    for page in (ARTICLE, LIST, "<p>x</p>"):
        urls = {link.url.removeprefix(HOST): link.kind for link in read(page + menu, "/blog/", depth=0).shown}
        assert urls.items() >= {"/sport": Kind.LISTING, "/blog/feed": Kind.FEED}.items()
    assert f"{HOST}/sport" not in {link.url for link in read(ARTICLE + menu, "/blog/").shown}


def test_a_page_that_only_leads_on_is_not_stored_and_its_goal_is_followed() -> None:
    reading = read('<meta http-equiv="refresh" content="0; url=/story/2"><p></p>', "/story/1")
    assert (reading.state, reading.reason) == (State.SKIPPED, "not-an-article")
    assert [link.url for link in reading.links] == [f"{HOST}/story/2"]
    assert read(ARTICLE + '<meta http-equiv="refresh" content="0; url=/story/2">', "/story/1").article is not None


def test_a_start_that_only_leads_on_leads_to_a_list() -> None:
    """Whatever the address of the news looks like."""
    leads = '<meta http-equiv="refresh" content="0; url=/en/index.html">'
    (link,) = read(leads, "/", kind=Kind.LISTING, depth=0).links
    assert (link.url, link.kind) == (f"{HOST}/en/index.html", Kind.LISTING)


def part(number: int, second_part: str | None = None, *parts: Page, attempt: int = 1) -> Reading:
    """A story of the mill in parts, of whose first page the given ones are the others."""
    page = of_part(number)
    lease = Lease(
        id=1, site=SITE.name, key=page.url, url=page.url, host="mill.example", kind=Kind.PAGE, label=Label.LISTING,
        depth=1, visit=1, attempt=attempt, second_part=second_part,
    )  # fmt: skip
    return parse(replace(page, parts=parts), lease, SITE)


def of_part(number: int) -> Page:
    url = f"{HOST}/the-wheel" + (f"/{number}" if number > 1 else "")
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story(number))
    pager = '<nav><a href="/the-wheel">1</a> <a href="/the-wheel/2">2</a> <a href="/the-wheel/3">3</a></nav>'
    html = f"<html lang=en><title>The wheel turns</title>{SAYS}<article><h1>The wheel turns</h1>{text}</article>{pager}"
    return Page(asked=url, url=url, status=200, body=html.encode(), fetched_at=0.0)


def test_a_story_in_parts_waits_until_all_are_fetched_together() -> None:
    reading = part(1)
    assert (reading.state, reading.reason, reading.detail) == (State.WAITING, "in-parts", f"{HOST}/the-wheel/2")
    assert part(2).state is State.STORED, "a part that is given by itself is no first one"


def test_the_text_of_all_parts_is_one() -> None:
    empty = Page(asked=HOST, url=f"{HOST}/the-wheel/4", status=200, body=b"", fetched_at=0.0)
    reading = part(1, f"{HOST}/the-wheel/2", of_part(2), empty, of_part(3))
    assert reading.article is not None
    assert reading.article.text.split("\n\n") == [*story(1), *story(2), *story(3)]


@pytest.mark.parametrize("second", [f"{HOST}/the-wheel/2", ""])
def test_it_is_stored_without_parts_that_cannot_be_had(second: str) -> None:
    assert part(1, second).state is State.STORED


def test_after_three_attempts_it_is_stored_as_it_is() -> None:
    """Lest a story whose parts fail again and again is parked."""
    assert (part(1, attempt=3).state, part(1, attempt=4).state) == (State.WAITING, State.STORED)
    assert f"without {HOST}/the-wheel/2 and what follows" in text_is_from(part(1, attempt=4))


def text_is_from(reading: Reading) -> str:
    assert reading.article is not None
    return reading.article.provenance["body"]


def test_a_story_whose_last_parts_cannot_be_had_says_so() -> None:
    first = replace(of_part(1), parts=(of_part(2),), lacks=f"{HOST}/the-wheel/3")
    whole = part(1, f"{HOST}/the-wheel/2", of_part(2), of_part(3))
    assert "without" not in text_is_from(whole)
    lease = whole.lease
    assert text_is_from(parse(first, lease, SITE)).endswith(f", without {HOST}/the-wheel/3 and what follows")


def test_all_parts_together_are_read_as_far_as_one_page_would_be() -> None:
    """Twenty pages that are each as large as one may be would cost twenty times what one may."""
    second, third = (replace(each, body=each.body + b"<hr>" * (MAX_TAGS // 2)) for each in (of_part(2), of_part(3)))
    reading = part(1, second.url, second, third)
    assert reading.article is not None
    assert reading.article.text.split("\n\n") == [*story(1), *story(2)]
    assert f"without {third.url} and" in text_is_from(reading)
