"""A held host serves its leases or gives them back, and is asked only as long as it is held."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Collection, Sequence
from dataclasses import replace

import pytest

from workers.core.gate import Gate
from workers.core.link import Kind, Label
from workers.core.page import Page
from workers.core.work import HostReport, Lease, Outcome, Robots, Turn
from workers.stages.fetch import Bounds, FetchLoop
from workers.stages.host import HeldHost
from workers.stages.outbox import Outbox

ROBOTS = Robots(404, "", 60.0)


def lease(number: int) -> Lease:
    url = f"http://a.example/{number}"
    return Lease(
        id=number,
        site="a",
        key=url,
        url=url,
        host="a.example",
        kind=Kind.PAGE,
        label=Label.SEED,
        depth=0,
        visit=1,
        attempt=1,
    )


def turn(*numbers: int, delay: float = 0.0, hold: float = 10.0) -> Turn:
    leases = tuple(lease(number) for number in numbers)
    return Turn("a.example", leases, delay=delay, places=2, hold=hold, robots=ROBOTS)


class Open:
    """Rules that allow everything."""

    closed = False
    crawl_delay = None

    def allows(self, url: str) -> bool:
        return True


class Web:
    """Answers every request after `takes` seconds."""

    def rules(self, robots: Robots) -> Open:
        return Open()

    def revisit_in(self, lease: Lease) -> float | None:
        return None

    def may_follow(self, lease: Lease, url: str) -> bool:
        return True

    async def read_robots(self, url: str, gate: Gate) -> Robots:
        return ROBOTS

    def __init__(self, takes: float = 0.0) -> None:
        self.starts: list[float] = []
        self.takes = takes

    async def get(self, lease: Lease, gate: Gate) -> Page:
        await gate.start(lease.url)
        self.starts.append(time.monotonic())
        gate.sent(lease.url, 0.0)
        await asyncio.sleep(self.takes)
        return Page(asked=lease.url, url=lease.url, status=200, headers={}, body=b"", fetched_at=0.0)


def test_a_lease_that_comes_after_the_end_of_a_turn_is_given_back_at_once() -> None:
    async def scenario() -> Outbox:
        box = Outbox()
        host = HeldHost(turn(1), Web(), box, asyncio.Semaphore(8), lambda: False)
        await host.run()
        host.add(turn(2, 3))  # was asked for while the host was finishing
        return box

    box = asyncio.run(scenario())
    assert [fetched.id for fetched, _ in box.fetched] == [1]
    assert [unused.id for unused in box.unused] == [2, 3], "else they are nobody's until their lease runs out"
    assert [report.host for report in box.reports] == ["a.example"]


class OneHost:
    """A ledger with one host. It answers a lease after `slow` seconds; `kept`: is the hold ours when it is renewed?"""

    HOLD = 0.3

    def __init__(self, *, kept: bool, slow: float = 0.0) -> None:
        self.kept, self.slow = kept, slow
        self.turns = [turn(*range(1, 21), delay=0.05, hold=self.HOLD)]
        self.given_back: list[int] = []
        self.released: list[str] = []
        self.held_at = 0.0

    def lease(self, urls: int, held: Collection[str]) -> Sequence[Turn]:
        self.held_at = self.held_at or time.monotonic()
        time.sleep(self.slow)
        found, self.turns = self.turns, []
        return found

    def hold(self, hosts: Collection[str]) -> Collection[str]:
        return hosts if self.kept else []

    def next_ready(self) -> float | None:
        return 0.0 if self.turns else None

    def behind(self) -> bool:
        return False

    def crowded(self) -> bool:
        return False

    def hand_on(self, fetched: Sequence[tuple[Lease, Page]]) -> None:
        pass

    def settle(self, outcomes: Sequence[Outcome]) -> None:
        pass

    def give_back(self, leases: Sequence[Lease]) -> None:
        self.given_back += [lease.id for lease in leases]

    def release(self, reports: Sequence[HostReport]) -> None:
        self.released += [report.host for report in reports]


def fetch_from(ledger: OneHost, *, seconds: float = 5.0, takes: float = 0.0) -> Web:
    async def scenario() -> Web:
        web = Web(takes)
        loop = FetchLoop(ledger, web, Bounds(8, 25, seconds, ledger.HOLD), lambda: False)
        await asyncio.wait_for(loop.run(), 5)
        return web

    return asyncio.run(scenario())


def test_a_held_host_is_asked_for_as_long_as_its_hold_is_renewed() -> None:
    web = fetch_from(OneHost(kept=True))
    assert len(web.starts) == 20


def test_a_host_that_was_lost_to_another_loop_is_not_asked_after_the_end_of_its_hold() -> None:
    ledger = OneHost(kept=False)
    web = fetch_from(ledger)
    assert max(web.starts) - ledger.held_at < ledger.HOLD
    assert len(web.starts) + len(ledger.given_back) == 20


def test_a_hold_counts_from_before_the_ledger_was_asked() -> None:
    ledger = OneHost(kept=False, slow=0.2)
    assert max(fetch_from(ledger).starts) - ledger.held_at < ledger.HOLD


class Slow(Web):
    """Its answers take very long; notes when the wait for each ended, and how."""

    def __init__(self) -> None:
        super().__init__(takes=30.0)
        self.ended: list[float] = []

    async def get(self, lease: Lease, gate: Gate) -> Page:
        try:
            return await super().get(lease, gate)
        finally:
            self.ended.append(time.monotonic())


@pytest.mark.parametrize("kept", [False, True])
def test_a_request_that_is_open_ends_with_the_hold_and_goes_on_while_it_is_renewed(kept: bool) -> None:
    async def scenario() -> tuple[Slow, OneHost, list[Outcome]]:
        web, ledger, told = Slow(), OneHost(kept=kept), list[Outcome]()
        ledger.turns = [turn(1, hold=ledger.HOLD)]
        ledger.settle = told.extend  # type: ignore[method-assign, assignment]
        loop = FetchLoop(ledger, web, Bounds(8, 25, 5.0, ledger.HOLD), lambda: False)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(loop.run(), 1.5)
        return web, ledger, told

    web, ledger, told = asyncio.run(scenario())
    [ended] = web.ended
    if kept:
        assert ended - ledger.held_at > 1.0
    else:
        assert ended - ledger.held_at < ledger.HOLD + 0.25, "from then on another loop may ask the host"
        assert [(one.id, one.reason) for one in told] == [(1, "hold-ended")]
        assert ledger.released == ["a.example"]


def test_a_robots_txt_that_is_slow_ends_with_the_hold_and_says_nothing_of_the_host() -> None:
    class Stuck(Web):
        async def read_robots(self, url: str, gate: Gate) -> Robots:
            await asyncio.sleep(30)
            return ROBOTS

    async def scenario() -> Outbox:
        box = Outbox()
        given = replace(turn(1, hold=0.2), robots=None, failures=3)
        host = HeldHost(given, Stuck(), box, asyncio.Semaphore(8), lambda: False)
        await asyncio.wait_for(host.run(), 5)
        return box

    box = asyncio.run(scenario())
    assert [one.id for one in box.unused] == [1]
    assert [(report.failures, report.reason) for report in box.reports] == [(3, None)]


def test_a_loop_ends_in_the_middle_of_slow_answers_and_gives_its_host_back() -> None:
    ledger = OneHost(kept=True)
    web = fetch_from(ledger, seconds=0.15, takes=0.4)
    assert ledger.released == ["a.example"]
    assert len(web.starts) + len(ledger.given_back) == 20


def test_a_loop_ends_also_when_it_waits_for_its_last_answer_only() -> None:
    ledger = OneHost(kept=True)
    ledger.turns = [turn(1)]
    fetch_from(ledger, seconds=0.15, takes=0.4)
    assert ledger.released == ["a.example"]


class LinksSoon(OneHost):
    """The links of its one page are in the ledger a while after the page was handed on."""

    def __init__(self, after: float) -> None:
        super().__init__(kept=True)
        self.after, self.found_at = after, float("inf")
        self.turns = [turn(1)]

    def next_ready(self) -> float | None:
        if time.monotonic() > self.found_at:
            self.turns, self.found_at = [turn(2, 3)], float("inf")
        return super().next_ready()

    def hand_on(self, fetched: Sequence[tuple[Lease, Page]]) -> None:
        if [lease.id for lease, _ in fetched] == [1]:
            self.found_at = time.monotonic() + self.after


def test_a_loop_awaits_the_links_of_what_it_has_handed_on() -> None:
    assert len(fetch_from(LinksSoon(after=0.2)).starts) == 3


def test_a_loop_does_not_await_them_for_long() -> None:
    begun = time.monotonic()
    assert len(fetch_from(LinksSoon(after=4.0)).starts) == 1
    assert time.monotonic() - begun < 3, "the next tick of the nudge starts a new one"


class Broken(Web):
    """Has a fault of its own where robots.txt is read."""

    async def read_robots(self, url: str, gate: Gate) -> Robots:
        raise ZeroDivisionError


def test_a_fault_of_ours_does_not_have_the_same_urls_leased_for_ever() -> None:
    """What is given back counts no attempt; a lease that runs out does, and ends parked."""

    async def scenario() -> Outbox:
        box = Outbox()
        first = turn(1, 2)
        host = HeldHost(replace(first, robots=None), Broken(), box, asyncio.Semaphore(8), lambda: False)
        with pytest.raises(ZeroDivisionError):
            await host.run()
        return box

    box = asyncio.run(scenario())
    assert box.unused == []
    assert [report.host for report in box.reports] == ["a.example"], "the host is free again"


class Read(Web):
    """Reads a robots.txt with a Crawl-delay, as one request at the host's pace."""

    def rules(self, robots: Robots) -> Open:
        slow = Open()
        slow.crawl_delay = 30.0  # type: ignore[assignment]
        return slow

    async def read_robots(self, url: str, gate: Gate) -> Robots:
        await gate.start(url)
        gate.sent(url, time.monotonic())
        return ROBOTS


def test_a_host_that_waits_long_holds_no_places() -> None:
    """Else five hundred hosts of a slow pace would hold all places of a loop right after their robots.txt (P4)."""

    async def scenario() -> tuple[Outbox, Read]:
        box, web = Outbox(), Read()
        host = HeldHost(replace(turn(1, 2, delay=1.0), robots=None), web, box, asyncio.Semaphore(8), lambda: False)
        running = asyncio.create_task(host.run())
        done, _ = await asyncio.wait([running], timeout=1)  # being cancelled would make it give back as well
        assert done, "it does not wait for its pace"
        return box, web

    box, web = asyncio.run(scenario())
    assert web.starts == []
    assert [one.id for one in box.unused] == [1, 2]
    (report,) = box.reports
    assert 25 < report.next_in <= 30
    assert report.robots == ROBOTS


def test_the_way_to_robots_txt_is_as_slow_as_the_host_asked_for() -> None:
    slowed = replace(turn(1, delay=1.0), slowdowns=2)
    assert HeldHost(slowed, Web(), Outbox(), asyncio.Semaphore(8), lambda: False).pacer.delay == 4.0


def test_more_is_asked_for_before_a_paced_turn_ends() -> None:
    """Giving a host back and taking it again costs time in which it could have been asked."""

    def low(delay: float, waiting: int) -> bool:
        numbers = range(waiting)
        return HeldHost(turn(*numbers, delay=delay), Web(), Outbox(), asyncio.Semaphore(8), lambda: False).wants_more

    assert [low(0.0, waiting) for waiting in (0, 1, 2)] == [True, True, False], "as many as it has places"
    assert [low(0.1, waiting) for waiting in (1, 5, 6)] == [True, True, False], "half a second's"
    assert [low(1.0, waiting) for waiting in (0, 1, 2)] == [True, True, False], "the last one"
    assert not low(10.0, 1), "a host that waits so long is given back: another process may be free sooner"


def test_what_waits_for_a_pace_takes_no_place() -> None:
    def places(delay: float, waiting: int) -> float:
        return HeldHost(
            turn(*range(waiting), delay=delay), Web(), Outbox(), asyncio.Semaphore(8), lambda: False
        ).places_taken

    assert places(0.0, 20) == 20
    assert places(0.05, 20) == 5, "those that start within a quarter of a second"
    assert places(1.0, 5) == 0.25


def test_more_leases_bring_the_delay_that_holds_by_now() -> None:
    async def scenario() -> Web:
        web = Web()
        host = HeldHost(turn(1, 2, delay=0.05), web, Outbox(), asyncio.Semaphore(8), lambda: False)
        running = asyncio.create_task(host.run())
        while not web.starts:
            await asyncio.sleep(0)
        host.add(turn(3, 4, delay=0.2))
        await running
        return web

    starts = asyncio.run(scenario()).starts
    assert len(starts) == 4
    assert starts[3] - starts[2] >= 0.2


def test_a_host_that_was_taken_in_the_moment_of_the_stop_is_released() -> None:
    async def scenario() -> OneHost:
        ledger = OneHost(kept=True)
        loop = FetchLoop(ledger, Web(), Bounds(8, 25, 5.0, ledger.HOLD), lambda: False)
        loop._take(turn(1, 2, 3))
        async with asyncio.timeout(5):  # without its report it would be waited for, for ever
            await loop._wind_down()
        return ledger

    ledger = asyncio.run(scenario())
    assert ledger.released == ["a.example"]
    assert ledger.given_back == [1, 2, 3]
