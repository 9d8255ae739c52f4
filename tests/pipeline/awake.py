"""Whether this process was awake when it noted a time: on a busy machine a server may note a request late.

A note that is late makes the gap before it longer and the one after it shorter than they were. The sender's gap is kept
from the moment when a request left, so a short gap is a fault only where the server noted the first of the two in time.
"""

from __future__ import annotations

import bisect
import itertools
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from workers.demo.server import Asked

NAP = 0.004
# A note that is later than this hides or makes up a gap of the size that is looked for.
LATE = 0.003
# Notes are doubted when the process slept within so many seconds before or after them.
DOUBT = 0.06


class Wakefulness:
    """Naps in a thread of its own and notes each time that it overslept."""

    def __init__(self) -> None:
        self._overslept: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._nap, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def _nap(self) -> None:
        begun = time.monotonic()
        while not self._ended.wait(NAP):
            now = time.monotonic()
            if now - begun - NAP > LATE:
                # All that time counts, in steps that are finer than the doubt.
                self._overslept.extend(begun + step * DOUBT for step in range(int((now - begun) / DOUBT) + 1))
                self._overslept.append(now)
            begun = time.monotonic()

    def sure(self, at: float) -> bool:
        """True when what was noted at that moment was noted in time."""
        place = bisect.bisect_left(self._overslept, at - DOUBT)
        return place == len(self._overslept) or self._overslept[place] > at + DOUBT


def sure_gaps(requests: Iterable[Asked], awake: Wakefulness) -> tuple[dict[str, float], int]:
    """The shortest gap between two starts to each host, where the first was noted in time; and how many there were."""
    by_host: dict[str, list[float]] = defaultdict(list)
    for asked in sorted(requests, key=lambda asked: asked.at):
        by_host[asked.host].append(asked.at)
    gaps = {
        host: found
        for host, at in by_host.items()
        if (found := [b - a for a, b in itertools.pairwise(at) if awake.sure(a)])
    }
    return {host: min(found) for host, found in gaps.items()}, sum(map(len, gaps.values()))
