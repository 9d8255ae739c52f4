"""One held host: its URLs are asked one after the other at its pace, until they are done or the host must rest."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import Callable

from workers.core.errors import (
    AddressRefused,
    OutOfScope,
    Park,
    RobotsDisallow,
    RobotsUnreachable,
    TooManyRequests,
    WireroomError,
)
from workers.core.manners import MANNERS, pace
from workers.core.page import Page
from workers.core.urls import host_of
from workers.core.work import HostReport, Lease, Robots, Turn
from workers.stages.asker import Asker, Rules
from workers.stages.manners import HoldEnded, Pacer, Standing, is_failure
from workers.stages.outbox import Outbox
from workers.stages.outcomes import Moved, outcome_of, unchanged

ROBOTS_AGAIN = 600.0
# A host that must wait longer, after its robots.txt or by a delay learned there, gives its URLs and their places back.
LONGEST_WAIT = 2.5
# More URLs are asked for when those at hand last no longer: giving a host back and taking it again costs some tenths of
# a second, in which it could have been asked.
LOW_SECONDS = 0.5
# A URL takes a place among the open requests so long before it may start: what waits for its host's pace takes none.
SOON_SECONDS = 0.25
DICE = random.Random()  # noqa: S311  # spreads rests, guards nothing


class HeldHost:
    """A host that this loop holds. `run` serves its queue; `add` brings more URLs and renews the hold."""

    def __init__(
        self, turn: Turn, asker: Asker, outbox: Outbox, places: asyncio.Semaphore, over: Callable[[], bool]
    ) -> None:
        self.name = turn.host
        self.queue: deque[Lease] = deque(turn.leases)
        self.open: set[asyncio.Task[None]] = set()
        # A robots.txt that redirects within the host is paced too, before its rules are known.
        delay = pace(turn.delay, None, turn.slowdowns, manners=MANNERS)
        self.pacer = Pacer(delay=delay, places=turn.places, hold=turn.hold)
        self.rules: Rules | None = None
        self._turn = turn
        self.asker = asker
        self._outbox = outbox
        self._places = places
        self._over = over
        self._robots: Robots | None = None
        self._standing = Standing(turn.failures, turn.slowdowns)
        self._answers = 0
        self._throttled = 0
        self._why: str | None = None
        self._ended = False

    def add(self, turn: Turn) -> None:
        """More leases for the host, and a hold that starts anew; where its turn has just ended they go back."""
        if self._ended:
            self._outbox.unused.extend(turn.leases)
            return
        self.queue.extend(turn.leases)
        self.pacer.renew(turn.hold)
        if self.rules is not None:  # its site's delay may be another by now
            self.pacer.delay = self._pace(turn, self.rules)

    @property
    def wants_more(self) -> bool:
        """True when its queue is nearly empty and the host may soon be asked again."""
        if self._standing.rest or self.pacer.delay > LONGEST_WAIT:
            return False
        if not self.pacer.delay:
            return len(self.queue) < self._turn.places
        return len(self.queue) <= max(1.0, LOW_SECONDS / self.pacer.delay)

    @property
    def places_taken(self) -> float:
        """How many of the loop's places its URLs take, those counted that are open or will be soon."""
        delay = self.pacer.delay
        soon = min(len(self.queue), SOON_SECONDS / delay) if delay else len(self.queue)
        return len(self.open) + soon

    def abandon(self) -> None:
        """End everything at once; the leases run out by themselves."""
        for task in self.open:
            task.cancel()

    async def run(self) -> None:
        """Serve the queue; at the end the host's report and what was not started are in the outbox."""
        try:
            await self._know_rules()
            while self.queue and not self._standing.rest and not self._over() and not self._waits_long():
                await self._next()
        except asyncio.CancelledError:
            pass  # asked to stop: what is open may end, nothing more is started
        except Park as error:
            self._outbox.outcomes.extend(outcome_of(lease, error) for lease in self.queue)
            self.queue.clear()
        except WireroomError as error:
            self._trouble(error)
        except Exception:
            # A fault of ours: URLs that are given back would come again for ever, leases that run out are counted.
            self.queue.clear()
            raise
        finally:
            while self.open:
                # Being asked to stop while the last requests end must not cost the report: the loop waits for it.
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.wait(self.open)
            self._give_back()

    def _waits_long(self) -> bool:
        return self.pacer.next_in() > LONGEST_WAIT

    def _give_back(self) -> None:
        self._ended = True
        self._outbox.unused.extend(self.queue)
        self.queue.clear()
        self._outbox.reports.append(self._report())
        self._outbox.news.set()

    def _report(self) -> HostReport:
        standing = self._standing
        after = standing.rested(quiet=self._answers > 0 and not standing.rest)
        return HostReport(
            host=self.name,
            next_in=max(self.pacer.next_in(), standing.rest),
            failures=after.failures,
            slowdowns=after.slowdowns,
            robots=self._robots,
            crawl_delay=self.rules.crawl_delay if self.rules else None,
            reason=self._why,
            throttled=self._throttled,
        )

    async def _know_rules(self) -> None:
        robots = self._turn.robots
        if robots is None or robots.expires_in <= 0:
            robots = self._robots = await self._read_robots()
        self.rules = self.asker.rules(robots)
        if self.rules.closed:
            why = robots.body if robots.status == 0 else f"status {robots.status}"
            raise RobotsUnreachable(f"robots.txt cannot be read: {why}", retry_after=max(1.0, robots.expires_in))
        self.pacer.delay = self._pace(self._turn, self.rules)

    @staticmethod
    def _pace(turn: Turn, rules: Rules) -> float:
        return pace(turn.delay, rules.crawl_delay, turn.slowdowns, manners=MANNERS)

    async def _read_robots(self) -> Robots:
        gate = HostGate(self)
        try:
            async with self.pacer.open():
                return await self.asker.read_robots(self.queue[0].url, gate)
        except AddressRefused as error:
            if not gate.asked:
                raise  # the host itself is at an address that we never ask
            return Robots(0, f"it redirects to where we never ask ({error.detail})", ROBOTS_AGAIN)

    async def _next(self) -> None:
        """Start the next request as soon as the pace allows, and return when it has started."""
        await asyncio.sleep(self.pacer.next_in())
        gate = HostGate(self, self.queue[0])
        task = asyncio.create_task(self._one(self.queue.popleft(), gate))
        self.open.add(task)
        task.add_done_callback(self.open.discard)
        task.add_done_callback(lambda _: gate.started.set())
        await gate.started.wait()
        if self._standing.probing(MANNERS):
            await asyncio.wait({task})

    async def _one(self, lease: Lease, gate: HostGate) -> None:
        try:
            async with self.pacer.place(), self._places, self.pacer.open():
                page = await self.asker.get(lease, gate)
            self._standing = self._standing.answered()
            self._answers += 1
            self._keep(lease, page)
        except WireroomError as error:
            self._failed(lease, error, gate)
        finally:
            self._outbox.news.set()

    def _keep(self, lease: Lease, page: Page) -> None:
        if page.not_modified:
            self._outbox.outcomes.append(unchanged(lease, self.asker.revisit_in(lease)))
        else:
            self._outbox.fetched.append((lease, page))

    def _failed(self, lease: Lease, error: WireroomError, gate: HostGate) -> None:
        if isinstance(error, HoldEnded) and not gate.asked:
            self._outbox.unused.append(lease)
            return
        if gate.asked or is_failure(error):
            self._trouble(error)
        self._outbox.outcomes.append(outcome_of(lease, error))

    def _trouble(self, error: WireroomError) -> None:
        if isinstance(error, HoldEnded):  # it says nothing of the host
            return
        self._throttled += isinstance(error, TooManyRequests)
        self._standing = self._standing.troubled(error, MANNERS, DICE)
        self._why = str(error) if isinstance(error, RobotsUnreachable) else self._standing.reason
        if self._standing.rest:
            self.pacer.rest(self._standing.rest)


class HostGate:
    """One URL's way past the host's manners: every hop of a redirect is paced, in scope and asked of robots.txt.

    Without a lease it is the way of robots.txt itself, which may be anywhere.
    """

    def __init__(self, host: HeldHost, lease: Lease | None = None) -> None:
        self._host = host
        self._lease = lease
        self.started = asyncio.Event()
        self.asked = False

    async def allow(self, url: str) -> None:
        """Raises OutOfScope, RobotsDisallow, or Moved for another host of the site."""
        if self._lease is None:
            return
        if url != self._lease.url and not self._host.asker.may_follow(self._lease, url):
            raise OutOfScope(f"it redirects to {url}, which is no page of the site")
        if host_of(url) != self._host.name:
            raise Moved(url)
        if self._host.rules is not None and not self._host.rules.allows(url):
            raise RobotsDisallow(f"robots.txt of {self._host.name} forbids it")

    async def start(self, url: str) -> None:
        """Returns when the request may start."""
        await self._host.pacer.start()
        self.asked = True
        self.started.set()

    def sent(self, url: str, at: float) -> None:
        """The next gap counts from here."""
        self._host.pacer.sent(at)
