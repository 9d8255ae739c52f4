"""What a held host asks with: the outside world as the fetch stage sees it."""

from __future__ import annotations

from typing import Protocol

from workers.core.gate import Gate
from workers.core.page import Page
from workers.core.work import Lease, Robots


class Rules(Protocol):
    """The robots rules of one host, as they bind us."""

    def allows(self, url: str) -> bool: ...

    @property
    def closed(self) -> bool: ...

    @property
    def crawl_delay(self) -> float | None: ...


class Asker(Protocol):
    """What asks the outside world, and what it knows of answers."""

    def rules(self, robots: Robots) -> Rules: ...

    def revisit_in(self, lease: Lease) -> float | None: ...

    def may_follow(self, lease: Lease, url: str) -> bool: ...

    async def read_robots(self, url: str, gate: Gate) -> Robots: ...

    async def get(self, lease: Lease, gate: Gate) -> Page: ...
