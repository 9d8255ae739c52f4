"""Scrapy stripped: no middleware, no extension, no scheduler on disk, selectolax instead of its own selectors.

python -m benchmarks.peers.scrapy_bare URL OUTPUT
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import scrapy
from scrapy.crawler import CrawlerProcess

from benchmarks.peers.fields import by_selectolax
from benchmarks.peers.scrapy_tuned import TUNED

STRIPPED = {
    **TUNED,
    "DOWNLOADER_MIDDLEWARES_BASE": {},
    "SPIDER_MIDDLEWARES_BASE": {},
    "EXTENSIONS_BASE": {},
    "ITEM_PIPELINES": {},
    "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
}
HEADERS = {"accept-encoding": "gzip", "user-agent": "bench"}


class News(scrapy.Spider):
    """Keeps its own set of URLs and writes its own lines: what Scrapy would do for each, it need not."""

    name = "news"

    def __init__(self, url: str, output: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.first, self.seen = url, {url}
        self.lines = Path(output).open("wb")  # noqa: SIM115  # closed with the spider

    async def start(self) -> Any:
        yield scrapy.Request(self.first, headers=HEADERS, dont_filter=True)

    def parse(self, response: Any) -> Iterator[Any]:
        packed = response.headers.get(b"Content-Encoding") == b"gzip"
        fields = by_selectolax(zlib.decompress(response.body, 31) if packed else response.body, response.url)
        for link in fields["links"]:
            if link["url"] not in self.seen:
                self.seen.add(link["url"])
                yield scrapy.Request(link["url"], headers=HEADERS, dont_filter=True)
        if fields["headline"]:
            self.lines.write(orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE))

    def closed(self, _reason: str) -> None:
        self.lines.close()


def main() -> None:
    process = CrawlerProcess(STRIPPED)
    process.crawl(News, url=sys.argv[1], output=sys.argv[2])
    process.start()


if __name__ == "__main__":
    main()
