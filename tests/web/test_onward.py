"""A page that says nothing and leads on is a redirect."""

from __future__ import annotations

import pytest
from asking import Get
from server import Asked, MisbehavingServer, Wire, answer

from workers.core.link import Kind
from workers.sites.lists.onward import leads_on

PAGE = b"<!doctype html><p>The bridge is open.</p>"
META = '<meta http-equiv="Refresh" content="0; URL=/home.html">'
LEADING = [
    META,
    f"<html><head><title>News</title>{META}</head><body>Redirecting to <a href=/home.html>home</a> …</body></html>",
    "<script>window.location.href = '/home.html';</script>",
    '<script>location.replace("/home.html")</script><noscript>Please turn on JavaScript</noscript>',
    '<html><script type="text/javascript">\n<!--\ndocument.location="/home.html"\n//--></script>',
]
STAYING = [
    "",
    "<p>The bridge is open.</p>",
    META.replace("0;", "60;"),
    META + "<p>The bridge over the river is open again after a year of repairs. " * 4,
    f"<noscript>{META}</noscript>",
    f"<!-- {META} -->",
    "<script>function out() { location.href = '/home.html' }</script>",
    "<script>if (self != top) location.href = '/home.html'</script>",
    "<script>var page = location.href</script>",
    "<script>location.href = '/home.html?' + location.hash</script>" + "<script>start()</script>" * 20,
    META + " " * 20_000,
]


@pytest.mark.parametrize("html", LEADING)
def test_where_a_page_leads_on_to_is_told_by_meta_and_by_script(html: str) -> None:
    assert leads_on(html.encode()) == "/home.html"


@pytest.mark.parametrize("html", STAYING)
def test_a_page_that_says_something_or_does_something_else_is_read(html: str) -> None:
    assert leads_on(html.encode()) is None


def test_it_is_followed_as_a_redirect_is(site: MisbehavingServer, get: Get) -> None:
    site.on["/"], site.on["/home.html"] = answer(META.encode()), answer(PAGE)
    page = get("/", kind=Kind.LISTING)
    assert (page.url, page.redirects, page.body) == (site.url("/home.html"), (site.url("/"),), PAGE)


def test_a_cookie_that_it_sets_is_shown(site: MisbehavingServer, get: Get) -> None:
    async def behave(asked: Asked, wire: Wire) -> None:
        knows = "browser=1" in asked.headers.get("cookie", "")
        lead = answer(b"<script>location.reload</script>" + META.encode(), set_cookie="browser=1")
        await (answer(PAGE) if knows else lead)(asked, wire)

    site.on["/home.html"] = behave
    assert get("/home.html").body == PAGE
    assert site.paths == ["/home.html", "/home.html"]


def test_one_that_leads_back_nowhere_or_on_without_an_end_is_a_page(site: MisbehavingServer, get: Get) -> None:
    site.on["/home.html"] = answer(META.encode())
    assert get("/home.html").body == META.encode()
    site.on["/a"] = answer(META.replace("/home.html", "javascript:alert(1)").encode())
    assert get("/a").url == site.url("/a")
    for number in range(9):
        site.on[f"/{number}"] = answer(META.replace("home.html", str(number + 1)).encode())
    assert get("/0").url == site.url("/5")


def test_feeds_lead_nowhere(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = answer(META.encode(), content_type="text/xml")
    assert get("/a", kind=Kind.FEED).url == site.url("/a")
