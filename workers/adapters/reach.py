"""Whether the services of the settings answer, each asked once and with a deadline."""

from __future__ import annotations

import redis
from kombu.connection import Connection

from workers.adapters.broker import BROKER_ERRORS
from workers.adapters.redis import connect
from workers.core.errors import Unavailable

_UNREACHED: tuple[type[Exception], ...] = (*BROKER_ERRORS, ImportError, KeyError)


def redis_answers(url: str) -> str:
    """The server's version and what it does when its memory is full; Unavailable says why it does not answer."""
    try:
        with connect(url) as client:
            server, memory = client.info("server"), client.info("memory")
    except (redis.RedisError, OSError) as error:
        raise Unavailable(f"It does not answer: {error}") from None
    version = server.get("valkey_version") or server.get("redis_version")
    return f"version {version}, when full: {memory.get('maxmemory_policy', 'unknown')}"


def ping_redis(url: str) -> None:
    """Return when it answers; Unavailable says why it does not. The least that can be asked: INFO may be forbidden."""
    try:
        with connect(url) as client:
            client.ping()
    except (redis.RedisError, OSError) as error:
        raise Unavailable(f"It does not answer: {error}") from None


def broker_answers(url: str, seconds: float = 5.0) -> str:
    """How the broker is reached; Unavailable says why it is not."""
    try:
        with Connection(url, connect_timeout=seconds) as connection:  # type: ignore[no-untyped-call]
            connection.ensure_connection(max_retries=1, timeout=seconds)
            return f"by {connection.transport_cls}"
    except _UNREACHED as error:
        raise Unavailable(f"It does not answer: {error}") from None
