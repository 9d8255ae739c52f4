"""Sweep: leases that ran out, or whose process is dead, wait again. It may run twice, or side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Float, Row, Text, bindparam, case, func, select, union, update

from workers.core.errors import LostTooOften
from workers.core.work import State
from workers.ledger import fills, tally
from workers.ledger.database import Tx
from workers.ledger.hosts import free
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import HANDOFF, Id, hosts, urls
from workers.ledger.sql import BATCH, has_state, is_state, journal, state
from workers.ledger.waking import bump, rouse

# A process that fetches takes many URLs with it when it ends, few of which have to do with its end. So this many such
# losses weigh as much as one attempt: the page that kills its fetcher is parked, and killed fetchers park nothing.
LOSSES_PER_ATTEMPT = 8
# After a second loss they are handed out apart, each time in other company: in one of 17 steps (a prime number, so that
# those which came together do not again) of a quarter of a second. With more losses the steps get longer, 17 times as
# long after 16: then they come within 68 s, and not all with the next process that ends at once.
STEPS, STEP_SECONDS, LOSSES_APART = 17, 0.25, 16


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
    longer = case((losses > LOSSES_APART, 1 + LOSSES_APART), else_=1 + losses * losses // LOSSES_APART)
    apart = case((losses > 1, (urls.c.id * losses) % STEPS * STEP_SECONDS * longer), else_=0.0)
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
