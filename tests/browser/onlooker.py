"""What the browser tests hold in their hands: a running console, and a page that is watched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workers.ledger import Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass
class Console:
    """A running console: where it is, and the ledger that it shows."""

    address: str
    ledger: Ledger


@dataclass
class Watched:
    """A page, and whatever went wrong on it: errors of its scripts, and requests to anybody but the console."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def goto(self, path: str) -> None:
        """Open a page of the console."""
        self.page.goto(self.address + path.lstrip("/"))

    def not_sent(self, url: str) -> None:
        """A request that the page's own policy kept from being sent."""
        if url in self.foreign:
            self.foreign.remove(url)
