"""Runs the real `wireroom` command as a user does, and reads the ledger that it leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workers.ledger import Ledger


@dataclass
class Crawl:
    """A finished command: its summary, its exit code, what it said and the ledger it left."""

    summary: dict[str, Any]
    code: int
    said: str
    state: Path

    @property
    def ledger(self) -> Ledger:
        return Ledger.open(f"sqlite:///{self.state / 'ledger.db'}")


def environment(**more: str) -> dict[str, str]:
    """The environment of a newcomer: nothing of Wireroom's is set."""
    return {name: value for name, value in os.environ.items() if not name.startswith("WIREROOM_")} | more


def wireroom(*arguments: str, timeout: float = 120, **more: str) -> subprocess.CompletedProcess[str]:
    """Run it in a folder of its own, which it has to leave empty."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "workers", *arguments],
            cwd=folder,
            env=environment(**more),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert not list(Path(folder).iterdir()), "what it writes belongs into the state folder"
    return done


def crawl(state: Path, *arguments: str, timeout: float = 120, command: str = "crawl", **more: str) -> Crawl:
    done = wireroom(command, *arguments, "--state", str(state), "--json", timeout=timeout, **more)
    lines = done.stdout.strip().splitlines()
    assert lines, f"no summary; it said: {done.stderr}\n{logs(state)}"
    return Crawl(json.loads(lines[-1]), done.returncode, done.stderr, state)


def logs(state: Path) -> str:
    return "\n".join(f"{log.name}: {log.read_text()[-3000:]}" for log in sorted(state.glob("*.log")))


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for what comes true in another process."""
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, "it did not come true"
        time.sleep(0.1)
