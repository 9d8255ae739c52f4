"""A batch whose process died waits again with the next sweep, and not when its lease runs out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from making import Clock, admit, lease, row_of, states
from structlog.testing import capture_logs

from workers.adapters.redis import Handoff, connect
from workers.adapters.valkey import ValkeyServer
from workers.core.work import Lease, State
from workers.ledger import Ledger
from workers.losses import respite, tell
from workers.settings import Settings, load
from workers.stages.messages import BatchMessage, Parcel, ParseMessage
from workers.stages.reading import Reading, pack_readings

KEY = "0" * 32


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    server = ValkeyServer(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def knobs(ledger_url: str, valkey: ValkeyServer, tmp_path: Path) -> Settings:
    return load(ledger_url=ledger_url, redis_url=valkey.url, state_dir=tmp_path)


def handed_over(ledger: Ledger, *keys: str) -> list[Lease]:
    """URLs whose pages have left fetch an instant ago, for an hour."""
    admit(ledger, *keys)
    leases = lease(ledger)
    ledger.handed_over([one.id for one in leases], 3600.0, owner="w1")
    return leases


def parse_message(leases: list[Lease]) -> dict[str, Any]:
    return ParseMessage(parcels=tuple(Parcel(key=KEY, lease=one) for one in leases)).model_dump(mode="json")


def test_pages_that_a_parser_died_with_wait_again_at_once(ledger: Ledger, clock: Clock, knobs: Settings) -> None:
    leases = handed_over(ledger, "1", "2")
    clock.now = ledger_now(ledger_url=knobs.ledger)
    tell(knobs, "parse", parse_message(leases))
    clock.pass_(0.5)
    ledger.sweep()
    assert states(ledger) == {"1": "waiting", "2": "waiting"}
    assert row_of(ledger, "1")["attempts"] == 1, "the attempt counts"


def test_readings_that_sink_died_with_wait_again_at_once(ledger: Ledger, clock: Clock, knobs: Settings) -> None:
    [one] = handed_over(ledger, "1")
    reading = Reading(lease=one, page_url=one.url, fetched_at=1.0, status=200, state=State.SKIPPED, reason="listing")
    with connect(knobs.redis_url) as redis:
        [key] = Handoff(redis, 60).put([pack_readings((reading,))])
    clock.now = ledger_now(ledger_url=knobs.ledger)
    tell(knobs, "sink", BatchMessage(key=key).model_dump(mode="json"))
    clock.pass_(0.5)
    ledger.sweep()
    assert states(ledger) == {"1": "waiting"}


def test_what_is_fetched_again_by_now_stays_with_its_fetcher(ledger: Ledger, clock: Clock, knobs: Settings) -> None:
    leases = handed_over(ledger, "1")
    clock.pass_(4000.0)
    ledger.sweep()
    assert [one.attempt for one in lease(ledger, "w2", lease=3600.0)] == [2]
    tell(knobs, "parse", parse_message(leases))
    clock.pass_(1.0)
    ledger.sweep()
    assert row_of(ledger, "1")["leased_by"] == "w2"


@pytest.mark.parametrize("message", [None, {"parcels": []}, {"key": "../x"}, [1]])
def test_a_message_that_is_none_of_ours_harms_nobody(
    message: Any, ledger: Ledger, clock: Clock, knobs: Settings
) -> None:
    [one] = handed_over(ledger, "1")
    before = row_of(ledger, one.key)
    tell(knobs, "parse", message)
    tell(knobs, "sink", message)
    assert row_of(ledger, one.key) == before, "no lease is ended"


def test_a_ledger_that_is_away_harms_nobody(knobs: Settings, tmp_path: Path) -> None:
    away = load(ledger_url=f"sqlite:///{tmp_path}/none/ledger.db", redis_url=knobs.redis_url, state_dir=tmp_path)
    one = Lease(id=1, site="s", key="k", url="https://a.test/1", host="a.test", kind="page", label="latest", depth=1,
                visit=1, attempt=1)  # fmt: skip
    with capture_logs() as told:
        tell(away, "parse", parse_message([one]))
    assert [line["event"] for line in told] == ["process.lost.untold"]


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 0.0), (2, 9.0), (5, 36.0)])
def test_later_attempts_wait_longer(attempt: int, seconds: float, tmp_path: Path) -> None:
    one = Lease(id=1, site="s", key="k", url="https://a.test/1", host="a.test", kind="page", label="latest", depth=1,
                visit=1, attempt=attempt)  # fmt: skip
    assert respite(load(state_dir=tmp_path, lease_seconds=45.0, max_attempts=5), [one]) == seconds


def ledger_now(ledger_url: str) -> float:
    """The true clock of the database, which `tell` goes by."""
    opened = Ledger.open(ledger_url)
    try:
        return opened.now()
    finally:
        opened.close()
