"""The live view of a crawl: a table that redraws itself on a terminal, plain lines anywhere else."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from workers.ledger import Counts

LINE_EVERY = 2.0
RATE_OVER = 5.0


@dataclass(frozen=True)
class Figures:
    """What the view shows, all of it counted from the ledger."""

    waiting: int
    in_fetch: int
    handed_over: int
    stored: int
    versions: int
    skipped: int
    parked: int
    finished: int
    oldest: float | None
    troubles: dict[str, int]

    @classmethod
    def of(cls, counts: Counts) -> Figures:
        """The figures of a site, or of the whole ledger."""
        return cls(
            waiting=counts.waiting,
            in_fetch=counts.in_fetch,
            handed_over=counts.handed_over,
            stored=counts.articles,
            versions=counts.versions,
            skipped=sum(counts.skipped.values()),
            parked=sum(counts.parked.values()),
            finished=counts.total - counts.open,
            oldest=counts.oldest_waiting,
            troubles=counts.parked,
        )


class Progress:
    """Shows figures as they come; `say` adds a line above them."""

    def __init__(self, console: Console, title: str) -> None:
        self._console = console
        self._title = title
        self._begun = time.monotonic()
        self._done: deque[tuple[float, int]] = deque()
        self._last_line = 0.0
        self._live: Live | None = None

    @contextmanager
    def shown(self) -> Iterator[Progress]:
        """Draw on a terminal until the block ends; elsewhere, and on one that cannot draw, print plain lines."""
        if not self._console.is_terminal or self._console.is_dumb_terminal:
            yield self
            return
        with Live(console=self._console, refresh_per_second=8, transient=True) as live:
            self._live = live
            yield self
        self._live = None

    def update(self, figures: Figures) -> None:
        """Show these figures."""
        now = time.monotonic()
        self._done.append((now, figures.finished))
        while now - self._done[0][0] > RATE_OVER:
            self._done.popleft()
        if self._live is not None:
            self._live.update(self._table(figures))
        elif now - self._last_line >= LINE_EVERY:
            self._last_line = now
            self._console.print(self._line(figures), soft_wrap=True)

    def say(self, text: str) -> None:
        """One line of news, above the table."""
        self._console.print(text, soft_wrap=True)

    @property
    def finished(self) -> int:
        """URLs finished, as last shown."""
        return self._done[-1][1] if self._done else 0

    @property
    def rate(self) -> float:
        """URLs finished per second over the last RATE_OVER seconds; 0 where more became due again than that."""
        if len(self._done) < 2:
            return 0.0
        (begun, before), (now, after) = self._done[0], self._done[-1]
        return max(0.0, (after - before) / (now - begun)) if now > begun else 0.0

    def _line(self, figures: Figures) -> str:
        return (
            f"{clock(time.monotonic() - self._begun)}  waiting {figures.waiting}  in fetch {figures.in_fetch}"
            f"  handed over {figures.handed_over}  stored {figures.stored}  skipped {figures.skipped}"
            f"  parked {figures.parked}  {self.rate:.1f} pages/s"
        )

    def _table(self, figures: Figures) -> Table:
        table = Table(title=self._title, title_justify="left", expand=False)
        table.add_column("stage")
        for name in ("waiting", "leased", "done"):
            table.add_column(name, justify="right")
        table.add_row("fetch", str(figures.waiting), str(figures.in_fetch), str(figures.finished + figures.handed_over))
        table.add_row("parse, discover, sink", "", str(figures.handed_over), str(figures.finished))
        table.add_row("stored", "", "", Text(str(figures.stored), style="bold green"))
        table.add_row("skipped", "", "", str(figures.skipped))
        table.add_row("parked", "", "", Text(str(figures.parked), style="yellow" if figures.parked else ""))
        oldest = "-" if figures.oldest is None else clock(figures.oldest)
        errors = ", ".join(f"{reason} {count}" for reason, count in figures.troubles.items()) or "none"
        table.caption = (
            f"{clock(time.monotonic() - self._begun)}   {self.rate:.1f} pages/s   "
            f"oldest waiting {oldest}   errors: {errors}"
        )
        table.caption_justify = "left"
        return table


def clock(seconds: float) -> str:
    """Seconds as `m:ss` or `h:mm:ss`."""
    whole = int(seconds)
    minutes, secs = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"
