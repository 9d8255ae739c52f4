"""Feeds in pages: the archive of a site may be told there and nowhere else."""

from __future__ import annotations

import time

import pytest
from lists_of_links import HOST, SITE, paths
from speed import a_second

from workers.core.link import Kind, Label
from workers.core.page import Page
from workers.core.work import Lease
from workers.sites.known import SITES
from workers.sites.lists.paged_feeds import next_feed
from workers.stages.parse import parse

ENTRY = '<entry><title>The wheel turns</title><link href="/wheel"/><link rel="next" href="/of-an-entry"/></entry>'
FEEDS = {
    f'<feed xmlns="x"><link rel="next" href="/feed?page=2"/>{ENTRY}</feed>': "/feed?page=2",
    "<rss xmlns:atom='x'><channel><atom:link href='/feed?a=1&amp;page=2' rel='next' /><item/></channel></rss>": (
        "/feed?a=1&page=2"
    ),
    f'<feed><link rel="prev-archive" href="/feed/2026/10"/>{ENTRY}</feed>': "/feed/2026/10",
    '{"version": "https://jsonfeed.org/version/1.1", "next_url": "/feed.json?p\\u003d2"}': "/feed.json?p=2",
    f"<feed>{ENTRY}</feed>": None,
    f'<feed><link rel="next" href="https://far.example/2"/>{ENTRY}</feed>': None,
    f'<feed><link rel="next" href="/feed"/>{ENTRY}</feed>': None,
    f'<feed><link rel="self" href="/feed?page=2"/>{ENTRY}</feed>': None,
}


@pytest.mark.parametrize(("feed", "following"), FEEDS.items())
def test_a_feed_names_its_next_page(feed: str, following: str | None) -> None:
    found = next_feed(feed.encode(), f"{HOST}/feed", SITE, 0)
    assert paths(found) == ([following] if following else [])
    assert {(link.kind, link.label) for link in found} <= {(Kind.FEED, Label.FEED)}


def test_no_feed_is_followed_beyond_the_limit_of_pages_nor_that_of_a_profile() -> None:
    feed = next(iter(FEEDS)).encode()
    assert [len(next_feed(feed, f"{HOST}/feed", SITE, depth)) for depth in (48, 49)] == [1, 0]
    assert next_feed(feed, f"https://{SITES[0].hosts[0]}/feed", SITES[0], 0) == ()


@pytest.mark.parametrize("feed", ["<link " * 900_000, '<link rel="next" href="' * 90_000, '{"next_url": "' * 90_000])
def test_a_feed_without_an_end_costs_moments(feed: str) -> None:
    begun = time.process_time()
    next_feed(feed.encode(), f"{HOST}/feed", SITE, 0)
    assert time.process_time() - begun < a_second()


def test_the_next_page_comes_with_the_entries_of_a_feed() -> None:
    lease = Lease(
        id=1, site=SITE.name, key="f", url=f"{HOST}/feed", host="mill.example", kind=Kind.FEED, label=Label.FEED,
        depth=1, visit=1, attempt=1,
    )  # fmt: skip
    feed = next(iter(FEEDS))
    for body, links in ((feed, ["/wheel", "/feed?page=2"]), (feed.replace("entry", "none"), [])):
        page = Page(asked=lease.url, url=lease.url, status=200, body=body.encode(), fetched_at=0.0, headers={})
        assert paths(parse(page, lease, SITE).links) == links
