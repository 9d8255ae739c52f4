"""Guards around kombu's Redis transport that keep a worker alive, and at work, when its broker restarts or freezes."""

from __future__ import annotations

import errno
import socket
import ssl
from typing import Any, cast

from kombu.exceptions import OperationalError
from kombu.transport import redis as transport
from kombu.transport import virtual

from workers.adapters.redis import REDIS_ERRORS


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


def guard_lost_acknowledgements() -> None:
    """Make a message whose acknowledgement failed give its place among the worker's messages back.

    kombu 5.7 keeps it, so that after a freeze a worker whose places were all taken so took no message ever again. The
    message itself stays in `unacked`, comes again after the visibility timeout, and finds that its work was done.
    tests/pipeline/test_frozen_broker.py keeps a test of it, so that this guard can go when upstream mends it.
    """
    qos = cast(Any, transport.QoS)
    original = qos.ack
    if getattr(original, "guarded", False):
        return

    def ack(self: Any, delivery_tag: str) -> None:
        try:
            original(self, delivery_tag)
        except Exception:
            cast(Any, virtual.QoS).ack(self, delivery_tag)
            raise

    cast(Any, ack).guarded = True
    qos.ack = ack


BROKER_ERRORS: tuple[type[Exception], ...] = (OperationalError, ConnectionError, OSError)
_OF_THE_NETWORK = (ConnectionError, TimeoutError, socket.gaierror, ssl.SSLError)
_NO_WAY = (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN)


def is_away(error: BaseException) -> bool:
    """True for an error of a broker or Redis that cannot be reached; not for one of files, which are OSErrors too."""
    if isinstance(error, OSError):
        return isinstance(error, _OF_THE_NETWORK) or error.errno in _NO_WAY
    return isinstance(error, (*REDIS_ERRORS, *BROKER_ERRORS))
