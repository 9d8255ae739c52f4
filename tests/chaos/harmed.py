"""The Celery app as the workers under attack run it: `celery -A harmed worker`. The harm stays out of the product.

What is to go wrong stands in files of the folder CHAOS_HARM, so that it changes while the workers run:

* `exit <before|after> <step> <number>`: a process that comes to this boundary ends on the spot, and the file is gone;
* `spacing <worker>`: seconds between two such ends in this worker's processes;
* `tell <task>`: that this task ran is noted in `ran <task>`;
* `twice`, `drop`, `shuffle`: every message is sent twice, every tenth is lost, they arrive in any order.

CHAOS_SINK_APART sends every batch to sink in a message of its own, as where other workers are that stage.
CHAOS_CLOCK sets this worker's clock off by so many seconds. Every outside call of more than a second is written to
the file `slow`. A page with a mark in it ends its parser. On SIGWINCH a process writes all of its stacks into its log.
"""

from __future__ import annotations

import faulthandler
import functools
import os
import random
import re
import signal
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import celery.worker.request
import kombu.transport.redis
import redis
from celery.signals import task_prerun

from workers import fetching, publish, tasks  # everything is there before it is wrapped
from workers.adapters.redis import Events, Handoff, SeenCache
from workers.celery import app
from workers.ledger import Ledger
from workers.ledger import articles as storing
from workers.ledger import settle as settling
from workers.stages import parse as parsing

FOLDER = Path(os.environ["CHAOS_HARM"])
CLOCK = float(os.environ.get("CHAOS_CLOCK", "0"))
PART = os.environ.get("CHAOS_PART", "")
# When a process of this worker last ended at a boundary.
LAST = FOLDER / f"last {PART}"
DROPPED = 10

# What is wrapped for each of `harm_points.STEPS`.
WRAPPED: dict[str, tuple[object, str]] = {
    "lease": (Ledger, "lease"),
    "request": (fetching.WebAsker, "get"),
    "hand-off": (Handoff, "put"),
    "publish": (publish, "_send"),
    "hand-over": (Ledger, "handed_over"),
    "release": (Ledger, "release"),
    "take": (Handoff, "get"),
    "parse": (parsing, "parse"),
    "admit": (Ledger, "admit"),
    "remember": (SeenCache, "committed"),
    "commit": (Ledger, "commit"),
    "store": (storing, "store"),
    "settle": (settling, "settle"),
    "tell": (Events, "publish"),
    "drop": (Handoff, "drop"),
    "ack": (celery.worker.request.Request, "acknowledge"),
}


if os.environ.get("CHAOS_SINK_APART"):
    tasks.serves = lambda stage: False


def boundary(name: str) -> None:
    """The process ends here if somebody asked for it."""
    for order in FOLDER.glob(f"exit {name} *"):
        if not _spaced():
            return
        try:
            order.unlink()
        except FileNotFoundError:
            continue  # another process was quicker
        LAST.touch()
        os._exit(9)


def _spaced() -> bool:
    try:
        spacing = float((FOLDER / f"spacing {PART}").read_text())
        return time.time() - CLOCK - LAST.stat().st_mtime > spacing
    except (FileNotFoundError, ValueError):
        return True


def _bounded(step: str, call: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(call)
    def run(*args: Any, **kwargs: Any) -> Any:
        boundary(f"before {step}")
        result = call(*args, **kwargs)
        boundary(f"after {step}")
        return result

    @functools.wraps(call)
    async def run_async(*args: Any, **kwargs: Any) -> Any:
        boundary(f"before {step}")
        result = await call(*args, **kwargs)
        boundary(f"after {step}")
        return result

    return run_async if step == "request" else run


def _timed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(call)
    def run(*args: Any, **kwargs: Any) -> Any:
        begun = time.monotonic()
        try:
            return call(*args, **kwargs)
        finally:
            if (took := time.monotonic() - begun) > 1:
                with (FOLDER / "slow").open("a") as slow:
                    slow.write(f"{took:.1f} {name}\n")

    return run


def _harmed_send(send: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(send)
    def run(*args: Any, **kwargs: Any) -> None:
        if (FOLDER / "drop").exists() and random.randrange(DROPPED) == 0:
            return
        for _ in range(2 if (FOLDER / "twice").exists() else 1):
            send(*args, **kwargs)

    return run


def _shuffled_put(channel: Any, queue: str, message: Any, **kwargs: Any) -> None:
    if not (FOLDER / "shuffle").exists():
        return _put(channel, queue, message, **kwargs)
    with channel.conn_or_acquire() as client:
        push = random.choice((client.lpush, client.rpush))
        push(channel._q_for_pri(queue, 0), kombu.transport.redis.dumps(message))
    return None


def _deadly(parse: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(parse)
    def run(page: Any, *args: Any, **kwargs: Any) -> Any:
        if b"chaos-segfault" in page.body:
            os.kill(os.getpid(), signal.SIGSEGV)
        if b"chaos-memory" in page.body:
            os.kill(os.getpid(), signal.SIGKILL)  # what the kernel does to a process that takes all memory
        if b"chaos-flood" in page.body:
            raise MemoryError
        if b"chaos-spin" in page.body:
            re.match(r"(a+)+$", "a" * 60 + "b")  # for ever, in C: no signal handler of Python runs
        return parse(page, *args, **kwargs)

    return run


@task_prerun.connect
def _note(task: Any, **_: object) -> None:
    """`tell <task>`: the next run of this task is noted in the file `ran <task>`."""
    if task.name == "nudge" and (FOLDER / "tell fetch").exists():
        publish.fetch()
    if (FOLDER / f"tell {task.name}").exists():
        (FOLDER / f"ran {task.name}").touch()


def _wrong_clock(off: float) -> None:
    true_time, true_now = time.time, app.now

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=off)

    time.time = lambda: true_time() + off
    kombu.transport.redis.time = time.time
    celery.worker.request.datetime = Wrong
    app.now = lambda: true_now() + timedelta(seconds=off)


def _wrap(owner: object, name: str, wrapper: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    setattr(owner, name, wrapper(getattr(owner, name)))


_put = kombu.transport.redis.Channel._put
kombu.transport.redis.Channel._put = _shuffled_put
_wrap(parsing, "parse", _deadly)
_wrap(publish, "_send", _harmed_send)
_wrap(publish, "_send", functools.partial(_timed, "publish"))
_wrap(redis.Redis, "execute_command", functools.partial(_timed, "redis"))
for _name in ("lease", "ready", "admit", "commit", "settle", "sweep", "owners", "in_transit", "handed_over", "release"):
    _wrap(Ledger, _name, functools.partial(_timed, f"ledger.{_name}"))
for _step, (_owner, _attribute) in WRAPPED.items():
    _wrap(_owner, _attribute, functools.partial(_bounded, _step))
faulthandler.register(signal.SIGWINCH)
if CLOCK:
    _wrong_clock(CLOCK)
