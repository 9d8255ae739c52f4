"""Hosts that ask for time, fail or change their rules: all fetch processes heed them at once."""

from __future__ import annotations

import itertools
import sqlite3
import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from test_politeness import fetched, patient, sqlite
from witness import Asked, Reply, Witness
from workforce import Workforce, at_work, pages

pytestmark = pytest.mark.slow

SITE = "witnessed"


class Two(NamedTuple):
    """Two fetch processes, each with one host at a time, so that one of them is free for whatever is ready."""

    witness: Witness
    force: Workforce
    file: sqlite3.Connection
    numbers: Iterator[int]

    def host(self) -> int:
        """The number of a host that was never asked."""
        return next(self.numbers)

    def seed(self, number: int, each: int, *, first: int = 0, folder: str = "news") -> None:
        """The host has so many pages more to be asked for."""
        self.force.ledger.admit(pages(SITE, self.witness.host(number), range(first, first + each), folder))

    def let_time_pass(self, host: str) -> None:
        """The host's rest is over."""
        self.file.execute("UPDATE hosts SET next_at = 0, ready_at = 0 WHERE name = ? AND holder IS NULL", (host,))

    def until_asked(self, host: str, times: int) -> None:
        self.force.until(lambda: len(self.witness.of(host)) >= times)

    def asked_in(self, seconds: float, host: str) -> int:
        """How often the host was asked in all, when so many seconds more are over."""
        time.sleep(seconds)
        return len(self.witness.of(host))

    def skipped(self) -> int:
        return self.force.ledger.status().total.skipped.get("robots", 0)


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    ledger = sqlite(tmp_path_factory.mktemp("trouble"))
    with Witness() as witness, at_work(ledger, **{**patient(), "WIREROOM_FETCH_HOSTS": "1"}) as force:
        force.ledger.put_site(SITE, "", settings={"delay": 0.05, "places": 1})
        force.worker("fetch", 2)
        file = sqlite3.connect(ledger.removeprefix("sqlite:///"), isolation_level=None, timeout=10)
        yield Two(witness, force, file, itertools.count())
        file.close()


@pytest.fixture
def two(workers: Two) -> Two:
    """The same workers for each test, with a server that answers well."""
    workers.witness.answers = lambda *_: Reply()
    return workers


def test_hosts_that_ask_for_time_get_it_from_all_workers(two: Two) -> None:
    witness, rest = two.witness, 2.0
    refusing = {two.host(): 429, two.host(): 503}
    well, begun = two.host(), dict[str, float]()
    statuses = {witness.host(number): status for number, status in refusing.items()}

    def answers(host: str, path: str) -> Reply:
        if host in statuses and len(witness.of(host)) == 5:
            begun[host] = witness.of(host)[-1].at
            return Reply(status=statuses[host], headers={"Retry-After": f"{rest:.0f}"})
        return Reply()

    witness.answers = answers
    before = len({(one.host, one.path) for one in witness.asked if one.path != "/robots.txt"})
    for number in (*refusing, well):
        two.seed(number, 40 if number == well else 12)
    two.force.until(fetched(witness, before + 64))
    for host in statuses:
        after = [asked.at - begun[host] for asked in witness.of(host) if asked.at > begun[host]]
        assert min(after) >= rest, "nobody asks it before its time"
    first = min(begun.values())
    during = [asked for asked in witness.of(witness.host(well)) if 0 < asked.at - first < rest]
    assert len(during) > 10, "the other host is asked all the while"


def test_a_host_that_fails_rests_and_is_tried_with_one_request(two: Two) -> None:
    host, well = two.host(), list[bool]()
    name = two.witness.host(host)
    two.witness.answers = lambda *_: Reply(status=200 if well else 500)
    two.seed(host, 20)
    two.until_asked(name, 5)
    assert two.asked_in(1.0, name) == 5, "five failures in a row, and it is left alone"
    assert 20 < rest_of(two, name) <= 30
    two.let_time_pass(name)
    two.until_asked(name, 6)
    assert two.asked_in(1.0, name) == 6, "one probe, which failed: it rests twice as long"
    assert 40 < rest_of(two, name) <= 60
    well.append(True)
    two.let_time_pass(name)
    two.force.until(lambda: len({one.path for one in two.witness.of(name)}) == 20)
    two.force.until(lambda: rest_of(two, name) == 0.0)


def rest_of(two: Two, host: str) -> float:
    """For how many seconds more the host is left alone because of trouble."""
    return next((rest for name, _, rest in two.force.ledger.resting_hosts(SITE) if name == host), 0.0)


def test_rules_are_obeyed_and_so_is_their_change(two: Two) -> None:
    number = two.host()
    host, before = two.witness.host(number), two.skipped()
    for folder in ("news", "private", "drafts"):
        two.seed(number, 5, folder=folder)
    two.force.until(lambda: two.skipped() == before + 5)
    two.until_asked(host, 10)
    assert folders(two.witness.of(host)) == {"news", "drafts"}
    rules = two.witness.robots
    two.witness.robots = Reply(b"User-agent: *\nDisallow: /drafts/\n", headers={"Content-Type": "text/plain"})
    try:
        two.force.until(lambda: not two.file.execute("SELECT 1 FROM hosts WHERE holder IS NOT NULL").fetchone())
        two.file.execute("UPDATE hosts SET robots_until = 0 WHERE name = ?", (host,))
        for folder in ("private", "drafts"):
            two.seed(number, 5, first=10, folder=folder)
        two.force.until(lambda: two.skipped() == before + 10)
        two.until_asked(host, 15)
    finally:
        two.witness.robots = rules
    again = [one for one in two.witness.asked if one.host == host][11:]
    assert again[0].path == "/robots.txt"
    assert folders(again[1:]) == {"private"}, "what is now forbidden was not asked for"


def folders(asked: list[Asked]) -> set[str]:
    return {one.path.split("/")[1] for one in asked}
