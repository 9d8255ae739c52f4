"""A host that answered 429 is left as long by whoever comes next, on both databases: also where its owner died (P2)."""

from __future__ import annotations

from making import Clock, admit, lease, release

from workers.ledger import Ledger


def test_a_host_that_asked_us_to_slow_down_is_left_as_long_after_a_kill(ledger: Ledger, clock: Clock) -> None:
    slowed(ledger, clock, slowdowns=3)
    ledger.sweep(dead_owners=["w2"])
    clock.pass_(31.9)
    assert not lease(ledger, "w3"), "its owner kept gaps of 32 seconds, and may have asked just before it died"
    clock.pass_(0.2)
    assert lease(ledger, "w3")


def test_a_host_that_asked_us_to_slow_down_is_left_as_long_after_a_hold(ledger: Ledger, clock: Clock) -> None:
    slowed(ledger, clock, slowdowns=3)
    ledger.hold("w2", ["a.test"], 10.0)
    clock.pass_(10.0 + 31.9)
    assert not lease(ledger, "w3")
    clock.pass_(0.2)
    assert lease(ledger, "w3")


def test_a_turn_holds_no_more_than_its_slower_pace_allows(ledger: Ledger, clock: Clock) -> None:
    """What does not fit would only wait in one process, and be lost with it."""
    ledger.put_site("demo", "demo", settings={"delay": 1.0})
    admit(ledger, *"12345678")
    assert len(lease(ledger, "w1")) == 5
    release(ledger, slowdowns=1)
    assert len(lease(ledger, "w2")) == 2


def slowed(ledger: Ledger, clock: Clock, *, slowdowns: int) -> None:
    """A host with a delay of four seconds, held by w2, that has asked us to slow down so many times."""
    ledger.put_site("demo", "demo", settings={"delay": 4.0})
    admit(ledger, *"123456")
    lease(ledger, "w1", urls=1)
    release(ledger, owner="w1", next_in=60.0, slowdowns=slowdowns, reason="too-many-requests")
    clock.pass_(60.0)
    assert lease(ledger, "w2", urls=1)
