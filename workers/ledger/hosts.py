"""Hosts: who holds them, and when they may next be asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable, Float, Integer, Text, bindparam, case, func, or_, select, update

from workers.core.manners import MANNERS, pace
from workers.core.work import HostReport
from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Id, hosts
from workers.ledger.waking import wake

# `ready` counts no further than this.
MANY = 1_000


def ready(tx: Tx) -> tuple[int, float | None]:
    """How many hosts could be leased now (at most 1,000), and in how many seconds the next one can (None: never)."""
    found = tx.all(_READY, now=tx.now)[0]
    return found.ready, None if found.first is None else max(0.0, found.first - tx.now)


_READY = select(
    select(func.min(hosts.c.ready_at)).where(hosts.c.ready_at.is_not(None)).scalar_subquery().label("first"),
    select(func.count())
    .select_from(select(hosts.c.id).where(hosts.c.ready_at <= bindparam("now")).limit(MANY).subquery())
    .scalar_subquery()
    .label("ready"),
)


def in_force(site_delay: float, crawl_delay: float | None, slowdowns: int) -> float:
    """The gap that whoever holds a host keeps, and that passes after whoever died with it."""
    return pace(max(site_delay, crawl_delay or 0.0), None, slowdowns, manners=MANNERS)


def hold(tx: Tx, owner: str, names: Collection[str], seconds: float) -> list[str]:
    """Hold these hosts for `seconds` from now, where the owner still holds them; returns those."""
    mine = _lock_mine(tx, owner, names)
    tx.run(_hold(tx.dialect), owner=owner, until=tx.now + seconds, rows=pack({"id": i, "delay": None} for i in mine))
    return list(mine.values())


def take(tx: Tx, owner: str, delays: Mapping[int, float], seconds: float) -> None:
    """Hold these locked hosts in the owner's name; `delays` are in force should the owner not come back."""
    rows = [{"id": host, "delay": delay} for host, delay in sorted(delays.items())]
    tx.run(_hold(tx.dialect), owner=owner, until=tx.now + seconds, rows=pack(rows))


@cache
def _hold(dialect: str) -> Executable:
    given = rowset(dialect, id=Id, delay=Float(53))
    delay = func.coalesce(given.c.delay, hosts.c.delay)
    # Should the owner die, its last request may have started as late as the end of its hold.
    after = bindparam("until", type_=Float(53)) + delay
    return (
        update(hosts)
        .where(hosts.c.id == given.c.id)
        .values(holder=bindparam("owner"), held_until=bindparam("until"), delay=delay, next_at=after, ready_at=after)
    )


def release(tx: Tx, owner: str, reports: Sequence[HostReport]) -> int:
    """Give hosts back with what was learned of them; only where the owner still holds them. Returns how many."""
    mine = _lock_mine(tx, owner, [report.host for report in reports])
    by_name = {report.host: report for report in reports}
    rows = [_report(tx.now, host_id, by_name[name]) for host_id, name in mine.items()]
    tx.run(_release(tx.dialect), rows=pack(rows))
    wake(tx, mine)
    return len(mine)


def _report(now: float, host_id: int, report: HostReport) -> dict[str, Any]:
    robots = report.robots
    return {
        "id": host_id,
        "next_at": now + max(0.0, report.next_in),
        "failures": report.failures,
        "slowdowns": report.slowdowns,
        "reason": report.reason,
        "crawl_delay": report.crawl_delay,
        "robots_status": robots.status if robots else None,
        "robots_body": robots.body if robots else None,
        "robots_until": now + robots.expires_in if robots else None,
        "throttled": report.throttled,
    }


@cache
def _release(dialect: str) -> Executable:
    given = rowset(
        dialect,
        id=Id,
        next_at=Float(53),
        failures=Integer(),
        slowdowns=Integer(),
        reason=Text(),
        crawl_delay=Float(53),
        robots_status=Integer(),
        robots_body=Text(),
        robots_until=Float(53),
        throttled=Id,
    )
    anew = given.c.robots_status.is_not(None)
    # A robots.txt that was read anew says what the delay is, also when it no longer names one.
    crawl_delay = case((anew, given.c.crawl_delay), else_=func.coalesce(given.c.crawl_delay, hosts.c.crawl_delay))
    return (
        update(hosts)
        .where(hosts.c.id == given.c.id)
        .values(
            holder=None,
            held_until=None,
            next_at=given.c.next_at,
            failures=given.c.failures,
            slowdowns=given.c.slowdowns,
            reason=given.c.reason,
            crawl_delay=crawl_delay,
            robots_status=case((anew, given.c.robots_status), else_=hosts.c.robots_status),
            robots_body=case((anew, given.c.robots_body), else_=hosts.c.robots_body),
            robots_until=case((anew, given.c.robots_until), else_=hosts.c.robots_until),
            throttled=hosts.c.throttled + given.c.throttled,
        )
    )


def _lock_mine(tx: Tx, owner: str, names: Collection[str]) -> dict[int, str]:
    rows = tx.all(_mine(tx.dialect), owner=owner, rows=pack({"name": name} for name in names))
    return {row.id: row.name for row in rows}


@cache
def _mine(dialect: str) -> Executable:
    given = rowset(dialect, name=Text())
    return (
        select(hosts.c.id, hosts.c.name)
        # IN and no join: SQLite would compare each host that the owner holds with each name.
        .where(hosts.c.holder == bindparam("owner"), hosts.c.name.in_(select(given.c.name)))
        .order_by(hosts.c.id)
        .with_for_update(of=hosts)
    )


def free(tx: Tx, owners: Collection[str]) -> int:
    """Free the hosts of dead owners, and those whose hold ran out. Returns how many."""
    rows = tx.all(_held(tx.dialect), now=tx.now, rows=pack({"owner": owner} for owner in owners))
    ids = [row.id for row in rows]
    if ids:
        tx.run(_free(tx.dialect), now=tx.now, rows=pack({"id": host} for host in ids))
        wake(tx, ids)
    return len(ids)


@cache
def _held(dialect: str) -> Executable:
    given = rowset(dialect, owner=Text())
    dead = hosts.c.holder.in_(select(given.c.owner))
    return (
        select(hosts.c.id)
        .where(hosts.c.holder.is_not(None), or_(hosts.c.held_until <= bindparam("now"), dead))
        .order_by(hosts.c.id)
        .with_for_update(skip_locked=True)
    )


@cache
def _free(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    # A dead owner may have asked a moment ago; the end of a hold has its delay in next_at already.
    rest = bindparam("now", type_=Float(53)) + hosts.c.delay
    next_at = case((hosts.c.next_at > rest, rest), else_=hosts.c.next_at)
    return update(hosts).where(hosts.c.id == given.c.id).values(holder=None, held_until=None, next_at=next_at)
