"""What is due when: starts before, while and after they are read, and pages that are looked at again."""

from __future__ import annotations

from making import Clock, admit, candidate, lease, outcome, release

from workers.core.link import Kind, Label
from workers.core.work import Rhythm, State
from workers.ledger import Ledger, Start, StartDue

FEED = "https://a.test/rss"


def the_start(ledger: Ledger) -> StartDue:
    [start] = ledger.schedule().starts
    return start


def test_a_start_is_followed_from_visit_to_visit(ledger: Ledger, clock: Clock) -> None:
    ledger.put_site("demo", "demo", ["a.test"], [Start(FEED, Kind.FEED, 60.0)], {"delay": 0.0})
    assert (the_start(ledger).state, the_start(ledger).due_at) == (None, None)
    ledger.make_starts_due("demo")
    assert (the_start(ledger).state, the_start(ledger).due_at) == (State.WAITING, clock.now)
    clock.pass_(5)
    [one] = lease(ledger)
    assert (the_start(ledger).state, the_start(ledger).due_at) == (State.LEASED, None)
    ledger.settle([outcome(one, State.SKIPPED, reason="feed")])
    release(ledger)
    read = clock.now
    start = the_start(ledger)
    assert (start.state, start.visited_at, start.outcome) == (State.SKIPPED, read, "skipped feed")
    assert start.due_at == read + 60
    clock.pass_(61)
    ledger.revisit()
    again = the_start(ledger)
    assert (again.state, again.due_at, again.visited_at) == (State.WAITING, clock.now, read)
    [two] = lease(ledger)
    ledger.settle([outcome(two, State.PARKED, reason="server-error")])
    assert the_start(ledger).outcome == "parked server-error"


def test_pages_that_are_looked_at_again_are_counted(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1", "2", "3")
    one, two, three = lease(ledger)
    ledger.settle([outcome(one, revisit_in=10.0), outcome(two, revisit_in=100.0), outcome(three)])
    [row] = ledger.schedule().revisits
    assert (row.site, row.pages, row.due, row.first_at) == ("demo", 2, 0, clock.now + 10)
    clock.pass_(50)
    assert ledger.schedule().revisits[0].due == 1


def test_a_list_that_a_person_gave_is_told_and_a_start_is_not_told_twice(ledger: Ledger, clock: Clock) -> None:
    ledger.put_site("demo", "demo", ["a.test"], [Start(FEED, Kind.FEED, 60.0)], {"delay": 0.0})
    ledger.make_starts_due("demo")
    ledger.ask([candidate("politics", label=Label.SEED, kind=Kind.LISTING)])
    rhythm = Rhythm(1.0, 300.0, 60.0, 3_600.0)
    ledger.settle([outcome(one, State.SKIPPED, reason=one.kind, rhythm=rhythm) for one in lease(ledger)])
    [lists] = ledger.schedule().lists
    assert (lists.lists, [one.url for one in lists.next]) == (1, ["https://a.test/politics"])
    assert [start.url for start in ledger.schedule().starts] == [FEED]


def test_a_host_has_been_ready_since_its_work_came_however_long_it_was_idle(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1")
    clock.pass_(30)
    assert ledger.figures().oldest_ready == 30
    [one] = lease(ledger)
    ledger.settle([outcome(one, revisit_in=60.0)])
    release(ledger)
    clock.pass_(3600)
    assert ledger.figures().oldest_ready == 0
    ledger.revisit()
    clock.pass_(5)
    assert ledger.figures().oldest_ready == 5
    ledger.pause("demo")
    assert ledger.figures().oldest_ready == 0
    clock.pass_(3600)
    ledger.resume("demo")
    clock.pass_(7)
    assert ledger.figures().oldest_ready == 7
