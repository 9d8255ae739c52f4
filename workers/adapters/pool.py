"""What a Celery worker tells of its own life: before it forks, when it is ready, in each process, at the end of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from billiard.process import current_process
from celery import signals


def watch_pool(
    begin: Callable[[], None], ready: Callable[[tuple[str, ...]], None], process: Callable[[int], None]
) -> None:
    """Call `begin` before the worker forks, `ready` with its queues, and `process` in each process with its number.

    A process that takes the place of one that ended has its number.
    """

    def _begin(**_: Any) -> None:
        begin()

    def _ready(sender: Any, **_: Any) -> None:
        ready(tuple(sender.app.amqp.queues.consume_from))

    def _process(**_: Any) -> None:
        process(getattr(current_process(), "index", 0))

    signals.worker_init.connect(_begin, weak=False)
    signals.worker_ready.connect(_ready, weak=False)
    signals.worker_process_init.connect(_process, weak=False)


def at_process_end(end: Callable[[], None]) -> None:
    """Call `end` in a worker's process that ends in order."""

    def _end(**_: Any) -> None:
        end()

    signals.worker_process_shutdown.connect(_end, weak=False)
