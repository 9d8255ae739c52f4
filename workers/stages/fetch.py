"""Fetch: a rolling loop that keeps a bounded number of requests open over many hosts.

The loop leases hosts with some of their URLs, asks each host at its pace, hands pages on in small batches, gives hosts
back with what it learned of them, leases more as places become free, and ends after a bounded time. It knows no
database and no queue: `Tools` are handed in.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import ParamSpec, Protocol, TypeVar

from workers.core.page import Page
from workers.core.work import HostReport, Lease, Outcome, Turn
from workers.stages.asker import Asker
from workers.stages.host import HeldHost
from workers.stages.outbox import Outbox

P = ParamSpec("P")
T = TypeVar("T")

# How long pages gather before they are handed on although the batch is not full: adds this much to the lag at most.
GATHER_SECONDS = 0.04
# While pages wait for parse in any case, they gather up to this long for a full batch: it costs a third for each.
GATHER_BEHIND_SECONDS = 0.25
# A loop without work waits this long for a host that is nearly ready, rather than ending and being started anew.
LINGER_SECONDS = 2.0
# The links of pages that were just handed on are in the ledger within moments: so long the loop looks for them itself,
# since a new one is only started by the next tick of the nudge.
AWAIT_LINKS_SECONDS, LOOK_SECONDS = 0.5, 0.05
# The ledger is not asked more often than this, also when it says "ready now" but another loop was quicker.
IDLE_SECONDS = 0.02
# Holds are renewed when this share of them is over.
RENEW_AT = 1 / 3


class Tools(Protocol):
    """What the loop works with. All of these block; they are called in one thread, one after the other."""

    def lease(self, urls: int, held: Collection[str]) -> Sequence[Turn]: ...

    def hold(self, hosts: Collection[str]) -> Collection[str]: ...

    def next_ready(self) -> float | None: ...

    def crowded(self) -> bool: ...

    def behind(self) -> bool: ...

    def hand_on(self, fetched: Sequence[tuple[Lease, Page]]) -> None: ...

    def settle(self, outcomes: Sequence[Outcome]) -> None: ...

    def give_back(self, leases: Sequence[Lease]) -> None: ...

    def release(self, reports: Sequence[HostReport]) -> None: ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one loop does: open requests, pages in a batch, seconds it runs, seconds that a hold lasts."""

    open: int
    batch: int
    seconds: float
    hold: float


class FetchLoop:
    """One run of the fetch stage. `stopping` is asked before new work is taken."""

    def __init__(self, tools: Tools, asker: Asker, bounds: Bounds, stopping: Callable[[], bool]) -> None:
        self._tools = tools
        self._asker = asker
        self._bounds = bounds
        self._stopping = stopping
        self._ends = time.monotonic() + bounds.seconds
        self._renew = time.monotonic() + bounds.hold * RENEW_AT
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="fetch-io")
        self._places = asyncio.Semaphore(bounds.open)
        self._outbox = Outbox()
        self._hosts: dict[str, tuple[HeldHost, asyncio.Task[None]]] = {}
        self._ready_in: float | None = None
        self._handed_at = float("-inf")
        self.handed_on = 0

    async def run(self) -> int:
        """Fetch until there is nothing to do now, the time is over or somebody asks to stop; pages handed on."""
        try:
            while not self._over() and await self._work():
                await self._gather()
                await self._flush()
            await self._wind_down()
        finally:
            for host, _ in self._hosts.values():
                host.abandon()
            self._thread.shutdown(wait=False)
        return self.handed_on

    def _over(self) -> bool:
        return self._stopping() or time.monotonic() > self._ends

    async def _work(self) -> bool:
        """Lease what there is room for and keep the holds; False when there is nothing to do here now."""
        await self._renew_holds()
        self._ready_in = await self._blocking(self._tools.next_ready)
        low = [host.name for host, _ in self._hosts.values() if host.wants_more]
        room = self._room()
        if room > 0 and (low or self._ready_in == 0) and not await self._blocking(self._tools.crowded):
            asked = time.monotonic()
            turns = await self._blocking(self._tools.lease, room, low)
            late = time.monotonic() - asked  # a hold counts from before the call, so that we end before others begin
            for turn in turns:
                self._take(replace(turn, hold=turn.hold - late))
        return bool(self._hosts) or await self._linger()

    def _room(self) -> int:
        taken = sum(host.places_taken for host, _ in self._hosts.values())
        return int(self._bounds.open - taken) - len(self._outbox.fetched)

    def _take(self, turn: Turn) -> None:
        if turn.host in self._hosts:
            self._hosts[turn.host][0].add(turn)
            return
        host = HeldHost(turn, self._asker, self._outbox, self._places, self._over)
        self._hosts[turn.host] = (host, asyncio.create_task(host.run()))

    async def _renew_holds(self) -> None:
        if self._hosts and time.monotonic() > self._renew:
            self._renew = time.monotonic() + self._bounds.hold * RENEW_AT
            asked = time.monotonic()
            ours = await self._blocking(self._tools.hold, list(self._hosts))
            late = time.monotonic() - asked
            # A host that is not ours any more keeps its old end: somebody else may ask it from then on.
            for name in ours:
                self._hosts[name][0].pacer.renew(self._bounds.hold - late)

    async def _linger(self) -> bool:
        """Wait a moment for a host that is nearly ready, or for the last pages' links; False when there is neither."""
        next_in = self._ready_in
        if next_in is None or next_in > LINGER_SECONDS:
            if time.monotonic() - self._handed_at > AWAIT_LINKS_SECONDS:
                return False
            next_in = LOOK_SECONDS
        await asyncio.sleep(max(IDLE_SECONDS, next_in))
        return True

    async def _gather(self) -> None:
        """Wait until something happened, and a moment more for its neighbours unless a batch is full."""
        if not self._hosts:
            return
        try:
            await asyncio.wait_for(self._outbox.news.wait(), self._patience())
        except TimeoutError:
            return
        begun = time.monotonic()
        longest = GATHER_BEHIND_SECONDS if self._tools.behind() else GATHER_SECONDS
        while self._may_gather() and time.monotonic() - begun < longest:  # noqa: ASYNC110  # an event wakes at each page
            await asyncio.sleep(GATHER_SECONDS)

    def _may_gather(self) -> bool:
        """True while the batch is not full and more pages may come into it."""
        return len(self._outbox.fetched) < self._bounds.batch and not self._outbox.reports

    def _patience(self) -> float:
        """Seconds to wait for news: until the next host is ready or the holds are to be renewed, at most a second."""
        ready_in = 1.0 if self._ready_in is None else self._ready_in
        return min(1.0, max(IDLE_SECONDS, min(ready_in, self._renew - time.monotonic())))

    async def _flush(self) -> None:
        """Tell the ledger and the queue what was done: pages first, then what was settled, hosts last."""
        box = self._outbox
        box.news.clear()
        fetched, box.fetched = box.fetched, []
        outcomes, box.outcomes = box.outcomes, []
        unused, box.unused = box.unused, []
        reports, box.reports = box.reports, []
        if fetched:
            await self._blocking(self._tools.hand_on, fetched)
            self.handed_on += len(fetched)
            self._handed_at = time.monotonic()
        if outcomes:
            await self._blocking(self._tools.settle, outcomes)
        if unused:
            await self._blocking(self._tools.give_back, unused)
        if reports:
            await self._blocking(self._tools.release, reports)
            for report in reports:
                del self._hosts[report.host]

    async def _wind_down(self) -> None:
        """Let the open requests end and give back all the rest."""
        await asyncio.sleep(0)  # a task that is cancelled before its first step never runs, and would never report
        for _, task in self._hosts.values():
            task.cancel()  # ends the waiting for the next start; open requests go on
        while self._hosts:
            await self._renew_holds()
            await self._gather()
            await self._flush()
        await self._flush()

    async def _blocking(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: do(*args, **kwargs))
