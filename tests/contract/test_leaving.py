"""Pages that wait at addresses which were found to lead to no article are left, and come back where one is found."""

from __future__ import annotations

from making import HOUR, Clock, admit, lease, outcome, release

from workers.core.link import Kind, Label
from workers.core.work import State
from workers.ledger import Ledger


def is_facet(url: str, headline: str | None) -> bool:
    return "/find?" in url and headline != "On find?story=1"


def waiting(ledger: Ledger) -> list[str]:
    return sorted(one.key for one in lease(ledger))


def test_what_waits_is_left_but_for_stories_lists_and_what_was_named(ledger: Ledger) -> None:
    admit(ledger, "find?a=1", "find?b=1", "find?story=1", "story")
    admit(ledger, "find?a=2", kind=Kind.LISTING)
    admit(ledger, "find?a=3", label=Label.FEED)
    admit(ledger, "find?a=4", site="another")
    assert ledger.leave("demo", "/find", is_facet) == 2
    assert ledger.leave("demo", "/find", is_facet) == 0
    assert waiting(ledger) == ["find?a=2", "find?a=3", "find?a=4", "find?story=1", "story"]


def test_what_was_handed_out_before_is_not_left(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "find?a=1")
    [one] = lease(ledger)
    assert ledger.leave("demo", "/find", is_facet) == 0
    ledger.settle([outcome(one, State.WAITING, reason="timeout", retry_in=1.0)])
    assert ledger.leave("demo", "/find", is_facet) == 0
    release(ledger)
    clock.pass_(HOUR)
    assert waiting(ledger) == ["find?a=1"]


def test_what_was_left_is_counted_by_its_own_reason_and_waits_again_where_a_story_was_found(ledger: Ledger) -> None:
    admit(ledger, "find?a=1", "find?b=1", "found")
    gone = lease(ledger, urls=1)
    ledger.settle([outcome(gone[0], State.SKIPPED, reason="gone")])
    rest = 2 if gone[0].key == "found" else 1
    assert ledger.leave("demo", "/find", is_facet) == rest
    assert ledger.status().sites["demo"].skipped["barren-path"] == rest
    assert ledger.come_back("demo", "/find", is_facet) == rest
    assert ledger.come_back("demo", "/find", is_facet) == 0
