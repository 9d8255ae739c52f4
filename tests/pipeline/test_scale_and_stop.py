"""More workers store the same set; stopping is clean; a later crawl goes on where the first one stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from crawls import Crawl, crawl, environment, wireroom
from timed_demo import TimedDemo
from witness import ARRIVALS

from workers.demo import DemoSite
from workers.ledger import Ledger


def keys(done: Crawl) -> list[str]:
    ledger = done.ledger
    try:
        return sorted(row.key for row in ledger.articles(limit=10_000))
    finally:
        ledger.close()


def test_four_fetch_and_four_parse_workers_store_the_same_set(tmp_path: Path) -> None:
    with TimedDemo(pages=120) as demo:
        truth = sorted(demo.truth())
        many = crawl(tmp_path, demo.url, "--fetch", "4", "--parse", "4")
        assert keys(many) == truth
        if ARRIVALS is not None:
            assert min(map(min, demo.gaps().values())) >= 0.05, "more workers ask no host faster"


def start(state: Path, url: str, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "workers", "crawl", url, "--state", str(state), "--json", *options]
    return subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until_stored(state: Path, number: int, seconds: float = 60) -> None:
    """Wait until the crawl at work there has stored so many articles."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if (state / "ledger.db").exists():
            try:
                ledger = Ledger.open(f"sqlite:///{state / 'ledger.db'}")
            except Exception:  # noqa: BLE001  # it is being made
                time.sleep(0.05)
                continue
            stored = ledger.status().total.articles
            ledger.close()
            if stored >= number:
                return
        time.sleep(0.05)
    pytest.fail(f"fewer than {number} articles after {seconds} s")


def children_of(pid: int) -> set[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parent = {int(child): int(of) for child, of in (line.split() for line in listed.splitlines())}
    found = {pid}
    while more := {child for child, of in parent.items() if of in found} - found:
        found |= more
    return found - {pid}


def still_running(pids: set[int], seconds: float = 5) -> dict[int, str]:
    """Those of the processes that run after so many seconds, with their command; one that only waits for its parent
    to notice its end does not run."""
    give_up = time.monotonic() + seconds
    while True:
        listed = subprocess.run(["ps", "-eo", "pid=,stat=,args="], capture_output=True, text=True, check=True).stdout
        rows = (line.split(None, 2) for line in listed.splitlines())
        found = {int(pid): args for pid, stat, args in rows if int(pid) in pids and not stat.startswith("Z")}
        if not found or time.monotonic() > give_up:
            return found
        time.sleep(0.1)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_crawl_ends_cleanly_and_goes_on_later(how: signal.Signals, tmp_path: Path) -> None:
    with DemoSite(pages=120, latency=0.05) as demo:
        running = start(tmp_path, demo.url)
        until_stored(tmp_path, 20)
        family = children_of(running.pid)
        running.send_signal(how)
        begun = time.monotonic()
        said = running.communicate(timeout=30)
        assert time.monotonic() - begun < 12
        assert json.loads(said[0])["stopped"], said
        assert still_running(family) == {}, "no process is left behind"
        asked = {(a.host, a.target) for a in demo.requests if a.status == 200}
        again = crawl(tmp_path, demo.url)
        assert again.code == 0
        assert keys(again) == sorted(demo.truth())
        assert asked, "the first part did something"


def test_followed_the_demo_site_is_a_wire_that_comes_in(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "workers", "crawl", "--follow", "--rate", "1", "--state", str(tmp_path), "--json"]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        until_stored(tmp_path, 304, seconds=90)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=30)[0]
    assert json.loads(said)["stopped"]
    assert running.returncode == 130


def test_workers_end_when_the_command_is_killed(tmp_path: Path) -> None:
    with DemoSite(pages=120) as demo:
        running = start(tmp_path, demo.url)
        until_stored(tmp_path, 5)
        family = children_of(running.pid)
        assert len(family) >= 5, "Valkey, two workers and their children"
        running.kill()
        running.communicate()
        # A warm stop lets an open request end, which the page that never ends does at its deadline of 30 s.
        assert still_running(family, 40) == {}
        again = crawl(tmp_path, demo.url)
        assert keys(again) == sorted(demo.truth()), "what the killed crawl had leased is handed out again"


def test_a_page_limit_bounds_the_requests(tmp_path: Path) -> None:
    with DemoSite(pages=120) as demo:
        done = crawl(tmp_path, demo.url, "--pages", "20")
        asked = [a for a in demo.requests if a.target != "/robots.txt"]
        assert 15 <= len(asked) <= 24, "redirects and second attempts come on top"
        assert done.summary["waiting"] > 0


def test_two_crawls_do_not_work_in_one_folder(tmp_path: Path) -> None:
    with DemoSite(pages=120) as demo:
        running = start(tmp_path, demo.url, "--follow")  # so that it does not end before the second begins
        until_stored(tmp_path, 1)
        second = wireroom("crawl", demo.url, "--state", str(tmp_path))
        running.kill()
        running.communicate()
    assert second.returncode == 3
    assert "Another wireroom command" in second.stderr
    assert "Traceback" not in second.stderr
