"""What a Celery worker tells of its own life: before it forks, when it is ready, in each process, at the end of one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

from billiard.process import current_process
from billiard.util import get_pdeathsig
from celery import signals

# What a worker of Celery imports when it starts.
_AT_START = (
    "celery.app.amqp",
    "celery.app.control",
    "celery.app.routes",
    "celery.apps.worker",
    "celery.concurrency.prefork",
    "celery.events.receiver",
    "celery.worker.autoscale",
    "celery.worker.consumer.delayed_delivery",
    "celery.worker.strategy",
)


def import_early() -> None:
    """Import here what workers that are forked from this process would each import again: a megabyte in each."""
    for name in _AT_START:
        import_module(name)
    with suppress(OSError):
        get_pdeathsig()  # by a parser of C, which each process of a worker would make anew


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
