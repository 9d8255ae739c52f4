"""The further parts of a story are fetched with its first one, and nothing that a part is costs the story."""

from __future__ import annotations

import asyncio

import pytest
from asking import AGENT
from server import MisbehavingServer, answer

from workers.adapters.http import Fetcher, Limits, open_client
from workers.core.errors import ServerError
from workers.core.gate import Open
from workers.core.link import Kind, Label
from workers.core.page import Page
from workers.core.work import Lease
from workers.fetching import LedgerTools, WebAsker
from workers.settings import Settings
from workers.wiring import Room

PAGE = b'<!doctype html><p>The bridge is open.</p><a href="/story/2">2</a><a href="/story/3">3</a>'


def fetched(site: MisbehavingServer, second: str = "/story/2", attempt: int = 2) -> Page:
    url = site.url("/story")
    lease = Lease(
        id=1, site="news.example", key=url, url=url, host="news.example", kind=Kind.PAGE, label=Label.LISTING,
        depth=1, visit=1, attempt=attempt, second_part=site.url(second),
    )  # fmt: skip

    async def main() -> Page:
        room = Room(Settings())
        fetcher = Fetcher(open_client(), AGENT, Limits(5.0, 5_000_000, 5), allow_private=True)
        try:
            return await WebAsker(room, fetcher, LedgerTools(room)).get(lease, Open())
        finally:
            await fetcher.aclose()

    return asyncio.run(main())


def test_all_parts_come_with_the_first_one(site: MisbehavingServer) -> None:
    site.on |= {path: answer(PAGE) for path in ("/story", "/story/2", "/story/3")}
    assert [part.url for part in fetched(site).parts] == [site.url("/story/2"), site.url("/story/3")]


def test_a_part_that_fails_is_waited_for_and_in_the_end_done_without(site: MisbehavingServer) -> None:
    site.on |= {"/story": answer(PAGE), "/story/2": answer(PAGE), "/story/3": answer(b"", 500)}
    with pytest.raises(ServerError):
        fetched(site)
    assert [part.url for part in fetched(site, attempt=4).parts] == [site.url("/story/2")]


@pytest.mark.parametrize("second", ["/", "/story", "/else"])
def test_what_is_no_second_part_any_more_is_none(site: MisbehavingServer, second: str) -> None:
    """The page may lead elsewhere than when its parts were found."""
    site.on["/story"] = answer(PAGE)
    assert fetched(site, second).parts == ()


def test_a_large_page_waits_for_no_other_one(site: MisbehavingServer) -> None:
    large = PAGE + b" " * 2_000_000
    site.on |= {"/story": answer(large), "/story/2": answer(large)}
    assert (fetched(site).parts, site.paths) == ((), ["/story"])
