"""What keeps the embedded workers from working at all: said once, and given up where nothing goes on."""

from __future__ import annotations

import time
from pathlib import Path

from workers.adapters.notes import Breakdowns
from workers.adapters.reach import require_writing
from workers.adapters.redis import REDIS_ERRORS, connect
from workers.cli.progress import Progress
from workers.core.errors import Unavailable
from workers.core.steering import visible

LOOK_EVERY = 2.0
# Where no URL was finished for so long, waiting longer helps nobody: while a task breaks each time, and while Redis,
# which may be started again, takes nothing.
GIVE_UP, GIVE_REDIS_UP = 30.0, 300.0


class Watch:
    """Looks for tasks that break and for a Redis that takes nothing. `folder` holds the workers' logs."""

    def __init__(self, progress: Progress, folder: Path, redis_url: str) -> None:
        self._progress, self._folder = progress, folder
        self._redis = connect(redis_url)
        self._breakdowns = Breakdowns(self._redis)
        self._said: set[str] = set()
        self._next = self._moved = time.monotonic()
        self._finished = -1

    def look(self) -> str | None:
        """Say what is in the way; the sentence that ends the command, once that has kept everything from going on."""
        now = time.monotonic()
        if now < self._next:
            return None
        self._next = now + LOOK_EVERY
        if self._progress.finished != self._finished:
            self._finished, self._moved = self._progress.finished, now
        found, patience = self._look()
        for what in sorted(found.keys() - self._said):
            self._progress.say(f"{found[what]} It is tried again.")
        self._said |= found.keys()
        if found and now - self._moved > patience:
            return f"{found[min(found)]} Nothing is lost: the same command goes on once it is mended."
        return None

    def _look(self) -> tuple[dict[str, str], float]:
        """A sentence for each thing that is in the way, and how long it may be."""
        try:
            require_writing(self._redis)
            broken = self._breakdowns.last()
        except Unavailable as error:
            return {"Redis": f"Redis cannot be used. {error}"}, GIVE_REDIS_UP
        except REDIS_ERRORS:
            return {}, GIVE_UP
        return {task: self._sentence(task, why) for task, why in broken.items()}, GIVE_UP

    def _sentence(self, task: str, why: str) -> str:
        log = self._folder / ("fetch.log" if task == "fetch" else "parse.log")
        return f"The {task} task breaks ({visible(why)}); {log} has more."
