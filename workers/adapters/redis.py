"""What we keep in Redis or Valkey: pages in transit, the seen-cache, the event stream. All of it can be lost."""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import redis
import redis.utils
import zstandard
from redis.backoff import ExponentialBackoff
from redis.retry import Retry

from workers.adapters.notes import Rounds
from workers.core.errors import Unavailable

# One try may not hang longer than this on a frozen server: no call of several tries longer than 15 s.
SOCKET_SECONDS = 3.0
EVENTS = "wireroom:events"
EVENTS_KEPT = 10_000
# Where kombu keeps what workers have in hand, and how it names a queue's lists of lower priorities.
UNACKED = "unacked"
SEPARATOR = "\x06\x16"
PRIORITIES = (0, 3, 6, 9)
# What a call raises when the server is away, frozen or refuses.
REDIS_ERRORS: tuple[type[Exception], ...] = (redis.RedisError,)

Redis = redis.Redis


def connect(url: str) -> redis.Redis:
    """A client whose every call ends within 15 s: it tries twice, each step bounded by SOCKET_SECONDS."""
    try:
        return redis.Redis.from_url(
            url,
            socket_timeout=SOCKET_SECONDS,
            retry=Retry(ExponentialBackoff(cap=1, base=0.05), 1),
            health_check_interval=30,
            **({} if url.startswith("unix:") else {"socket_connect_timeout": SOCKET_SECONDS}),
        )
    except ValueError:  # its words may have a piece of the password in them
        raise Unavailable("The Redis URL cannot be used. Give redis://host:port/0 or unix:///path.") from None


def read_version_once() -> None:
    """Let the client remember its own version: redis-py 8 parses its package's description for each connection.

    It is parsed as a letter, in 2 ms, and its pieces are megabytes that stay until garbage is looked for.
    """
    known = cast(Any, redis.utils)
    if hasattr(known, "get_lib_version") and not hasattr(known.get_lib_version, "cache_info"):
        known.get_lib_version = cache(known.get_lib_version)
        known.get_lib_version()


class Handoff:
    """Things on their way between two stages, packed with zstd, found by key, gone after `ttl` seconds."""

    # 1 is the quickest level; a page of 45 KB packs in about 60 µs to a fifth.
    LEVEL = 1
    PREFIX = "wireroom:handoff:"

    def __init__(self, client: redis.Redis, ttl: int) -> None:
        self._client = client
        self._ttl = ttl

    def put(self, items: Iterable[bytes]) -> list[str]:
        """Store the items in one round trip and return a key for each, in order."""
        pack = zstandard.ZstdCompressor(level=self.LEVEL).compress
        keys: list[str] = []
        pipe = self._client.pipeline(transaction=False)
        for item in items:  # packed one by one: together they may be large
            keys.append(uuid.uuid4().hex)
            pipe.set(self.PREFIX + keys[-1], pack(item), ex=self._ttl)
        pipe.execute()
        return keys

    def get(self, keys: Sequence[str]) -> list[bytes | None]:
        """The items of the keys, in order; None for one that is gone."""
        if not keys:
            return []
        unpack = zstandard.ZstdDecompressor().decompress
        found: Any = self._client.mget([self.PREFIX + key for key in keys])
        return [None if item is None else unpack(item) for item in found]

    def drop(self, keys: Sequence[str]) -> None:
        """Forget the items; keys that are gone already are no matter."""
        if keys:
            self._client.unlink(*(self.PREFIX + key for key in keys))


class SeenCache:
    """Which URLs the ledger has admitted for certain: a shortcut, never the truth.

    First this process's own memory, then two generations of a set in Redis. A URL enters only after the ledger has
    committed it. The keys carry the ledger's id, so that another ledger starts with an empty cache. One restored to an
    older state keeps its id, and this cache with it: empty Redis then (docs/operations.md).
    """

    # Life of a generation that is no longer written to.
    TTL = 6 * 3600

    def __init__(self, client: redis.Redis, ledger_id: str, *, local: int, shared: int) -> None:
        self._client = client
        self._now = f"wireroom:seen:{ledger_id}:now"
        self._before = f"wireroom:seen:{ledger_id}:before"
        # Two generations here too: sets take a third of the memory of what knows the order of its entries.
        self._local: set[bytes] = set()
        self._older: set[bytes] = set()
        self._local_size = local
        self._shared_size = shared

    def knows(self, name: str) -> bool:
        """True where this process remembers the name itself; nothing is asked."""
        digest = _digest(name)
        return digest in self._local or digest in self._older

    def unseen(self, names: Sequence[str]) -> list[bool]:
        """For each name: True when it may be new and the ledger must be asked."""
        digests = [_digest(name) for name in names]
        unknown = [d for d in dict.fromkeys(digests) if d not in self._local and d not in self._older]
        if unknown and self._shared_size:
            pipe = self._client.pipeline(transaction=False)
            pipe.smismember(self._now, unknown)
            pipe.smismember(self._before, unknown)
            now, before = pipe.execute()
            known = [d for d, a, b in zip(unknown, now, before, strict=True) if a or b]
            self._remember(known)
            unknown = [d for d in unknown if d not in set(known)]
        new = set(unknown)
        return [d in new for d in digests]

    def committed(self, names: Iterable[str]) -> None:
        """The ledger has committed these names: they need not be asked again."""
        digests = [_digest(name) for name in names]
        if not digests:
            return
        self._remember(digests)
        if self._shared_size:
            pipe = self._client.pipeline(transaction=False)
            pipe.sadd(self._now, *digests)
            pipe.expire(self._now, self.TTL)
            pipe.scard(self._now)
            if pipe.execute()[-1] > self._shared_size:
                self._next_generation()

    def _next_generation(self) -> None:
        try:
            self._client.rename(self._now, self._before)
        except redis.ResponseError:
            return  # another process has just done it

    def _remember(self, digests: Iterable[bytes]) -> None:
        half = self._local_size // 2
        for digest in digests if half else ():
            if len(self._local) >= half:
                self._older, self._local = self._local, set()
            self._local.add(digest)


class Events:
    """The live stream of what was stored: `article.stored` and `article.updated`."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def publish(self, events: Sequence[dict[str, Any]]) -> None:
        """Append the events; the stream keeps about the last EVENTS_KEPT."""
        if not events:
            return
        pipe = self._client.pipeline(transaction=False)
        for event in events:
            pipe.xadd(EVENTS, {"event": json.dumps(event, ensure_ascii=False)}, maxlen=EVENTS_KEPT, approximate=True)
        pipe.execute()

    def since(self, last: str = "$", wait: float = 1.0, count: int = 100) -> list[tuple[str, dict[str, Any]]]:
        """Events after the id `last`, waiting up to `wait` seconds for the first; pairs of id and event."""
        answer: Any = self._client.xread({EVENTS: last}, count=count, block=max(1, int(wait * 1000)))
        rows = answer[0][1] if answer else []
        return [(row_id.decode(), json.loads(fields[b"event"])) for row_id, fields in rows]


@dataclass(frozen=True, slots=True)
class Transit:
    """What is in Redis: messages by queue and priority, those that a worker has in hand, and the hand-off's memory.

    `memory_max` is 0 where Redis has no limit. None where the broker is not this Redis. `ages`: for how many seconds
    each timed task has not been done, by the clocks of this machine and of the one that did it.
    """

    queues: dict[tuple[str, int], int] | None
    unacked: int | None
    handoff_items: int
    handoff_bytes: int
    memory: int
    memory_max: int
    ages: dict[str, float]


def transit(client: redis.Redis, queues: Sequence[str], broker: redis.Redis | None) -> Transit:
    """Measure what is in transit. WIREROOM_MAX_TRANSIT bounds the hand-off, so going through its keys is cheap."""
    keys = list(client.scan_iter(f"{Handoff.PREFIX}*", count=1_000))
    pipe = client.pipeline(transaction=False)
    for key in keys:
        pipe.strlen(key)
    sizes = [int(size) for size in pipe.execute()]
    memory: Any = client.info("memory")
    lengths = _by_priority(broker, queues) if broker is not None else None
    return Transit(
        queues=lengths,
        unacked=None if broker is None else int(broker.hlen(UNACKED)),
        # One that went between the two looks has no size any more.
        handoff_items=sum(size > 0 for size in sizes),
        handoff_bytes=sum(sizes),
        memory=int(memory["used_memory"]),
        memory_max=int(memory.get("maxmemory", 0)),
        ages={name: max(0.0, time.time() - at) for name, at in Rounds(client).last().items()},
    )


def _by_priority(broker: redis.Redis, queues: Sequence[str]) -> dict[tuple[str, int], int]:
    names = {(queue, step): f"{queue}{SEPARATOR}{step}" if step else queue for queue in queues for step in PRIORITIES}
    pipe = broker.pipeline(transaction=False)
    for name in names.values():
        pipe.llen(name)
    return dict(zip(names, map(int, pipe.execute()), strict=True))


def _digest(name: str) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=10).digest()
