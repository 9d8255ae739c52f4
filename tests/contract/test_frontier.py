"""Admit, lease, settle and sweep, on both databases."""

from __future__ import annotations

import time
from collections import Counter

from making import HOUR, Clock, admit, candidate, lease, outcome, release, row_of, states
from sqlalchemy import update

from workers.core.link import Kind, Label
from workers.core.work import Robots, State
from workers.ledger import Ledger
from workers.ledger.schema import hosts


def test_a_link_is_admitted_once(ledger: Ledger) -> None:
    first = ledger.admit([candidate("1"), candidate("2"), candidate("1")])
    again = ledger.admit([candidate("1"), candidate("3", host="b.test")])
    assert first.new == {("demo", "1"), ("demo", "2")}
    assert again.new == {("demo", "3")}
    assert states(ledger) == {"1": "waiting", "2": "waiting", "3": "waiting"}


def test_the_same_key_in_another_site_is_another_url(ledger: Ledger) -> None:
    ledger.admit([candidate("1")])
    assert ledger.admit([candidate("1", site="other")]).new == {("other", "1")}


def test_who_saw_a_url_first_is_kept(ledger: Ledger) -> None:
    ledger.admit([candidate("1", seen_on="https://a.test/latest", label=Label.HOT_NEWS)])
    ledger.admit([candidate("1", seen_on="https://a.test/other", label=Label.TAG)])
    row = row_of(ledger, "1")
    assert (row["seen_on"], row["label"], row["headline"]) == ("https://a.test/latest", "hot_news", "On 1")


def test_a_link_seen_again_is_fetched_sooner_if_it_is_wanted_more(ledger: Ledger) -> None:
    ledger.admit([candidate("old", wanted=10.0), candidate("newer", wanted=500.0)])
    ledger.admit([candidate("old", wanted=1000.0)])
    assert [one.key for one in lease(ledger)] == ["old", "newer"]


def test_a_trap_that_shows_articles_is_bounded_too(ledger: Ledger) -> None:
    pages = [candidate(f"page/{n}", pattern="/page/#", wanted=-float(n)) for n in range(4)]
    assert len(ledger.admit(pages, pattern_limit=2).new) == 2
    ledger.settle([outcome(one, State.STORED) for one in lease(ledger)])
    assert len(ledger.admit(pages, pattern_limit=2).new) == 0


def test_what_a_limit_refuses_is_told(ledger: Ledger) -> None:
    days = [candidate(f"day-{n}", pattern="/calendar/#") for n in range(5)]
    assert set(ledger.admit(days, pattern_limit=2).refused.values()) == {"pattern-limit"}
    ledger.admit(days, pattern_limit=2)
    ledger.admit([candidate("other")], site_limit=1)
    ledger.sweep()
    told = ledger.status()
    assert told.sites["demo"].refused == {"pattern-limit": 6, "site-limit": 1}
    assert told.total.refused == told.sites["demo"].refused
    assert told.total.total == 2, "what was refused is no URL of the ledger"


def test_refused_messages_are_told(ledger: Ledger) -> None:
    ledger.count_refused_messages(0)
    assert ledger.status().messages_refused == 0
    ledger.count_refused_messages(2)
    ledger.count_refused_messages(1)
    ledger.sweep()
    assert ledger.status().messages_refused == 3
    assert "" not in ledger.status().sites


def test_the_most_wanted_is_leased_first(ledger: Ledger) -> None:
    ledger.admit([candidate(str(n), wanted=float(n)) for n in range(20)])
    assert [one.key for one in lease(ledger, urls=3)] == ["19", "18", "17"]


def test_nothing_is_admitted_beyond_the_limit_of_a_site(ledger: Ledger) -> None:
    links = [candidate(str(n), wanted=float(n)) for n in range(5)]
    admitted = ledger.admit(links, site_limit=3)
    assert (len(admitted.new), set(admitted.refused)) == (3, {("demo", "0"), ("demo", "1")})
    assert not ledger.admit([candidate("one more")], site_limit=3).new
    assert ledger.admit([candidate("one more")], site_limit=4).new


def test_nothing_is_admitted_beyond_the_limit_of_a_path_pattern(ledger: Ledger) -> None:
    calendar = [candidate(f"day-{n}", pattern="/calendar/#") for n in range(5)]
    assert len(ledger.admit(calendar, pattern_limit=2).new) == 2
    assert len(ledger.admit(calendar, pattern_limit=3).new) == 1
    assert ledger.admit([candidate("news", pattern="/news/#")], pattern_limit=2).new


def test_a_turn_tells_all_that_its_worker_needs(ledger: Ledger) -> None:
    ledger.put_site("slow", "slow", hosts=["s.test"], settings={"delay": 2.0, "places": 3})
    ledger.admit([candidate(str(n), host="s.test", site="slow") for n in range(10)])
    (turn,) = ledger.lease("w1", urls=50, hosts=5, per_host=20, hold=10.0, lease=30.0)
    assert (turn.host, turn.delay, turn.places, turn.hold, turn.robots) == ("s.test", 2.0, 3, 10.0, None)
    assert len(turn.leases) == 2, "two fit into five seconds at one every two seconds"
    assert {one.attempt for one in turn.leases} == {1}


def test_what_was_learned_of_a_host_comes_with_the_next_turn(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1", "2")
    lease(ledger, urls=1)
    robots = Robots(200, "User-agent: *\nCrawl-delay: 3\n", HOUR)
    release(ledger, next_in=7.0, failures=2, slowdowns=1, robots=robots, crawl_delay=3.0, reason="resting")
    assert ledger.ready() == (0, 7.0)
    clock.pass_(7.0)
    (turn,) = ledger.lease("w2", urls=1, hosts=1, per_host=1, hold=10.0, lease=30.0)
    assert (turn.delay, turn.failures, turn.slowdowns) == (3.0, 2, 1)
    assert turn.robots == Robots(200, robots.body, HOUR - 7.0)


def test_robots_that_are_too_old_are_not_handed_out(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1", "2")
    lease(ledger, urls=1)
    release(ledger, robots=Robots(200, "", HOUR))
    clock.pass_(HOUR)
    assert ledger.lease("w2", urls=1, hosts=1, per_host=1, hold=10.0, lease=30.0)[0].robots is None


def test_every_ready_host_gives_one_url_before_any_gives_a_second(ledger: Ledger) -> None:
    for host in ("a.test", "b.test", "c.test"):
        admit(ledger, *(f"{host}-{n}" for n in range(5)), host=host)
    turns = ledger.lease("w1", urls=5, hosts=3, per_host=5, hold=10.0, lease=30.0)
    assert sorted(len(turn.leases) for turn in turns) == [1, 2, 2]


def test_the_sweep_wakes_a_host_that_was_left_asleep(ledger: Ledger) -> None:
    admit(ledger, "1")
    ledger._database.write(lambda tx: tx.run(update(hosts).values(ready_at=None)))
    assert ledger.ready() == (0, None)
    for _ in range(50):
        ledger.sweep()
    assert ledger.ready() == (1, 0.0)


def test_a_host_that_is_held_is_given_to_nobody_else(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, *"12345")
    assert lease(ledger, "w1", urls=1)
    assert not lease(ledger, "w2")
    clock.pass_(9.9)
    assert not lease(ledger, "w2"), "the hold of ten seconds has not run out"
    clock.pass_(0.2)
    assert lease(ledger, "w2", urls=1)
    assert release(ledger, owner="w1") == 0, "who lost a host cannot give it back"


def test_the_delay_passes_after_a_hold_that_ran_out(ledger: Ledger, clock: Clock) -> None:
    ledger.put_site("demo", "demo", settings={"delay": 4.0})
    admit(ledger, *"12")
    lease(ledger, "w1", urls=1)
    clock.pass_(13.9)
    assert not lease(ledger, "w2"), "its owner may have asked at the very end of its hold"
    clock.pass_(0.2)
    assert lease(ledger, "w2")


def test_the_holder_gets_more_and_keeps_its_hold(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, *"123")
    lease(ledger, urls=1)
    clock.pass_(8.0)
    (turn,) = ledger.lease("w1", urls=5, hosts=0, per_host=5, hold=10.0, lease=30.0, held=["a.test", "gone.test"])
    assert len(turn.leases) == 2
    clock.pass_(9.0)
    assert not lease(ledger, "w2")
    (empty,) = ledger.lease("w1", urls=5, hosts=0, per_host=5, hold=10.0, lease=30.0, held=["a.test"])
    assert empty.leases == (), "nothing is left there, but the host is still held"
    assert ledger.hold("w1", ["a.test"], 10.0) == ["a.test"]
    assert ledger.hold("w2", ["a.test"], 10.0) == []


def test_a_host_that_waits_for_its_turn_comes_before_one_that_wants_more(ledger: Ledger) -> None:
    admit(ledger, "1", "2", "3", host="held.test")
    lease(ledger, urls=1)
    admit(ledger, "4", "5", host="waits.test")
    asked = {"hosts": 10, "per_host": 1, "hold": 10.0, "lease": 30.0, "held": ["held.test"]}
    turns = ledger.lease("w1", urls=1, **asked)  # type: ignore[arg-type]
    assert {turn.host: len(turn.leases) for turn in turns} == {"held.test": 0, "waits.test": 1}
    turns = ledger.lease("w1", urls=2, **{**asked, "held": ["held.test", "waits.test"]})  # type: ignore[arg-type]
    assert {turn.host: len(turn.leases) for turn in turns} == {"held.test": 1, "waits.test": 1}


def test_what_a_held_host_costs_does_not_grow_with_their_number(ledger: Ledger) -> None:
    """In CPU time of this process, SQLite's own: the square of it took half a second for two thousand hosts."""
    ledger.admit([candidate(str(number), host=f"h{number}.test") for number in range(2_000)])

    def seconds_each(names: list[str]) -> float:
        begun = time.process_time()
        for _ in range(3):
            assert len(ledger.hold("w1", names, 10.0)) == len(names)
        return (time.process_time() - begun) / len(names)

    held = [one.host for one in lease(ledger, urls=250, hosts=250)]
    few = seconds_each(held)
    held += [one.host for one in lease(ledger, urls=1_750, hosts=1_750)]
    assert seconds_each(held) < 3 * few


def test_a_waiting_host_is_not_looked_at_until_it_has_work(ledger: Ledger, clock: Clock) -> None:
    assert ledger.ready() == (0, None)
    admit(ledger, "1")
    assert ledger.ready() == (1, 0.0)
    (one,) = lease(ledger)
    ledger.settle([outcome(one, State.WAITING, reason="timeout", retry_in=60.0)])
    release(ledger)
    assert ledger.ready() == (0, 60.0)
    clock.pass_(60.0)
    assert ledger.ready() == (1, 0.0)
    assert lease(ledger)[0].attempt == 2


def test_a_crashed_worker_loses_nothing(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1")
    (lost,) = lease(ledger, "dead")
    clock.pass_(31.0)
    swept = ledger.sweep()
    assert (swept.waiting, swept.parked, swept.hosts) == (1, 0, 1)
    (found,) = lease(ledger, "w2")
    assert (found.id, found.visit, found.attempt) == (lost.id, 1, 2)


def test_what_a_dead_owner_had_is_free_at_once(ledger: Ledger) -> None:
    admit(ledger, "1", "2")
    lease(ledger, "dead", urls=1)
    assert ledger.owners() == ["dead"]
    assert ledger.sweep(dead_owners=["dead"]).waiting == 1
    assert ledger.owners() == []
    assert {one.attempt for one in lease(ledger, "w2")} == {1, 2}


def test_a_page_in_transit_outlives_the_worker_that_fetched_it(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1")
    (one,) = lease(ledger, "dead")
    assert ledger.handed_over([one.id], 45.0, owner="somebody else") == 0
    assert ledger.handed_over([one.id], 45.0, owner="dead") == 1
    assert ledger.sweep(dead_owners=["dead"]).waiting == 0
    counts = ledger.status().total
    assert (counts.in_fetch, counts.handed_over) == (0, 1)
    clock.pass_(46.0)
    assert ledger.sweep().waiting == 1


def test_a_url_that_is_lost_each_time_after_its_fetch_is_parked(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1")
    for _ in range(3):
        ledger.handed_over([one.id for one in lease(ledger)], 30.0)
        clock.pass_(31.0)
        ledger.sweep(max_attempts=3)
    (parked,) = ledger.parked()
    assert (parked.key, parked.reason) == ("1", "lost-too-often")
    assert not lease(ledger)


def test_a_url_that_fails_each_time_is_parked_with_its_last_reason(ledger: Ledger) -> None:
    admit(ledger, "1")
    for _ in range(2):
        (one,) = lease(ledger)
        ledger.settle(
            [outcome(one, State.WAITING, reason="timeout", detail="after 30 s", retry_in=0.0)], max_attempts=2
        )
        release(ledger)
    (parked,) = ledger.parked()
    assert (parked.reason, parked.detail) == ("too-many-attempts", "timeout: after 30 s")


def test_what_was_never_asked_for_is_given_back_uncounted(ledger: Ledger) -> None:
    admit(ledger, "1", "2")
    ledger.set_budget("demo", 2)
    leases = lease(ledger)
    assert ledger.give_back("w2", [one.id for one in leases]) == 0
    assert ledger.give_back("w1", [leases[0].id]) == 1
    assert ledger.site("demo").budget == 1
    release(ledger)
    assert [one.attempt for one in lease(ledger)] == [1]


def test_settling_twice_changes_nothing(ledger: Ledger) -> None:
    admit(ledger, "1")
    (one,) = lease(ledger)
    assert ledger.settle([outcome(one, State.SKIPPED, reason="gone", status=404)]) == 1
    assert ledger.settle([outcome(one, State.STORED)]) == 0
    row = row_of(ledger, "1")
    assert (row["state"], row["reason"], row["status"]) == ("skipped", "gone", 404)


def test_an_outcome_of_an_older_visit_changes_nothing(ledger: Ledger) -> None:
    admit(ledger, "1")
    (first,) = lease(ledger)
    ledger.settle([outcome(first, State.STORED, revisit_in=0.0)])
    assert ledger.revisit() == 1
    release(ledger)
    (second,) = lease(ledger)
    assert (second.visit, second.attempt) == (2, 1)
    assert ledger.settle([outcome(first, State.PARKED, reason="unreadable")]) == 0
    assert states(ledger) == {"1": "leased"}


def test_late_is_not_lost(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1")
    (one,) = lease(ledger)
    clock.pass_(31.0)
    ledger.sweep()
    assert ledger.settle([outcome(one)]) == 1
    assert states(ledger) == {"1": "stored"}
    assert not lease(ledger)


def test_stored_wins_over_parked_in_the_same_visit(ledger: Ledger) -> None:
    admit(ledger, "1")
    (one,) = lease(ledger)
    ledger.settle([outcome(one, State.PARKED, reason="unreadable")])
    ledger.settle([outcome(one, State.STORED)])
    assert states(ledger) == {"1": "stored"}


def test_what_a_server_said_of_a_page_comes_with_its_next_lease(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1")
    (one,) = lease(ledger)
    ledger.settle([outcome(one, status=200, etag='"a"', last_modified="Mon", revisit_in=HOUR)])
    release(ledger)
    assert ledger.revisit() == 0
    clock.pass_(HOUR)
    assert ledger.revisit() == 1
    (again,) = lease(ledger)
    assert (again.etag, again.last_modified) == ('"a"', "Mon")
    ledger.settle([outcome(again, State.PARKED, reason="layout-changed", etag='"b"')])
    ledger.replay()
    release(ledger)
    assert lease(ledger)[0].etag is None, "what was parked must come whole"


def test_parked_urls_can_be_replayed_and_dropped(ledger: Ledger) -> None:
    admit(ledger, *"1234")
    leases = lease(ledger)
    reasons = ["unreadable", "unreadable", "not-whole", "not-whole"]
    ledger.settle([outcome(one, State.PARKED, reason=r) for one, r in zip(leases, reasons, strict=True)])
    assert len(ledger.parked(reason="unreadable")) == 2
    assert ledger.status().total.parked == {"unreadable": 2, "not-whole": 2}
    assert ledger.replay(reason="unreadable") == 2
    assert ledger.replay(site="another") == 0
    assert ledger.drop(ids=[leases[2].id]) == 1
    assert ledger.status().total.skipped == {"dropped": 1}
    release(ledger)
    assert {(one.visit, one.attempt) for one in lease(ledger)} == {(2, 1)}


def test_a_host_with_more_gives_what_the_others_lack(ledger: Ledger) -> None:
    admit(ledger, *(f"much-{number}" for number in range(20)), host="much.test")
    admit(ledger, "one", host="one.test")
    admit(ledger, "two-1", "two-2", host="two.test")
    hosts = Counter(one.host for one in lease(ledger, urls=12, per_host=10))
    assert hosts == {"much.test": 9, "one.test": 1, "two.test": 2}


def test_a_budget_is_never_overspent_and_second_attempts_are_free(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, *"12345")
    ledger.set_budget("demo", 3)
    leases = lease(ledger)
    assert len(leases) == 3
    ledger.settle([outcome(leases[0], State.WAITING, reason="timeout", retry_in=5.0)])
    release(ledger)
    assert ledger.ready() == (0, 5.0)
    clock.pass_(5.0)
    assert [one.id for one in lease(ledger)] == [leases[0].id]
    release(ledger)
    assert ledger.ready() == (0, None)
    ledger.set_budget("demo", None)
    assert len(lease(ledger)) == 2


def test_what_was_thought_to_be_a_list_and_is_stored_is_looked_at_again_as_a_page(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "1", kind=Kind.LISTING)
    [one] = lease(ledger)
    ledger.settle([outcome(one, revisit_in=60.0)])
    release(ledger)
    clock.pass_(61)
    ledger.revisit()
    [again] = lease(ledger)
    assert (one.kind, again.kind) == (Kind.LISTING, Kind.PAGE)


def test_what_is_found_to_have_parts_is_handed_out_with_the_second_one_in_that_visit(ledger: Ledger) -> None:
    """At the last attempt too."""
    ledger.admit([candidate("1")])
    [first] = lease(ledger)
    found = outcome(first, State.WAITING, reason="in-parts", detail="https://a.test/1/2", retry_in=0.0)
    ledger.settle([found], max_attempts=1)
    release(ledger)
    [again] = lease(ledger)
    assert (first.second_part, again.second_part) == (None, "https://a.test/1/2")
    ledger.settle([outcome(again, State.STORED, revisit_in=0.0)])
    ledger.revisit()
    release(ledger)
    [later] = lease(ledger)
    assert later.second_part is None


def test_of_what_is_ingested_no_parts_are_fetched(ledger: Ledger) -> None:
    [checked_in] = ledger.check_in([candidate("1")], 60.0)
    assert checked_in.second_part == ""
