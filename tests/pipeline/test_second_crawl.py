"""A second crawl of the same site: it finds what is new wherever the site shows it, and asks for nothing too soon."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from crawls import Crawl, crawl
from witness import Reply, Witness

DAY = 86_400
XML = {"Content-Type": "application/xml"}
FRONT, NEXT, TOWN, LAKE = 10, 10, 6, 20  # stories on the front page and its next one, of the town, in the sitemap


def headline(number: int) -> str:
    return f"The bridge number {number} is open to all traffic again"


def article(number: int) -> str:
    text = (
        f"Bridge {number} over the river was opened again on Monday after repairs that took a year, the council said. "
    )
    return f"<title>{headline(number)}</title><article><h1>{headline(number)}</h1>{f'<p>{text * 2}</p>' * 5}</article>"


def teasers(numbers: Iterable[int]) -> str:
    text = "The council said on Monday that the repairs took a year and cost more than was planned."
    return "".join(f'<div><h2><a href="/story/{n}">{headline(n)}</a></h2><p>{n}: {text}</p></div>' for n in numbers)


class News:
    """A site without a profile: pages of news, a section, a feed that the front page names, sitemaps by robots.txt."""

    def __init__(self, witness: Witness) -> None:
        self.witness, self.host = witness, witness.host(0)
        self.pages, self.town = [list(range(100, 110)), list(range(110, 120))], list(range(200, 206))
        self.lake, self.wire, self.firewall = [300], [400], False
        witness.answers = self.answer
        witness.robots = Reply(f"Sitemap: {self.url}/maps/all.xml\n".encode(), headers={"Content-Type": "text/plain"})

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def answer(self, host: str, path: str) -> Reply:
        if path == "/maps/all.xml":
            return self.xml(f"<sitemapindex><sitemap><loc>{self.url}/maps/lake.xml</loc></sitemap></sitemapindex>")
        if path == "/maps/lake.xml":
            locs = "".join(f"<url><loc>{self.url}/story/{n}</loc></url>" for n in self.lake)
            return self.xml(f"<urlset>{locs}</urlset>")
        if path == "/wire.rss":
            items = "".join(f"<item><title>{headline(n)}</title><link>/story/{n}</link></item>" for n in self.wire)
            return self.xml(f"<rss><channel>{items}</channel></rss>")
        if path in ("/", "/page/2"):
            return self.html(self.listing(path == "/"))
        if path == "/town-and-country":
            return self.html(f"<title>Town</title><h1>Town and country</h1>{teasers(self.town)}")
        if path.startswith("/story/"):
            return Reply(b"no", 403) if self.firewall else self.html(article(int(path[7:])))
        return Reply(b"no such page", 404)

    def listing(self, first: bool) -> str:
        town = '<h2><a href="/town-and-country">News of town and country</a></h2>' if first else ""
        feed = '<link rel="alternate" type="application/rss+xml" href="/wire.rss">' if first else ""
        more = '<a href="/page/2">Older</a>' if first else ""
        return f"<head>{feed}<title>News</title></head><h1>News</h1>{teasers(self.pages[not first])}{town}{more}"

    @staticmethod
    def html(body: str) -> Reply:
        return Reply(f"<!doctype html><html lang=en>{body}</html>".encode())

    @staticmethod
    def xml(body: str) -> Reply:
        return Reply(f'<?xml version="1.0"?>{body}'.encode(), headers=XML)

    def crawl(self, state: Path, path: str = "/", *options: str) -> tuple[Crawl, list[str]]:
        """A crawl, and the paths that it asked for."""
        before = len(self.witness.of(self.host))
        done = crawl(state, f"{self.url}{path}", "--allow-private", "--delay", "0", *options)
        return done, sorted(one.path for one in self.witness.of(self.host)[before:])


@pytest.fixture
def news() -> Iterator[News]:
    with Witness() as witness:
        yield News(witness)


def let_pass(state: Path, seconds: float, which: str) -> None:
    """What is due within so many seconds is due now, of these URLs."""
    file = sqlite3.connect(state / "ledger.db", isolation_level=None)
    file.execute(f"UPDATE urls SET revisit_at = revisit_at - ? WHERE {which}", (seconds,))
    file.close()


def let_hosts_rest(state: Path) -> None:
    """The rest of every host is over."""
    file = sqlite3.connect(state / "ledger.db", isolation_level=None)
    file.execute("UPDATE hosts SET next_at = 0, ready_at = 0")
    file.close()


def stored(done: Crawl) -> set[int]:
    ledger = done.ledger
    numbers = {int(row.url.rpartition("/")[2]) for row in ledger.articles(limit=1_000)}
    ledger.close()
    return numbers


def test_what_is_new_is_found_wherever_the_site_shows_it(news: News, tmp_path: Path) -> None:
    first, asked = news.crawl(tmp_path)
    assert first.code == 0, first.said
    assert stored(first) == {*range(100, 120), *range(200, 206), 300, 400}
    assert len(asked) == len(set(asked)), "each once"
    starts = ["/", "/feed", "/rss", "/sitemap.xml"]
    _, again = news.crawl(tmp_path)
    lists = ["/wire.rss", "/maps/all.xml", "/maps/lake.xml", "/page/2", "/town-and-country"]
    assert again == sorted([*starts, *lists]), "and what the site itself names"
    news.pages = [list(range(120, 130)), list(range(130, 140))]
    news.town[-2] = 208
    second, asked = news.crawl(tmp_path)
    assert stored(second) >= {*range(120, 140)}, "the front page is all new, so its next page is read too"
    assert asked.count("/page/2") == 1
    assert 208 in stored(second), "a section front that the front page names is read too"
    news.pages[1][-1], news.town[-1] = 140, 207
    news.lake.append(301)
    news.wire.insert(0, 401)
    let_pass(tmp_path, 1.5 * DAY, "every > 0")
    third, asked = news.crawl(tmp_path)
    assert {140, 207, 301, 401} <= stored(third)
    assert [path for path in asked if path.startswith("/story/")] == [
        *("/story/140", "/story/207", "/story/301", "/story/401")
    ]


def test_a_firewall_that_refuses_for_a_while_costs_no_article(news: News, tmp_path: Path) -> None:
    news.firewall = True
    first, asked = news.crawl(tmp_path)
    assert stored(first) == set()
    assert sum(path.startswith("/story/") for path in asked) <= 12, "a host that refuses everything is left alone"
    assert any("it refuses one page after the other" in trouble for trouble in first.summary["troubles"])
    news.firewall = False
    refused = next(path for path in asked if path.startswith("/story/"))
    let_hosts_rest(tmp_path)
    by_hand, asked = news.crawl(tmp_path, refused, "--pages", "1")
    assert refused in asked
    assert int(refused.rpartition("/")[2]) in stored(by_hand)
    let_pass(tmp_path, 3_700, "reason = 'refused'")
    let_hosts_rest(tmp_path)
    later, _ = news.crawl(tmp_path)
    assert stored(later) == {*range(100, 120), *range(200, 206), 300, 400}
