"""Tasks of the embedded workers that break of what should not happen: said once, given up where nothing goes on."""

from __future__ import annotations

import time
from pathlib import Path

from workers.adapters.notes import Breakdowns
from workers.adapters.redis import REDIS_ERRORS, connect
from workers.cli.progress import Progress
from workers.core.steering import visible

LOOK_EVERY = 2.0
# Where a task breaks and no URL was finished for so long, waiting longer helps nobody.
GIVE_UP = 30.0


class Watch:
    """Looks for tasks that break. `folder` holds the workers' logs, `redis_url` is where they note it."""

    def __init__(self, progress: Progress, folder: Path, redis_url: str) -> None:
        self._progress, self._folder = progress, folder
        self._breakdowns = Breakdowns(connect(redis_url))
        self._said: set[str] = set()
        self._next = self._moved = time.monotonic()
        self._finished = -1

    def look(self) -> str | None:
        """Say what breaks; the sentence that ends the command, once that has kept everything from going on."""
        now = time.monotonic()
        if now < self._next:
            return None
        self._next = now + LOOK_EVERY
        if self._progress.finished != self._finished:
            self._finished, self._moved = self._progress.finished, now
        broken = self._last()
        for task in sorted(broken.keys() - self._said):
            self._progress.say(f"{self._sentence(task, broken[task])} It is tried again.")
        self._said |= broken.keys()
        if broken and now - self._moved > GIVE_UP:
            task = min(broken)
            return f"{self._sentence(task, broken[task])} Nothing is lost: the same command goes on once it is mended."
        return None

    def _last(self) -> dict[str, str]:
        try:
            return self._breakdowns.last()
        except REDIS_ERRORS:  # the workers have none either, and say so
            return {}

    def _sentence(self, task: str, why: str) -> str:
        log = self._folder / ("fetch.log" if task == "fetch" else "parse.log")
        return f"The {task} task breaks ({visible(why)}); {log} has more."
