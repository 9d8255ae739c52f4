"""A transaction that fails at any of its statements leaves nothing half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from making import admit, candidate, contents, lease, link, outcome, reading
from sqlalchemy import event

from workers.core.errors import Unavailable
from workers.core.link import Kind
from workers.core.work import HostReport, Robots, State
from workers.ledger import Ledger, Start


class FaultError(Exception):
    """What the test throws."""


@contextmanager
def failing_at(ledger: Ledger, number: int) -> Iterator[None]:
    """The statement of this number (from 0), or the commit after the last one, fails."""
    engine, seen = ledger._database.engine, [0]

    def before(*_: Any) -> None:
        seen[0] += 1
        if seen[0] > number:
            raise FaultError

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "commit", before)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "commit", before)


def prepare(ledger: Ledger) -> list[Any]:
    """URLs in several states; gives the leases that are still open."""
    ledger.put_site("demo", "demo", ["a.test"], [Start("https://a.test/feed", Kind.FEED, 60.0)], {"delay": 0.0})
    admit(ledger, *"123456")
    leases = lease(ledger)
    ledger.settle([outcome(leases[0], State.PARKED, reason="unreadable"), outcome(leases[1], revisit_in=0.0)])
    ledger.commit([reading(50.0, key="1", tags=("a",), links=(link(1),))])
    return leases[2:]


Deed = Callable[[Ledger, list[Any]], object]
DEEDS: dict[str, Deed] = {
    "admit": lambda ledger, _: ledger.admit([candidate("7", "new.test", site="new"), candidate("8")], pattern_limit=9),
    "lease": lambda ledger, _: ledger.lease("w1", urls=9, hosts=9, per_host=9, hold=9.0, lease=9.0, held=["a.test"]),
    "settle": lambda ledger, leases: ledger.settle(
        [outcome(leases[0]), outcome(leases[1], State.WAITING, reason="timeout", retry_in=1.0)]
    ),
    "commit": lambda ledger, leases: ledger.commit(
        [reading(60.0, key="1", text="New.", tags=("b",), links=(link(2),)), reading(60.0, key="2", links=(link(3),))],
        [outcome(leases[0]), outcome(leases[1], State.WAITING, reason="timeout", retry_in=1.0)],
    ),
    "give back": lambda ledger, leases: ledger.give_back("w1", [one.id for one in leases]),
    "hand over": lambda ledger, leases: ledger.handed_over([one.id for one in leases], 9.0),
    "release": lambda ledger, _: ledger.release("w1", [HostReport("a.test", 1.0, robots=Robots(200, "", 9.0))]),
    "sweep": lambda ledger, _: ledger.sweep(dead_owners=["w1"]),
    "revisit": lambda ledger, _: ledger.revisit(),
    "replay": lambda ledger, _: ledger.replay(),
    "drop": lambda ledger, _: ledger.drop(),
    "put site": lambda ledger, _: ledger.put_site("demo", "other", ["a.test", "c.test"]),
    "starts": lambda ledger, _: ledger.make_starts_due("demo"),
    "pause": lambda ledger, _: ledger.pause("demo"),
    "budget": lambda ledger, _: ledger.set_budget("demo", 3),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_failure_at_any_statement_leaves_nothing_half_done(ledger: Ledger, deed: str) -> None:
    leases = prepare(ledger)
    before, failures = contents(ledger), 0
    for number in range(40):
        try:
            with failing_at(ledger, number):
                DEEDS[deed](ledger, leases)
        except (FaultError, Unavailable):
            failures += 1
            assert contents(ledger) == before
        else:
            break
    assert failures >= 2, "it was made to fail at its statements and at its commit"
    assert contents(ledger) != before, "in the end it did what it should"
