"""robots.txt: what it means, how it is fetched, and what its failures mean."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import time
import tracemalloc
from collections.abc import Callable

import pytest
from asking import AGENT
from hypothesis import given
from hypothesis import strategies as st
from robots_cases import CASES, Case
from server import MisbehavingServer, answer, endless, raw, redirect

from workers.adapters.http import Fetcher, Limits, open_client
from workers.adapters.robots import KEPT_FOR, MOST_READ, fetch_robots, read_robots
from workers.core.errors import AddressRefused, HostResting
from workers.core.manners import robots_name
from workers.core.work import Robots

ORIGIN = "https://example.org"
CLOSED = b"User-agent: *\nDisallow: /\n"


def said(text: str, status: int = 200) -> Robots:
    return Robots(status, text, KEPT_FOR)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rules_mean(case: Case) -> None:
    rules = read_robots(said(case.text))
    assert {path: rules.allows(ORIGIN + path, case.agent) for path in case.paths} == case.paths


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("wireroom/0.1 (+https://example.org/)", "wireroom"),
        ("News_Bot-2/1.0", "news_bot-"),
        ("Mozilla/5.0 (compatible; NewsBot/1.0; +https://example.org/bot)", "newsbot"),
        ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; Compatible; News-Bot/2.1) Chrome/120.0", "news-bot"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", ""),
        ("Mozilla/5.0 (compatible; 7)", ""),
        ("007/1.0", ""),
        ("*", ""),
    ],
)
def test_the_name_of_an_agent_is_its_product_token(agent: str, name: str) -> None:
    assert robots_name(agent) == name
    if name:
        rules = read_robots(said(f"User-agent: *\nDisallow:\nUser-agent: {name}\nDisallow: /\nCrawl-delay: 7"))
        assert (rules.allows(f"{ORIGIN}/a", agent), rules.delay(agent)) == (False, 7.0)
        others = read_robots(said("User-agent: *\nDisallow: /\nUser-agent: Mozilla\nDisallow:"))
        assert not others.allows(f"{ORIGIN}/a", agent), "rules for Mozilla are none for us"


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 10", 10.0),
        ("User-agent: *\nCrawl-delay: 2.5\nDisallow: /a", 2.5),
        ("User-agent: wire\nCrawl-delay: 3\nUser-agent: *\nCrawl-delay: 9", 3.0),
        ("User-agent: *\nCrawl-delay: 4\nUser-agent: wire\nDisallow:", None),
        ("User-agent: one\nUser-agent: wire\nCrawl-delay: 5", 5.0),
        ("User-agent: *\nCrawl-delay: 5\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nCrawl-delay: soon", None),
        ("User-agent: *\nCrawl-delay: -1", None),
        ("User-agent: *\nCrawl-delay: inf", None),
        ("User-agent: *\nCrawl-delay: nan", None),
        ("User-agent: *\nDisallow: /", None),
        ("", None),
    ],
)
def test_a_crawl_delay_is_read(text: str, delay: float | None) -> None:
    assert read_robots(said(text)).delay("wire/1.0") == delay


def test_sitemaps_are_collected_from_anywhere_in_the_file() -> None:
    text = (
        "Sitemap: https://example.org/a.xml\nUser-agent: x\nDisallow: /\nSITEMAP:https://example.org/b.xml # news\n"
        "Sitemap: /path.xml\nSitemap: https://example.org/a.xml\nSitemap:"
    )
    found = ("https://example.org/a.xml", "https://example.org/b.xml", "/path.xml")
    assert read_robots(said(text)).sitemaps == found


@pytest.mark.parametrize("status", [0, 429, 500, 503, 599])
def test_what_cannot_be_read_for_now_closes_the_host(status: int) -> None:
    rules = read_robots(said("User-agent: *\nAllow: /", status))
    assert rules.closed
    assert not rules.allows(f"{ORIGIN}/a", AGENT)


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 410, 451])
def test_what_is_not_there_leaves_the_host_open(status: int) -> None:
    assert read_robots(said(CLOSED.decode(), status)).allows(f"{ORIGIN}/a", AGENT)


@given(st.text(), st.text())
def test_no_text_breaks_the_reader(text: str, path: str) -> None:
    rules = read_robots(said("User-agent: *\nDisallow: /" + text))
    assert rules.allows(f"{ORIGIN}/{path}", AGENT) in (True, False)
    read_robots(said(text))


def test_wildcards_cannot_make_matching_slow() -> None:
    rules = read_robots(said("User-agent: *\nDisallow: /" + "*a" * 5_000 + "$\n" + "Disallow: /*a*b*c\n" * 5_000))
    begun = time.perf_counter()
    assert rules.allows(f"{ORIGIN}/{'a' * 2_000}", AGENT)
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize(
    ("agents", "rules"), [(36_000, 0), (16_000, 30_000), (3_000, 3_000), (0, 35_000)], ids=lambda n: f"{n}"
)
def test_neither_agents_nor_rules_without_number_make_reading_slow(agents: int, rules: int) -> None:
    named = "".join(f"User-agent:{'abcdefghij'[n % 10] * (n // 10 % 9 + 1)}{'-' * (n // 90)}\n" for n in range(agents))
    text = (named[: MOST_READ // 2] + "\nUser-agent:*\n" + "Disallow:/a\n" * rules)[:MOST_READ]
    begun = time.process_time()
    read = read_robots(said(text))
    assert read.allows(f"{ORIGIN}/a", AGENT) is (rules == 0)
    assert time.process_time() - begun < 1.5


def test_agents_that_share_rules_share_their_memory() -> None:
    names = "".join(f"User-agent: {''.join(name)}\n" for name in itertools.product("abcdefghijklmno", repeat=3))
    tracemalloc.start()
    try:
        rules = read_robots(said(names + "Disallow: /a\n" * 3_000))
        assert not rules.allows(f"{ORIGIN}/a", "abc")
        assert not rules.allows(f"{ORIGIN}/a", "ooo/1.0")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


Fetch = Callable[[], Robots]


@pytest.fixture
def fetch(site: MisbehavingServer) -> Fetch:
    """Fetches the robots.txt of the site."""

    async def main() -> Robots:
        fetcher = Fetcher(open_client(), AGENT, Limits(deadline=0.5), allow_private=True)
        try:
            return await fetch_robots(fetcher, site.url("/news/1.html?x"))
        finally:
            await fetcher.aclose()

    return lambda: asyncio.run(main())


def allowed(robots: Robots) -> bool:
    return read_robots(robots).allows(f"{ORIGIN}/a", AGENT)


def test_it_is_asked_at_the_root_of_the_host_and_kept_for_a_day(site: MisbehavingServer, fetch: Fetch) -> None:
    site.on["/robots.txt"] = answer(CLOSED, content_type="text/plain")
    assert fetch() == Robots(200, CLOSED.decode(), 86_400.0)
    assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize("media", ["text/html", "application/octet-stream", "image/png"])
def test_its_content_type_does_not_matter(site: MisbehavingServer, fetch: Fetch, media: str) -> None:
    site.on["/robots.txt"] = answer(CLOSED, content_type=media)
    assert not allowed(fetch())


def test_it_may_come_packed(site: MisbehavingServer, fetch: Fetch) -> None:
    site.on["/robots.txt"] = answer(gzip.compress(CLOSED), content_encoding="gzip")
    assert not allowed(fetch())


def test_one_that_is_missing_allows_for_a_day(site: MisbehavingServer, fetch: Fetch) -> None:
    robots = fetch()
    assert (robots.status, robots.expires_in, allowed(robots)) == (404, KEPT_FOR, True)


FAILURES = {
    "a server error": answer(b"", 500),
    "too many requests": answer(b"", 429),
    "silence": raw(then="wait"),
    "a drip": endless(b"HTTP/1.1 200 OK\r\n\r\n", b"#", every=0.02),
    "a reset": raw(then="reset"),
    "a broken answer": raw(b"not HTTP at all"),
    "a body cut short": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nUser-agent: *\n"),
    "broken gzip": answer(b"User-agent: *", content_encoding="gzip"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_forbids_everything_for_some_minutes(site: MisbehavingServer, fetch: Fetch, name: str) -> None:
    site.on["/robots.txt"] = FAILURES[name]
    robots = fetch()
    assert not allowed(robots)
    assert 0 < robots.expires_in <= 3_600


def test_one_that_leads_to_an_address_we_never_ask_is_named_so(site: MisbehavingServer, fetch: Fetch) -> None:
    site.on["/robots.txt"] = redirect("http://me:pw@127.0.0.1/")
    with pytest.raises(AddressRefused):
        fetch()


def test_five_redirects_are_followed_also_to_other_hosts(site: MisbehavingServer, fetch: Fetch) -> None:
    site.on["/robots.txt"] = redirect(site.url("/1", host="other.localhost"))
    for step in range(1, 5):
        site.on[f"/{step}"] = redirect(f"/{step + 1}")
    site.on["/5"] = answer(CLOSED)
    assert not allowed(fetch())
    assert len(site.log) == 6


def test_more_than_five_redirects_mean_that_there_is_none(site: MisbehavingServer, fetch: Fetch) -> None:
    site.on["/robots.txt"] = redirect("/1")
    for step in range(1, 9):
        site.on[f"/{step}"] = redirect(f"/{step + 1}")
    assert allowed(fetch())
    assert len(site.log) == 6


def test_500_kib_are_read_and_no_more(site: MisbehavingServer, fetch: Fetch) -> None:
    rules = b"User-agent: *\nDisallow: /early\n"
    filler = b"# of no account\n" * (MOST_READ // 16)
    site.on["/robots.txt"] = answer(rules + filler + b"Disallow: /late\n")
    robots = fetch()
    read = read_robots(robots)
    assert len(robots.body) <= MOST_READ
    assert not read.allows(f"{ORIGIN}/early", AGENT)
    assert read.allows(f"{ORIGIN}/late", AGENT)


def test_a_line_that_the_cut_goes_through_does_not_count(site: MisbehavingServer, fetch: Fetch) -> None:
    head = b"User-agent: *\nDisallow: /private\n"
    filler = b"#" * (MOST_READ - len(head) - len(b"\nAllow: /private/b")) + b"\n"
    site.on["/robots.txt"] = answer(head + filler + b"Allow: /private/but/this\n")
    assert not read_robots(fetch()).allows(f"{ORIGIN}/private/but/this", AGENT)
    assert not read_robots(fetch()).allows(f"{ORIGIN}/private/back", AGENT), "half a rule allows too much"


def test_an_endless_one_is_cut_too(site: MisbehavingServer, fetch: Fetch) -> None:
    site.on["/robots.txt"] = endless(b"HTTP/1.1 200 OK\r\n\r\n" + CLOSED, b"# and so on\n" * 1_000)
    assert not allowed(fetch())


def test_what_the_gate_raises_comes_through(site: MisbehavingServer) -> None:
    class Shut:
        async def allow(self, url: str) -> None:
            return None

        async def start(self, url: str) -> None:
            raise HostResting

        def sent(self, url: str, at: float) -> None:
            return None

    async def main() -> None:
        fetcher = Fetcher(open_client(), AGENT, Limits(), allow_private=True)
        try:
            await fetch_robots(fetcher, site.url("/"), gate=Shut())
        finally:
            await fetcher.aclose()

    with pytest.raises(HostResting):
        asyncio.run(main())
    assert site.log == []
