"""Who waits for the workers is told when a task breaks each time."""

from __future__ import annotations

import io
from pathlib import Path

import fakeredis
import pytest

from workers import failures
from workers.adapters.notes import Breakdowns
from workers.cli import breakdown
from workers.cli.breakdown import Watch
from workers.cli.output import plain_console
from workers.cli.progress import Figures, Progress
from workers.core.errors import Unavailable
from workers.failures import contained
from workers.ledger import Counts

FAULT = OSError("the certificates are missing\x1b[2J")


class Here:
    """What the tasks see of their room."""

    def __init__(self) -> None:
        self.breakdowns = Breakdowns(fakeredis.FakeStrictRedis())
        self.redis_is_full = False

    def ping(self) -> None:
        if self.redis_is_full:
            raise Unavailable("It answers and takes nothing: used memory.")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Here:
    here = Here()
    monkeypatch.setattr(failures, "room", lambda: here)
    monkeypatch.setattr(breakdown, "LOOK_EVERY", 0.0)
    return here


def watch(here: Here, monkeypatch: pytest.MonkeyPatch) -> tuple[Watch, Progress, io.StringIO]:
    shown = io.StringIO()
    progress = Progress(plain_console(file=shown), "a crawl")
    monkeypatch.setattr(breakdown, "connect", lambda _: None)
    monkeypatch.setattr(breakdown, "require_writing", lambda _: here.ping())
    monkeypatch.setattr(breakdown, "Breakdowns", lambda _: here.breakdowns)
    return Watch(progress, Path("state"), "redis://"), progress, shown


def finished(number: int) -> Figures:
    return Figures.of(Counts(stored=number))


def test_a_task_that_breaks_is_noted_until_it_is_well_again(here: Here) -> None:
    broken = True

    @contained
    def fetch() -> None:
        if broken:
            raise FAULT

    with pytest.raises(OSError):
        fetch()
    assert here.breakdowns.last() == {"fetch": f"OSError: {FAULT}"}
    broken = False
    fetch()
    assert not here.breakdowns.last()


def test_it_is_said_once_and_given_up_only_where_nothing_else_goes_on(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breakdown, "GIVE_UP", -1.0)
    looker, progress, shown = watch(here, monkeypatch)
    assert looker.look() is None, "nothing breaks"
    here.breakdowns.note("fetch", f"OSError: {FAULT}")
    last = looker.look()
    assert last is not None and "fetch.log" in last and "missing\\x1b[2J" in last
    looker.look()
    assert shown.getvalue().count("The fetch task breaks (OSError: the certificates are missing") == 1
    monkeypatch.setattr(breakdown, "GIVE_UP", 60.0)
    progress.update(finished(3))
    assert looker.look() is None, "something was finished a moment ago"


def test_a_redis_that_takes_nothing_is_told_and_waited_for(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breakdown, "GIVE_UP", -1.0)
    looker, _, shown = watch(here, monkeypatch)
    here.redis_is_full = True
    assert looker.look() is None, "it may be started again"
    assert shown.getvalue() == "Redis cannot be used. It answers and takes nothing: used memory. It is tried again.\n"
    monkeypatch.setattr(breakdown, "GIVE_REDIS_UP", -1.0)
    assert looker.look() == (
        "Redis cannot be used. It answers and takes nothing: used memory. "
        "Nothing is lost: the same command goes on once it is mended."
    )


def test_every_task_can_tell_that_it_breaks(here: Here) -> None:
    from workers.tasks import app

    tasks = {name for name in app.tasks if not name.startswith("celery.")}
    for task in tasks:
        here.breakdowns.note(task, "a fault")
    assert here.breakdowns.last().keys() == tasks
