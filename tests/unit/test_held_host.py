"""A held host serves its leases or gives them back; none may stay with a turn that is over."""

from __future__ import annotations

import asyncio

from workers.core.link import Kind, Label
from workers.core.page import Page
from workers.core.work import Lease, Robots, Turn
from workers.stages.host import Gate, HeldHost, Outbox

ROBOTS = Robots(404, "", 60.0)


def lease(number: int) -> Lease:
    url = f"http://a.example/{number}"
    return Lease(
        id=number, site="a", key=url, url=url, host="a.example", kind=Kind.PAGE, label=Label.SEED, depth=0, visit=1, attempt=1
    )


def turn(*numbers: int) -> Turn:
    leases = tuple(lease(number) for number in numbers)
    return Turn("a.example", leases, delay=0.0, places=2, wait=0.0, hold=10.0, robots=ROBOTS)


class Open:
    """Rules that allow everything."""

    closed = False
    crawl_delay = None

    def allows(self, url: str) -> bool:
        return True


class Web:
    """Answers every request at once."""

    def rules(self, robots: Robots) -> Open:
        return Open()

    def revisit_in(self, lease: Lease) -> float | None:
        return None

    def may_follow(self, lease: Lease, url: str) -> bool:
        return True

    async def read_robots(self, url: str, gate: Gate) -> Robots:
        return ROBOTS

    async def get(self, lease: Lease, gate: Gate) -> Page:
        await gate.start(lease.url)
        gate.sent(lease.url, 0.0)
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
