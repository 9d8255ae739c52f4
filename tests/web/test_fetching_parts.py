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
    page = fetched(site)
    assert [part.url for part in page.parts] == [site.url("/story/2"), site.url("/story/3")]
    assert page.lacks == ""


def test_a_part_that_fails_is_waited_for_and_in_the_end_done_without(site: MisbehavingServer) -> None:
    site.on |= {"/story": answer(PAGE), "/story/2": answer(PAGE), "/story/3": answer(b"", 500)}
    with pytest.raises(ServerError):
        fetched(site)
    page = fetched(site, attempt=4)
    assert ([part.url for part in page.parts], page.lacks) == ([site.url("/story/2")], site.url("/story/3"))


def test_of_a_story_without_an_end_twenty_parts_are_asked_for(site: MisbehavingServer) -> None:
    paths = ["/story", *(f"/story/{number}" for number in range(2, 30))]
    links = "".join(f'<a href="{path}">{path[-2:]}</a>' for path in paths)
    site.on |= {path: answer(f"<!doctype html>{links}".encode()) for path in paths}
    page = fetched(site)
    assert (len(page.parts), page.lacks, len(site.paths)) == (19, site.url("/story/21"), 20)


def test_a_part_that_is_gone_is_named(site: MisbehavingServer) -> None:
    site.on |= {"/story": answer(PAGE), "/story/2": answer(b"", 404)}
    assert (fetched(site).parts, fetched(site).lacks) == ((), site.url("/story/2"))


@pytest.mark.parametrize("second", ["/", "/story", "/else"])
def test_what_is_no_second_part_any_more_is_none(site: MisbehavingServer, second: str) -> None:
    """The page may lead elsewhere than when its parts were found."""
    site.on["/story"] = answer(PAGE)
    assert fetched(site, second).parts == ()


def test_a_large_page_waits_for_no_other_one(site: MisbehavingServer) -> None:
    large = PAGE + b" " * 2_000_000
    site.on |= {"/story": answer(large), "/story/2": answer(large)}
    page = fetched(site)
    assert (page.parts, page.lacks, site.paths) == ((), site.url("/story/2"), ["/story"])
