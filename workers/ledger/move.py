"""Move: a URL that redirects to another host keeps its identity and waits in that host's line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Executable, Integer, Text, select, update

from workers.core.urls import host_of
from workers.core.work import Outcome, State
from workers.ledger.admit import enter_hosts, enter_lanes
from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Id, urls
from workers.ledger.sql import has_state
from workers.ledger.waking import bump


def move(tx: Tx, outcomes: Sequence[Outcome]) -> None:
    """Rows that `settle` has just put back to waiting get the address that they moved to, and its host."""
    moved = {o.id: o for o in outcomes if o.moved_to and o.state is State.WAITING and host_of(o.moved_to)}
    rows = tx.all(_waiting(tx.dialect), rows=pack({"id": id_, "visit": o.visit} for id_, o in sorted(moved.items())))
    if not rows:
        return
    to = {row.id: str(moved[row.id].moved_to) for row in rows}
    ids = enter_hosts(tx, {host_of(to[row.id]): row.site for row in rows})
    lines = [{"id": row.id, "url": to[row.id], "host_id": ids[host_of(to[row.id])]} for row in rows]
    enter_lanes(tx, {(line["host_id"], row.site) for line, row in zip(lines, rows, strict=True)})
    tx.run(_move(tx.dialect), rows=pack(lines))
    bump(tx, {line["host_id"]: tx.now for line in lines})


@cache
def _waiting(dialect: str) -> Executable:
    given = rowset(dialect, id=Id, visit=Integer())
    same = (urls.c.id == given.c.id) & (urls.c.visit == given.c.visit) & has_state(State.WAITING)
    return select(urls.c.id, urls.c.site).join(given, same).order_by(urls.c.id)


@cache
def _move(dialect: str) -> Executable:
    given = rowset(dialect, id=Id, url=Text(), host_id=Id)
    # What the old address said of its age is not true of the new one.
    fresh = {"etag": None, "last_modified": None}
    return update(urls).where(urls.c.id == given.c.id).values(url=given.c.url, host_id=given.c.host_id, **fresh)
