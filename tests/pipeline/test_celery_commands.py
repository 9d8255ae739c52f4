"""The Celery app as any Celery user expects it: `celery -A workers worker -Q fetch`, `celery -A workers beat`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crawls import environment, until

from workers.adapters.redis import Events, connect
from workers.adapters.valkey import ValkeyServer
from workers.demo import DemoSite
from workers.ledger import Ledger
from workers.target import demo_target

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(valkey: ValkeyServer, ledger_url: str, tmp_path: Path) -> Iterator[Start]:
    running: list[subprocess.Popen[str]] = []
    env = environment(WIREROOM_REDIS_URL=valkey.url, WIREROOM_LEDGER_URL=ledger_url, WIREROOM_ALLOW_PRIVATE="true")

    def celery(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "celery", "-A", "workers", *arguments]
        with (tmp_path / f"celery-{len(running)}.log").open("w") as log:
            running.append(subprocess.Popen(command, env=env, stdout=log, stderr=log, text=True, cwd=tmp_path))
        return running[-1]

    yield celery
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def test_a_worker_for_each_stage_and_a_beat_store_a_site(start: Start, ledger_url: str, valkey: ValkeyServer) -> None:
    ledger = Ledger.open(ledger_url)
    with DemoSite(pages=60) as demo:
        target = demo_target(str(demo.port))
        ledger.put_site(target.name, target.profile, target.hosts, target.starts, target.settings)
        ledger.make_starts_due(target.name)
        for stage in ("fetch", "parse", "discover", "sink"):
            start("worker", "-Q", stage, "-c", "1", "-n", f"{stage}@%h", "--loglevel", "WARNING")
        start("beat", "--loglevel", "WARNING")
        truth = sorted(demo.truth())
        until(lambda: ledger.status().total.articles >= len(truth))
        assert sorted(row.key for row in ledger.articles(limit=1000)) == truth
        with connect(valkey.url) as client:
            told = [event for _, event in Events(client).since("0", count=1000)]
        assert sorted(event["key"] for event in told if event["event"] == "article.stored") == truth, "each told once"
    ledger.close()


def test_beat_keeps_no_file_and_sends_the_timetable(start: Start, valkey: ValkeyServer, tmp_path: Path) -> None:
    start("beat", "--loglevel", "WARNING")
    with connect(valkey.url) as client:
        until(lambda: client.llen("discover") >= 3)
    assert not list(tmp_path.glob("celerybeat*"))
