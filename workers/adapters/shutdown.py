"""Tells the child processes of a Celery worker that the worker is about to stop, so that long tasks end early."""

from __future__ import annotations

import mmap
from typing import Any

from celery.signals import worker_shutting_down

# One byte of shared memory, made before the worker forks: the parent sets it, its children read it.
_flag = mmap.mmap(-1, 1)


def stopping() -> bool:
    """True once this worker was asked to stop: take no new work."""
    return _flag[0] != 0


@worker_shutting_down.connect
def _note(**_: Any) -> None:
    _flag[0] = 1
