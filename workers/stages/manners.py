"""Manners at work: the gaps of a held host, how long it is left alone after trouble, and when it may be tried again.

Plain rules without network or ledger; the clock and the dice are handed in. A worker that holds a host keeps a `Pacer`
for the gaps and a `Standing` for the trouble, and gives both back in its `HostReport`.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import ClassVar

from workers.core.errors import HostResting, Later, Refused, TlsRefused, TooManyRequests, WireroomError
from workers.core.manners import Manners


class HoldEnded(HostResting):
    """The hold on the host ran out before the request could start, or while it was open: others may ask it now."""

    reason: ClassVar[str] = "hold-ended"


@dataclass(frozen=True, slots=True)
class Standing:
    """How we stand with a host: consecutive failures, slowdowns not yet forgotten, and the rest it needs now.

    `refusals` are the 401, 403 and the like in a row, counted within one turn.
    """

    failures: int = 0
    slowdowns: int = 0
    rest: float = 0.0
    reason: str | None = None
    refusals: int = 0

    def probing(self, manners: Manners) -> bool:
        """True while the breaker is open: after its rest the host gets one request, and more only if that succeeds."""
        return self.failures >= manners.breaker_after

    def answered(self) -> Standing:
        """After an answer that was no trouble: the breaker closes. Slowdowns stay until the turn's end."""
        return replace(self, failures=0, refusals=0)

    def troubled(self, error: WireroomError, manners: Manners, dice: random.Random) -> Standing:
        """After an error: what the host itself did wrong lengthens its rest, an error of the page alone does not."""
        if isinstance(error, TooManyRequests):
            return self._slowed(error, manners, dice)
        if isinstance(error, Refused):
            return self._refused(manners)
        if is_failure(error):
            return self._failed(error, manners)
        return self.answered()

    def rested(self, *, quiet: bool) -> Standing:
        """At the end of a turn; a `quiet` one (answers, and no slowdown) lets one slowdown be forgotten."""
        return replace(self, slowdowns=max(0, self.slowdowns - 1) if quiet else self.slowdowns, rest=0.0, reason=None)

    def _refused(self, manners: Manners) -> Standing:
        """One refusal is the page's. Many in a row, or one where a single request was to try, are the host's."""
        refusals = self.refusals + 1
        if refusals < manners.refusals and not self.probing(manners):
            return replace(self, failures=0, refusals=refusals)
        failures = max(self.failures + 1, manners.breaker_after)
        # A firewall does not think better of it as soon as a server that is being started.
        rest = manners.first_refused_rest * 2.0 ** min(failures - manners.breaker_after, 16)
        why = "it refuses one page after the other"
        return replace(self, failures=failures, refusals=0, rest=min(rest, manners.longest_rest), reason=why)

    def _slowed(self, error: TooManyRequests, manners: Manners, dice: random.Random) -> Standing:
        doubled = manners.first_backoff * 2.0 ** min(self.slowdowns, 16)
        asked = doubled if error.retry_after is None else error.retry_after
        rest = min(max(asked, 1.0) * dice.uniform(1.0, 1.25), manners.longest_rest)
        return Standing(0, self.slowdowns + 1, max(self.rest, rest), error.reason)

    def _failed(self, error: WireroomError, manners: Manners) -> Standing:
        failures = self.failures + 1
        over = failures - manners.breaker_after
        rest = (error.retry_after if isinstance(error, Later) else None) or 0.0
        if over >= 0:
            rest = max(rest, manners.first_breaker_rest * 2.0 ** min(over, 16))
        return replace(
            self,
            failures=failures,
            rest=max(self.rest, min(rest, manners.longest_rest)),
            reason=error.reason if rest else self.reason,
        )


def is_failure(error: WireroomError) -> bool:
    """True when the error says that the host is not well, not only the page."""
    return isinstance(error, (Later, TlsRefused)) and not isinstance(error, (TooManyRequests, HostResting))


class Pacer:
    """The gaps of one held host: at least `delay` seconds between two starts, at most `places` requests open.

    No start comes later than `hold` seconds from now, and what is `open` then is ended. Exact also when the event loop
    is late or a connection is slow to make: a gap counts from the moment the last request was sent, and until that is
    known nothing more starts.
    """

    def __init__(
        self,
        *,
        delay: float,
        places: int,
        hold: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.delay = delay
        self._clock, self._sleep = clock, sleep
        self._earliest = clock()
        self._until = self._held = clock() + hold
        self._ends: set[asyncio.Timeout] = set()
        self._last: float | None = None
        self._places = asyncio.Semaphore(places)
        self._in_turn = asyncio.Lock()
        self._starter: asyncio.Task[object] | None = None
        self._known = asyncio.Event()
        self._known.set()

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """One of the open requests, from before its start to the end of its answer."""
        async with self._places:
            try:
                yield
            finally:
                if self._starter is asyncio.current_task():
                    self._known.set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """What asks the host in here ends with the hold, however often that is renewed: HoldEnded."""
        end = asyncio.timeout(max(0.0, self._held - self._clock()))
        try:
            async with end:
                self._ends.add(end)
                yield
        except TimeoutError:
            if not end.expired():
                raise
            raise HoldEnded("the hold on the host ran out while it was asked") from None
        finally:
            self._ends.discard(end)

    async def start(self) -> None:
        """Returns when a request may start, and counts it; HoldEnded when that would be after the hold.

        The caller says when it was `sent`, or leaves its `place`.
        """
        async with self._in_turn:
            await self._known.wait()
            while (wait := self.next_in()) > 0:
                self._check(self._clock() + wait)
                await self._sleep(wait)
            self._check(self._clock())
            self._last = self._clock()
            self._starter = asyncio.current_task()
            self._known.clear()

    def sent(self, at: float) -> None:
        """The request that started last was sent at `at`: the next gap counts from there."""
        self._last = at if self._last is None else max(self._last, at)
        self._known.set()

    def next_in(self) -> float:
        """Seconds until the next start is allowed, also for whoever holds the host next."""
        due = self._earliest if self._last is None else max(self._earliest, self._last + self.delay)
        return max(0.0, due - self._clock())

    def renew(self, hold: float) -> None:
        """The host is held for `hold` seconds from now."""
        self._until = self._held = self._clock() + hold
        for end in self._ends:
            if not end.expired():
                end.reschedule(asyncio.get_running_loop().time() + hold)

    def rest(self, seconds: float) -> None:
        """The host is left alone: nothing more starts, and `next_in` is at least `seconds`."""
        self._until = self._clock()
        self._earliest = max(self._earliest, self._clock() + seconds)

    def _check(self, at: float) -> None:
        if at >= self._until:
            raise HoldEnded("the hold on the host ran out before the request could start")
