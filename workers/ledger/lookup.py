"""Small questions that the stages ask: how much is in transit, when articles were published, what is due soon."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Executable, bindparam, case, exists, func, or_, select

from workers.core.work import State
from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import HANDOFF, Exact, Id, articles, hosts, lanes, sites, urls
from workers.ledger.sql import greatest, is_state
from workers.ledger.waking import again_in_lane, fresh_in_lane


def in_transit(tx: Tx, ids: Collection[int] | None = None) -> int:
    """How many URLs, or how many of these, have left fetch and are not settled."""
    if ids is None:
        return int(tx.all(_IN_TRANSIT)[0].n)
    given = rowset(tx.dialect, id=Id)
    among = _IN_TRANSIT.join(given, urls.c.id == given.c.id)
    return int(tx.all(among, rows=pack({"id": id_} for id_ in ids))[0].n)


_IN_TRANSIT = select(func.count().label("n")).where(is_state(State.LEASED), urls.c.leased_by == HANDOFF)


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


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is still to do for a site: URLs on their way, and in how many seconds the next one may be handed out.

    `open_in` is for what waits, the rest of its host included; `revisit_in` for settled pages that are no starts. None:
    there is none, as for all that waits while the site is paused.
    """

    leased: int
    open_in: float | None
    revisit_in: float | None


def outlook(tx: Tx, site: str) -> Outlook:
    """What is still to do for the site, as one statement sees it: between two, a URL could be on its way unseen."""
    row = tx.all(_outlook(tx.dialect), site=site)[0]
    return Outlook(int(row.leased), _in(tx, row.open_at), _in(tx, row.revisit_at))


def _in(tx: Tx, at: float | None) -> float | None:
    return None if at is None else max(0.0, at - tx.now)


@cache
def _outlook(dialect: str) -> Executable:
    of_site = urls.c.site == bindparam("site")
    leased = select(func.count()).select_from(urls).where(is_state(State.LEASED), of_site)
    # By lane and in the order of an index: a look at a few rows, however many wait.
    work = case((fresh_in_lane(), 0.0), else_=again_in_lane())
    at = case((work.is_not(None), greatest(dialect, hosts.c.next_at, work)), else_=None)
    ways = lanes.join(hosts, hosts.c.id == lanes.c.host_id)
    goes_on = exists(select(sites.c.name).where(sites.c.name == bindparam("site"), sites.c.paused.is_(False)))
    soonest = select(func.min(at)).select_from(ways).where(lanes.c.site == bindparam("site"), goes_on)
    pages = (urls.c.revisit_at.is_not(None), urls.c.every.is_(None), of_site, goes_on)
    again = select(urls.c.revisit_at).where(*pages).order_by(urls.c.revisit_at).limit(1)
    return select(
        leased.scalar_subquery().label("leased"),
        soonest.scalar_subquery().label("open_at"),
        again.scalar_subquery().label("revisit_at"),
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
