"""The embedded stack: a private Valkey, the ledger in the state folder and real Celery workers, for one command."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

from workers.adapters.forks import Fork
from workers.adapters.processes import WorkerProcess, is_dead
from workers.adapters.reach import broker_answers, ping_redis
from workers.adapters.valkey import ValkeyServer
from workers.cli.beat import Beat
from workers.core.errors import BadInput, Unavailable
from workers.core.ledger_url import file_of_url
from workers.core.urls import without_credentials
from workers.ledger import Ledger
from workers.ledger.schema import HANDOFF
from workers.settings import Settings, for_children

# A warm stop lets a fetch loop hand over what it has; a request in flight may take some seconds of it.
STOP_SECONDS = 10.0
# What Celery's worker is to go without, as it names it in Python.
WITHOUT = ("without_gossip", "without_mingle", "without_heartbeat")


class Stack:
    """The running parts. `environment` is what another process needs to join in."""

    def __init__(self, knobs: Settings, *, fetch: int, parse: int, environment: Mapping[str, str]) -> None:
        self.settings = knobs
        self.environment = {**environment, "REMAP_SIGTERM": "SIGTERM"}
        self._beat = Beat()
        logs = knobs.state_dir
        self.workers = [self._worker("parse", "discover,parse,sink", parse + 1, logs)]
        if fetch:
            self.workers.insert(0, self._worker("fetch", "fetch", fetch, logs))

    def _worker(self, name: str, queues: str, processes: int, logs: Path) -> WorkerProcess:
        node = f"{name}-{os.getpid()}@%h"
        options = [f"--{each}".replace("_", "-") for each in WITHOUT]
        arguments = ["-Q", queues, "-c", str(processes), "-n", node, "--loglevel", "INFO", *options]
        work = partial(_work, node, queues, processes)
        return WorkerProcess(name, arguments, self.environment, logs / f"{name}.log", work)

    def start(self) -> None:
        """Start every worker process. They are forked where they can be, so no thread may run and no ledger be open."""
        os.environ.update(self.environment)
        from workers import tasks  # noqa: F401  # what every worker that is forked from here needs, in memory once
        from workers.adapters.pool import prepare
        from workers.celery import app

        prepare(app)
        for worker in self.workers:
            worker.start()

    def begin(self) -> None:
        """Begin the timetable: from now on the workers have work."""
        self._beat.start()

    def look_after(self) -> list[str]:
        """Start again what ended by itself; the names of what had to be."""
        ended = [worker.name for worker in self.workers if worker.look_after()]
        return [*ended, "beat"] if self._beat.look_after() else ended

    def stop(self, *, at_once: bool = False) -> None:
        """Ask every worker to finish what it has in hand, and end those that take longer than STOP_SECONDS.

        Safe to call twice.
        """
        if not at_once:
            for worker in self.workers:
                worker.ask_to_stop()
        give_up = time.monotonic() + (0 if at_once else STOP_SECONDS)
        for worker in self.workers:
            worker.wait(max(0.0, give_up - time.monotonic()))
            worker.end()


@contextmanager
def state_folder(path: Path) -> Iterator[TextIO]:
    """The state folder, made where it is missing and locked: one crawl at a time works in it."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = (path / "lock").open("a+", encoding="ascii")
    except OSError as error:
        raise BadInput(
            f"The state folder {path} cannot be used: {error.strerror}. "
            "Give another one with --state or WIREROOM_STATE_DIR."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Unavailable(
                f"Another wireroom command is working in {path}. Wait for it, or give another folder with --state."
            ) from None
        yield lock


@contextmanager
def embedded_stack(knobs: Settings, *, fetch: int, parse: int) -> Iterator[Stack]:
    """Start Valkey and the workers, and stop them at the end; `Stack.begin` gives them work.

    The state folder must be held (`state_folder`). A Redis given by WIREROOM_REDIS_URL is used and no private one;
    Unavailable when it, or a broker that is given, does not answer.
    """
    _require_services(knobs)
    with contextlib.ExitStack() as cleanup:
        redis_url = _own_redis(knobs)
        if not redis_url:
            server = ValkeyServer(knobs.state_dir / "valkey")
            server.start()
            cleanup.callback(server.stop)
            redis_url = server.url
        environment = {
            **for_children(knobs),
            "WIREROOM_STATE_DIR": str(knobs.state_dir.absolute()),
            "WIREROOM_LEDGER_URL": knobs.ledger,
            "WIREROOM_REDIS_URL": redis_url,
        }
        stack = Stack(knobs, fetch=fetch, parse=parse, environment=environment)
        stack.start()
        cleanup.callback(stack.stop)
        yield stack


def _require_services(knobs: Settings) -> None:
    """Unavailable, before any worker is started, where the Redis or the broker of the settings does not answer."""
    if _own_redis(knobs):
        advice = "Start it, or correct WIREROOM_REDIS_URL; without it the command starts a server of its own."
        _require("Redis", knobs.redis_url, ping_redis, advice)
    if knobs.broker_url:
        _require("broker", knobs.celery_broker, broker_answers, "Start it, or correct WIREROOM_BROKER_URL.")


def _require(what: str, url: str, ask: Callable[[str], object], advice: str) -> None:
    try:
        ask(url)
    except Unavailable as error:
        place = without_credentials(url).partition("?")[0]
        raise Unavailable(f"The {what} at {place} cannot be used. {str(error).rstrip('.')}. {advice}") from None


def _own_redis(knobs: Settings) -> str:
    """The Redis that the settings name, "" where they name none."""
    return knobs.redis_url if "redis_url" in knobs.model_fields_set else ""


def take_back(ledger: Ledger, knobs: Settings) -> None:
    """Take back what an earlier run left behind; the state folder must be held.

    In the folder's own ledger that is everything: its hand-off, a private server, is gone. Any other ledger may be that
    of others who are at work: there it is what dead processes had, and all the rest runs out by itself.
    """
    owners = set(ledger.owners())
    ours = not _own_redis(knobs) and knobs.ledger == Settings.own_ledger(knobs.state_dir)
    dead = {HANDOFF, *owners} if ours else {owner for owner in owners if is_dead(owner)}
    ledger.sweep(max_attempts=knobs.max_attempts, dead_owners=dead)


def make_apart(url: str) -> None:
    """Make the file of a SQLite ledger that is not there yet in a process of its own, where one can be forked.

    What making it imports would lie in every worker that is forked from here. Where it fails, opening the ledger with
    `migrate` says why.
    """
    file = file_of_url(url)
    if file is not None and not file.exists() and Fork.is_safe():
        with Path(os.devnull).open("ab") as log:
            Fork(partial(_migrate, url), {}, log).wait()


def _migrate(url: str) -> int:
    Ledger.open(url, migrate=True).close()
    return 0


def _work(node: str, queues: str, processes: int) -> int:
    from workers.celery import work

    return work(node, queues, processes, WITHOUT)


class Asked(list[int]):
    """The signals by which somebody asked to stop."""

    def __init__(self) -> None:
        super().__init__()
        self._quiet = threading.Lock()  # held until somebody asks; an Event must not be set in a signal's handler
        self._quiet.acquire()

    def note(self, number: int) -> None:
        """Somebody asks."""
        self.append(number)
        if self._quiet.locked():
            self._quiet.release()

    def wait(self, seconds: float) -> None:
        """Return after so many seconds, or at once when somebody asks."""
        self._quiet.acquire(timeout=seconds)


@contextmanager
def interruptible() -> Iterator[Asked]:
    """Collects Ctrl-C and SIGTERM instead of raising: its length says how often somebody asked to stop.

    The third time the signal has its usual effect again.
    """
    asked = Asked()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def note(number: int, frame: object) -> None:
        asked.note(number)
        if len(asked) > 1:
            for signum, handler in before.items():
                signal.signal(signum, handler)

    for number in before:
        signal.signal(number, note)
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
