"""Every figure of the console is the same figure from SQL at that moment, also while a crawl runs."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workers.demo import DemoSite

pytestmark = pytest.mark.slow

BY_STATE = "SELECT state, coalesce(reason, ''), count(*) FROM urls {where} GROUP BY 1, 2"
HANDED = "SELECT count(*) FROM urls WHERE state = 'leased' AND leased_by = 'hand-off' {where}"
# A crawl rests for moments between two batches; so many of them are wanted before its end.
MOMENTS = 4


@pytest.fixture(scope="module")
def crawling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the console of a crawl that runs, and its ledger."""
    state = tmp_path_factory.mktemp("figures") / "state"
    env = {name: value for name, value in os.environ.items() if not name.startswith("WIREROOM_")}
    with DemoSite(pages=200, rate=1.0) as demo:
        command = [sys.executable, "-m", "workers", "crawl", demo.url, "--follow", "--console", "--state", str(state)]
        running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert running.stdout is not None
        found = next((m for line in running.stdout if (m := re.search(r"http://127\.0\.0\.1:\d+/", line))), None)
        assert found, "the crawl prints no address of its console"
        yield found[0], state / "ledger.db"
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)


# The site's delay or the Crawl-delay, doubled for each slowdown, up to a minute.
_DELAYS = """
SELECT name, max(least, min(least * (1 << min(slowdowns, 16)), 60.0))
FROM (SELECT hosts.name, slowdowns, max(sites.delay, coalesce(crawl_delay, 0)) AS least
      FROM hosts JOIN sites ON sites.name = hosts.site)
"""


def from_sql(path: Path) -> dict[str, Any]:
    """The figures, counted row by row in one transaction."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None, timeout=30)
    connection.execute("BEGIN")
    counts: dict[str, dict[str, int]] = {}
    for state, reason, n in connection.execute(BY_STATE.format(where="")):
        counts.setdefault(state, {})[reason] = n
    one = lambda query: connection.execute(query).fetchone()[0]  # noqa: E731
    handed, oldest = one(HANDED.format(where="")), one("SELECT min(state_at) FROM urls WHERE state = 'waiting'")
    found = {
        "waiting": sum(counts.get("waiting", {}).values()),
        "in_fetch": sum(counts.get("leased", {}).values()) - handed,
        "handed_over": handed,
        "stored": sum(counts.get("stored", {}).values()),
        "skipped": counts.get("skipped", {}),
        "parked": counts.get("parked", {}),
        "articles": one("SELECT count(*) FROM articles"),
        "versions": one("SELECT count(*) FROM versions"),
        "again": {reason: n for reason, n in counts.get("waiting", {}).items() if reason},
        "oldest_since": oldest,
        # What waited and was read again between two looks is counted as before: only this tells.
        "changed_at": one("SELECT max(state_at) FROM urls"),
        "hosts": one("SELECT count(*) FROM hosts"),
        "sites": dict(connection.execute("SELECT site, count(*) FROM articles GROUP BY 1").fetchall()),
        "delays": dict(connection.execute(_DELAYS).fetchall()),
    }
    connection.close()
    return found


def ask(address: str, path: str) -> Any:
    with urllib.request.urlopen(address + path, timeout=20) as answer:
        text = answer.read().decode()
    return json.loads(text) if path.startswith("api/") else text


def test_every_figure_equals_the_same_figure_from_sql(crawling: tuple[str, Path]) -> None:
    address, path = crawling
    end, same, articles = time.monotonic() + 120, 0, set[int]()
    while time.monotonic() < end and (same < MOMENTS or len(articles) < 2):
        before = from_sql(path)
        told, sites = ask(address, "api/v1/pipeline"), ask(address, "api/v1/sites")
        hosts, page = ask(address, "api/v1/hosts")["hosts"], ask(address, "pipeline/live")
        after = from_sql(path)
        if before != after:
            continue
        compare(before, told, sites, hosts, page)
        same += 1
        articles.add(before["articles"])
    assert same >= MOMENTS
    assert len(articles) >= 2, "the crawl stood still"


def compare(truth: dict[str, Any], told: dict[str, Any], sites: Any, hosts: Any, page: str) -> None:
    total = told["total"]
    for name in ("waiting", "in_fetch", "handed_over", "stored", "skipped", "parked", "articles", "versions"):
        assert total[name] == truth[name], name
    assert told["again"] == truth["again"]
    assert (total["waiting_oldest"] is None) == (truth["oldest_since"] is None)
    if truth["oldest_since"] is not None:
        assert abs(time.time() - truth["oldest_since"] - total["waiting_oldest"]) < 5
    assert {site["name"]: site["counts"]["articles"] for site in sites if site["counts"]["articles"]} == truth["sites"]
    assert {host["name"]: host["delay"] for host in hosts} == truth["delays"]
    funnel = re.search(r'class="funnel".*?</ol>', page, re.DOTALL)
    assert funnel
    figures = {n: int(v.replace("\u202f", "")) for n, v in re.findall(r'data-figure="(\w+)">([\d\u202f]+)<', funnel[0])}
    for name in ("waiting", "in_fetch", "handed_over", "articles", "versions"):
        assert figures[name] == truth[name], name
    assert figures["skipped"] == sum(truth["skipped"].values())
    assert figures["parked"] == sum(truth["parked"].values())
