"""What bounds one exchange: its seconds, and how many large bodies are in memory at one time."""

from __future__ import annotations

import asyncio
import time
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from workers.core.errors import Timeout
from workers.core.page import Page


class Ticket:
    """Admits one body to the few large ones; kept until the page that has it is gone."""

    def __init__(self, large: asyncio.Semaphore) -> None:
        self._large = large
        self._taken = False

    async def take(self) -> None:
        """Returns once this body may be large; further calls return at once."""
        if not self._taken:
            await self._large.acquire()
            self._taken = True

    def give_back(self) -> None:
        """Another body may be large."""
        if self._taken:
            self._taken = False
            self._large.release()

    def keep_for(self, page: Page) -> Page:
        """The page, with which the ticket is given back."""
        if self._taken:
            # The last to let go of a page may be another thread, and that after the loop has ended.
            weakref.finalize(page, self._tell, asyncio.get_running_loop()).atexit = False
        return page

    def _tell(self, loop: asyncio.AbstractEventLoop) -> None:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(self.give_back)


@dataclass
class Budget:
    """The seconds left of a deadline that runs only while we are the ones who work."""

    left: float

    @asynccontextmanager
    async def spent(self) -> AsyncIterator[None]:
        """The block uses up the seconds; Timeout when none are left."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(self.left):
                yield
        except TimeoutError:
            raise Timeout("no whole answer within the deadline") from None
        finally:
            self.left -= time.monotonic() - begun


class Once:
    """Calls on the first call only."""

    def __init__(self, tell: Callable[[float], None]) -> None:
        self._tell: Callable[[float], None] | None = tell

    def __call__(self, at: float) -> None:
        if self._tell is not None:
            tell, self._tell = self._tell, None
            tell(at)
