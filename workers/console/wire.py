"""The live wire: what the ledger stores, told to everybody who listens, in order and without a gap.

Redis rings, the ledger tells: an event in Redis only says that it is worth looking now. Where Redis is away the ledger
is looked at every second, and nothing is missed. A number that became visible late is told late; a listener who comes
back with the last number that it has seen may hear the newest ones twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from threading import Event

from workers.adapters.redis import REDIS_ERRORS, Events, Redis
from workers.core.errors import WireroomError
from workers.ledger import Ledger, Which, WireRow
from workers.ledger.wire import SETTLES

EVERY = 1.0
# So often a listener hears something, so that a connection that is gone is noticed.
QUIET = 15.0
PIECE = 200
# What a call of Redis raises while it is away.
_AWAY: tuple[type[Exception], ...] = (*REDIS_ERRORS, WireroomError)


class Wire:
    """Watches the ledger while somebody listens."""

    def __init__(self, ledger: Ledger, redis: Callable[[], Redis]) -> None:
        self._ledger = ledger
        self._redis = redis
        self._news = asyncio.Condition()
        self._ring = asyncio.Event()
        self._head = 0
        self._changed = 0.0
        self._listeners = 0
        self.over = Event()

    async def watch(self) -> None:
        """Look for news until cancelled: when Redis rings, and every second in any case."""
        bell = asyncio.create_task(self._bell())
        try:
            while True:
                if self._listeners:
                    await self._look()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._ring.wait(), EVERY)
                self._ring.clear()
        finally:
            bell.cancel()

    async def _look(self) -> None:
        with contextlib.suppress(WireroomError):
            head = await asyncio.to_thread(self._ledger.look.head)
            async with self._news:
                if head != self._head:
                    self._head, self._changed = head, time.monotonic()
                self._news.notify_all()

    async def _bell(self) -> None:
        last = "$"
        client: Redis | None = None
        while True:
            try:
                client = client or self._redis()
                rung = await asyncio.to_thread(Events(client).since, last, 1.0)
                if rung:
                    last = rung[-1][0]
                    self._ring.set()
            except _AWAY:
                client = None
                await asyncio.sleep(EVERY)

    async def listen(self, which: Which, after: int) -> AsyncIterator[WireRow | None]:
        """The contents after this number that fit, one after the other for ever; None when it was quiet for long."""
        self._listeners += 1
        self._ring.set()
        try:
            low = await self._settled(after) if after else 0
            while low is None and not self.over.is_set():
                # From elsewhere it would be told all that is stored, or not be told what became visible late.
                yield None
                await asyncio.sleep(EVERY)
                low = await self._settled(after)
            low, told = low or 0, set[int]()
            while not self.over.is_set():
                head = seen = self._head
                try:
                    async for row in self._after(which, low):
                        if row.version not in told:
                            told.add(row.version)
                            yield row
                except WireroomError:
                    seen = 0  # the ledger is away: up to the head there may be more that fits
                if not await self._await_news(head):
                    yield None
                low = max(low, await self._settled(max(seen, *told, 0)) or 0)
                told = {number for number in told if number > low}
        finally:
            self._listeners -= 1

    async def _settled(self, number: int) -> int | None:
        """The number up to which nothing can become visible any more, for one who has seen `number`; None: not known.

        It is not known while the ledger is away.
        """
        with contextlib.suppress(WireroomError):
            return await asyncio.to_thread(self._ledger.look.settled_before, number)
        return None

    async def _after(self, which: Which, low: int) -> AsyncIterator[WireRow]:
        """All that fits above this number, read in pieces; WireroomError while the ledger is away."""
        piece = await asyncio.to_thread(self._ledger.look.news, which, after=low, limit=PIECE)
        while piece:
            for row in piece:
                yield row
            more = len(piece) == PIECE
            last = piece[-1].version
            piece = await asyncio.to_thread(self._ledger.look.news, which, after=last, limit=PIECE) if more else []

    async def _await_news(self, head: int) -> bool:
        """Wait until there is more than `head`, or something may still become visible late; False when it was quiet."""
        end = time.monotonic() + QUIET
        async with self._news:
            while time.monotonic() < end and not self.over.is_set():
                if self._head != head:
                    return True
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), EVERY)
                if self._head == head and self._changed > time.monotonic() - SETTLES:
                    return True
        return False
