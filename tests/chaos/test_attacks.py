"""Short forms of every attack on the running system; `make chaos` runs the long ones.

All articles stored, none twice, none parked, nothing left open, whatever was done. Each run is seeded.
"""

from __future__ import annotations

import time
from typing import Any

import attacks
import pytest
from disk import small_disk
from harm_points import POINTS
from press import FIRST
from rig import Rig, running_rig
from verdict import Attack, Verdict, attacked_crawl

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

PAGES = 100
# No call to the outside may take longer, whatever is frozen.
LONGEST_CALL = 15.0
# SQLite is no process that could be frozen and has no connections that could be cut; one machine has one clock.
on_postgres = pytest.mark.parametrize("shared_rig", ["postgres"], indirect=True)


def attacked(rig: Rig, name: str, attack: Attack, **more: Any) -> Verdict:
    """Crawl under attack; nothing may come of it."""
    verdict = attacked_crawl(rig, name, attack, **{"pages": PAGES, "seed": 7, "latency": 0.1, **more})
    assert verdict.finished, f"not done in time: {verdict}\n{rig.log_tails()}"
    assert verdict.clean, verdict
    return verdict


def assert_stopped(rig: Rig) -> None:
    """Every part ended in time when it was asked to."""
    assert max(rig.stops.values()) < 10, f"{rig.stops}\n{rig.log_tails(20_000)}"


def test_no_harm_costs_nothing(rig: Rig) -> None:
    verdict = attacked(rig, "nothing", attacks.nothing, latency=0.01, pages=150)
    assert (verdict.recovered, verdict.extra_fetches) == (0, 0), "\n".join(verdict.journeys)


def test_killed_worker_processes_lose_nothing(rig: Rig) -> None:
    attacked(rig, "kill processes", attacks.kills(5, 0.6), latency=0.2)


def test_a_process_may_end_at_every_step_boundary(rig: Rig) -> None:
    attack = attacks.exits(POINTS, 1, fetch=0.4, stages=0.1)
    attacked(rig, "exit at boundaries", attack, latency=0.3, pages=160, bound=150.0)
    assert rig.missed == [], "every boundary was come to"


@pytest.mark.parametrize("wipe", [False, True], ids=["with its data", "wiped"])
def test_a_restarted_broker_loses_nothing(rig: Rig, wipe: bool) -> None:
    attacked(rig, f"broker {wipe}", attacks.broker_kills(2, 0.5, 0.5, wipe=wipe))


def test_a_flushed_broker_loses_nothing(rig: Rig) -> None:
    attacked(rig, "flushall", attacks.flushes(3, 0.4))


def test_a_frozen_broker_hangs_nobody(rig: Rig) -> None:
    verdict = attacked(rig, "broker frozen", attacks.broker_freeze(5.0))
    assert verdict.slowest[0] < LONGEST_CALL, verdict.slowest


def test_a_database_that_is_away_loses_nothing(rig: Rig) -> None:
    attack = attacks.database_locked(3.0) if rig.postgres is None else attacks.database_stop(3.0)
    attacked(rig, "database away", attack)


@on_postgres
def test_a_frozen_database_hangs_nobody(rig: Rig) -> None:
    verdict = attacked(rig, "database frozen", attacks.database_freeze(5.0))
    assert verdict.slowest[0] < LONGEST_CALL, verdict.slowest


@on_postgres
def test_cut_database_connections_lose_nothing(rig: Rig) -> None:
    attacked(rig, "connections cut", attacks.connections_cut(4, 0.4))


def test_messages_may_come_twice_not_at_all_and_in_any_order(rig: Rig) -> None:
    attacked(rig, "messages", attacks.messages("twice", "drop", "shuffle", seconds=3.0))


def test_a_crawl_goes_on_without_a_beat_and_with_two(rig: Rig) -> None:
    attacked(rig, "beat killed", attacks.beat_kill)
    attacked(rig, "two beats", attacks.two_beats)


@on_postgres
def test_a_worker_whose_clock_is_wrong_does_no_harm(rig: Rig) -> None:
    attacked(rig, "wrong clock", attacks.wrong_clock(6.0, 300.0))


def test_all_may_be_stopped_and_started_again(rig: Rig) -> None:
    attacked(rig, "full stop", attacks.full_stop, latency=0.3)
    assert_stopped(rig)
    assert rig.left_leased == 0, "no lease is left to run out"


def test_workers_may_be_restarted_one_after_the_other(rig: Rig) -> None:
    attacked(rig, "rolling restart", attacks.rolling_restart, latency=0.4)
    assert_stopped(rig)


def test_workers_can_be_stopped_while_their_broker_is_away(rig: Rig) -> None:
    attacked(rig, "stop without broker", attacks.stop_without_broker, latency=0.2)
    assert_stopped(rig)


def test_pages_that_kill_their_parser_are_parked_alone(rig: Rig) -> None:
    marks = {90: "chaos-segfault", 91: "chaos-memory", 92: "chaos-spin", 93: "chaos-flood"}
    before = [(part, part.starts) for part in rig.parts]
    verdict = attacked(rig, "killers", attacks.nothing, marks=marks, latency=0.02, bound=90)
    assert verdict.killers == {f"id:{FIRST + number}": "lost-too-often" for number in marks}
    assert all(part.starts == starts for part, starts in before), "the worker itself lives on"


def test_a_full_disk_pauses_the_crawl_and_loses_nothing() -> None:
    """The disk of SQLite: PostgreSQL keeps its data elsewhere."""
    try:
        with small_disk() as folder, running_rig(f"sqlite:///{folder}/ledger.db", None) as rig:
            verdict = attacked(rig, "disk full", attacks.disk_full(3.0))
            assert "The disk is full" in rig.log_tails(), "it says why"
    except PermissionError as error:
        pytest.skip(str(error))
    assert verdict.ok == PAGES


def test_fetch_stops_by_itself_while_nobody_parses(rig: Rig) -> None:
    attacked(rig, "stages away", attacks.stages_away(2.5), pages=250, latency=0.02, starting=0.5)
    most = int(rig.env["WIREROOM_MAX_TRANSIT"])
    assert most <= max(rig.transit) <= most + 64, "what was open when it became crowded still comes in"
    assert max(rig.broker_bytes) < 50_000_000


def test_the_same_worker_processes_consume_again_after_every_restart_of_the_broker(rig: Rig) -> None:
    workers = {part.name: part.process for part in (rig.fetch, rig.stages)}
    for _ in range(4):
        assert consumes_again(rig, within=5.0)
    assert {part.name: part.process for part in (rig.fetch, rig.stages)} == workers
    assert all(process is not None and process.poll() is None for process in workers.values())


def consumes_again(rig: Rig, within: float) -> bool:
    """Kill the broker's server and start it; True when every worker takes messages again in time."""
    before = rig.log_sizes()
    rig.valkey.kill()
    time.sleep(0.3)
    rig.valkey.start()
    return attacks.consumed(rig, within, before)
