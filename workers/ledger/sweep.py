"""Sweep, revisit and replay: what brings URLs back to waiting. Any of them may run twice, or side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Float, Row, Text, and_, bindparam, case, func, select, union, update

from workers.core.errors import LostTooOften
from workers.core.link import Kind
from workers.core.work import State
from workers.ledger import fills, tally
from workers.ledger.database import Tx
from workers.ledger.hosts import bump, free, rouse
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import HANDOFF, Id, hosts, urls
from workers.ledger.sql import has_state, is_state, journal, line, state

# Rows that one transaction of the sweep takes at most, so that nobody waits long for it.
BATCH = 2_000
# A process that fetches takes many URLs with it when it ends, few of which have to do with its end. So this many such
# losses weigh as much as one attempt: the page that kills its fetcher is parked, and killed fetchers park nothing.
LOSSES_PER_ATTEMPT = 8
# After a second loss they are handed out apart, each time in other company, up to this many quarters of a second later;
# after more losses later still, a minute at most, so that they do not come with the next process that ends at once.
APART, MOST_APART = 17, 17


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: URLs that wait again, URLs parked because every attempt was lost, hosts freed."""

    waiting: int
    parked: int
    hosts: int


def owners(tx: Tx) -> list[str]:
    """Everybody who leases a URL or holds a host now, except the hand-off."""
    leasing = select(urls.c.leased_by.label("owner")).where(is_state(State.LEASED), urls.c.leased_by != HANDOFF)
    holding = select(hosts.c.holder.label("owner")).where(hosts.c.holder.is_not(None))
    return sorted(row.owner for row in tx.all(union(leasing, holding)))


def sweep(tx: Tx, max_attempts: int, dead_owners: Collection[str]) -> Swept:
    """Take back leases that ran out, or whose owner is dead, and free hosts likewise; one batch of each."""
    lost = _lost(tx, dead_owners)
    rows = pack({"id": id_} for id_ in lost)
    back = (
        tx.all(_take_back(tx.dialect), now=tx.now, most=max_attempts, stamp=f"{tx.now:.3f}\t", rows=rows)
        if lost
        else []
    )
    # The dict keeps the last of a host's moments: the first one in time.
    bump(tx, {row.host_id: row.due_at for row in sorted(back, key=_due_last_first) if row.due_at is not None})
    freed = free(tx, sorted(dead_owners))
    rouse(tx)
    tally.fold(tx.connection)
    fills.fold(tx)
    parked = sum(row.due_at is None for row in back)
    return Swept(waiting=len(back) - parked, parked=parked, hosts=freed)


def _due_last_first(row: Row[Any]) -> float:
    return -(row.due_at or 0.0)


def _lost(tx: Tx, dead_owners: Collection[str]) -> list[int]:
    rows = list(tx.all(_ran_out(), now=tx.now))
    if dead_owners:
        rows += tx.all(_of_the_dead(tx.dialect), rows=pack({"owner": owner} for owner in sorted(dead_owners)))
    return sorted({row.id for row in rows})


@cache
def _ran_out() -> Executable:
    return _leased(urls.c.leased_until <= bindparam("now"))


@cache
def _of_the_dead(dialect: str) -> Executable:
    given = rowset(dialect, owner=Text())
    return _leased(urls.c.leased_by.in_(select(given.c.owner)))


def _leased(which: Any) -> Executable:
    rows = select(urls.c.id).where(is_state(State.LEASED), which).order_by(urls.c.leased_until).limit(BATCH)
    return rows.with_for_update(skip_locked=True)


@cache
def _take_back(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    now = bindparam("now", type_=Float(53))
    in_fetch = func.coalesce(urls.c.leased_by, "") != HANDOFF
    losses = urls.c.losses + case((in_fetch, 1), else_=0)
    weight = case((in_fetch, losses // LOSSES_PER_ATTEMPT), else_=urls.c.attempts - urls.c.losses)
    spent = weight >= bindparam("most")
    times = case((losses > 16, MOST_APART), else_=1 + losses * losses // 16)
    apart = case((losses > 1, (urls.c.id * losses) % APART * 0.25 * times), else_=0.0)
    ended = case((spent, state(State.PARKED)), else_=state(State.WAITING))
    entry = bindparam("stamp", type_=Text()) + "swept\t" + ended + "\n"
    return (
        update(urls)
        .where(urls.c.id == given.c.id, has_state(State.LEASED))
        .values(
            state=ended,
            reason=case((spent, LostTooOften.reason), else_=urls.c.reason),
            detail=case((spent, "last with " + urls.c.leased_by), else_=urls.c.detail),
            losses=losses,
            due_at=case((spent, None), (in_fetch, now + apart), else_=now),
            state_at=now,
            leased_by=None,
            leased_until=None,
            revisit_at=case((spent, now + urls.c.every), else_=None),
            journey=journal(entry),
        )
        .returning(urls.c.host_id, urls.c.due_at)
    )


def revisit(tx: Tx, limit: int) -> int:
    """Settled URLs whose time has come wait for a new visit; at most `limit`. Returns how many."""
    due = tx.all(_due(), now=tx.now, n=limit)
    return visit_again(tx, [row.id for row in due], "due again")


@cache
def _due() -> Executable:
    rows = select(urls.c.id).where(urls.c.revisit_at <= bindparam("now")).order_by(urls.c.revisit_at)
    return rows.limit(bindparam("n")).with_for_update(skip_locked=True)


def visit_again(tx: Tx, ids: Collection[int], word: str) -> int:
    """These URLs, where they are settled, wait for a new visit with all its attempts. Returns how many."""
    if not ids:
        return 0
    rows = pack({"id": id_} for id_ in sorted(ids))
    back = tx.all(_visit_again(tx.dialect), now=tx.now, line=line(tx.now, word), rows=rows)
    bump(tx, dict.fromkeys((row.host_id for row in back), tx.now))
    return len(back)


@cache
def _visit_again(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    now = bindparam("now", type_=Float(53))
    settled = and_(~has_state(State.WAITING), ~has_state(State.LEASED))
    return (
        update(urls)
        .where(urls.c.id == given.c.id, settled)
        .values(
            state=state(State.WAITING),
            reason=None,
            detail=None,
            visit=urls.c.visit + 1,
            attempts=0,
            losses=0,
            due_at=None,
            state_at=now,
            revisit_at=None,
            # A list shows what is new now; a page is wanted as much as before.
            wanted=case((urls.c.kind == Kind.PAGE.value, urls.c.wanted), else_=now),
            journey=journal(),
        )
        .returning(urls.c.host_id)
    )


@dataclass(frozen=True, slots=True)
class Parked:
    """A URL that was set aside, and why; `at` in seconds since 1970."""

    id: int
    site: str
    key: str
    url: str
    reason: str
    detail: str | None
    at: float


@dataclass(frozen=True, slots=True)
class Which:
    """Which parked URLs are meant: all that fit everything given."""

    reason: str | None = None
    site: str | None = None
    ids: tuple[int, ...] | None = None

    def where(self) -> Any:
        """The condition on urls."""
        given = [urls.c.reason == self.reason] if self.reason is not None else []
        given += [urls.c.site == self.site] if self.site is not None else []
        given += [urls.c.id.in_(self.ids)] if self.ids is not None else []
        return and_(is_state(State.PARKED), *given)


def parked(tx: Tx, which: Which, limit: int, after: int | None = None) -> list[Parked]:
    """Parked URLs, newest first; `after` is the id of the last one of the page before."""
    older = [urls.c.id < after] if after is not None else []
    found = select(urls).where(which.where(), *older).order_by(urls.c.id.desc()).limit(limit)
    return [_parked(row) for row in tx.all(found)]


def _parked(row: Row[Any]) -> Parked:
    return Parked(row.id, row.site, row.key, row.url, row.reason or "", row.detail, row.state_at)


def replay(tx: Tx, which: Which) -> int:
    """Parked URLs wait again, for a new visit; one batch. Returns how many."""
    return visit_again(tx, _batch(tx, which), "replayed")


def drop(tx: Tx, which: Which) -> int:
    """Parked URLs are given up: skipped, as `dropped`; one batch. Returns how many."""
    ids = _batch(tx, which)
    if not ids:
        return 0
    return tx.run(_drop(tx.dialect), now=tx.now, line=line(tx.now, "dropped"), rows=pack({"id": id_} for id_ in ids))


def _batch(tx: Tx, which: Which) -> Sequence[int]:
    rows = select(urls.c.id).where(which.where()).order_by(urls.c.id).limit(BATCH).with_for_update(skip_locked=True)
    return [row.id for row in tx.all(rows)]


@cache
def _drop(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    return (
        update(urls)
        .where(urls.c.id == given.c.id, has_state(State.PARKED))
        .values(state=state(State.SKIPPED), reason="dropped", state_at=bindparam("now"), journey=journal())
    )
