"""What stands in the way of a running command for a while: a full disk, a ledger that does not answer. Said once."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from workers.cli.progress import Progress
from workers.core.errors import Unavailable

T = TypeVar("T")

# SQLite's log grows to some 4 MB between two checkpoints, and a commit that does not fit is undone as a whole.
LEAST_FREE = 8_000_000
TRY_AGAIN = 1.0


class Obstacles:
    """Tells the user what the workers wait for, when it begins and when it is over; the work pauses by itself."""

    def __init__(self, progress: Progress, folder: Path) -> None:
        self._progress = progress
        self._folder = folder
        self._said: str | None = None

    def look(self) -> None:
        """Say it when the disk of the state folder is full, and when it is not any more."""
        free = shutil.disk_usage(self._folder).free
        if free < LEAST_FREE:
            self._say(
                f"The disk of {self._folder} is full ({free // 1024} KiB free): the work pauses and nothing is lost. "
                "Make room, and it goes on by itself."
            )
        else:
            self._over()

    def outlast(self, do: Callable[[], T], stop: Callable[[], bool]) -> T | None:
        """The result of `do`, tried again while the ledger cannot be written; None when asked to stop meanwhile."""
        while not stop():
            try:
                return do()
            except Unavailable as error:
                self._say(f"{error} Trying again.")
                time.sleep(TRY_AGAIN)
        return None

    def _say(self, text: str) -> None:
        if self._said is None:
            self._progress.say(text)
        self._said = text

    def _over(self) -> None:
        if self._said is not None:
            self._progress.say("That is over: the work goes on.")
        self._said = None
