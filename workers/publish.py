"""Send messages to the stages. A message that cannot be sent is no loss: the ledger hands its URLs out again."""

from __future__ import annotations

import time

from workers.celery import EXPIRES, app
from workers.stages.messages import BatchMessage, ParseMessage, written

# One process starts fetch loops no more often than this; a loop that runs leases what is ready by itself.
FETCH_EVERY = 0.2
_last_fetch = 0.0


def fetch() -> None:
    """Ask for a fetch loop, unless this process has just done so."""
    global _last_fetch
    now = time.monotonic()
    if now - _last_fetch >= FETCH_EVERY:
        _last_fetch = now
        _send("fetch", expires=EXPIRES)


def parse(message: ParseMessage) -> None:
    """Send pages to parse."""
    _send("parse", written(message))


def discover(message: BatchMessage) -> None:
    """Send readings to discover."""
    _send("discover", written(message))


def sink(message: BatchMessage) -> None:
    """Send readings to sink."""
    _send("sink", written(message))


def _send(name: str, *args: object, expires: float | None = None) -> None:
    app.send_task(name, args=args, queue=name, expires=expires, ignore_result=True)
