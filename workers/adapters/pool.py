"""What a Celery worker tells of its own life: before it forks, when it is ready, in each process, at the end of one."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, cast

from billiard.process import current_process
from celery import Celery, platforms, signals

from workers.adapters.processes import end_with_parent

# What a worker of Celery imports when it starts.
_AT_START = (
    "billiard.popen_fork",
    "billiard.sharedctypes",
    "celery.app.amqp",
    "celery.app.control",
    "celery.app.events",
    "celery.app.log",
    "celery.app.routes",
    "celery.apps.worker",
    "celery.concurrency.prefork",
    "celery.events.receiver",
    "celery.worker.autoscale",
    "celery.worker.consumer.delayed_delivery",
    "celery.worker.strategy",
)


def prepare(app: Celery) -> None:
    """Import and look up here what workers that are forked from this process would each do again."""
    for name in _AT_START:
        import_module(name)
    app.finalize()
    _ = app.backend  # none, which Celery finds by reading the entry points of all installed packages


def end_quickly_with_parent() -> None:
    """Let a worker's processes ask to end with it without a parser of C, which billiard makes where it finds cffi."""
    cast(Any, platforms)._set_pdeathsig = end_with_parent


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
