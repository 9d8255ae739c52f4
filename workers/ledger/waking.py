"""When a host has something to ask for, kept in its `ready_at`: whoever changes what waits on a host says so here."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Executable, Float, and_, bindparam, case, exists, func, or_, select, update

from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Id, hosts, lanes, sites, urls
from workers.ledger.sql import AGAIN, FRESH, greatest


def lock(tx: Tx, ids: Iterable[int]) -> None:
    """Lock these hosts, in order. What is computed from URLs by a later statement then misses none."""
    tx.all(_lock(tx.dialect), rows=pack({"id": host} for host in sorted(ids)))


@cache
def _lock(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    return select(hosts.c.id).join(given, hosts.c.id == given.c.id).order_by(hosts.c.id).with_for_update(of=hosts)


def bump(tx: Tx, work: Mapping[int, float]) -> None:
    """These hosts have something to ask for from the given moments on, none of which is long past.

    So `ready_at` tells for how long a host has been waiting for somebody to ask it.
    The row is changed in any case: that lock makes sure that nobody finds the host without work at the same time.
    """
    if work:
        # Not before now, so that a host's ready_at tells since when it has been left waiting.
        rows = [{"id": host, "work_at": max(at, tx.now)} for host, at in sorted(work.items())]
        tx.run(_bump(tx.dialect), rows=pack(rows))


@cache
def _bump(dialect: str) -> Executable:
    given = rowset(dialect, id=Id, work_at=Float(53))
    at = greatest(dialect, hosts.c.next_at, given.c.work_at)
    sooner = or_(hosts.c.ready_at.is_(None), hosts.c.ready_at > at)
    return update(hosts).where(hosts.c.id == given.c.id).values(ready_at=case((sooner, at), else_=hosts.c.ready_at))


def wake(tx: Tx, ids: Iterable[int]) -> None:
    """Compute anew when these locked hosts may be asked and have work; NULL where they have none."""
    tx.run(_wake(tx.dialect), now=tx.now, rows=pack({"id": host} for host in ids))


@cache
def _wake(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    work = _first_work()
    now = bindparam("now", type_=Float(53))
    ready_at = case((work.is_not(None), greatest(dialect, hosts.c.next_at, work, now)), else_=None)
    return update(hosts).where(hosts.c.id == given.c.id).values(ready_at=ready_at)


def _first_work() -> Any:
    """The first moment when the host of the outer row of hosts has work: now, or later, NULL for never."""
    spendable = or_(sites.c.budget.is_(None), sites.c.budget > 0)
    now = bindparam("now", type_=Float(53))
    return (
        select(func.min(case((and_(spendable, fresh_in_lane()), now), else_=again_in_lane())))
        .select_from(lanes.join(sites, sites.c.name == lanes.c.site))
        .where(lanes.c.host_id == hosts.c.id, sites.c.paused.is_(False))
        .correlate(hosts)
        .scalar_subquery()
    )


_HERE = and_(urls.c.host_id == lanes.c.host_id, urls.c.site == lanes.c.site)


def fresh_in_lane() -> Any:
    """Whether the outer row of lanes has a URL that was not handed out yet."""
    return exists(select(urls.c.id).where(_HERE, FRESH)).correlate(lanes)


def again_in_lane() -> Any:
    """When the first of the others that wait in the outer row of lanes may be handed out; NULL when there is none."""
    return select(func.min(urls.c.due_at)).where(_HERE, AGAIN).correlate(lanes).scalar_subquery()


def rouse(tx: Tx) -> None:
    """A net below us: hosts that have work and do not know it are woken. Looks at 200 idle hosts, others each time."""
    asleep = tx.all(_ASLEEP, start=random.random())  # noqa: S311
    if asleep:
        lock(tx, [row.id for row in asleep])
        wake(tx, [row.id for row in asleep])


_IDLE = (
    select(hosts.c.id)
    .where(
        hosts.c.id >= bindparam("start") * select(func.max(hosts.c.id)).scalar_subquery(), hosts.c.ready_at.is_(None)
    )
    .order_by(hosts.c.id)
    .limit(200)
    .subquery()
)
_ASLEEP = (
    select(lanes.c.host_id.label("id"))
    .join(_IDLE, _IDLE.c.id == lanes.c.host_id)
    .join(sites, sites.c.name == lanes.c.site)
    .where(
        sites.c.paused.is_(False), or_(again_in_lane().is_not(None), and_(sites.c.budget.is_(None), fresh_in_lane()))
    )
)
