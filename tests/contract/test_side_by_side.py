"""Many connections at once: nothing admitted twice, no host held twice, no version stored twice, no deadlock."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from making import candidate, outcome, reading, release, states

from workers.core.work import State
from workers.ledger import Ledger, Start

MANY = 8


@contextmanager
def several(url: str, count: int = MANY) -> Iterator[list[Ledger]]:
    """Ledgers with connections of their own, as processes would have them."""
    ledgers = [Ledger.open(url) for _ in range(count)]
    ledgers[0].put_site("demo", "demo", settings={"delay": 0.0})
    try:
        yield ledgers
    finally:
        for ledger in ledgers:
            ledger.close()


def at_once(ledgers: list[Ledger], work: Callable[[Ledger, int], Any]) -> list[Any]:
    """Run the work with each ledger, all beginning in the same moment."""
    gate = threading.Barrier(len(ledgers))

    def begin(numbered: tuple[int, Ledger]) -> Any:
        gate.wait(10)
        return work(numbered[1], numbered[0])

    with ThreadPoolExecutor(len(ledgers)) as pool:
        return list(pool.map(begin, enumerate(ledgers)))


def test_a_link_is_admitted_once_by_eight_connections(ledger_url: str) -> None:
    links = [candidate(str(n), f"h{n % 7}.test", pattern=f"/{n % 3}") for n in range(120)]

    def admit(ledger: Ledger, number: int) -> list[tuple[str, str]]:
        mixed = random.Random(number).sample(links, len(links))
        return [name for n in range(0, 120, 30) for name in ledger.admit(mixed[n : n + 30], pattern_limit=1000).new]

    with several(ledger_url) as ledgers:
        new = [name for names in at_once(ledgers, admit) for name in names]
        assert len(new) == len(set(new)) == 120
        assert len(states(ledgers[0])) == ledgers[0].status().total.waiting == 120


def test_two_leasers_never_hold_one_host(ledger_url: str) -> None:
    with several(ledger_url) as ledgers:
        ledgers[0].admit([candidate(str(n), f"h{n % 40}.test") for n in range(400)])

        def lease(ledger: Ledger, number: int) -> list[tuple[str, int]]:
            owner = f"w{number}"
            turns = [t for _ in range(5) for t in ledger.lease(owner, urls=20, hosts=3, per_host=5, hold=60, lease=60)]
            return [(turn.host, one.id) for turn in turns for one in turn.leases]

        found = at_once(ledgers, lease)
        hosts = Counter(host for of_one in found for host in {host for host, _ in of_one})
        ids = [id_ for of_one in found for _, id_ in of_one]
        assert set(hosts.values()) == {1}
        assert len(ids) == len(set(ids))
        assert sum(hosts.values()) == 40, "no ready host was passed over"


def test_eight_commits_of_one_article_make_one_version(ledger_url: str) -> None:
    with several(ledger_url) as ledgers:
        for turn in range(5):
            batch = [reading(100.0 + turn, key=str(key), text=f"Text {turn}") for key in range(6)]

            def commit(ledger: Ledger, number: int, batch: list[Any] = batch) -> tuple[int, int]:
                committed = ledger.commit(random.Random(number).sample(batch, len(batch)))
                return len(committed.stored), len(committed.updated)

            done = at_once(ledgers, commit)
            assert sum(map(sum, done)) == 6, "each change is told by exactly one of them"
        counts = ledgers[0].status().total
        assert (counts.articles, counts.versions) == (6, 30)
        found = ledgers[0].article("3")
        assert found is not None
        assert [version.article.text for version in found.versions] == [f"Text {n}" for n in range(5)]


def test_a_budget_is_not_overspent_by_eight_leasers(ledger_url: str) -> None:
    with several(ledger_url) as ledgers:
        ledgers[0].admit([candidate(str(n), f"h{n % 40}.test") for n in range(400)])
        ledgers[0].set_budget("demo", 50)

        def lease(ledger: Ledger, number: int) -> int:
            turns = [
                t for _ in range(6) for t in ledger.lease(f"w{number}", urls=9, hosts=3, per_host=5, hold=60, lease=60)
            ]
            return sum(len(turn.leases) for turn in turns)

        assert sum(at_once(ledgers, lease)) == 50


def test_a_crawl_by_eight_workers_ends_with_everything_settled_once(ledger_url: str) -> None:
    def crawl(ledger: Ledger, number: int) -> int:
        owner, dice, settled = f"w{number}", random.Random(number), 0
        for _ in range(400):
            ledger.admit([candidate(str(n), f"h{n % 5}.test") for n in dice.sample(range(150), 10)])
            turns = ledger.lease(owner, urls=10, hosts=2, per_host=5, hold=30, lease=30)
            leases = [one for turn in turns for one in turn.leases]
            ledger.handed_over([one.id for one in leases], 30)
            later = [
                outcome(one, State.WAITING, reason="timeout", retry_in=0.0) for one in leases[:2] if one.attempt == 1
            ]
            done = [outcome(one) for one in leases if one.id not in {o.id for o in later}]
            ledger.settle(later)
            ledger.commit([reading(key=one.key) for one in leases if one.id in {o.id for o in done}], done)
            release(ledger, *(turn.host for turn in turns), owner=owner)
            ledger.sweep()
            settled += len(done)
            if not turns and len(states(ledger)) == 150 and ledger.status().total.open == 0:
                break
        return settled

    with several(ledger_url, 6) as ledgers:
        assert sum(at_once(ledgers, crawl)) == 150
        counts = ledgers[0].status().total
        assert (counts.stored, counts.open, counts.articles, counts.versions) == (150, 0, 150, 150)
        assert ledgers[0].ready() == (0, None)


def test_two_sweeps_and_two_revisits_do_no_harm(ledger_url: str) -> None:
    with several(ledger_url) as ledgers:
        ledgers[0].admit([candidate(str(n)) for n in range(100)])
        leases = [
            o for t in ledgers[0].lease("dead", urls=99, hosts=1, per_host=99, hold=60, lease=60) for o in t.leases
        ]
        ledgers[0].settle([outcome(one, revisit_in=0.0) for one in leases[:50]])
        swept = at_once(ledgers, lambda ledger, _: ledger.sweep(dead_owners=["dead"]).waiting)
        back = at_once(ledgers, lambda ledger, _: ledger.revisit())
        assert (sum(swept), sum(back)) == (49, 50)
        assert set(states(ledgers[0]).values()) == {"waiting"}
        assert ledgers[0].status().total.waiting == 100


@pytest.mark.parametrize("turn", range(3))
def test_a_host_is_never_left_asleep_with_work(ledger_url: str, turn: int) -> None:
    with several(ledger_url, 4) as ledgers:

        def work(ledger: Ledger, number: int) -> None:
            for n in range(30):
                if number % 2:
                    ledger.admit([candidate(f"{turn}-{number}-{n}", "h.test")])
                    continue
                turns = ledger.lease(f"w{number}", urls=5, hosts=1, per_host=5, hold=30, lease=30)
                ledger.settle([outcome(one) for t in turns for one in t.leases])
                release(ledger, *(t.host for t in turns), owner=f"w{number}")

        at_once(ledgers, work)
        left = ledgers[0].status().total.waiting
        assert ledgers[0].ready()[0] == (1 if left else 0)


def test_sites_are_entered_and_changed_side_by_side(ledger_url: str) -> None:
    def change(ledger: Ledger, number: int) -> None:
        for n in range(5):
            ledger.put_site("demo", "demo", ["a.test", "b.test"], [Start("https://a.test/", candidate("1").kind)])
            ledger.make_starts_due("demo")
            ledger.admit([candidate(f"{number}-{n}", "b.test"), candidate(f"{number}+{n}", "a.test", site=f"s{n}")])
            ledger.pause("demo")
            ledger.resume("demo")

    with several(ledger_url) as ledgers:
        at_once(ledgers, change)
        assert len(ledgers[0].sites()) == 6
        assert ledgers[0].ready()[0] == 2
