"""URLs: one form, idempotent, and no text makes it raise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core import urls
from workers.core.urls import (
    MAX_LENGTH,
    _parsed,
    _plainly_joined,
    _split,
    canonical,
    host_of,
    join,
    on_host,
    parameters_of,
    path_of,
    pattern_of,
    without_parameters,
)

BASE = "https://news.example/a/b.html?x=1"

_PIECES = st.one_of(
    st.sampled_from(
        ["http:", "https:", "//", "/", "\\", "..", ".", "a.example", "@", ":", "80", "0x7f", "1.", "[::1]"]
    ),
    st.sampled_from(["?", "&", "=", "#", "%", "%41", "utm_source=1", "gclid", "é", "\ud800", "\0", " ", "javascript:"]),
)
any_text = st.one_of(st.text(), st.lists(_PIECES, max_size=14).map("".join))
web_urls = any_text.map(lambda tail: f"https://a.example/{tail}")


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("c.html", "https://news.example/a/c.html"),
        ("/c.html#part", "https://news.example/c.html"),
        ("//other.example", "https://other.example/"),
        ("HTTPS://Other.Example:443/ä", "https://other.example/%C3%A4"),
        ("  c.html\n", "https://news.example/a/c.html"),
        ("http://other.example./x", "http://other.example/x"),
    ],
)
def test_a_link_is_joined_as_a_browser_does(href: str, url: str) -> None:
    assert join(BASE, href) == url


@pytest.mark.parametrize(
    "href",
    [
        *("javascript:alert(1)", "mailto:a@b.example", "data:text/html,x", "ftp://a.example/", "http://exa mple/"),
        *("http://user@a.example/", "http://user:word@a.example/", "http://[::1", "http://\ud800/", "/" + "x" * 2_048),
    ],
)
def test_what_is_no_plain_web_address_is_no_link(href: str) -> None:
    assert join(BASE, href) is None


def test_tracking_parameters_are_dropped_and_the_others_keep_their_order() -> None:
    url = "https://a.example/?b=2&utm_source=feed&a=1&fbclid=x&UTM%5FMedium=y&_ga=1&mc_cid=2&yclid=3&gclid=4"
    assert canonical(url) == "https://a.example/?b=2&a=1"


@pytest.mark.parametrize(
    "part",
    [
        *("PHPSESSID=4f2a", "jsessionid=1A2B.node1", "ASPSESSIONIDQQ=X", "sid=0123456789abcdef0123456789ABCDEF"),
        *("relatedposts_hit=1", "relatedposts_origin=22", "replytocom=7", "share=facebook", "share=jetpack-whatsapp"),
        *("outputType=amp", "sphrase_id=9", "at_custom1=x", "mc_eid=2", "_hsenc=p2", "xtor=RSS-1", "ref_src=twsrc"),
        *("source=rss----4f2a---4", "source=post_page---read_next--7c1e-------2-------"),
        *(
            "referrer=home",
            "itm_source=parsely",
            "intcmp=box",
            "iref=ranking",
            "traffic_source=web",
            "ns_source=mastodon",
        ),
    ],
)
def test_what_changes_no_page_of_any_site_is_dropped(part: str) -> None:
    assert canonical(f"https://a.example/x?b=2&{part}&a=1") == "https://a.example/x?b=2&a=1"


@pytest.mark.parametrize(
    "part",
    [
        *("id=1", "ref=home", "from=rss", "page=2", "p=3", "print=1", "tmpl=component", "sid=123", "s=word"),
        *(
            "source=the-courier",
            "share=17",
            "outputType=xml",
            "amp=1",
            "session=morning",
            "sid=0123456789abcdef0123456789abcdef0",
        ),
    ],
)
def test_what_may_name_a_page_is_kept(part: str) -> None:
    assert canonical(f"https://a.example/x?{part}") == f"https://a.example/x?{part}"


def test_a_session_in_the_path_is_dropped() -> None:
    assert canonical("https://a.example/x.do;jsessionid=1A2B.n1?a=1") == "https://a.example/x.do?a=1"
    assert canonical("https://a.example/a;JSessionId=1/b;v=2") == "https://a.example/a/b;v=2"


def test_an_octet_is_written_in_capitals() -> None:
    assert canonical("https://a.example/%d0%b9?q=%d0%B9") == "https://a.example/%D0%B9?q=%D0%B9"
    assert join("https://a.example/", "/%d0%b9") == join("https://a.example/", "/й") == "https://a.example/%D0%B9"
    assert canonical("https://a.example/%zz%4") == "https://a.example/%zz%4"


def test_an_address_on_another_host_and_without_parameters() -> None:
    url = "https://www.a.example:8080/x?a=1&b=2&a=3&c"
    assert on_host(url, "b.example") == "https://b.example/x?a=1&b=2&a=3&c"
    assert parameters_of(url) == ("a=1", "b=2", "a=3", "c")
    assert without_parameters(url, {"a=1", "c"}) == "https://www.a.example:8080/x?b=2&a=3"
    assert without_parameters(url, {"a", "b", "c"}) == "https://www.a.example:8080/x"


@pytest.mark.parametrize("url", ["https://a.example/?", "https://a.example/?utm_id=1", "https://A.example./#x"])
def test_an_empty_query_and_a_trailing_dot_are_dropped(url: str) -> None:
    assert canonical(url) == "https://a.example/"


def test_a_host_is_told_with_its_port_only_where_that_is_unusual() -> None:
    assert host_of("https://En.Example:443/") == "en.example"
    assert host_of("http://en.demo.localhost:8765/x") == "en.demo.localhost:8765"
    assert host_of("not a url") == ""


def test_ways_of_writing_an_address_become_that_address() -> None:
    assert {host_of(f"http://{host}/") for host in ("127.1", "2130706433", "0x7f000001", "1２7.0.0.1")} == {"127.0.0.1"}


def test_pages_of_one_kind_share_a_pattern() -> None:
    assert pattern_of("https://a.example/news/general/990501.html") == "/news/general/#.html"
    assert pattern_of("https://a.example/2024/05/31/a-long-story-about-a-bridge.html") == "/#/#/#/*.html"
    assert pattern_of("https://a.example/calendar?month=5&day=1") == "/calendar?day&month"
    assert pattern_of("https://a.example/x" + "/y" * 50) == "/x" + "/y" * 7 + "/…"


@given(any_text)
def test_no_text_makes_it_raise(text: str) -> None:
    assert isinstance(host_of(text) + path_of(text) + pattern_of(text), str)
    assert canonical(text) is None or len(canonical(text) or "") <= MAX_LENGTH


@given(st.one_of(any_text, web_urls))
def test_the_canonical_form_is_its_own_canonical_form(text: str) -> None:
    once = canonical(text)
    assert once is None or canonical(once) == once


@given(web_urls, any_text)
def test_a_joined_link_is_absolute_and_stays_what_it_is(base: str, href: str) -> None:
    url = join(base, href)
    assert url is None or (url.startswith(("http://", "https://")) and "#" not in url and join(base, url) == url)


@given(web_urls)
def test_the_canonical_form_keeps_the_host(url: str) -> None:
    assert host_of(canonical(url) or url) == host_of(url)


plain = st.text("abz019/._~-?=&%:", max_size=30)


@given(
    st.sampled_from(
        [
            "https://a.example",
            "http://news.test:8080",
            "http://news.test:56169",
            "http://news.test:65536",
            "http://xn--a.test",
            "http://a.1",
            "http://a--b.co",
        ]
    ),
    plain,
)
def test_what_is_not_given_to_the_parser_is_what_the_parser_would_leave(root: str, rest: str) -> None:
    for url, base in ((f"{root}/{rest}", ""), (f"{root}{rest}", ""), (f"/{rest}", f"{root}/x/y.html?z=1")):
        parts = _parsed(url, base)
        assert _plainly_joined(base, url) in (None, str(parts) if parts else "")
        assert base or _split(url) == parts


@given(
    st.sampled_from(
        [
            *("https://a.example/x/y?z#f", "http://a.example:8080/", "https://a.example", "https://u:p@a.example/x"),
            *("https://a.example?x/y", "https://a.example\\b/c", "http://127.1/a", "HTTPS://A.example/b/"),
        ]
    ),
    st.one_of(
        any_text,
        any_text.map("/{}".format),
        any_text.map("https://{}".format),
        any_text.map("http://b.example{}".format),
    ),
)
def test_what_is_remembered_for_all_pages_of_a_host_is_what_this_page_links_to(base: str, href: str) -> None:
    parts = _parsed(href, base)
    url = str(parts) if parts else None
    assert join(base, href) == (url if url and len(url) <= MAX_LENGTH else None)


def test_an_absolute_link_does_not_ask_for_the_page_that_it_stands_on() -> None:
    assert join("https://a.example/\ud800", "https://b.example/:") == "https://b.example/:"


def test_an_ordinary_address_is_not_given_to_the_parser() -> None:
    own = "https://en.interfax.com.ua/news/general/123.html?page=2"
    assert _plainly_joined("", own) == own
    assert _plainly_joined("https://a.test/", "/news/general/123.html") == "https://a.test/news/general/123.html"
    assert _plainly_joined("", "http://a.test:56169/news") == "http://a.test:56169/news"


def test_an_address_of_megabytes_is_not_remembered() -> None:
    before = urls._joined.cache_info().currsize
    assert join("https://a.example/", "/" + "x" * 1_000_000) is None
    assert urls._joined.cache_info().currsize == before
