"""Sites that are paused: by a person, or because only files of them were read."""

from __future__ import annotations

from making import admit, candidate, lease, release

from workers.core.work import Outcome, State
from workers.ledger import Ledger


def test_a_paused_site_gives_nothing_until_it_is_resumed(ledger: Ledger) -> None:
    admit(ledger, "1")
    admit(ledger, "other", site="other")
    ledger.pause("demo")
    assert [one.key for one in lease(ledger)] == ["other"], "another site on the same host goes on"
    release(ledger)
    assert ledger.ready() == (0, None)
    ledger.resume("demo")
    assert [one.key for one in lease(ledger)] == ["1"]


def test_a_site_that_was_known_from_files_only_goes_on_once_it_is_entered(ledger: Ledger) -> None:
    [read] = ledger.check_in([candidate("read", site="saved")], 60.0)
    ledger.settle([Outcome(read.id, read.visit, State.STORED)])
    admit(ledger, "1", site="saved")
    assert lease(ledger) == [], "only files were asked for"
    ledger.put_site("saved", "", ["a.test"])
    assert not ledger.site("saved").paused
    assert [one.key for one in lease(ledger)] == ["1"]


def test_a_site_that_somebody_paused_stays_paused_when_it_is_entered_again(ledger: Ledger) -> None:
    ledger.put_site("saved", "", ["a.test"])
    ledger.pause("saved")
    ledger.check_in([candidate("read", site="saved")], 60.0)
    ledger.put_site("saved", "", ["a.test"])
    assert ledger.site("saved").paused


def test_resume_lifts_a_budget_that_is_spent_and_no_other(ledger: Ledger) -> None:
    for budget, left in ((0, None), (3, 3), (None, None)):
        ledger.set_budget("demo", budget)
        ledger.pause("demo")
        ledger.resume("demo")
        row = ledger.site("demo")
        assert (row.paused, row.budget) == (False, left)
