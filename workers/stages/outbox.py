"""What a fetch loop has to tell others of."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from workers.core.page import Page
from workers.core.work import HostReport, Lease, Outcome


@dataclass
class Outbox:
    """What a loop has done and not yet told the ledger and the queue. `news` is set whenever something is added."""

    fetched: list[tuple[Lease, Page]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    unused: list[Lease] = field(default_factory=list)
    reports: list[HostReport] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
