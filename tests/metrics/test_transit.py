"""What is in Redis, measured on a real server: every priority's list of a queue, what is unacked, the hand-off."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu import Connection, Queue

from workers.adapters.notes import Rounds
from workers.adapters.redis import Handoff, Redis, connect, transit
from workers.adapters.valkey import ValkeyServer, find_server, running_in
from workers.core.metric import TIMED_TASK_AGE
from workers.figures import of_redis
from workers.settings import load


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    if find_server() is None:
        pytest.skip("no Valkey or Redis server on this machine")
    server = ValkeyServer(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def client(valkey: ValkeyServer) -> Iterator[Redis]:
    with connect(valkey.url) as opened:
        opened.flushall()
        yield opened


@pytest.fixture
def broker(valkey: ValkeyServer) -> Iterator[Connection]:
    with Connection(load(redis_url=valkey.url).celery_broker) as connection:
        yield connection


def test_messages_of_every_priority_and_those_in_hand_are_counted(client: Redis, broker: Connection) -> None:
    queue = Queue("parse", routing_key="parse", channel=broker.default_channel)
    queue.declare()
    producer = broker.Producer()
    for priority in (0, 0, 3, 6, 9, 9, 9):
        producer.publish({}, routing_key="parse", priority=priority)
    found = transit(client, ["parse", "sink"], client)
    assert found.queues is not None
    assert {name: n for name, n in found.queues.items() if n} == {
        ("parse", 0): 2,
        ("parse", 3): 1,
        ("parse", 6): 1,
        ("parse", 9): 3,
    }
    assert len(found.queues) == 8
    taken = queue.get()
    assert taken is not None
    found = transit(client, ["parse"], client)
    assert found.queues is not None
    assert (sum(found.queues.values()), found.unacked) == (6, 1)
    taken.ack()
    assert transit(client, ["parse"], client).unacked == 0


def test_the_hand_off_is_measured_as_it_is_packed(client: Redis) -> None:
    handoff = Handoff(client, ttl=60)
    keys = handoff.put([b"a" * 10_000, b"b"])
    found = transit(client, [], client)
    assert found.handoff_items == 2
    assert 20 < found.handoff_bytes < 200, "packed"
    assert found.memory > 100_000
    handoff.drop(keys)
    found = transit(client, [], client)
    assert (found.handoff_items, found.handoff_bytes) == (0, 0)


def test_each_timed_task_ages_from_when_it_was_last_done(client: Redis) -> None:
    assert transit(client, [], client).ages == {}
    Rounds(client).note("sweep")
    client.hset(Rounds.KEY, "nudge", f"{time.time() - 600:.3f}")
    found = transit(client, [], client)
    assert 0 <= found.ages["sweep"] < 60 < 599 <= found.ages["nudge"] < 660  # what is noted is rounded
    told = {
        labels: value
        for family in of_redis(found)
        for labels, value in family.values.items()
        if family.metric is TIMED_TASK_AGE
    }
    assert told == {("sweep",): found.ages["sweep"], ("nudge",): found.ages["nudge"]}


def test_the_limit_of_redis_is_told(client: Redis) -> None:
    assert transit(client, [], client).memory_max == 0
    client.config_set("maxmemory", 50_000_000)
    assert transit(client, [], client).memory_max == 50_000_000
    client.config_set("maxmemory", 0)


def test_a_broker_that_is_no_redis_has_no_queues_here(client: Redis) -> None:
    found = transit(client, ["parse"], None)
    assert (found.queues, found.unacked) == (None, None)


def test_the_server_of_a_folder_is_found_by_it(valkey: ValkeyServer, tmp_path: Path) -> None:
    assert running_in(valkey.folder) == valkey.url
    assert running_in(tmp_path) is None
