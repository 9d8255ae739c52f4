"""What is still to do for a site: a crawl ends by it, so nothing on its way may be missed."""

from __future__ import annotations

from typing import Any

from workers.core.link import Kind, Label
from workers.core.work import Candidate, Outcome, State
from workers.ledger import Ledger


def candidate(number: int) -> Candidate:
    url = f"https://a.example/{number}"
    return Candidate("a", url, url, "a.example", Kind.PAGE, Label.LATEST, 1, float(number))


def lease(ledger: Ledger, **more: Any) -> list[Any]:
    asked = {"urls": 10, "hosts": 10, "per_host": 10, "hold": 15.0, "lease": 45.0} | more
    return [one for turn in ledger.lease("worker", **asked) for one in turn.leases]


def test_a_url_is_either_waiting_or_on_its_way_in_one_look(ledger: Ledger) -> None:
    ledger.put_site("a", "", ["a.example"], settings={"delay": 0.0})
    ledger.admit([candidate(1)])
    assert ledger.outlook("a").open_in == 0.0
    [taken] = lease(ledger)
    assert ledger.outlook("a").leased == 1
    ledger.settle([Outcome(taken.id, taken.visit, State.STORED, revisit_in=60.0)])
    left = ledger.outlook("a")
    assert (left.leased, left.open_in) == (0, None)
    assert left.revisit_in is not None
    assert 0 < left.revisit_in <= 60.0


def test_a_url_that_must_wait_says_for_how_long(ledger: Ledger) -> None:
    ledger.put_site("a", "", ["a.example"], settings={"delay": 0.0})
    ledger.admit([candidate(1)])
    [taken] = lease(ledger)
    ledger.settle([Outcome(taken.id, taken.visit, State.WAITING, "timeout", retry_in=100.0)])
    left = ledger.outlook("a")
    assert left.open_in is not None
    assert 0 < left.open_in <= 100.0


def test_other_sites_are_not_counted(ledger: Ledger) -> None:
    ledger.admit([candidate(1)])
    assert ledger.outlook("b").open_in is None


def test_what_waits_only_on_a_paused_site_keeps_nobody_waiting(ledger: Ledger) -> None:
    ledger.put_site("a", "", ["a.example"], settings={"delay": 0.0})
    ledger.admit([candidate(1), candidate(2)])
    first, second = lease(ledger)
    ledger.pause("a")
    assert ledger.outlook("a").leased == 2  # what is on its way is still stored
    ledger.settle([Outcome(first.id, first.visit, State.STORED, revisit_in=1.0)])
    ledger.give_back("worker", [second.id])
    left = ledger.outlook("a")
    assert (left.leased, left.open_in, left.revisit_in) == (0, None, None)
    ledger.resume("a")
    assert ledger.outlook("a").open_in is not None
