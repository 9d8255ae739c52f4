"""One page from the web for a command, as politely as a crawl: robots.txt first, everything checked and bounded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from workers.adapters.http import Fetcher, Limits, open_client
from workers.adapters.robots import Rules, fetch_robots, read_robots
from workers.core.errors import BadInput, RobotsDisallow, RobotsUnreachable
from workers.core.link import Kind
from workers.core.page import Page
from workers.core.urls import canonical, host_of, refuse_credentials
from workers.core.work import Robots
from workers.settings import Settings


def address_of(text: str) -> str:
    """The URL that a person means; BadInput when it is none that can be asked."""
    address = canonical(text if "://" in text else f"https://{text}")
    if address is None:
        refuse_credentials(text)
        raise BadInput(f"{text!r} is no address that can be asked. Give one that begins with http:// or https://.")
    return address


async def get_page(url: str, knobs: Settings) -> Page:
    """The page at this URL; raises one of the errors of core/errors.py when it cannot or must not be had."""
    async with _fetcher(knobs) as fetcher:
        return await fetcher.get(url, kind=Kind.PAGE, gate=Polite(fetcher))


@dataclass
class Polite:
    """The gate of a single visit: each hop of a redirect asks the robots.txt of its host first."""

    fetcher: Fetcher

    async def allow(self, url: str) -> None:
        """Raises when robots.txt forbids the URL, or cannot be read."""
        _, rules = await _robots(self.fetcher, url)
        if rules.closed:
            raise RobotsUnreachable(
                f"The robots.txt of {host_of(url)} cannot be read, which forbids everything for now."
            )
        if not rules.allows(url, self.fetcher.user_agent):
            raise RobotsDisallow(f"The robots.txt of {host_of(url)} forbids {url} to us.")

    async def start(self, url: str) -> None:
        """At once: it is one request."""

    def sent(self, url: str, at: float) -> None:
        """Nobody counts."""


async def get_robots(url: str, knobs: Settings) -> tuple[Robots, Rules]:
    """What the URL's host answered for its robots.txt, and the rules in it."""
    async with _fetcher(knobs) as fetcher:
        return await _robots(fetcher, url)


async def _robots(fetcher: Fetcher, url: str) -> tuple[Robots, Rules]:
    robots = await fetch_robots(fetcher, url)
    return robots, read_robots(robots)


@asynccontextmanager
async def _fetcher(knobs: Settings) -> AsyncIterator[Fetcher]:
    limits = Limits(knobs.fetch_deadline, knobs.max_body, knobs.max_redirects)
    client, named = open_client(connections=2), knobs.private
    fetcher = Fetcher(client, knobs.user_agent, limits, allow_private=knobs.allow_private, private_hosts=named)
    try:
        yield fetcher
    finally:
        await fetcher.aclose()
