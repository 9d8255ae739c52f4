"""The timetable as the ledger has it: when each start was read and falls due, and which pages are looked at again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Executable, Row, bindparam, case, exists, func, or_, select

from workers.core.link import Kind, Label
from workers.core.work import State
from workers.ledger.database import Tx
from workers.ledger.rows import clean, pack, rowset
from workers.ledger.schema import Exact, urls
from workers.ledger.sites import SiteRow, Start, all_sites, start_rows
from workers.ledger.trace import events

# So many of the lists that were found on a site are told one by one.
NEXT = 10
# The words of a journey that end a visit.
_ENDS = (State.STORED.value, State.SKIPPED.value, State.PARKED.value)


@dataclass(frozen=True, slots=True)
class StartDue:
    """A start of a site; times are seconds since 1970. `every` is its interval at present.

    `state` is None while it was never asked for. `outcome` says what came of the last visit, which ended at
    `visited_at`. `due_at` is when it may be asked for next: of one that waits the moment from which it does; None while
    it is leased, or where it is read only when somebody asks.
    """

    site: str
    url: str
    kind: Kind
    every: float | None
    paused: bool
    state: State | None = None
    visited_at: float | None = None
    outcome: str | None = None
    due_at: float | None = None


@dataclass(frozen=True, slots=True)
class Revisits:
    """Settled pages of a site that are looked at again: how many there are, how many are due, and when the first is."""

    site: str
    pages: int
    due: int
    first_at: float


@dataclass(frozen=True, slots=True)
class ListDue:
    """A list of a site that is none of its starts: found there, or given by a person.

    It was read last at `read_at` and is read next at `due_at`, `every` so many seconds at present.
    """

    url: str
    kind: Kind
    every: float
    read_at: float | None
    due_at: float


@dataclass(frozen=True, slots=True)
class Lists:
    """The other lists of a site that are read again: how many there are, how many are due, and the next ones."""

    site: str
    lists: int
    due: int
    next: tuple[ListDue, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is due when, by the ledger's clock: `now`, in seconds since 1970."""

    now: float
    starts: list[StartDue]
    revisits: list[Revisits]
    lists: list[Lists] = field(default_factory=list)


def schedule(tx: Tx) -> Schedule:
    """The starts of every site, the pages that are looked at again, and the other lists of the sites, NEXT of each."""
    known = all_sites(tx)
    rows = start_rows(tx, known)
    starts = [_start(site, start, rows.get((site.name, clean(start.url)))) for site in known for start in site.starts]
    revisits = [_revisits(row) for row in tx.all(_REVISITS, now=tx.now)]
    return Schedule(tx.now, starts, revisits, list(_lists(tx, known)))


_PER_SITE: dict[str, Any] = {"partition_by": urls.c.site}
_DUE = case((urls.c.revisit_at <= bindparam("now"), 1), else_=0)
_REVISITS = (
    select(
        urls.c.site,
        func.count().label("pages"),
        func.sum(case((urls.c.revisit_at <= bindparam("now"), 1), else_=0)).label("due"),
        func.min(urls.c.revisit_at).label("first_at"),
    )
    .where(urls.c.revisit_at.is_not(None), urls.c.every.is_(None))
    .group_by(urls.c.site)
    .order_by(urls.c.site)
)


def _start(site: SiteRow, start: Start, row: Row[Any] | None) -> StartDue:
    every = start.every if row is None else row.every
    whose = (site.name, start.url, start.kind, every, site.paused)
    if row is None:
        return StartDue(*whose)
    ends = [event for event in events(row.journey) if event.what in _ENDS]
    last = ends[-1] if ends else None
    return StartDue(
        *whose,
        state=State(row.state),
        visited_at=last.at if last else None,
        outcome=(f"{last.what} {last.detail}" if last.detail else last.what) if last else None,
        due_at=_due_at(row),
    )


def _due_at(row: Row[Any]) -> float | None:
    if row.state == State.WAITING:
        return float(row.due_at or row.state_at)
    return None if row.revisit_at is None else float(row.revisit_at)


@cache
def _other_lists(dialect: str) -> Executable:
    starts = rowset(dialect, site=Exact, key=Exact)
    is_start = exists().where(starts.c.key == urls.c.key, starts.c.site == urls.c.site)
    ranked = (
        select(
            *(urls.c.site, urls.c.url, urls.c.kind, urls.c.every, urls.c.read_at, urls.c.revisit_at),
            func.row_number().over(**_PER_SITE, order_by=(urls.c.revisit_at, urls.c.id)).label("place"),
            func.count().over(**_PER_SITE).label("lists"),
            func.sum(_DUE).over(**_PER_SITE).label("due"),
        )
        .where(
            urls.c.every.is_not(None), urls.c.revisit_at.is_not(None), or_(urls.c.label != Label.SEED.value, ~is_start)
        )
        .subquery()
    )
    return select(ranked).where(ranked.c.place <= bindparam("n")).order_by(ranked.c.site, ranked.c.place)


def _lists(tx: Tx, known: Sequence[SiteRow]) -> Iterator[Lists]:
    starts = pack({"site": site.name, "key": clean(start.url)} for site in known for start in site.starts)
    found_rows = tx.all(_other_lists(tx.dialect), now=tx.now, n=NEXT, rows=starts)
    for site, rows in groupby(found_rows, key=lambda row: str(row.site)):
        found = list(rows)
        following = (ListDue(row.url, Kind(row.kind), row.every, row.read_at, row.revisit_at) for row in found)
        yield Lists(site, int(found[0].lists), int(found[0].due), tuple(following))


def _revisits(row: Row[Any]) -> Revisits:
    return Revisits(row.site, int(row.pages), int(row.due), float(row.first_at))
