"""Somebody is told when a task ended without its own doing: its process died, or its time was over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from billiard.exceptions import SoftTimeLimitExceeded, TimeLimitExceeded, WorkerLostError
from celery import signals

# Told of the task's name, its message, and what became of the process.
Told = Callable[[str, Any, str], None]

NOT_ITS_OWN = (WorkerLostError, TimeLimitExceeded, SoftTimeLimitExceeded)


def watch_losses(told: Told) -> None:
    """Call `told` for each message whose process was killed or crashed, or that ran into a time limit.

    Celery calls it in the worker's first process, and in the process itself for the soft time limit.
    """

    def lost(sender: Any = None, exception: object = None, args: Sequence[Any] = (), **_: object) -> None:
        if isinstance(exception, NOT_ITS_OWN) and args:
            told(sender.name, args[0], str(exception))

    signals.task_failure.connect(lost, weak=False, dispatch_uid="wireroom.losses")
