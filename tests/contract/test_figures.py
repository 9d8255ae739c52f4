"""What the metrics tell beyond status: counted in the transaction that makes it true, on both databases."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from making import HOUR, Clock, admit, lease, outcome, reading, release, rows
from sqlalchemy import event, text

from workers.core.article import Moment
from workers.core.link import Kind, Label
from workers.core.work import Candidate, Robots, State
from workers.ledger import Figures, Ledger, Start
from workers.ledger.lag import BOUNDS, bound_of

DAY = 24 * HOUR


def published(seconds: float) -> Moment:
    return Moment(at=datetime.fromtimestamp(seconds, UTC), text="then")


def store(ledger: Ledger, key: str, at: float | None) -> None:
    when = None if at is None else published(at)
    ledger.commit([reading(key=key, text=f"Text of {key}.", published=when)])


def test_the_lag_of_each_article_is_counted_once_when_it_is_first_stored(ledger: Ledger, clock: Clock) -> None:
    for key, age in (("a", 5.0), ("b", 90.0), ("c", 40 * DAY), ("tomorrow", -DAY)):
        store(ledger, key, clock.now - age)
    store(ledger, "undated", None)
    clock.pass_(HOUR)
    store(ledger, "b", clock.now)
    lag = ledger.figures().sites["demo"].lag
    assert lag.under == {"10": 2, "120": 1, "inf": 1}
    assert lag.seconds == 5 + 90 + 40 * DAY


def test_a_lag_is_under_the_first_bound_that_is_not_less() -> None:
    assert [bound_of(lag) for lag in (0.0, 10.0, 10.1, 8 * DAY)] == ["10", "10", "30", "inf"]
    assert all(a < b for a, b in pairwise(BOUNDS))


def settle(ledger: Ledger, key: str, **more: Any) -> None:
    admit(ledger, key)
    [one] = lease(ledger)
    ledger.settle([outcome(one, **more)])
    ledger.settle([outcome(one, **more)])
    release(ledger)


def test_a_page_counts_once_for_the_fields_that_it_must_have(ledger: Ledger, clock: Clock) -> None:
    must = {"required": ("headline", "published")}
    settle(ledger, "whole", **must)
    settle(ledger, "torn", state=State.PARKED, reason="layout-changed", missing=("published",), **must)
    settle(ledger, "listing", state=State.SKIPPED, reason="listing")
    fills = ledger.figures().sites["demo"].fills
    assert {name: (fill.pages, fill.found, fill.rate) for name, fill in fills.items()} == {
        "headline": (2, 2, 1.0),
        "published": (2, 1, 0.5),
    }


def test_the_fill_rate_is_that_of_the_last_day_and_the_counts_only_grow(ledger: Ledger, clock: Clock) -> None:
    must = {"required": ("headline",)}
    seen = []
    for hour in range(60):
        settle(ledger, str(hour), missing=("headline",) if hour < 30 else (), **must)
        ledger.sweep()
        seen.append(ledger.figures().sites["demo"].fills["headline"])
        clock.pass_(HOUR)
    assert [(fill.pages, fill.found) for fill in seen] == [(n + 1, max(0, n - 29)) for n in range(60)]
    assert [fill.rate for fill in seen[:30]] == [0.0] * 30
    assert seen[-1].rate == 1.0
    assert seen[-1].recent_pages == 25, "this hour and the 24 before it"
    assert len(rows(ledger, text("SELECT id FROM fills"))) <= 27, "older hours are one sum"


def start(ledger: Ledger, every: float = 60.0) -> None:
    ledger.put_site("demo", "demo", ["a.test"], [Start("https://a.test/feed", Kind.FEED, every)], {"delay": 0.0})
    ledger.make_starts_due("demo")


def test_a_start_ages_from_when_it_was_last_read(ledger: Ledger, clock: Clock) -> None:
    start(ledger)
    clock.pass_(30)
    assert ledger.figures().sites["demo"].listing_age == 30.0, "never read: since it was admitted"
    [feed] = lease(ledger)
    ledger.settle([outcome(feed, State.SKIPPED, reason="feed")])
    release(ledger)
    assert ledger.figures().sites["demo"].listing_age == 0.0
    clock.pass_(70)
    ledger.revisit()
    [again] = lease(ledger)
    ledger.settle([outcome(again, State.SKIPPED, reason="gone")])
    found = ledger.figures().sites["demo"]
    assert (found.listing_age, found.listing_overdue) == (70.0, 10.0), "what was not read is not fresh"


def test_a_new_article_ends_the_silence(ledger: Ledger, clock: Clock) -> None:
    assert ledger.figures().sites["demo"].newest_article_age is None
    store(ledger, "a", None)
    clock.pass_(500)
    assert ledger.figures().sites["demo"].newest_article_age == 500.0


def test_a_host_is_told_with_its_manners_its_rest_and_what_it_answered(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "a")
    lease(ledger)
    assert ledger.figures().hosts[0].held
    robots = Robots(200, "User-agent: *", 3600.0)
    release(ledger, next_in=60.0, reason="too-many-requests", slowdowns=1, crawl_delay=4.0, robots=robots, throttled=3)
    [host] = ledger.figures().hosts
    assert (host.name, host.rest, host.reason, host.slowdowns) == ("a.test", 60.0, "too-many-requests", 1)
    assert (host.delay, host.crawl_delay, host.throttled, host.robots, host.held) == (0.0, 4.0, 3, 200, False)
    clock.pass_(61)
    admit(ledger, "b")
    lease(ledger)
    release(ledger, throttled=2)
    clock.pass_(3600)
    [host] = ledger.figures().hosts
    assert (host.rest, host.throttled, host.robots) == (0.0, 5, None), "a robots.txt that ran out is not known"


def test_hosts_beyond_the_first_are_summed(ledger: Ledger) -> None:
    for number in range(4):
        admit(ledger, f"x{number}", host=f"h{number}.test")
    lease(ledger)
    for number in range(4):
        release(ledger, f"h{number}.test", throttled=10**number)
    found = ledger.figures(hosts=2)
    assert [host.name for host in found.hosts] == ["h0.test", "h1.test"]
    assert (found.other_hosts, found.other_throttled) == (2, 1100)
    assert (ledger.figures(hosts=4).other_hosts, ledger.figures(hosts=4).other_throttled) == (0, 0)


def test_ready_work_ages_while_nobody_takes_it(ledger: Ledger, clock: Clock) -> None:
    assert ledger.figures().oldest_ready == 0.0
    admit(ledger, "a")
    clock.pass_(1000)
    assert ledger.figures().oldest_ready == 1000.0
    [one] = lease(ledger, hold=10.0)
    assert ledger.figures().oldest_ready == 0.0, "it was taken"
    ledger.settle([outcome(one)])
    release(ledger)
    clock.pass_(5000)
    admit(ledger, "b")
    clock.pass_(7)
    assert ledger.figures().oldest_ready == 7.0, "the host was idle before, and left nothing waiting"


def test_a_page_in_transit_ages_from_its_lease(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, "a")
    [one] = lease(ledger)
    clock.pass_(3)
    assert (ledger.figures().oldest_handed_over, ledger.figures().sites["demo"].oldest_leased) == (0.0, 3.0)
    ledger.handed_over([one.id], 45.0)
    clock.pass_(4)
    found = ledger.figures()
    assert (found.oldest_handed_over, found.sites["demo"].oldest_leased) == (7.0, 7.0)


def test_what_paused_sites_have_is_told_as_well(ledger: Ledger) -> None:
    ledger.pause("demo")
    assert ledger.figures().sites["demo"].paused


def test_counts_of_a_busy_ledger_stay_few(ledger: Ledger, clock: Clock) -> None:
    """Commits add to counts; they do not leave a row each for status to read."""
    for number in range(30):
        store(ledger, str(number), clock.now)
        ledger.sweep()
    found: Figures = ledger.figures()
    assert (found.status.total.articles, found.sites["demo"].lag.under) == (30, {"10": 30})
    assert len(rows(ledger, text("SELECT id FROM tallies"))) <= 6


def test_a_seed_is_no_start(ledger: Ledger) -> None:
    one = Candidate("demo", "x", "https://a.test/x", "a.test", Kind.PAGE, Label.SEED, 0, 1.0)
    ledger.admit([one])
    assert ledger.figures().sites["demo"].listing_age is None


@pytest.mark.parametrize("count", [Ledger.figures, Ledger.status])
def test_sites_may_be_added_while_the_figures_are_counted(
    ledger: Ledger, ledger_url: str, clock: Clock, count: Callable[[Ledger], Any]
) -> None:
    other, numbers = Ledger.open(ledger_url, clock=clock), itertools.count()

    def add_a_site(*_: Any) -> None:
        site = f"site-{next(numbers)}"
        other.put_site(site, "", [f"{site}.test"], [Start(f"https://{site}.test/", Kind.FEED, 60.0)], {"delay": 0.0})
        other.make_starts_due(site)
        (start,) = lease(other, site)
        other.handed_over([start.id], 45.0)
        other.commit([reading(site=site)])

    event.listen(ledger._database.engine, "after_cursor_execute", add_a_site)
    try:
        figures = count(ledger)
    finally:
        event.remove(ledger._database.engine, "after_cursor_execute", add_a_site)
        other.close()
    total = getattr(figures, "status", figures).total
    assert next(numbers) > 3
    assert (total.in_fetch, total.handed_over, total.articles) in {(0, n, n) for n in (0, 1, 2)}, "all of one moment"
