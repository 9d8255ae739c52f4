"""Whether the services of the settings answer, each asked once and with a deadline."""

from __future__ import annotations

import redis
from kombu.connection import Connection

from workers.adapters.broker import BROKER_ERRORS
from workers.adapters.redis import Redis, connect
from workers.core.errors import Unavailable

_UNREACHED: tuple[type[Exception], ...] = (*BROKER_ERRORS, ImportError, KeyError)


def redis_answers(url: str) -> str:
    """The server's version and what it does when its memory is full; Unavailable says why it does not answer."""
    try:
        with connect(url) as client:
            server, memory = client.info("server"), client.info("memory")
            _write(client)
    except (redis.RedisError, OSError) as error:
        raise _unreached(error) from None
    version = server.get("valkey_version") or server.get("redis_version")
    return f"version {version}, when full: {memory.get('maxmemory_policy', 'unknown')}"


def ping_redis(url: str) -> None:
    """Return when it can be written; Unavailable says why it cannot. INFO is not asked for: it may be forbidden."""
    with connect(url) as client:
        require_writing(client)


def require_writing(client: Redis) -> None:
    """Return when the server can be written; Unavailable says why it cannot."""
    try:
        _write(client)
    except (redis.RedisError, OSError) as error:
        raise _unreached(error) from None


def _write(client: Redis) -> None:
    """A replica, and a server whose memory is full, answer and take nothing: all work would stand still."""
    try:
        client.set("wireroom:probe", "", ex=10)
    except redis.ResponseError as error:
        raise Unavailable(f"It answers and takes nothing: {error}") from None


def _unreached(error: Exception) -> Unavailable:
    if isinstance(error, redis.AuthenticationError) or "HELLO must be called" in str(error):
        return Unavailable("It asks for a password, or for another user or password than the URL has.")
    return Unavailable(f"It does not answer: {error}")


def broker_answers(url: str, seconds: float = 5.0) -> str:
    """How the broker is reached; Unavailable says why it is not."""
    try:
        with Connection(url, connect_timeout=seconds) as connection:  # type: ignore[no-untyped-call]
            connection.ensure_connection(max_retries=1, timeout=seconds)
            return f"by {connection.transport_cls}"
    except _UNREACHED as error:
        raise Unavailable(f"It does not answer: {error}") from None
