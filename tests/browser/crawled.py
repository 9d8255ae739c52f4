"""A small real crawl of the demo site, made by the command as a user gives it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from workers.demo import DemoSite

PAGES = 60


def environment(**more: str) -> dict[str, str]:
    """The environment of a newcomer: nothing of Wireroom's is set."""
    return {name: value for name, value in os.environ.items() if not name.startswith("WIREROOM_")} | more


def crawl_demo(state: Path) -> None:
    """Crawl a small demo site to its end, with its traps, and keep its pages as they were fetched."""
    with DemoSite(pages=PAGES) as demo:
        command = [sys.executable, "-m", "workers", "crawl", demo.url, "--state", str(state), "--json"]
        done = subprocess.run(
            command, env=environment(WIREROOM_KEEP_DAYS="7"), capture_output=True, text=True, timeout=180, check=False
        )
    assert done.returncode == 0, done.stderr
