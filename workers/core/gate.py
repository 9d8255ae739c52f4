"""The gate that each request passes: what its caller decides of it, redirects included."""

from __future__ import annotations

from typing import Protocol


class Gate(Protocol):
    """Asked before and after each request; the waiting here is not part of the deadline."""

    async def allow(self, url: str) -> None:
        """Raises when the URL must not be asked (scope, robots); called before anything is done for it."""

    async def start(self, url: str) -> None:
        """Returns when the request may start (pacing); its host's name is resolved by then."""

    def sent(self, url: str, at: float) -> None:
        """The request was sent not later than `at` (time.monotonic()); called once after each start."""


class Open:
    """The gate that is always open."""

    async def allow(self, url: str) -> None:
        """Every URL may be asked."""

    async def start(self, url: str) -> None:
        """At once."""

    def sent(self, url: str, at: float) -> None:
        """Nobody counts."""
