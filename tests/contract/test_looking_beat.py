"""Beat looks before it sends: on both databases, what it sends is what has work, or what it cannot look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from celery.signals import beat_init
from fakeredis import FakeRedis
from making import Clock, admit, lease, outcome, release

from workers import timetable
from workers.adapters.beat import LookingScheduler
from workers.adapters.heartbeat import watch_beat
from workers.adapters.notes import Rounds
from workers.celery import app
from workers.health import silence_of
from workers.ledger import Ledger
from workers.settings import Settings
from workers.wiring import Room

TIMED = tuple(Settings().timetable)


@pytest.fixture
def here(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A process of the beat, with this ledger."""
    room = Room(Settings())
    room.__dict__.update(ledger=ledger, redis=FakeRedis())
    monkeypatch.setattr(timetable, "room", lambda: room)
    return room


def sent(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What one round of the timetable sends."""
    names: set[str] = set()
    monkeypatch.setattr(LookingScheduler, "apply_async", lambda _, entry, **__: names.add(entry.task))
    scheduler = LookingScheduler(app)
    for entry in scheduler.schedule.values():
        scheduler.apply_entry(entry)
    return names


def test_an_idle_ledger_is_only_swept_and_what_was_looked_at_is_noted(
    here: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sent(monkeypatch) == {"sweep"}
    assert set(Rounds(here.redis).last()) == set(TIMED) - {"sweep"}, "its worker notes that"


def test_a_host_that_is_ready_is_nudged_until_it_is_held(
    here: Room, ledger: Ledger, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    admit(ledger, "1")
    assert sent(monkeypatch) == {"sweep", "nudge"}
    [one] = lease(ledger)
    assert sent(monkeypatch) == {"sweep"}
    clock.pass_(3600)
    assert sent(monkeypatch) == {"sweep", "nudge"}, "whoever held it is gone"
    ledger.sweep()
    assert one.key in {again.key for again in lease(ledger)}


def test_what_is_due_again_is_sent_for(
    here: Room, ledger: Ledger, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    admit(ledger, "1")
    [one] = lease(ledger)
    ledger.settle([outcome(one, revisit_in=60.0)])
    release(ledger)
    assert sent(monkeypatch) == {"sweep"}
    clock.pass_(61)
    assert sent(monkeypatch) == {"sweep", "revisit"}
    ledger.revisit()
    assert sent(monkeypatch) == {"sweep", "nudge"}


def test_a_beat_that_has_nothing_to_send_is_seen_to_work(
    here: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    watch_beat(str(tmp_path / "beat"))
    beat_init.send(sender=None)
    assert sent(monkeypatch) == {"sweep"}
    assert silence_of(tmp_path / "beat") is not None


@pytest.mark.parametrize("away", ["ledger", "redis"])
def test_what_cannot_be_looked_at_is_sent(here: Room, monkeypatch: pytest.MonkeyPatch, away: str) -> None:
    here.__dict__[away] = None
    assert sent(monkeypatch) == set(TIMED)
