"""One crawled demo site, one `wireroom console` over it and one browser, for all of its tests."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawled import crawl_demo, environment
from onlooker import Console, Watched

from workers.ledger import Ledger

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser to test with")

OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    state = tmp_path_factory.mktemp("crawled") / "state"
    crawl_demo(state)
    command = [sys.executable, "-m", "workers", "console", "--port", "0", "--state", str(state)]
    running = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    address = running.stdout.readline().strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    ledger = Ledger.open(f"sqlite:///{state / 'ledger.db'}")
    yield Console(address, ledger)
    ledger.close()
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=20)
    assert running.returncode == 0


@pytest.fixture(scope="module")
def chromium() -> Iterator[playwright.Browser]:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed (Debian: apt install chromium): no browser to test with")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=list(OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def watched(chromium: playwright.Browser, console: Console) -> Iterator[Watched]:
    """A new page; at the end nothing may have gone wrong on it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(15_000)
    found = Watched(page, console.address)
    page.on("console", lambda said: found.errors.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(console.address) else found.foreign.append(asked.url))
    # Chromium tells of a request that the page's own policy forbids, too; it ends before anything is sent.
    page.on("requestfailed", lambda asked: found.not_sent(asked.url) if asked.failure == "csp" else None)
    yield found
    context.close()
    assert found.errors == []
    assert found.foreign == []


@pytest.fixture(scope="module")
def ledger_path(console: Console) -> Path:
    return Path(console.ledger._database.place)
