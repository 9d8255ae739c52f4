"""A server that notes every request proves the manners of many fetch processes, also while some of them are killed."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from witness import Asked, Reply, Witness
from workforce import Workforce, at_work, pages

# Minutes of paced requests, and kills among them: with the attacks.
pytestmark = [pytest.mark.chaos, pytest.mark.slow]

SITE = "witnessed"
LONG = "WIREROOM_LONG_TESTS"


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


def patient(url: str, **more: str) -> dict[str, str]:
    """Settings for workers that only fetch: nobody reads what they fetched, and nothing comes back for it."""
    return {"WIREROOM_MAX_TRANSIT": "1000000", "WIREROOM_LEASE_SECONDS": "600", "WIREROOM_HOLD_SECONDS": "4", **more}


def seed(force: Workforce, witness: Witness, hosts: int, each: int, *, first: int = 0, folder: str = "news") -> None:
    """Every host has so many pages more to be asked for."""
    for number in range(hosts):
        force.ledger.admit(pages(SITE, witness.host(number), range(first, first + each), folder))


def fetched(witness: Witness, number: int) -> Callable[[], bool]:
    """Whether so many different pages were asked for."""
    return lambda: len({(one.host, one.path) for one in list(witness.asked) if one.path != "/robots.txt"}) >= number


def rate_reached(asked: dict[str, list[Asked]], delay: float) -> float:
    """The share of the starts that the delay allows, over all hosts, from the first start of each to its last."""
    allowed = sum((of[-1].at - of[0].at) / delay for of in asked.values())
    return sum(len(of) - 1 for of in asked.values()) / allowed


class Processors:
    """How much of the machine's processors others used since it was made."""

    def __init__(self) -> None:
        self._before = self._read()

    def busy(self) -> float:
        """The share of all processors' time that was spent, on whatever."""
        total, idle = (now - before for now, before in zip(self._read(), self._before, strict=True))
        return 1 - idle / total if total else 0.0

    @staticmethod
    def _read() -> tuple[int, int]:
        stat = Path("/proc/stat")
        if not stat.exists():
            return 0, 0
        spent = [int(word) for word in stat.read_text().split("\n", 1)[0].split()[1:9]]
        return sum(spent), spent[3] + spent[4]


# processes, hosts, delay in seconds, requests to each host before and after the kills
FORMS = [(1, 1, 0.4, 15, 8), (2, 50, 1.0, 5, 3), (8, 500, 3.0, 2, 1)]
LONG_FORMS = [(p, h, d, n, n) for p in (1, 2, 8) for h, d, n in ((1, 0.4, 80), (50, 1.0, 12), (500, 4.0, 2))]


@pytest.mark.slow
@pytest.mark.parametrize(("processes", "hosts", "delay", "calm", "wild"), FORMS)
def test_no_host_is_asked_faster_than_its_delay_whoever_is_killed(
    processes: int, hosts: int, delay: float, calm: int, wild: int, sqlite: str
) -> None:
    attack(sqlite, processes, hosts, delay, calm, wild)


@pytest.mark.slow
def test_on_postgresql_too(postgres_url: str) -> None:
    attack(postgres_url, 2, 50, 1.0, 4, 3)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get(LONG), reason=f"ten thousand requests; set {LONG}=1")
@pytest.mark.parametrize(("processes", "hosts", "delay", "calm", "wild"), LONG_FORMS)
def test_ten_thousand_requests(processes: int, hosts: int, delay: float, calm: int, wild: int, sqlite: str) -> None:
    attack(sqlite, processes, hosts, delay, calm, wild)


def attack(ledger_url: str, processes: int, hosts: int, delay: float, calm: int, wild: int) -> None:
    """First in peace, where the pace must be reached, then with kills, where only the gaps count."""
    places, dice = 2, random.Random(processes * hosts)
    with Witness(lambda *_: Reply(after=0.01)) as witness, at_work(ledger_url, **patient(ledger_url)) as force:
        force.ledger.put_site(SITE, "", settings={"delay": delay, "places": places})
        seed(force, witness, hosts, calm)
        processors = Processors()
        force.worker("fetch", processes)
        force.until(fetched(witness, hosts * calm))
        busy, reached = processors.busy(), rate_reached(witness.starts(), delay)
        seed(force, witness, hosts, wild, first=calm)
        until_fetched_with_kills(force, witness, hosts * (calm + wild), dice, pause=max(0.5, delay))
        print(
            f"\n{processes} processes, {hosts} hosts: {len(witness.asked)} requests, gap {witness.shortest_gap():.4f}"
            f" of {delay} s, open {max(witness.most_open.values())}, rate {reached:.1%}, processors {busy:.0%}"
        )
        assert witness.shortest_gap() >= delay, "no host is asked faster than its delay"
        assert max(witness.most_open.values()) <= places
        assert reached >= (0.9 if busy < 0.8 else 0.5), "a pause is not much longer than it must be"


def until_fetched_with_kills(
    force: Workforce, witness: Witness, number: int, dice: random.Random, *, pause: float
) -> None:
    done, give_up = fetched(witness, number), time.monotonic() + 90
    for _ in range(3):
        force.kill_one("fetch", dice)
        time.sleep(pause * dice.uniform(0.5, 1.0))
        force.look_after()
    force.until(done, give_up - time.monotonic())


@pytest.mark.slow
def test_a_slow_host_does_not_slow_the_others(sqlite: str) -> None:
    quick, delay, each = 50, 1.0, 6

    def answers(host: str, path: str) -> Reply:
        return Reply(after=2.0 if host.startswith("h50.") else 0.01)

    with Witness(answers) as witness, at_work(sqlite, **patient(sqlite)) as force:
        force.ledger.put_site(SITE, "", settings={"delay": delay, "places": 1})
        seed(force, witness, quick + 1, each)
        processors = Processors()
        force.worker("fetch", 1)
        force.until(lambda: all(len(witness.of(witness.host(n))) >= each for n in range(quick)))
        slow = witness.host(quick)
        reached = rate_reached({host: asked for host, asked in witness.starts().items() if host != slow}, delay)
        print(f"\nquick hosts beside a slow one: {reached:.1%}, the slow one {len(witness.of(slow))} times")
        assert witness.most_open[slow] == 1
        assert len(witness.of(slow)) >= 1
        assert reached >= (0.9 if processors.busy() < 0.8 else 0.5)


@pytest.fixture
def two(sqlite: str) -> Iterator[tuple[Witness, Workforce, sqlite3.Connection]]:
    """Two fetch processes, two hosts, and the ledger's file."""
    with Witness() as witness, at_work(sqlite, **patient(sqlite, WIREROOM_FETCH_HOSTS="1")) as force:
        force.ledger.put_site(SITE, "", settings={"delay": 0.05, "places": 1})
        file = sqlite3.connect(sqlite.removeprefix("sqlite:///"), isolation_level=None, timeout=10)
        yield witness, force, file
        file.close()


def let_time_pass(file: sqlite3.Connection, host: str) -> None:
    """The host's rest, and what is known of its robots.txt, is over."""
    file.execute("UPDATE hosts SET next_at = 0, ready_at = 0 WHERE name = ? AND holder IS NULL", (host,))


@pytest.mark.slow
@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_time_gets_it_from_all_workers(
    status: int, two: tuple[Witness, Workforce, sqlite3.Connection]
) -> None:
    witness, force, _ = two
    begun: list[float] = []

    def answers(host: str, path: str) -> Reply:
        if host.startswith("h0.") and len(witness.of(host)) == 5:
            begun.append(time.monotonic())
            return Reply(status=status, headers={"Retry-After": "3"})
        return Reply()

    witness.answers = answers
    seed(force, witness, 2, 40)
    force.worker("fetch", 2)
    force.until(fetched(witness, 80))
    after = [asked.at - begun[0] for asked in witness.starts()[witness.host(0)] if asked.since > begun[0]]
    during = [asked for asked in witness.of(witness.host(1)) if 0 < asked.at - begun[0] < 3]
    assert min(after) >= 3, "nobody asks it before its time"
    assert len(during) > 10, "the other host is asked all the while"


@pytest.mark.slow
def test_a_host_that_fails_rests_and_is_tried_with_one_request(
    two: tuple[Witness, Workforce, sqlite3.Connection],
) -> None:
    witness, force, file = two
    host = witness.host(0)
    well: list[bool] = []
    witness.answers = lambda *_: Reply(status=200 if well else 500)
    seed(force, witness, 1, 30)
    force.worker("fetch", 2)
    until_asked(force, witness, host, 5)
    assert asked_in(1.5, witness, host) == 5, "five failures in a row, and it is left alone"
    rest = force.ledger.resting_hosts(SITE)
    assert rest[0][0] == host
    assert 20 < rest[0][2] <= 30
    let_time_pass(file, host)
    until_asked(force, witness, host, 6)
    assert asked_in(1.5, witness, host) == 6, "one probe, which failed: it rests twice as long"
    assert 40 < force.ledger.resting_hosts(SITE)[0][2] <= 60
    well.append(True)
    let_time_pass(file, host)
    force.until(fetched(witness, 30))
    force.until(lambda: force.ledger.resting_hosts(SITE) == [])


def until_asked(force: Workforce, witness: Witness, host: str, times: int) -> None:
    force.until(lambda: len(witness.of(host)) >= times)


def asked_in(seconds: float, witness: Witness, host: str) -> int:
    """How often the host was asked in all, when so many seconds more are over."""
    time.sleep(seconds)
    return len(witness.of(host))


@pytest.mark.slow
def test_rules_are_obeyed_and_so_is_their_change(two: tuple[Witness, Workforce, sqlite3.Connection]) -> None:
    witness, force, file = two
    host = witness.host(0)
    seed(force, witness, 1, 5)
    seed(force, witness, 1, 5, folder="private")
    seed(force, witness, 1, 5, folder="drafts")
    force.worker("fetch", 2)
    force.until(lambda: force.ledger.status().total.skipped == {"robots": 5})
    force.until(fetched(witness, 10))
    assert {one.path.split("/")[1] for one in witness.of(host)} == {"news", "drafts"}
    witness.robots = Reply(b"User-agent: *\nDisallow: /drafts/\n", headers={"Content-Type": "text/plain"})
    force.until(lambda: not file.execute("SELECT 1 FROM hosts WHERE holder IS NOT NULL").fetchone())
    file.execute("UPDATE hosts SET robots_until = 0")
    changed = len(witness.asked)
    for folder in ("private", "drafts"):
        seed(force, witness, 1, 5, first=10, folder=folder)
    force.until(lambda: len(witness.of(host)) == 15)
    force.until(lambda: force.ledger.status().total.skipped == {"robots": 10})
    paths = [one.path for one in witness.asked[changed:]]
    assert paths[0] == "/robots.txt"
    assert {path.split("/")[1] for path in paths[1:]} == {"private"}, "what is now forbidden was not asked for"
