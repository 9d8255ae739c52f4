"""What the ledger tells of a URL: its journey, odd texts and numbers, and counts that are the truth."""

from __future__ import annotations

import pytest
from making import Clock, admit, candidate, lease, outcome, release

from workers.core.link import Kind, Label
from workers.core.work import Outcome, State
from workers.ledger import Ledger, Start


def test_the_journey_of_a_url_can_be_told(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1")
    (one,) = lease(ledger)
    clock.pass_(31.0)
    ledger.sweep()
    release(ledger)
    lease(ledger, "w2")
    ledger.handed_over([one.id], 45.0)
    ledger.settle([outcome(one, State.SKIPPED, reason="not-an-article")])
    (told,) = ledger.trace("https://a.test/1")
    words = ["admitted", "leased", "swept", "leased", "handed over", "skipped"]
    assert [event.what for event in told.journey] == words
    assert told.journey[-1].detail == "not-an-article"
    assert told.row["host"] == "a.test"


def test_a_journey_stays_bounded(ledger: Ledger) -> None:
    admit(ledger, "1")
    for _ in range(60):
        (one,) = lease(ledger)
        ledger.settle([outcome(one, State.WAITING, reason="server-error", retry_in=0.0)], max_attempts=1000)
        release(ledger)
    journey = ledger.trace("1")[0].journey
    assert 20 < len(journey) < 100
    assert all(event.at == journey[0].at for event in journey)
    assert journey[-1].what == "waiting"


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "a\tb\nc", "x" * 5000, "'; DROP TABLE urls; --", "{}[]\\u0000"])
def test_odd_text_is_stored_or_cleaned(ledger: Ledger, odd: str) -> None:
    ledger.admit([candidate("1", headline=odd, seen_on=odd)])
    (one,) = lease(ledger)
    ledger.settle([outcome(one, State.PARKED, reason="unreadable", detail=odd, etag=odd)])
    assert ledger.parked()[0].detail == odd.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert ledger.trace("1")[0].journey


def test_numbers_that_are_none_do_no_harm(ledger: Ledger) -> None:
    ledger.admit([candidate("1", wanted=float("nan")), candidate("2", wanted=float("inf"))])
    leases = lease(ledger)
    assert len(leases) == 2
    ledger.settle([Outcome(leases[0].id, 1, State.WAITING, retry_in=float("nan"))])
    assert ledger.status().total.open == 2


def test_the_counts_are_the_truth(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, *"123456")
    clock.pass_(10.0)
    one, two, three, four, _ = lease(ledger, urls=5)
    ledger.settle(
        [
            outcome(one),
            outcome(two, State.SKIPPED, reason="gone"),
            outcome(three, State.PARKED, reason="unreadable"),
            outcome(four, State.WAITING, reason="timeout", retry_in=5.0),
        ]
    )
    for _ in range(2):
        counts = ledger.status().sites["demo"]
        assert (counts.waiting, counts.in_fetch, counts.stored) == (2, 1, 1)
        assert (counts.skipped, counts.parked) == ({"gone": 1}, {"unreadable": 1})
        assert (counts.total, counts.open, counts.oldest_waiting) == (6, 3, 10.0)
        ledger.sweep()
    assert ledger.status().total.waiting == 2


def test_starts_come_back_whatever_became_of_them(ledger: Ledger, clock: Clock) -> None:
    feed = Start("https://a.test/feed", Kind.FEED, every=60.0)
    ledger.put_site("demo", "demo", hosts=["a.test"], starts=[feed], settings={"delay": 0.0})
    assert ledger.make_starts_due("demo") == 1
    assert ledger.make_starts_due("demo") == 0, "it waits already"
    (one,) = lease(ledger)
    assert (one.url, one.kind, one.label) == (feed.url, Kind.FEED, Label.SEED)
    ledger.settle([outcome(one, State.SKIPPED, reason="refused", status=403)])
    release(ledger)
    assert ledger.revisit() == 0
    clock.pass_(60.0)
    assert ledger.revisit() == 1
    (one,) = lease(ledger)
    ledger.settle([outcome(one, State.SKIPPED, reason="feed")])
    assert ledger.make_starts_due("demo") == 1, "asked for before its time"
