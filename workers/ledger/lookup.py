"""Small questions that the stages ask: how much is in transit, when articles were published, what is due soon."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from sqlalchemy import Executable, bindparam, func, or_, select

from workers.core.link import Kind
from workers.core.work import State
from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import HANDOFF, Exact, Id, articles, hosts, urls
from workers.ledger.sql import greatest, is_state
from workers.ledger.sweep import BATCH, visit_again


def in_transit(tx: Tx) -> int:
    """How many URLs have left fetch and are not settled."""
    rows = select(func.count().label("n")).where(is_state(State.LEASED), urls.c.leased_by == HANDOFF)
    return int(tx.all(rows)[0].n)


def published(tx: Tx, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """When the articles of these (site, key) were published, or else first stored; in seconds since 1970."""
    if not names:
        return {}
    rows = tx.all(_published(tx.dialect), rows=pack({"site": site, "key": key} for site, key in sorted(names)))
    return {(row.site, row.key): row.at for row in rows}


@cache
def _published(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (articles.c.key == given.c.key) & (articles.c.site == given.c.site)
    at = func.coalesce(articles.c.published, articles.c.stored_at).label("at")
    return select(articles.c.site, articles.c.key, at).join(given, same)


def next_revisit_in(tx: Tx, site: str) -> float | None:
    """Seconds until the next page of the site that is no start is due again; 0 when one is overdue, None when none is."""
    first = select(func.min(urls.c.revisit_at).label("at")).where(
        urls.c.revisit_at.is_not(None), urls.c.every.is_(None), urls.c.site == site
    )
    at = tx.all(first)[0].at
    return None if at is None else max(0.0, at - tx.now)


def next_open_in(tx: Tx, site: str) -> float | None:
    """Seconds until a waiting URL of the site may be handed out, its host's rest included; None when none waits."""
    due = func.coalesce(urls.c.due_at, 0.0)
    later = greatest(tx.dialect, due, hosts.c.next_at)
    soonest = select(func.min(later).label("at")).join(hosts, hosts.c.id == urls.c.host_id)
    at = tx.all(soonest.where(is_state(State.WAITING), urls.c.site == site))[0].at
    return None if at is None else max(0.0, at - tx.now)


def make_articles_due(tx: Tx, site: str, after: int) -> tuple[int, int | None]:
    """One batch of the site's stored pages, by id from `after`, waits for a new visit; how many, and the last id."""
    rows = tx.all(_STORED, site=site, after=after, n=BATCH)
    ids = [row.id for row in rows]
    return visit_again(tx, ids, "asked for again"), ids[-1] if ids else None


_STORED = (
    select(urls.c.id)
    .where(
        urls.c.site == bindparam("site"),
        urls.c.kind == Kind.PAGE.value,
        urls.c.state == State.STORED.value,
        urls.c.id > bindparam("after"),
    )
    .order_by(urls.c.id)
    .limit(bindparam("n"))
)


def resting_hosts(tx: Tx, site: str) -> list[tuple[str, str, float]]:
    """Hosts of the site that are left alone because of trouble: name, reason, and for how many seconds more."""
    resting = (hosts.c.next_at > tx.now, hosts.c.reason.is_not(None), hosts.c.site == site)
    rows = tx.all(select(hosts.c.name, hosts.c.reason, hosts.c.next_at).where(*resting).order_by(hosts.c.name))
    return [(row.name, row.reason, row.next_at - tx.now) for row in rows]


def still_open(tx: Tx, ids: Collection[int]) -> set[int]:
    """Those of the URLs that wait or are leased."""
    rows = tx.all(_open(tx.dialect), rows=pack({"id": id_} for id_ in sorted(ids)))
    return {row.id for row in rows}


@cache
def _open(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    unsettled = or_(is_state(State.WAITING), is_state(State.LEASED))
    return select(urls.c.id).join(given, (urls.c.id == given.c.id) & unsettled)
