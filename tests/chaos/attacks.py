"""The attacks: each a generator that does harm and yields the seconds until it goes on."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path

from press import Press
from rig import Part, Rig
from verdict import Attack

NEARLY_ALL = 0.9
MORE = "more"
QUICK_ANSWER = 0.02  # seconds
# The part of the speed before that counts as full speed: a second holds a few pages more or less.
FULL = 0.8


def nothing(rig: Rig, press: Press) -> Iterator[float]:
    """No harm: what the rest is compared with."""
    yield 0.0


def speed_after(harm: Attack) -> Attack:
    """This harm, and how long it takes until pages are asked for as quickly as before it: seconds, in `rig.slowed`."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        before = yield from _speed(press, 5.0)
        yield from harm(rig, press)
        over = time.monotonic()
        while (yield from _speed(press, 1.0)) < before * FULL and len(press.asked) < press.pages:
            pass
        rig.slowed = time.monotonic() - over

    return attack


def _speed(press: Press, seconds: float) -> Generator[float, None, float]:
    """Pages a second that are asked for during so many seconds."""
    asked, begun = sum(press.asked.values()), time.monotonic()
    yield seconds
    return (sum(press.asked.values()) - asked) / (time.monotonic() - begun)


# ── processes ────────────────────────────────────────────────────────────────────────────────────────────────────────


def kills(times: int, every: float) -> Attack:
    """SIGKILL to a random worker process, parent or child."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        for _ in range(times):
            rig.kill_one()
            yield every

    return attack


def exits(points: Sequence[str], times: int, fetch: float, stages: float) -> Attack:
    """A process ends at each of these boundaries, at least so many times, as it comes to them.

    Two ends in the worker for fetch, or in that for the other stages, are so many seconds apart.

    The ends go on until nearly all pages were asked for; then the site answers quickly. What is measured is recovery
    and not the rest of a crawl.
    """

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        rig.order("spacing fetch", str(fetch))
        rig.order("spacing stages", str(stages))
        for number in range(times):
            for point in points:
                rig.order(f"exit {point} {number}")
        try:
            while rig.ledger.status().total.open:
                if not rig.ordered() and len(press.asked) >= NEARLY_ALL * press.pages:
                    break
                if not rig.ordered():
                    rig.order(f"exit {rig.dice.choice(points)} {MORE}")
                yield 0.1
            press.latency = QUICK_ANSWER
            yield 0.5
        finally:
            rig.missed += [name for name in rig.ordered() if not name.endswith(MORE)]
            rig.recall()

    return attack


def beat_kill(rig: Rig, press: Press) -> Iterator[float]:
    """SIGKILL to the beat, and a while without one."""
    rig.beat.wanted = False
    rig.beat.signal(signal.SIGKILL)
    yield 2.0
    rig.beat.start()
    yield 0.5


def two_beats(rig: Rig, press: Press) -> Iterator[float]:
    """A second beat."""
    second = rig.part("beat-2", ["beat", "--loglevel", "WARNING"])
    second.start()
    yield 4.0
    second.end()


def rolling_restart(rig: Rig, press: Press) -> Iterator[float]:
    """SIGTERM to one worker after the other; each is started again before the next is stopped."""
    for part in (rig.fetch, rig.stages, rig.beat):
        rig.stopped(part, part.stop())
        part.start()
        yield 3.0


def full_stop(rig: Rig, press: Press) -> Iterator[float]:
    """SIGTERM to everything at once; nothing may be leased to fetch when all have ended. Then all start again."""
    begun = time.monotonic()
    for part in rig.parts:
        part.wanted = False
        part.signal(signal.SIGTERM)
    for part in rig.parts:
        part.stop()
        rig.stopped(part, time.monotonic() - begun)
    rig.left_leased = rig.ledger.status().total.in_fetch
    rig.start()
    yield 0.5


# ── the broker ───────────────────────────────────────────────────────────────────────────────────────────────────────


def broker_kills(times: int, away: float, every: float, *, wipe: bool) -> Attack:
    """The broker's server is killed, stays away, and comes back with its data or without."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        for _ in range(times):
            rig.valkey.kill()
            if wipe:
                for path in rig.valkey.folder.rglob("*.aof*"):
                    path.unlink(missing_ok=True)
            yield away
            rig.valkey.start()
            yield every

    return attack


def broker_kills_under_load(times: int, within: float) -> Attack:
    """The broker's server is killed and started; each time the same workers must take messages again in time.

    At least so many times, and until nearly all pages were asked for.
    """

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        workers = [(part, part.starts) for part in (rig.fetch, rig.stages)]
        number = 0
        while number < times or len(press.asked) < NEARLY_ALL * press.pages:
            number += 1
            before = rig.log_sizes()
            rig.valkey.kill()
            yield 0.3
            rig.valkey.start()
            if not consumed(rig, within, before) or any(part.starts != starts for part, starts in workers):
                rig.idle.append(f"restart {number} of the broker")
            yield 1.0

    return attack


def flushes(times: int, every: float) -> Attack:
    """FLUSHALL: queues, pages in transit and the seen-cache are gone."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        for _ in range(times):
            with rig.redis as client:
                client.flushall()
            yield every

    return attack


def broker_freeze(seconds: float) -> Attack:
    """SIGSTOP to the broker's server: connections stay open and nothing answers."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        assert rig.valkey.process is not None
        rig.valkey.process.send_signal(signal.SIGSTOP)
        yield seconds
        rig.valkey.process.send_signal(signal.SIGCONT)
        yield 0.1

    return attack


def messages(*harms: str, seconds: float) -> Attack:
    """Messages come twice (`twice`), not at all (`drop`), or in any order (`shuffle`)."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        for harm in harms:
            rig.order(harm)
        yield seconds
        for harm in harms:
            (rig.harm / harm).unlink()

    return attack


# ── the database ─────────────────────────────────────────────────────────────────────────────────────────────────────


def database_stop(away: float) -> Attack:
    """The database's server ends as in a crash, stays away, and comes back."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        assert rig.postgres is not None
        rig.postgres.stop(signal.SIGQUIT)
        yield away
        rig.postgres.start()
        yield 0.1

    return attack


def database_locked(seconds: float) -> Attack:
    """Another process holds SQLite's writer's place: the embedded form of a database that is away."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        import sqlite3

        connection = sqlite3.connect(rig.ledger_url.removeprefix("sqlite:///"), isolation_level=None, timeout=10)
        connection.execute("BEGIN IMMEDIATE")
        yield seconds
        connection.execute("ROLLBACK")
        connection.close()
        yield 0.1

    return attack


def connections_cut(times: int, every: float) -> Attack:
    """Every connection of a worker to PostgreSQL is terminated."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        assert rig.postgres is not None
        for _ in range(times):
            rig.postgres.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'wireroom'"
            )
            yield every

    return attack


def database_freeze(seconds: float) -> Attack:
    """SIGSTOP to every process of PostgreSQL."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        assert rig.postgres is not None
        rig.postgres.freeze()
        yield seconds
        rig.postgres.thaw()
        yield 0.1

    return attack


def disk_full(seconds: float) -> Attack:
    """The disk under the ledger is full for a while."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        ballast = Path(rig.ledger_url.removeprefix("sqlite:///")).parent / "ballast"
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"\0" * 4096)
        yield seconds
        ballast.unlink()
        yield 0.1

    return attack


# ── flow ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def stages_away(seconds: float) -> Attack:
    """Parse, discover and sink are gone while fetch runs; what is on its way then and the broker's memory are noted."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        rig.stages.stop()
        most, patience = int(rig.env.get("WIREROOM_MAX_TRANSIT", 400)), time.monotonic() + 30.0
        while max(rig.transit, default=0) < most and time.monotonic() < patience:
            rig.transit.append(rig.ledger.in_transit())
            yield 0.1
        for _ in range(int(seconds / 0.25)):
            rig.transit.append(rig.ledger.in_transit())
            rig.broker_bytes.append(rig.memory())
            yield 0.25
        rig.stages.start()
        yield 0.1

    return attack


def wrong_clock(seconds: float, off: float) -> Attack:
    """Two more workers whose clocks are off."""

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        extra: list[Part] = [
            rig.worker(f"wrong-{queues[:5]}", queues, CHAOS_CLOCK=str(off))
            for queues in ("fetch", "parse,discover,sink")
        ]
        for part in (rig.fetch, rig.stages):
            part.wanted = False
            part.signal(signal.SIGSTOP)  # so that the wrong ones have the work
        for part in extra:
            part.start()
        yield seconds
        for part in (rig.fetch, rig.stages):
            part.signal(signal.SIGCONT)
            part.wanted = True
        yield 2.0
        for part in extra:
            part.stop()

    return attack


def consumed(rig: Rig, within: float, since: Mapping[str, int]) -> bool:
    """Do all workers take messages now? Each has found the broker again, and then run a task, within so many seconds.

    A task alone would not tell: its worker may have had it in hand before the broker was gone. `since` is what
    `rig.log_sizes` gave before that.
    """
    begun = time.monotonic()
    while not rig.connected_since(since):
        if time.monotonic() > begun + within:
            return False
        time.sleep(0.05)
    wanted = {task: part for part, task in ((rig.fetch, "fetch"), (rig.stages, "nudge"))}
    for task in wanted:
        (rig.harm / f"ran {task}").unlink(missing_ok=True)
        rig.order(f"tell {task}")
    while wanted and all(part.running for part in wanted.values()) and time.monotonic() < begun + within:
        rig.nudge()
        time.sleep(0.2)
        wanted = {task: part for task, part in wanted.items() if not (rig.harm / f"ran {task}").exists()}
    for task in ("fetch", "nudge"):
        (rig.harm / f"tell {task}").unlink(missing_ok=True)
    return not wanted


def everything(deaths: int) -> Attack:
    """At least so many killed processes, two killed brokers, one crash of the database and one killed beat, in one run.

    The kills go on until nearly all pages were asked for: what is measured is recovery and not the rest of a crawl.
    """

    def attack(rig: Rig, press: Press) -> Iterator[float]:
        others = [broker_kills(1, 1.0, 0.0, wipe=False), broker_kills(1, 1.0, 0.0, wipe=True), beat_kill]
        if rig.postgres is not None:
            others.append(database_stop(3.0))
        at = {deaths * (number + 1) // (len(others) + 1): other for number, other in enumerate(others)}
        for death in range(deaths):
            if death in at:
                yield from at[death](rig, press)
            rig.kill_one()
            yield 2.0
        while len(press.asked) < NEARLY_ALL * press.pages:
            rig.kill_one()
            yield 2.0

    return attack


def stop_without_broker(rig: Rig, press: Press) -> Iterator[float]:
    """SIGTERM to the workers while their broker is gone; then all come back."""
    rig.valkey.kill()
    yield 1.0
    for part in (rig.fetch, rig.stages):
        part.wanted = False
        part.signal(signal.SIGTERM)
    begun = time.monotonic()
    for part in (rig.fetch, rig.stages):
        part.stop()
        rig.stopped(part, time.monotonic() - begun)
    rig.valkey.start()
    rig.fetch.start()
    rig.stages.start()
    yield 0.5
