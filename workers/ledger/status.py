"""Status: how much is where, counted from the truth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, func, select

from workers.core.work import State
from workers.ledger.database import Tx
from workers.ledger.hosts import ready
from workers.ledger.limits import REFUSED
from workers.ledger.schema import HANDOFF, sites, tallies, urls
from workers.ledger.sql import is_state


@dataclass(slots=True)
class Counts:
    """URLs by state: `in_fetch` and `handed_over` are the leased ones. `articles` and `versions` count what is stored,
    `deleted_…` what was and is deleted.

    `oldest_waiting` is for how many seconds the URL that waits longest has been waiting. `refused` counts how often a
    link was not admitted because a limit was reached, by limit.
    """

    waiting: int = 0
    in_fetch: int = 0
    handed_over: int = 0
    stored: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    parked: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    articles: int = 0
    versions: int = 0
    deleted_articles: int = 0
    deleted_versions: int = 0
    oldest_waiting: float | None = None

    @property
    def leased(self) -> int:
        """URLs that are on their way."""
        return self.in_fetch + self.handed_over

    @property
    def open(self) -> int:
        """URLs that are not settled."""
        return self.waiting + self.leased

    @property
    def total(self) -> int:
        """All URLs."""
        return self.open + self.stored + sum(self.skipped.values()) + sum(self.parked.values())


@dataclass(frozen=True, slots=True)
class Status:
    """The whole ledger, and each site of it. Of ready hosts at most 1,000 are counted; `next_ready` is in seconds.

    `messages_refused` counts messages of the queue that were none of ours.
    """

    total: Counts
    sites: dict[str, Counts]
    hosts_ready: int
    next_ready: float | None
    messages_refused: int = 0


def tallied(tx: Tx) -> Sequence[Row[Any]]:
    """All that `tallies` counts: rows of site, state, reason and n."""
    return tx.all(_TALLIES)


def status(tx: Tx, tally: Sequence[Row[Any]] | None = None) -> Status:
    """How much is in which state; `tally` where it was read already."""
    total, by_site = Counts(), {row.name: Counts() for row in tx.all(_SITES)}
    messages = 0
    for row in tallied(tx) if tally is None else tally:
        if not row.site:
            messages += int(row.n)
            continue
        _add([total, by_site.setdefault(row.site, Counts())], row)
    for row in tx.all(_LEASED):
        for counts in (total, by_site[row.site]):
            counts.handed_over += row.n
            counts.in_fetch -= row.n
    _add_oldest(tx, total, by_site)
    hosts_ready, next_ready = ready(tx)
    return Status(total, by_site, hosts_ready, next_ready, messages_refused=messages)


_SITES = select(sites.c.name).order_by(sites.c.name)
_TALLIES = select(tallies.c.site, tallies.c.state, tallies.c.reason, func.sum(tallies.c.urls).label("n")).group_by(
    tallies.c.site, tallies.c.state, tallies.c.reason
)
_LEASED = (
    select(urls.c.site, func.count().label("n"))
    .where(is_state(State.LEASED), urls.c.leased_by == HANDOFF)
    .group_by(urls.c.site)
)
_OLDEST = select(
    sites.c.name,
    select(func.min(urls.c.state_at))
    .where(is_state(State.WAITING), urls.c.site == sites.c.name)
    .correlate(sites)
    .scalar_subquery()
    .label("since"),
)


def _add(to: Iterable[Counts], row: Row[Any]) -> None:
    n = int(row.n)
    for counts in to:
        if row.state in (State.SKIPPED, State.PARKED, REFUSED):
            reasons: dict[str, int] = getattr(counts, row.state)
            if n:
                reasons[row.reason] = reasons.get(row.reason, 0) + n
        elif name := _FIELDS.get(row.state):
            setattr(counts, name, getattr(counts, name) + n)


_FIELDS = {
    State.WAITING: "waiting",
    State.LEASED: "in_fetch",
    State.STORED: "stored",
    "article": "articles",
    "version": "versions",
    "deleted-article": "deleted_articles",
    "deleted-version": "deleted_versions",
}


def _add_oldest(tx: Tx, total: Counts, by_site: dict[str, Counts]) -> None:
    for row in tx.all(_OLDEST):
        if row.since is not None:
            by_site[row.name].oldest_waiting = max(0.0, tx.now - row.since)
    total.oldest_waiting = max(
        (c.oldest_waiting for c in by_site.values() if c.oldest_waiting is not None), default=None
    )
