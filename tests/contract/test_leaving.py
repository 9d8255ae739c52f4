"""Pages that wait at addresses which were found to lead to no article are left, and come back where one is found."""

from __future__ import annotations

import pytest
from making import HOUR, Clock, admit, article, lease, outcome, release
from making import reading as intake

from workers.core.errors import Unavailable
from workers.core.link import Kind, Label
from workers.core.work import Lease, State
from workers.ledger import Ledger
from workers.pipeline import leave_barren
from workers.settings import Settings
from workers.sites.known import any_site
from workers.stages.reading import Reading
from workers.wiring import Room


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


def test_of_many_that_are_left_some_of_those_behind_the_others_are_asked_for_all_the_same(ledger: Ledger) -> None:
    admit(ledger, *(f"find?list={n}" for n in range(30)), wanted=9.0, depth=1)
    admit(ledger, *(f"find?id={n}" for n in range(30)), wanted=1.0, depth=2)
    assert ledger.leave("demo", "/find", is_facet) == 55
    asked = waiting(ledger)
    assert len(asked) == 5
    assert all(key.startswith("find?id=") for key in asked)


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


def read(room: Room, path: str, *, is_story: bool = False) -> None:
    """The process has read a page at this path: a story, or nothing."""
    url = f"https://a.test/{path}"
    leased = Lease(
        id=1,
        site="demo",
        key=path,
        url=url,
        host="a.test",
        kind=Kind.PAGE,
        label=Label.BODY,
        depth=2,
        visit=1,
        attempt=1,
    )
    read = Reading(lease=leased, page_url=url, fetched_at=1.0, status=200, state=State.SKIPPED, reason="not-an-article")
    if is_story:
        read = read.model_copy(update={"article": article(path), "state": State.STORED, "reason": None})
    room.goals.barren.learn(read, any_site("https://demo/"))


def test_nothing_is_left_where_another_process_has_stored_a_story(ledger_url: str) -> None:
    room = Room(Settings(ledger_url=ledger_url))
    admit(room.ledger, "find?id=7", "find?id=8")
    room.ledger.commit([intake(key="find?id=1")])
    for number in range(60):
        read(room, f"find?id={number + 100}")
    assert leave_barren(room) == 0
    assert waiting(room.ledger) == ["find?id=7", "find?id=8"]
    room.ledger.close()


def test_what_was_left_comes_back_though_the_ledger_was_away_when_the_story_was_found(
    ledger_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(Settings(ledger_url=ledger_url))
    admit(room.ledger, "find?id=7")
    for number in range(60):
        read(room, f"find?id={number + 100}")
    assert (leave_barren(room), waiting(room.ledger)) == (0, [])
    read(room, "find?id=1", is_story=True)
    with monkeypatch.context() as away:
        away.setattr(room.ledger, "come_back", lambda *_: (_ for _ in ()).throw(Unavailable("away")))
        with pytest.raises(Unavailable):
            leave_barren(room)
    assert leave_barren(room) == 1
    assert leave_barren(room) == 0
    room.ledger.close()
