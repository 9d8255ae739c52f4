"""A Celery worker that is about to stop: long tasks are told, so that they end early, and no process waits in vain."""

from __future__ import annotations

import mmap
from typing import Any, cast

from billiard import pool
from celery.signals import worker_shutting_down

# A process that ends waits until the worker has read all of its results, 30 s by billiard 4. The worker may have read
# them all and counted one too few (about one stop of thirty after it was frozen for a while): then it waits in vain.
# A result that is not read in time costs nothing: its message comes again, and finds that its work was done.
LONGEST_WAIT = 2.0

# One byte of shared memory, made before the worker forks: the parent sets it, its children read it.
_flag = mmap.mmap(-1, 1)


def bound_the_last_wait() -> None:
    """Let no process of this worker wait longer than LONGEST_WAIT for its results to be read when it ends."""
    billiard = cast(Any, pool)
    tries = round(LONGEST_WAIT / billiard.GUARANTEE_MESSAGE_CONSUMPTION_RETRY_INTERVAL)
    billiard.GUARANTEE_MESSAGE_CONSUMPTION_RETRY_LIMIT = tries


def stopping() -> bool:
    """True once this worker was asked to stop: take no new work."""
    return _flag[0] != 0


@worker_shutting_down.connect
def _note(**_: Any) -> None:
    _flag[0] = 1
