"""A worker, and beat, note in a file that they work, so that a check from outside can tell (`workers/health.py`).

A worker notes it from its consumer's own loop: a frozen process, a lost broker or a loop that hangs leaves no note. So
does a consumer that is connected and gets nothing while messages wait, as seen after broker reconnects: from then on it
writes no more, until it is given a message.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.signals import after_task_publish, beat_init
from celery.utils.dispatch import Signal
from celery.worker import state

from workers.adapters.broker import BROKER_ERRORS

EVERY = 5.0
# A worker that has had nothing to do for so long asks whether messages wait in its queues.
IDLE = 15.0


def note(path: Path) -> None:
    """Write the monotonic time, which all processes of a machine share and no clock correction moves."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(f"{time.monotonic()}\n", encoding="ascii")
    new.replace(path)


class Idleness:
    """How long a worker has had nothing in hand and received nothing; times are seconds by any steady clock."""

    def __init__(self, now: float) -> None:
        self._received = -1
        self._since = now

    def seconds(self, now: float, received: int, in_hand: int) -> float:
        """Idle seconds, given how many messages came in so far and how many are in hand."""
        if in_hand or received != self._received:
            self._received, self._since = received, now
        return now - self._since


class Heartbeat(bootsteps.StartStopStep):  # type: ignore[misc]
    """Celery starts it when the consumer is connected and consumes, and stops it when the connection is lost."""

    requires = ("celery.worker.consumer.tasks:Tasks",)
    queues: tuple[str, ...] = ()

    def __init__(self, consumer: Any, **options: Any) -> None:
        super().__init__(consumer, **options)
        path = consumer.app.conf.wireroom_heartbeat
        self.enabled = bool(path)
        self._path = Path(path)
        self._timer: Any = None
        self._idle = Idleness(time.monotonic())

    def start(self, consumer: Any) -> None:
        """Note now and every few seconds from then on."""
        self.queues = self.queues or tuple(consumer.app.amqp.queues.consume_from)
        self._tick(consumer)
        self._timer = consumer.timer.call_repeatedly(EVERY, self._tick, (consumer,))

    def stop(self, consumer: Any) -> None:
        """Note no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tick(self, consumer: Any) -> None:
        if not self._is_passed_over(consumer):
            note(self._path)

    def _is_passed_over(self, consumer: Any) -> bool:
        """True when messages wait, or cannot be asked for, while this worker has long had nothing to do."""
        received, in_hand = sum(state.total_count.values()), len(state.reserved_requests)
        if self._idle.seconds(time.monotonic(), received, in_hand) < IDLE:
            return False
        try:
            with consumer.app.pool.acquire(block=True, timeout=1) as connection:
                return any(_waiting(connection, queue) for queue in self.queues)
        except BROKER_ERRORS:
            return True


def _waiting(connection: Any, queue: str) -> int:
    """Messages in the queue; a queue that nobody has sent to yet has none."""
    try:
        return int(connection.default_channel.queue_declare(queue=queue, passive=True).message_count)
    except connection.channel_errors:
        return 0


# Beat has looked whether a message is wanted, and none is.
looked = Signal(name="looked")


def watch_beat(path: str) -> None:
    """Let beat note every message that it has sent, or found that it need not send, once a second at most."""

    def begin(**_: Any) -> None:
        noter = _noter(Path(path))
        after_task_publish.connect(noter, weak=False)
        looked.connect(noter, weak=False)

    if path:
        beat_init.connect(begin, weak=False)


def _noter(path: Path) -> Any:
    last = -1.0

    def work(**_: Any) -> None:
        nonlocal last
        if time.monotonic() - last >= 1:
            note(path)
            last = time.monotonic()

    return work
