"""URLs whose fetching process ended: handed out again, apart and ever later, and parked only after many times."""

from __future__ import annotations

from making import Clock, admit, candidate, lease, outcome, release, row_of

from workers.core.work import State
from workers.ledger import Ledger
from workers.ledger.sweep import LOSSES_PER_ATTEMPT


def test_fetchers_that_are_killed_park_nothing(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, *map(str, range(20)))
    for death in range(8):
        assert lease(ledger, f"w{death}")
        ledger.sweep(max_attempts=3, dead_owners=[f"w{death}"])
        clock.pass_(30.0)
    (one, *_) = leases = lease(ledger, "last")
    assert len(leases) == 20
    assert not ledger.parked()
    ledger.settle([outcome(one, State.WAITING, retry_in=0.0)], max_attempts=3)
    assert not ledger.parked(), "an attempt that ends otherwise is weighed by itself"


def test_urls_that_were_lost_together_twice_are_handed_out_apart(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, *map(str, range(20)))
    for owner in ("w1", "w2"):
        assert len(lease(ledger, owner)) == 20
        ledger.sweep(dead_owners=[owner])
        clock.pass_(0.1)
    company = []
    while sum(map(len, company)) < 20:
        company.append([one.id for one in lease(ledger, "w3")])
        release(ledger, owner="w3")
        clock.pass_(0.25)
    assert max(map(len, company)) <= 2, "one of them may be what kills the fetcher"


def test_the_more_often_urls_were_lost_the_further_apart_they_come(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, *map(str, range(20)))
    waits: list[list[float]] = []
    for death in range(12):
        assert len(lease(ledger, f"w{death}")) == 20
        ledger.sweep(dead_owners=[f"w{death}"])
        waits.append([row_of(ledger, str(n))["due_at"] - clock.now for n in range(20)])
        clock.pass_(max(waits[-1]) + 0.1)
    assert max(waits[0]) == 0, "the first loss may be anybody's"
    assert max(waits[1]) <= 4, "the second is soon over"
    assert 20 <= max(waits[11]) <= 60, "whoever is lost again and again waits"
    assert len(set(waits[11])) >= 10


def test_a_url_that_was_lost_is_not_always_the_last_of_its_turn(ledger: Ledger, clock: Clock) -> None:
    ledger.admit([candidate(str(n), wanted=float(n)) for n in range(20)])
    places = []
    for death in range(16):
        clock.pass_(100.0)
        places.append([one.key for one in lease(ledger, f"w{death}")].index("0"))
        ledger.sweep(dead_owners=[f"w{death}"])
    assert places[0] == 19, "at first the most wanted come first"
    assert min(places[1:]) < 10, "a process that ends loses the last ones of its turn: not the same ones each time"


def test_a_url_whose_fetcher_dies_each_time_is_parked(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1")
    for _ in range(3 * LOSSES_PER_ATTEMPT):
        assert lease(ledger)
        clock.pass_(31.0)
        ledger.sweep(max_attempts=3)
        clock.pass_(75.0)
    (parked,) = ledger.parked()
    assert (parked.key, parked.reason) == ("1", "lost-too-often")
    assert not lease(ledger)
