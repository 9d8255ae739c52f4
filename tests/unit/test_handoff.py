"""What is kept in Redis: the hand-off, the seen-cache, the events. The same tests on fakeredis and on a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fakeredis
import pytest
import redis

from workers.adapters.redis import Events, Handoff, SeenCache, connect
from workers.adapters.valkey import ValkeyServer, find_server


@pytest.fixture(params=["fakeredis", "valkey"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[redis.Redis]:
    if request.param == "fakeredis":
        yield fakeredis.FakeRedis()
        return
    if find_server() is None:
        pytest.skip("no Valkey or Redis server for this machine")
    server = ValkeyServer(tmp_path)
    server.start()
    with connect(server.url) as connection:
        yield connection
    server.stop()


def test_what_is_put_is_got_by_key_in_order(client: redis.Redis) -> None:
    handoff = Handoff(client, ttl=60)
    keys = handoff.put([b"one" * 1000, b"", b"three"])
    assert handoff.get([keys[2], keys[0], keys[1]]) == [b"three", b"one" * 1000, b""]


def test_a_key_that_is_gone_gives_none(client: redis.Redis) -> None:
    handoff = Handoff(client, ttl=60)
    [kept, dropped] = handoff.put([b"kept", b"dropped"])
    handoff.drop([dropped, "0" * 32])
    assert handoff.get([dropped, kept]) == [None, b"kept"]


def test_what_is_in_the_handoff_does_not_stay_for_ever(client: redis.Redis) -> None:
    [key] = Handoff(client, ttl=60).put([b"page"])
    assert 0 < client.ttl(Handoff.PREFIX + key) <= 60


def test_a_page_is_packed(client: redis.Redis) -> None:
    [key] = Handoff(client, ttl=60).put([b"<p>the same line again</p>" * 2000])
    assert client.strlen(Handoff.PREFIX + key) < 1000


def cache(client: redis.Redis, *, local: int = 100, shared: int = 100, ledger: str = "a") -> SeenCache:
    return SeenCache(client, ledger, local=local, shared=shared)


def test_a_name_is_unseen_until_it_was_committed(client: redis.Redis) -> None:
    seen = cache(client)
    assert seen.unseen(["a", "b"]) == [True, True]
    assert seen.unseen(["a", "b"]) == [True, True], "asking must not mark"
    seen.committed(["a"])
    assert seen.unseen(["a", "b", "a"]) == [False, True, False]


def test_a_process_knows_by_itself_what_it_has_committed(client: redis.Redis) -> None:
    seen, other = cache(client), cache(client)
    assert not seen.knows("a")
    seen.committed(["a"])
    client.flushall()
    assert seen.knows("a")
    assert not other.knows("a"), "another process would have to ask"


def test_another_process_sees_what_was_committed(client: redis.Redis) -> None:
    cache(client).committed(["a"])
    assert cache(client).unseen(["a", "b"]) == [False, True]


def test_another_ledger_starts_with_an_empty_cache(client: redis.Redis) -> None:
    cache(client, ledger="before").committed(["a"])
    assert cache(client, ledger="restored").unseen(["a"]) == [True]


def test_the_caches_stay_bounded(client: redis.Redis) -> None:
    seen = cache(client, local=10, shared=50)
    for start in range(0, 1000, 20):
        seen.committed(str(n) for n in range(start, start + 20))
    assert sum(client.scard(key) for key in client.keys("wireroom:seen:*")) <= 2 * (50 + 20)
    assert len(seen._local) + len(seen._older) <= 10
    assert not any(seen.unseen([str(n) for n in range(990, 1000)])), "the newest are remembered"


def test_a_wiped_redis_only_means_asking_the_ledger_again(client: redis.Redis) -> None:
    seen = cache(client, local=0)
    seen.committed(["a"])
    client.flushall()
    assert seen.unseen(["a"]) == [True]


def test_events_come_in_order_and_only_once(client: redis.Redis) -> None:
    events = Events(client)
    events.publish([{"event": "article.stored", "headline": "Перший"}, {"event": "article.updated"}])
    first = events.since("0", wait=0.01)
    assert [event["event"] for _, event in first] == ["article.stored", "article.updated"]
    assert first[0][1]["headline"] == "Перший"
    assert events.since(first[-1][0], wait=0.01) == []
