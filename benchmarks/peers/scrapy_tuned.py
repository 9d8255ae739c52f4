"""Scrapy as its documentation tunes it for one quick site: concurrency up, no delay, no cookies, no retries, no stats.

python -m benchmarks.peers.scrapy_tuned URL OUTPUT
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess

from benchmarks.peers.fields import by_parsel

TUNED = {
    "CONCURRENT_REQUESTS": 64,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 64,
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": False,
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False,
    "REDIRECT_ENABLED": False,
    "AUTOTHROTTLE_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "WARNING",
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    "ASYNCIO_EVENT_LOOP": "uvloop.Loop",
    "REACTOR_THREADPOOL_MAXSIZE": 4,
}


class News(scrapy.Spider):
    """Follows the boxes; its own selectors read the page."""

    name = "news"

    def __init__(self, url: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start_urls = [url]

    def parse(self, response: Any) -> Iterator[Any]:
        fields = by_parsel(response.selector, response.url)
        for link in fields["links"]:
            yield scrapy.Request(link["url"])
        if fields["headline"]:
            yield fields


def main() -> None:
    url, output = sys.argv[1:3]
    process = CrawlerProcess({**TUNED, "FEEDS": {output: {"format": "jsonlines"}}})
    process.crawl(News, url=url)
    process.start()


if __name__ == "__main__":
    main()
