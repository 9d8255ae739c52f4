"""What the charts show: the ledger's counts, looked at every two seconds, of the last quarter of an hour."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque

from workers.core.errors import WireroomError
from workers.ledger import Ledger, Status

EVERY = 2.0
KEPT = 450

Sample = dict[str, float]


class Charts:
    """Samples of the counts, the oldest first; `settled`, `articles` and `parked` are totals, the rest is as it was."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.samples: deque[Sample] = deque(maxlen=KEPT)

    async def watch(self) -> None:
        """Take samples until cancelled; a moment when the ledger does not answer is left out."""
        while True:
            with contextlib.suppress(WireroomError):
                status = await asyncio.to_thread(self._ledger.status)
                self.samples.append(sample_of(status, time.time()))
            await asyncio.sleep(EVERY)


def sample_of(status: Status, at: float) -> Sample:
    """The counts that the charts need."""
    total = status.total
    return {
        "at": at,
        "waiting": total.waiting,
        "in_fetch": total.in_fetch,
        "handed_over": total.handed_over,
        "settled": total.total - total.open,
        "articles": total.articles,
        "parked": sum(total.parked.values()),
        "oldest": total.oldest_waiting or 0.0,
    }
