"""The fetch stage with its hands: the ledger to lease from, HTTP to ask with, hand-off and queue to pass on to."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from workers import measure
from workers.adapters.http import LARGE, Fetcher, Limits, open_client
from workers.adapters.robots import Rules, fetch_robots, read_robots
from workers.adapters.shutdown import stopping
from workers.core.errors import Later, Park, Skip
from workers.core.gate import Gate
from workers.core.page import Page
from workers.core.work import HostReport, Lease, Outcome, Robots, Turn
from workers.handing import hand_in
from workers.pipeline import admit_sitemaps, read_again, unchanged_again_in
from workers.sites.parts import ATTEMPTS, MOST_PARTS, further_part, is_second, names_part
from workers.stages.fetch import Bounds, FetchLoop
from workers.stages.rhythm import is_list
from workers.wiring import Room

NOT_MODIFIED = 304


def run_fetch_loop(room: Room) -> int:
    """Run one fetch loop to its end; the number of pages it handed on."""
    try:
        return asyncio.run(_run(room))
    finally:
        measure.lost("fetch")  # after an error, else nothing is left


async def _run(room: Room) -> int:
    knobs = room.settings
    fetcher = Fetcher(
        open_client(connections=2 * knobs.fetch_open),
        knobs.user_agent,
        Limits(knobs.fetch_deadline, knobs.max_body, knobs.max_redirects),
        allow_private=knobs.allow_private,
        private_hosts=knobs.private,
        cookies=room.cookies,
    )
    bounds = Bounds(knobs.fetch_open, knobs.batch, knobs.fetch_seconds, knobs.hold_seconds)
    try:
        tools = LedgerTools(room)
        return await FetchLoop(tools, WebAsker(room, fetcher, tools), bounds, stopping).run()
    finally:
        await fetcher.aclose()


@dataclass
class WebAsker:
    """Asks the web, and reads robots.txt as it binds our user agent."""

    room: Room
    fetcher: Fetcher
    tools: LedgerTools

    def rules(self, robots: Robots) -> BoundRules:
        """The rules of a robots.txt as they bind us."""
        return BoundRules(read_robots(robots), self.fetcher.user_agent)

    def revisit_in(self, lease: Lease) -> float | None:
        """Seconds until a URL that has not changed is asked again; as after any visit that found nothing new."""
        return self.tools.again_in.get(lease.id)

    def may_follow(self, lease: Lease, url: str) -> bool:
        """True when a redirect of this URL may lead there: a page of its site or of another one that we follow."""
        site = self.room.site(lease.site)
        owner = site if site.owns(url) else self.room.owner_of(url)
        return owner.in_scope(url) if owner else self.room.follows_any(lease.site)

    async def read_robots(self, url: str, gate: Gate) -> Robots:
        """The robots.txt of the URL's host."""
        robots = await fetch_robots(self.fetcher, url, gate=gate)
        if sitemaps := read_robots(robots).sitemaps:
            await asyncio.to_thread(admit_sitemaps, self.room, sitemaps, url)
        return robots

    async def get(self, lease: Lease, gate: Gate) -> Page:
        """The page of the lease, with its parts; a conditional request on every re-visit."""
        clock = Clocked(gate)
        try:
            with measure.trace(self.room, "fetch", lease):
                if lease.second_part:
                    return await self._get_parts(lease, lease.second_part, clock)
                return await self.fetcher.get(
                    lease.url, kind=lease.kind, etag=lease.etag, last_modified=lease.last_modified, gate=clock
                )
        finally:
            if clock.begun is not None:
                measure.took("fetch", time.perf_counter() - clock.begun)

    async def _get_parts(self, lease: Lease, second: str, gate: Gate) -> Page:
        """The page and the further parts of its story, as far as they can be had in the time of a lease."""
        page = await self.fetcher.get(lease.url, kind=lease.kind, gate=gate)
        until = time.monotonic() + self.room.settings.lease_seconds / 2
        parts: list[Page] = []
        size = len(page.body)
        for number in range(2, MOST_PARTS + 2) if is_second(second, page.url) else ():
            url = further_part(page.url, second, number)
            names = (parts or [page])[-1].body
            if not names_part(names, page.url, url):
                break
            # Few large bodies are in memory at one time: one that waited for another would have its own wait for it.
            may_ask = number <= MOST_PARTS and len(names) <= LARGE and time.monotonic() <= until
            part = await self._get_part(lease, url, gate) if may_ask else None
            size += len(part.body) if part else 0
            if part is None or size > self.room.settings.max_body:
                return replace(page, parts=tuple(parts), lacks=url)
            if part.url != url:  # what leads elsewhere is none
                break
            parts.append(part)
        return replace(page, parts=tuple(parts))

    async def _get_part(self, lease: Lease, url: str, gate: Gate) -> Page | None:
        """A further part of a story; None where it cannot be had, also not by waiting for it."""
        try:
            return await self.fetcher.get(url, kind=lease.kind, gate=gate)
        except (Skip, Park):
            return None
        except Later:
            if lease.attempt <= ATTEMPTS:
                raise
            return None


class Clocked:
    """A gate that notes when the request began, its waiting for the host's pace not counted."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self.allow, self.sent = gate.allow, gate.sent
        self.begun: float | None = None

    async def start(self, url: str) -> None:
        """Returns when the request may start."""
        await self._gate.start(url)
        self.begun = self.begun or time.perf_counter()


@dataclass(frozen=True)
class BoundRules:
    """A host's rules for one user agent."""

    all: Rules
    agent: str

    @property
    def closed(self) -> bool:
        """True while robots.txt cannot be read: nothing may be asked for now."""
        return self.all.closed

    @property
    def crawl_delay(self) -> float | None:
        """Crawl-delay in seconds, if there is one."""
        return self.all.delay(self.agent)

    def allows(self, url: str) -> bool:
        """May we ask this URL?"""
        return self.all.allows(url, self.agent)


@dataclass
class LedgerTools:
    """The ledger, the hand-off and the queue as the fetch loop uses them."""

    room: Room
    again_in: dict[int, float | None] = field(default_factory=dict)
    lists: dict[int, Lease] = field(default_factory=dict)
    _transit: int = 0

    def lease(self, urls: int, held: Collection[str]) -> Sequence[Turn]:
        """Ready hosts with URLs, most wanted first, and more URLs for hosts that we hold."""
        knobs = self.room.settings
        turns = self.room.ledger.lease(
            self.room.owner,
            urls=urls,
            hosts=knobs.fetch_hosts,
            per_host=urls,
            hold=knobs.hold_seconds,
            lease=knobs.lease_seconds,
            turn_seconds=knobs.turn_seconds,
            held=held,
        )
        measure.received("fetch", sum(len(turn.leases) for turn in turns))
        self.lists.update({lease.id: lease for turn in turns for lease in turn.leases if is_list(lease)})
        self.again_in.update(unchanged_again_in(self.room, [lease for turn in turns for lease in turn.leases]))
        return turns

    def hold(self, hosts: Collection[str]) -> Collection[str]:
        """Renew the hold on these hosts; those that are still ours."""
        return self.room.ledger.hold(self.room.owner, hosts, self.room.settings.hold_seconds)

    def next_ready(self) -> float | None:
        """Seconds until a host that nobody holds is ready: 0 for now, None when none waits."""
        ready, next_in = self.room.ledger.ready()
        return 0.0 if ready else next_in

    def crowded(self) -> bool:
        """True when parse and sink are so far behind that no more should be fetched (P5)."""
        self._transit = self.room.ledger.in_transit()
        return self._transit >= self.room.settings.max_transit

    def behind(self) -> bool:
        """True when, at the last look, parse had more than it takes up at once: what comes now waits in any case."""
        return self._transit > 2 * self.room.settings.batch

    def hand_on(self, fetched: Sequence[tuple[Lease, Page]]) -> None:
        """Pages to parse; their leases are the hand-off's from then on."""
        hand_in(self.room, fetched)
        ids = [lease.id for lease, _ in fetched]
        self.room.ledger.handed_over(ids, self.room.settings.lease_seconds, owner=self.room.owner)
        measure.ended("fetch", len(ids))

    def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Tell the ledger how URLs ended without a page."""
        again = [read_again(self.room, self.lists[o.id], o) if o.id in self.lists else o for o in outcomes]
        self.room.ledger.settle(again, max_attempts=self.room.settings.max_attempts)
        unchanged = sum(outcome.status == NOT_MODIFIED for outcome in outcomes)
        failed = Counter(outcome.reason or "" for outcome in outcomes if outcome.status != NOT_MODIFIED)
        measure.ended("fetch", unchanged + failed.total(), failed)

    def give_back(self, leases: Sequence[Lease]) -> None:
        """URLs that were leased and not started."""
        self.room.ledger.give_back(self.room.owner, [lease.id for lease in leases])
        measure.put_back("fetch", len(leases))

    def release(self, reports: Sequence[HostReport]) -> None:
        """Hosts that are not held any more, and what was learned of them."""
        self.room.ledger.release(self.room.owner, reports)
