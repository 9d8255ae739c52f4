"""What is read again, and when: lists by what they bring, what was refused, and what a person gives."""

from __future__ import annotations

import pytest
from making import HOUR, Clock, admit, candidate, lease, outcome, release, row_of, states
from sqlalchemy import update

from workers.core.link import Kind, Label
from workers.core.work import Lease, Rhythm, State
from workers.ledger import Ledger, NextPage, Start, lists
from workers.ledger.schema import urls

IN_VAIN, NEW = Rhythm(3.0, HOUR, 300.0, 7 * 24 * HOUR), Rhythm(0.5, HOUR, 300.0, 7 * 24 * HOUR)
FEED = {"kind": Kind.FEED, "label": Label.FEED}


def read(ledger: Ledger, one: Lease, rhythm: Rhythm | None, reason: str | None = None) -> None:
    """The list was read, or ended for another reason."""
    ledger.settle([outcome(one, State.SKIPPED, reason=reason or one.kind, rhythm=rhythm)])
    release(ledger)


def test_a_list_is_read_again_as_often_as_it_brings_something(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "rss", **FEED)
    seen = []
    for rhythm in (NEW, IN_VAIN, IN_VAIN, NEW, *[IN_VAIN] * 9, *[NEW] * 14):
        [one] = lease(ledger)
        read(ledger, one, rhythm)
        seen.append(float(row_of(ledger, "rss")["every"]))
        assert row_of(ledger, "rss")["read_at"] == clock.now
        clock.pass_(seen[-1] - 1)
        assert ledger.revisit() == 0
        clock.pass_(1)
        assert ledger.revisit() == 1
    assert seen[:4] == [HOUR, 3 * HOUR, 9 * HOUR, 4.5 * HOUR]
    assert (max(seen), min(seen), seen[-1]) == (7 * 24 * HOUR, 300.0, 300.0)


def test_a_start_of_a_profile_keeps_its_interval_and_one_that_was_guessed_does_not(
    ledger: Ledger, clock: Clock
) -> None:
    start = [Start("https://a.test/rss", Kind.FEED, 60.0)]
    for profile, kept in (("demo", 60.0), ("", 180.0)):
        ledger.put_site("demo", profile, ["a.test"], start, {"delay": 0.0})
        ledger.make_starts_due("demo")
        [one] = lease(ledger)
        read(ledger, one, None if profile else Rhythm(3.0, 60.0, 60.0, HOUR), "gone")
        ledger.make_starts_due("demo")
        assert row_of(ledger, "https://a.test/rss")["every"] == kept
        assert row_of(ledger, "https://a.test/rss")["read_at"] is None, "it was asked for and could not be read"
        [one] = lease(ledger)
        read(ledger, one, None, "gone")


def test_an_attempt_that_failed_says_nothing_about_a_list(ledger: Ledger) -> None:
    admit(ledger, "rss", **FEED)
    [one] = lease(ledger)
    ledger.settle([outcome(one, State.WAITING, reason="timeout", retry_in=1.0, rhythm=IN_VAIN)])
    assert row_of(ledger, "rss")["every"] is None


def test_of_many_lists_the_ones_that_bring_something_are_kept(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_LISTS", 3)
    ledger.put_site("demo", "demo", ["a.test"], [Start("https://a.test/rss", Kind.FEED, 9e9)], {"delay": 0.0})
    ledger.make_starts_due("demo")
    for number in range(3):
        admit(ledger, f"near{number}", **FEED)
    admit(ledger, "far", **{**FEED, "depth": 2})
    ledger.settle([outcome(one, State.SKIPPED, reason="feed", rhythm=NEW) for one in lease(ledger)])
    release(ledger)
    assert [key for key in ("near0", "near1", "near2", "far") if row_of(ledger, key)["every"]] == [
        *("near0", "near1", "near2")
    ]
    assert row_of(ledger, "far")["revisit_at"] is None
    ledger.ask([candidate("near1", **FEED)])
    [one] = lease(ledger)
    read(ledger, one, IN_VAIN)
    admit(ledger, "newer", **FEED)
    [one] = lease(ledger)
    read(ledger, one, NEW)
    kept = {key for key in states(ledger) if row_of(ledger, key)["every"]}
    assert kept == {"near0", "near2", "newer", "https://a.test/rss"}, "a start is never given up, however rare"


def test_what_a_person_gives_is_asked_for_again_before_everything_else(ledger: Ledger) -> None:
    admit(ledger, "stored", "refused", "parked", wanted=5.0)
    ends = {"stored": State.STORED, "refused": State.SKIPPED, "parked": State.PARKED}
    ledger.settle([outcome(one, ends[one.key], reason=one.key) for one in lease(ledger)])
    release(ledger)
    admit(ledger, "waiting", "other", wanted=50.0)
    given = [candidate(key, wanted=100.0) for key in (*ends, "waiting", "new")]
    assert ledger.ask(given) == 4
    assert ledger.ask(given) == 0, "they wait already"
    leases = lease(ledger, urls=5)
    assert {one.key for one in leases} == {*ends, "waiting", "new"}
    assert {one.visit for one in leases if one.key in ends} == {2}


def test_of_what_is_read_again_starts_come_first_and_then_what_is_new(ledger: Ledger, clock: Clock) -> None:
    """Or many lists that fall due at once would keep the news waiting."""
    ledger.put_site("demo", "demo", ["a.test"], [Start("https://a.test/rss", Kind.FEED, HOUR)], {"delay": 0.0})
    ledger.make_starts_due("demo")
    admit(ledger, "found.rss", **FEED)
    for one in lease(ledger):
        read(ledger, one, None if one.label is Label.SEED else NEW)
    clock.pass_(HOUR)
    admit(ledger, "new", wanted=clock.now - 600)
    admit(ledger, "archive", wanted=clock.now - 6 * HOUR)
    ledger.revisit()
    assert [one.key for one in lease(ledger)] == ["https://a.test/rss", "new", "found.rss", "archive"]


def test_the_lists_that_a_site_names_are_read_with_its_guessed_starts(ledger: Ledger) -> None:
    admit(ledger, "named.rss", **FEED)
    admit(ledger, "section", kind=Kind.LISTING, depth=1)
    admit(ledger, "archive", kind=Kind.LISTING, depth=2)
    admit(ledger, "deep.rss", **{**FEED, "depth": 3})
    ledger.settle([outcome(one, State.SKIPPED, reason=one.kind, rhythm=NEW) for one in lease(ledger)])
    release(ledger)
    ledger.put_site("demo", "of a profile", ["a.test"], [Start("https://a.test/", Kind.LISTING, 60.0)], {"delay": 0.0})
    assert ledger.make_starts_due("demo") == 1
    ledger.put_site("demo", "", ["a.test"], [Start("https://a.test/", Kind.LISTING, 60.0)], {"delay": 0.0})
    assert ledger.make_starts_due("demo") == 2
    assert {one.key for one in lease(ledger)} == {"https://a.test/", "named.rss", "section"}


def test_a_next_page_follows_where_the_page_before_is_mostly_new(ledger: Ledger, clock: Clock) -> None:
    listing = {"kind": Kind.LISTING, "label": Label.LISTING}
    admit(ledger, "page1", "page2", **listing)
    admit(ledger, *"1234")
    ledger.settle([outcome(one, State.SKIPPED, reason=one.kind, rhythm=NEW) for one in lease(ledger)])
    release(ledger)
    clock.pass_(60)
    admit(ledger, *"567")

    def shown(*keys: str) -> NextPage:
        return NextPage(("demo", "page1"), ("demo", "page2"), tuple(("demo", key) for key in keys))

    assert ledger.follow([shown(*"12345")]) == 0
    assert ledger.follow([shown(*"5612")]) == 1
    assert ledger.follow([shown(*"5612")]) == 0, "it waits"
    assert "page2" in {one.key for one in lease(ledger)}


def test_what_was_dropped_does_not_come_back(ledger: Ledger, clock: Clock) -> None:
    ledger.put_site("demo", "demo", ["a.test"], [Start("https://a.test/rss", Kind.FEED, 60.0)], {"delay": 0.0})
    ledger.make_starts_due("demo")
    [one] = lease(ledger)
    ledger.settle([outcome(one, State.PARKED, reason="unreadable")])
    assert ledger.drop(reason="unreadable") == 1
    clock.pass_(HOUR)
    assert (ledger.is_due(), ledger.revisit()) == (False, 0)


def test_found_lists_are_told_in_the_schedule_and_only_the_next_ones_one_by_one(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, *(f"rss{number}" for number in range(12)), **FEED)
    ledger.settle([outcome(one, State.SKIPPED, reason="feed", rhythm=NEW) for one in lease(ledger)])
    ledger._database.write(lambda tx: tx.run(update(urls).where(urls.c.key == "rss7").values(revisit_at=tx.now + 1)))
    clock.pass_(2)
    [told] = ledger.schedule().lists
    assert (told.site, told.lists, told.due, len(told.next)) == ("demo", 12, 1, 10)
    assert (told.next[0].url, told.next[0].every, told.next[0].read_at) == ("https://a.test/rss7", HOUR, clock.now - 2)
    assert ledger.schedule().revisits == []


def test_the_age_of_a_listing_is_that_of_starts_not_of_what_was_found_or_guessed(ledger: Ledger, clock: Clock) -> None:
    starts = [Start("https://a.test/rss", Kind.FEED, 60.0), Start("https://a.test/feed", Kind.FEED, 60.0)]
    ledger.put_site("demo", "", ["a.test"], starts, {"delay": 0.0})
    ledger.make_starts_due("demo")
    admit(ledger, "found", **FEED)
    clock.pass_(10)
    by_key = {one.key: one for one in lease(ledger)}
    read(ledger, by_key["found"], NEW)
    clock.pass_(10)
    read(ledger, by_key["https://a.test/rss"], None)
    read(ledger, by_key["https://a.test/feed"], None, "gone")
    clock.pass_(5)
    assert ledger.figures().sites["demo"].listing_age == 5.0
