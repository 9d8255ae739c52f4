"""scrapy-redis with two spider processes over one Redis: queue, duplicates and items in Redis, as its README says.

BENCH_REDIS=unix://… python -m benchmarks.peers.scrapy_redis URL OUTPUT
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import redis
from scrapy.crawler import CrawlerProcess

from benchmarks.peers.fields import by_parsel
from benchmarks.peers.scrapy_tuned import TUNED

PROCESSES = 2
ITEMS = "news:items"


def spider(url: str) -> None:
    """One process; it ends when the shared queue has been empty for a moment."""
    import scrapy
    from scrapy_redis.spiders import RedisSpider

    class News(RedisSpider):  # type: ignore[misc]
        name = "news"
        redis_key = "news:start_urls"
        max_idle_time = 2

        def parse(self, response: Any) -> Any:
            fields = by_parsel(response.selector, response.url)
            for link in fields["links"]:
                yield scrapy.Request(link["url"])
            if fields["headline"]:
                yield fields

    process = CrawlerProcess(
        {
            **TUNED,
            "REDIS_URL": os.environ["BENCH_REDIS"],
            "SCHEDULER": "scrapy_redis.scheduler.Scheduler",
            "DUPEFILTER_CLASS": "scrapy_redis.dupefilter.RFPDupeFilter",
            "ITEM_PIPELINES": {"scrapy_redis.pipelines.RedisPipeline": 300},
            "SCHEDULER_PERSIST": True,
        }
    )
    process.crawl(News)
    process.start()


def main() -> None:
    url, output = sys.argv[1:3]
    if output == "-":
        spider(url)
        return
    client = redis.Redis.from_url(os.environ["BENCH_REDIS"])
    client.flushall()
    client.lpush("news:start_urls", url)
    command = [sys.executable, "-m", "benchmarks.peers.scrapy_redis", url, "-"]
    running = [subprocess.Popen(command) for _ in range(PROCESSES)]
    if any(process.wait() for process in running):
        raise SystemExit("a spider failed")
    with Path(output).open("wb") as lines:
        while item := client.lpop(ITEMS):
            lines.write(item + b"\n")


if __name__ == "__main__":
    main()
