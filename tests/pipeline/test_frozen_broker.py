"""A broker's server that is there and does not answer holds nobody for long."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from celery import Celery
from kombu import Consumer
from kombu.message import Message

from workers.adapters.broker import BROKER_ERRORS
from workers.adapters.redis import REDIS_ERRORS, connect
from workers.adapters.valkey import ValkeyServer
from workers.celery import configure
from workers.settings import load

LONGEST_CALL = 15.0

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ValkeyServer]:
    server = ValkeyServer(tmp_path)
    server.start()
    yield server
    assert server.process is not None
    server.process.send_signal(signal.SIGCONT)
    server.stop()


def seconds(call: Callable[[], object], errors: tuple[type[Exception], ...]) -> float:
    begun = time.monotonic()
    with pytest.raises(errors):
        call()
    return time.monotonic() - begun


def calls(url: str) -> list[tuple[Callable[[], object], tuple[type[Exception], ...]]]:
    """A call of our own client and one of Celery's, with what they may raise; each with connections of its own."""
    client, app = connect(url), Celery(set_as_current=False)
    configure(app, load(redis_url=url))
    send = partial(app.send_task, "nudge", queue="discover", ignore_result=True)
    return [(partial(client.get, "a key"), REDIS_ERRORS), (send, BROKER_ERRORS)]


def test_no_call_takes_longer_than_fifteen_seconds(server: ValkeyServer) -> None:
    before, first = calls(server.url), calls(server.url)
    for call, _ in before:
        call()
    assert server.process is not None
    server.process.send_signal(signal.SIGSTOP)
    with ThreadPoolExecutor(4) as threads:
        took = list(threads.map(lambda pair: seconds(*pair), [*before, *first]))
    assert max(took) < LONGEST_CALL, took


def test_a_message_that_could_not_be_acknowledged_does_not_keep_its_place(server: ValkeyServer) -> None:
    app = Celery(set_as_current=False)
    configure(app, load(redis_url=server.url))
    got: list[Message] = []
    with app.connection() as connection, connection.channel() as channel:
        queue = app.amqp.queues["discover"](channel)
        consumer = Consumer(channel, [queue], on_message=got.append, prefetch_count=1)
        consumer.consume()
        app.send_task("nudge", queue="discover", ignore_result=True)
        connection.drain_events(timeout=10)
        assert not channel.qos.can_consume(), "the one place is taken"
        assert server.process is not None
        server.process.send_signal(signal.SIGSTOP)
        with pytest.raises(REDIS_ERRORS):
            got[0].ack()
        server.process.send_signal(signal.SIGCONT)
        assert channel.qos.can_consume()
