"""The ordinary Celery crawler: a task for each URL, duplicates in a Redis set, items in a Redis list, two processes.

BENCH_REDIS=unix://… python -m benchmarks.peers.celery_per_url URL OUTPUT
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import orjson
import redis
import urllib3
from celery import Celery

from benchmarks.peers.fields import by_selectolax

REDIS = os.environ["BENCH_REDIS"]
app = Celery("bench", broker=REDIS.replace("unix://", "redis+socket://"))
app.conf.update(task_ignore_result=True, task_acks_late=True, worker_prefetch_multiplier=4)
client = redis.Redis.from_url(REDIS)
http = urllib3.PoolManager(maxsize=4)
SEEN, ITEMS, OPEN = "seen", "items", "open"


@app.task(name="page")
def page(url: str) -> None:
    """Fetch one page, queue the links that nobody has queued."""
    answer = http.request("GET", url, headers={"accept-encoding": "gzip"})
    fields = by_selectolax(answer.data, url)
    links = [link["url"] for link in fields["links"]]
    pipe = client.pipeline(transaction=False)
    for link in links:
        pipe.sadd(SEEN, link)
    new = [link for link, added in zip(links, pipe.execute(), strict=True) if added]
    if new:
        client.incrby(OPEN, len(new))
    for link in new:
        page.delay(link)
    if fields["headline"]:
        client.rpush(ITEMS, orjson.dumps(fields))
    client.decr(OPEN)


def main() -> None:
    url, output = sys.argv[1:3]
    client.flushall()
    client.sadd(SEEN, url)
    client.incr(OPEN)
    command = [sys.executable, "-m", "celery", "-A", "benchmarks.peers.celery_per_url", "worker", "-c", "2"]
    options = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "ERROR"]
    worker = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    page.delay(url)
    while int(client.get(OPEN) or 0) > 0:
        time.sleep(0.2)
    worker.terminate()
    worker.wait()
    with Path(output).open("wb") as lines:
        while item := client.lpop(ITEMS):
            lines.write(item + b"\n")


if __name__ == "__main__":
    main()
