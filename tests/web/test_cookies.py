"""Cookies that redirects set, and no others, are shown to the host that set them."""

from __future__ import annotations

import httpx
import pytest
from asking import Get
from server import Asked, Behaviour, MisbehavingServer, Wire, answer, redirect

from workers.adapters.cookies import Cookies
from workers.adapters.trail import Trail
from workers.core import errors

PAGE = b"<!doctype html><p>The bridge is open.</p>"


def asking(cookie: str, back: str, **headers: str) -> Behaviour:
    """A page for whoever shows the cookie; everybody else is sent to where it is had."""

    async def behave(asked: Asked, wire: Wire) -> None:
        knows = cookie in asked.headers.get("cookie", "")
        await (answer(PAGE) if knows else answer(b"", 302, location=back, **headers))(asked, wire)

    return behave


def test_a_cookie_that_a_redirect_sets_is_shown_to_its_host_from_then_on(site: MisbehavingServer, get: Get) -> None:
    for path in ("/a", "/b"):
        site.on[path] = asking("consent=yes", "/consent")
    site.on["/consent"] = answer(b"", 302, location="/a", set_cookie="consent=yes; Path=/; HttpOnly")
    page = get("/a")
    assert (page.url, page.body) == (site.url("/a"), PAGE)
    get("/b")
    assert site.paths == ["/a", "/consent", "/a", "/b"]


def test_a_redirect_back_to_itself_may_set_one_too(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = asking("seen=1", "/a", set_cookie="seen=1")
    assert get("/a").body == PAGE
    site.on["/b"] = asking("never", "/b", set_cookie="seen=1")
    with pytest.raises(errors.RedirectLoop):
        get("/b")
    assert site.paths == ["/a", "/a", "/b"]


def test_one_that_is_set_before_a_check_leads_back_too(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = asking("seen=1", "/check", set_cookie="seen=1")
    site.on["/check"] = redirect("/a")
    assert get("/a").body == PAGE


def test_those_of_pages_of_other_hosts_of_other_paths_and_huge_ones_are_not_shown(
    site: MisbehavingServer, get: Get
) -> None:
    site.on["/page"] = answer(PAGE, set_cookie="reader=7")
    site.on["/set"] = answer(b"", 302, location="/a", set_cookie="elsewhere=1; Path=/consent")
    site.on["/foreign"] = answer(b"", 302, location="/a", set_cookie="theirs=1; Domain=example.org")
    site.on["/huge"] = answer(b"", 302, location="/a", set_cookie="huge=" + "x" * 5_000)
    site.on["/a"] = answer(PAGE)
    for path in ("/page", "/set", "/foreign", "/huge", "/a"):
        get(path)
    assert not any("cookie" in asked.headers for asked in site.log)


def test_those_of_one_host_are_not_shown_to_another(site: MisbehavingServer, get: Get) -> None:
    there = site.url("/there", host="localhost")
    site.on["/a"] = answer(b"", 302, location=there, set_cookie="mine=1; Path=/")
    site.on["/there"] = answer(PAGE)
    get("/a")
    assert "cookie" not in site.log[-1].headers


def test_a_host_that_sets_another_one_each_time_is_left_after_five_redirects(site: MisbehavingServer, get: Get) -> None:
    async def behave(asked: Asked, wire: Wire) -> None:
        await answer(b"", 302, location="/a", set_cookie=f"n={len(site.log)}")(asked, wire)

    site.on["/a"] = behave
    with pytest.raises(errors.RedirectLoop):
        get("/a")
    assert len(site.log) == 6


ODD = ["", ";", "=", "=;=", "a" * 4_000, "a=b; Expires=" + "1 " * 2_000, "\x80=\xff", "a=\x01", 'a="', "a=b; Max-Age=x"]


@pytest.mark.parametrize("told", ODD)
def test_an_odd_one_does_no_harm(site: MisbehavingServer, get: Get, told: str) -> None:
    site.on["/a"] = answer(b"", 302, location="/b", set_cookie=told)
    site.on["/b"] = answer(PAGE)
    assert get("/a").body == PAGE


def test_one_that_another_request_was_given_meanwhile_is_no_circle() -> None:
    """Two are open; the host sends both back to where they came from with the same cookie."""
    cookies = Cookies()
    trails = [Trail(url, 5, cookies, of_pages=True) for url in ("https://news.example/a", "https://news.example/b")]
    for trail in trails:
        [url] = trail.urls
        back = httpx.Response(302, headers={"location": url, "set-cookie": "seen=1"}, request=httpx.Request("GET", url))
        assert trail.goes_on(back, b"")
        with pytest.raises(errors.RedirectLoop):
            trail.goes_on(back, b"")


def test_no_more_of_them_are_kept_than_a_server_takes() -> None:
    cookies, request = Cookies(), httpx.Request("GET", "https://news.example/a")
    for number in range(40):
        cookies.take(httpx.Response(302, headers={"set-cookie": f"n{number}=" + "x" * 2_000}, request=request))
    shown = httpx.Request("GET", "https://news.example/a")
    cookies.add_to(shown)
    assert 2_000 < len(shown.headers["cookie"]) < 17_000
