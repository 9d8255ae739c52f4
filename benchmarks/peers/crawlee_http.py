"""Crawlee for Python: its HTTP crawler with its own client (impit, in Rust) and selectolax; request queue in memory.

python -m benchmarks.peers.crawlee_http URL OUTPUT
"""

from __future__ import annotations

import asyncio
import logging
import sys
from datetime import timedelta
from pathlib import Path

import orjson
from crawlee import ConcurrencySettings
from crawlee.configuration import Configuration
from crawlee.crawlers import HttpCrawler, HttpCrawlingContext
from crawlee.storage_clients import MemoryStorageClient

from benchmarks.peers.fields import by_selectolax


async def crawl(start: str, output: Path) -> None:
    """Fetch everything that can be reached from `start`."""
    crawler = HttpCrawler(
        storage_client=MemoryStorageClient(),
        configuration=Configuration(available_memory_ratio=0.9),
        concurrency_settings=ConcurrencySettings(min_concurrency=32, desired_concurrency=32, max_concurrency=64),
        max_request_retries=0,
        request_handler_timeout=timedelta(seconds=30),
        configure_logging=False,
        use_session_pool=False,
        retry_on_blocked=False,
    )
    with output.open("wb") as lines:

        @crawler.router.default_handler
        async def handle(context: HttpCrawlingContext) -> None:
            fields = by_selectolax(await context.http_response.read(), context.request.url)
            await context.add_requests([link["url"] for link in fields["links"]])
            if fields["headline"]:
                lines.write(orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE))

        await crawler.run([start])


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(crawl(sys.argv[1], Path(sys.argv[2])))
