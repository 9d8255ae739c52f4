"""Counts of what a worker's processes do, in memory that they share.

A worker makes its board before it forks; each of its processes adds to a slot of its own, and the first process reads
the sum. A process that is started in the place of a dead one goes on with that one's slot, so that counts only grow and
no file is left behind by anybody.
"""

from __future__ import annotations

import mmap
import threading
from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

N = TypeVar("N", bound=Hashable)


class Board(Generic[N]):
    """A cell for each name in each slot. Slot 0 is that of the process that made the board."""

    def __init__(self, names: Sequence[N], slots: int) -> None:
        self._places = {name: place for place, name in enumerate(names)}
        self._slots = slots
        self._memory = mmap.mmap(-1, 8 * len(names) * slots)
        # Each cell is aligned, so that nobody reads half of a number.
        self._cells = memoryview(self._memory).cast("d")
        self._base = 0
        self._lock = threading.Lock()

    def take(self, slot: int) -> None:
        """This process adds to this slot from now on; more processes than slots share some."""
        self._base = (1 + slot % (self._slots - 1)) * len(self._places)
        self._lock = threading.Lock()  # that of the parent may have been held when it forked

    def __contains__(self, name: N) -> bool:
        return name in self._places

    def add(self, name: N, value: float = 1.0) -> None:
        """Add to a cell of this process."""
        place = self._base + self._places[name]
        with self._lock:
            self._cells[place] += value

    def mine(self, name: N) -> float:
        """What stands in a cell of this process."""
        return self._cells[self._base + self._places[name]]

    def total(self, name: N) -> float:
        """The sum over all processes."""
        return sum(self._cells[self._places[name] :: len(self._places)])
