"""A Celery worker that is about to stop: long tasks are told, so that they end early, and no process waits in vain."""

from __future__ import annotations

import mmap
import os
import signal
import threading
from typing import Any, cast

from billiard import pool
from celery.signals import beat_init, worker_shutting_down

# A process that ends waits until the worker has read all of its results, 30 s by billiard 4. The worker may have read
# them all and counted one too few (about one stop of thirty after it was frozen for a while): then it waits in vain.
# A result that is not read in time costs nothing: its message comes again, and finds that its work was done.
LONGEST_WAIT = 2.0
# Beat ends by an exception that its handler of SIGTERM raises wherever it just is, and where that comes to nothing (say
# in a destructor) beat goes on: once seen to take longer than 10 s. It has nothing to keep, so it may be ended.
LONGEST_END = 3.0

# One byte of shared memory, made before the worker forks: the parent sets it, its children read it.
_flag = mmap.mmap(-1, 1)


def bound_the_last_wait() -> None:
    """Let no process of this worker wait longer than LONGEST_WAIT for its results to be read when it ends."""
    billiard = cast(Any, pool)
    tries = round(LONGEST_WAIT / billiard.GUARANTEE_MESSAGE_CONSUMPTION_RETRY_INTERVAL)
    billiard.GUARANTEE_MESSAGE_CONSUMPTION_RETRY_LIMIT = tries


def end_beat_in_time() -> None:
    """Let a beat that is told to end by SIGTERM end within LONGEST_END."""
    beat_init.connect(_limit_its_end, dispatch_uid="wireroom.end_beat")


def _limit_its_end(**_: Any) -> None:
    if threading.current_thread() is not threading.main_thread():
        return  # that of a command, which ends with it
    usual = signal.getsignal(signal.SIGTERM)

    def end(number: int, frame: Any) -> None:
        timer = threading.Timer(LONGEST_END, os._exit, (0,))
        timer.daemon = True
        timer.start()
        if callable(usual):
            usual(number, frame)

    signal.signal(signal.SIGTERM, end)


def stopping() -> bool:
    """True once this worker was asked to stop: take no new work."""
    return _flag[0] != 0


@worker_shutting_down.connect
def _note(**_: Any) -> None:
    _flag[0] = 1
