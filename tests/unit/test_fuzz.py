"""Readers of foreign text under any text at all: they give an answer or one of our errors, in bounded time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.adapters.robots import read_robots
from workers.core import dates
from workers.core.errors import BadMessage, WireroomError
from workers.core.urls import canonical, host_of, join, pattern_of
from workers.core.work import Robots
from workers.sites.known import any_site
from workers.sites.lists.feeds import read_feed
from workers.sites.lists.sitemaps import read_sitemap
from workers.stages.messages import BatchMessage, ParseMessage, understand

SITE = any_site("https://a.example/")
bounded = settings(max_examples=150, deadline=2_000)

ANY = st.text(st.characters(codec=None), max_size=300)
PIECES = st.sampled_from(
    ["http", "https", ":", "//", "/", "\\", "@", "a.example", "127.0.0.1", "[::1]", "0x7f", "%2e", "..", "?", "#", "&",
     "=", "\t", "\n", "\0", "\u3002", "ß", "xn--", "1.", ":80", "javascript", "data", ";", "utm_source", " ", "\ud800"]
)  # fmt: skip
URLS = st.one_of(ANY, st.lists(PIECES, max_size=14).map("".join))
WORDS = st.sampled_from(
    ["2024-02-30", "31", "May", "травня", "мая", "25:61", "10:00", "Z", "+99:00", "+0300", "T", ",", " ", "BC", "9999",
     "0000", "-1", "1e9", "Fri", "PM", "٣", "²", "\0"]
)  # fmt: skip
DATES = st.one_of(ANY, st.lists(WORDS, max_size=9).map(" ".join))
LINES = st.lists(
    st.tuples(st.sampled_from(["User-agent", "Disallow", "Allow", "Crawl-delay", "Sitemap", ANY]), ANY).map(
        lambda pair: f"{pair[0]}: {pair[1]}"
    ),
    max_size=20,
).map("\n".join)
TAGS = st.sampled_from(
    [b"<rss>", b"<item>", b"</item>", b"<link>", b"</link>", b"<url>", b"<loc>", b"<sitemapindex>", b"<![CDATA[",
     b"]]>", b"&#0;", b"&amp;", b"http://a.example/1", b"<pubDate>", b"9999-99-99", b"\xff\xfe", b"<!DOCTYPE x>"]
)  # fmt: skip
XML = st.one_of(st.binary(max_size=300), st.lists(TAGS, max_size=30).map(b"".join))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["parcels", "key", "lease", "id", "url", "x"]), inner, max_size=4),
    ),
    max_leaves=20,
)


@bounded
@given(URLS, URLS)
def test_any_url_becomes_a_plain_web_address_or_nothing(base: str, href: str) -> None:
    for found in (join(base, href), canonical(href)):
        if found is not None:
            assert found.startswith(("http://", "https://"))
            assert found == "".join(c for c in found if "!" <= c <= "~"), "nothing in it steers or separates"
            assert "@" not in host_of(found)
            assert len(pattern_of(found)) < 600


@bounded
@given(LINES, URLS)
def test_any_robots_txt_answers_yes_or_no(text: str, url: str) -> None:
    rules = read_robots(Robots(200, text, 60.0))
    assert rules.allows(url, "wireroom") in (True, False)
    assert (rules.delay("wireroom") or 0.0) >= 0.0


@bounded
@given(XML)
@pytest.mark.parametrize("read", [read_feed, read_sitemap])
def test_any_list_gives_links_or_one_of_our_errors(read: Any, body: bytes) -> None:
    try:
        links = read(body, "https://a.example/list", SITE)
    except WireroomError:
        return
    assert all(canonical(link.url) for link in links)


@bounded
@given(DATES)
def test_any_date_is_a_moment_or_none(text: str) -> None:
    found = dates.parse(text, zone="Europe/Kyiv")
    assert found is None or found.at.utcoffset() is not None


@bounded
@given(JSON)
@pytest.mark.parametrize("form", [ParseMessage, BatchMessage])
def test_any_message_is_understood_or_refused(form: Any, message: Any) -> None:
    try:
        known = understand(form, message)
    except BadMessage as refused:
        assert str(refused).isprintable()
    else:
        json.dumps(known.model_dump(mode="json"))


# What WHATWG's parser makes of addresses as people and servers write them; None where we follow no such thing.
BASE = "https://a.example/news/one.html?q=1#top"
WHATWG = {
    "": "https://a.example/news/one.html?q=1",
    "#part": "https://a.example/news/one.html?q=1",
    "?q=2": "https://a.example/news/one.html?q=2",
    "two.html": "https://a.example/news/two.html",
    "./two.html": "https://a.example/news/two.html",
    "../two.html": "https://a.example/two.html",
    "../../../two.html": "https://a.example/two.html",
    "/a/./b/../c": "https://a.example/a/c",
    "/a/%2e%2E/c": "https://a.example/c",
    "//b.example/x": "https://b.example/x",
    "\\\\b.example\\x": "https://b.example/x",
    "https:two.html": "https://a.example/news/two.html",
    "http:two.html": "http://two.html/",
    "http:/b.example/x": "http://b.example/x",
    "HTTP://B.EXAMPLE:80/X": "http://b.example/X",
    "https://b.example:443": "https://b.example/",
    "https://b.example:0444/": "https://b.example:444/",
    " \t\n https://b.example/ ": "https://b.example/",
    "ht\ntps://b.exa\tmple/x\r\ny": "https://b.example/xy",
    "https://b.example/a b": "https://b.example/a%20b",
    "https://b.example/ä?ö": "https://b.example/%C3%A4?%C3%B6",
    'https://b.example/"<>`': "https://b.example/%22%3C%3E%60",
    "https://bücher.example/": "https://xn--bcher-kva.example/",
    "https://\uff42\u3002example/": "https://b.example/",
    "https://b\u00ad.example/": "https://b.example/",
    "https://2130706433/": "https://127.0.0.1/",
    "https://0x7f.1/": "https://127.0.0.1/",
    "https://017700000001/": "https://127.0.0.1/",
    "https://[0:0:0:0:0:0:0:1]/": "https://[::1]/",
    "https://%31%32%37.1/": "https://127.0.0.1/",
    "https://b.example:65536/": None,
    "https://b.example:8a/": None,
    "https://256.256.256.256/": None,
    "https://b .example/": None,
    "https://b%00.example/": None,
    "https://[::1/": None,
    "https://user:pass@b.example/": None,
    "https://@b.example/": "https://b.example/",
    "https:///b.example/": "https://b.example/",
    "https://": None,
    "javascript:alert(1)": None,
    "JaVa\tScript:alert(1)": None,
    "data:text/html,x": None,
    "mailto:a@b.example": None,
    "ftp://b.example/": None,
    "file:///etc/passwd": None,
    "view-source:https://b.example/": None,
    "blob:https://b.example/x": None,
    "about:blank": None,
}


@pytest.mark.parametrize("href", WHATWG)
def test_an_address_means_what_a_browser_makes_of_it(href: str) -> None:
    assert join(BASE, href) == WHATWG[href]
