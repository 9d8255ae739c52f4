"""Whether the machine had time for us: a rate tells of the code only where others did not use the processors."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

# What others may use while a rate is judged: of two processors less than a third of one.
QUIET = 0.15


class Processors:
    """The time of all processors since this was made, and how much of it others than these processes used."""

    def __init__(self, pids: Iterable[int]) -> None:
        self._pids = {os.getpid(), *pids}
        self._before = self._read()

    def others(self) -> float:
        """The share of all processors' time that others used; 0 where that cannot be known."""
        total, busy, ours = (now - before for now, before in zip(self._read(), self._before, strict=True))
        return max(0.0, busy - ours) / total if total else 0.0

    @staticmethod
    def judge(reached: float, least: float, what: str, others: float) -> None:
        """Fails when too little was reached; skips, saying so, when others used too much of the machine to tell why."""
        if reached >= least:
            return
        if others > QUIET:
            pytest.skip(
                f"too busy to judge {what}: {reached:.0%} reached while others used {others:.0%} of the machine"
            )
        pytest.fail(f"{what}: {reached:.0%}, less than {least:.0%}; others used only {others:.0%} of the machine")

    def _read(self) -> tuple[int, int, int]:
        """Ticks of all processors, of all work, and of our processes."""
        stat = Path("/proc/stat")
        if not stat.exists():
            return 0, 0, 0
        spent = [int(word) for word in stat.read_text().split("\n", 1)[0].split()[1:9]]
        return sum(spent), sum(spent) - spent[3] - spent[4], sum(map(_ticks, self._pids))


def _ticks(pid: int) -> int:
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(words[11]) + int(words[12])
