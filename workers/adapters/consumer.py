"""What a worker takes from the queue: messages that have the form of ours. Nothing of another one is used."""

from __future__ import annotations

import inspect
import json
from base64 import b64decode
from collections.abc import Callable
from datetime import datetime
from queue import Empty
from typing import Any, cast

from celery.worker.consumer import Consumer
from kombu import compression
from kombu.transport import redis as transport

Refused = Callable[[str, str], None]

# A batch of a hundred parcels with the longest URLs has half of it.
LARGEST = 1_000_000
_LONGEST_ID = 200
# What Celery would otherwise obey: other time limits, later starts, tasks to call afterwards.
_NEVER_GIVEN = ("eta", "group", "compression", "shadow", "stamps", "stamped_headers", "group_index")
# What reading a message raises that is not one.
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, LookupError, RecursionError)


class CarefulConsumer(Consumer):  # type: ignore[misc]  # Celery has no types
    """Celery's consumer with a door before it. Set `refused(task, why)` once to be told of what was turned away."""

    refused: Refused = staticmethod(lambda task, why: None)

    def create_task_handler(self, *args: Any, **kwargs: Any) -> Callable[[Any], None]:
        """What is called with each message: refuses it, or hands it to Celery."""
        handle = super().create_task_handler(*args, **kwargs)

        def take(message: Any) -> None:
            fault = fault_of(message, self.app.tasks)
            if fault:
                self._refuse(message, fault)
                return
            try:
                handle(message)
            except _UNREADABLE as error:
                self._refuse(message, f"Celery could not read it ({type(error).__name__})")

        return take

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        """A body that cannot be unpacked."""
        self._refuse(message, f"its body cannot be read ({type(exc).__name__})")

    def on_invalid_task(self, body: Any, message: Any, exc: Exception) -> None:
        """A message that Celery finds to be none of its own."""
        self._refuse(message, f"it is no task ({type(exc).__name__})")

    def _refuse(self, message: Any, why: str) -> None:
        if not message.acknowledged:
            message.reject()
        headers = message.headers if isinstance(message.headers, dict) else {}
        type(self).refused(str(headers.get("task"))[:40], why)


def fault_of(message: Any, tasks: Any) -> str:
    """What is wrong with a message, "" where nothing is. Says nothing of its content."""
    if message.content_type != "application/json" or str(message.content_encoding).lower() != "utf-8":
        return "it is not JSON"
    if len(message.body or b"") > LARGEST:
        return "it is too large"
    headers = message.headers
    name = headers.get("task") if isinstance(headers, dict) else None
    if not isinstance(name, str) or name.startswith("celery.") or name not in tasks:
        return "it names no task of ours"
    return _fault_of_headers(headers, tasks[name]) or _fault_of_body(message.body, tasks[name].run)


def _fault_of_headers(headers: dict[str, Any], task: Any) -> str:
    if not isinstance(headers.get("id"), str) or len(headers["id"]) > _LONGEST_ID:
        return "it has no id"
    if given := [name for name in _NEVER_GIVEN if headers.get(name)]:
        return f"it has {given[0]}"
    own_limits = ([None, None], [task.time_limit, task.soft_time_limit], None)
    if headers.get("timelimit") not in own_limits or headers.get("retries"):
        return "it has a time limit or retries of its own"
    return "" if _is_moment(headers.get("expires")) else "its end is no moment"


def _is_moment(text: object) -> bool:
    if text is None:
        return True
    try:
        return datetime.fromisoformat(cast(str, text)).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _fault_of_body(body: Any, run: Callable[..., None]) -> str:
    try:
        args, kwargs, embedded = json.loads(body)
        wanted = len(inspect.signature(run).parameters)
        if len(args) != wanted or not isinstance(args, list) or kwargs != {}:
            return f"it has not {wanted} argument(s)"
        return "it calls other tasks" if any(embedded.values()) else ""
    except _UNREADABLE:
        return "its body has another form"


def guard_against_strangers(refused: Refused) -> None:
    """Make workers refuse, and tell of, what is no message of ours, before anything of it is used.

    Two things are older than the consumer: a packed body is unpacked without a bound when it comes in, so no packing is
    known here; and an item of a Redis queue that is no message ended the whole worker (kombu 5.7), so it is dropped.
    """
    CarefulConsumer.refused = staticmethod(refused)
    packings = cast(Any, compression)
    for kind in packings.encoders():
        packings.register(None, _unpack_nothing, kind)
    module = cast(Any, transport)
    loads, deliver = _original(module.loads), _original(module.Transport._deliver)

    def careful_loads(text: str) -> Any:
        try:
            return loads(text)
        except (ValueError, RecursionError) as error:
            refused("unknown", f"it is no message at all ({type(error).__name__})")
            raise Empty from None

    def careful_deliver(self: Any, message: Any, queue: str) -> None:
        if not _is_envelope(message):
            refused("unknown", "it is no message at all (its envelope)")
            raise Empty
        deliver(self, message, queue)

    cast(Any, careful_loads).original, cast(Any, careful_deliver).original = loads, deliver
    module.loads, module.Transport._deliver = careful_loads, careful_deliver


def _original(function: Any) -> Any:
    return getattr(function, "original", function)


def _is_envelope(message: Any) -> bool:
    """Whether kombu can read the message as one of its own."""
    try:
        properties = message["properties"]
        info = properties["delivery_info"]
        texts = (properties["delivery_tag"], info["exchange"], info["routing_key"], message["body"])
        b64decode(message["body"])
        return all(isinstance(text, str) for text in texts) and isinstance(message["headers"], dict)
    except _UNREADABLE:
        return False


def _unpack_nothing(_body: bytes) -> bytes:
    raise ValueError("no message of ours is packed")
