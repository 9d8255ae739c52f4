"""The misbehaving server and a fetcher for it, as fixtures."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from asking import AGENT, Get
from server import MisbehavingServer, running

from workers.adapters.addresses import Resolver
from workers.adapters.cookies import Cookies
from workers.adapters.http import Fetcher, Limits, open_client
from workers.core.page import Page


@pytest.fixture
def site() -> Iterator[MisbehavingServer]:
    with running() as server:
        yield server


@pytest.fixture
def get(site: MisbehavingServer) -> Get:
    """GETs a path of the site, or a whole URL, with a fetcher of its own; cookies are those of the test."""
    cookies = Cookies()

    def run(
        path: str,
        *,
        deadline: float = 5.0,
        max_body: int = 1_000_000,
        allow_private: bool = True,
        resolver: Resolver | None = None,
        ca_file: str | None = None,
        **asked: Any,
    ) -> Page:
        async def main() -> Page:
            limits = Limits(deadline=deadline, max_body=max_body)
            client = open_client(ca_file=ca_file)
            fetcher = Fetcher(
                client, AGENT, limits, allow_private=allow_private, resolver=resolver or Resolver(), cookies=cookies
            )
            try:
                return await fetcher.get(path if "://" in path else site.url(path), **asked)
            finally:
                await fetcher.aclose()

        return asyncio.run(main())

    return run
