"""The figures of the console beside `status`: hosts, and how fresh, how late and how complete a site's articles are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, func, select

from workers.core.work import State
from workers.ledger.database import Tx
from workers.ledger.hosts import in_force
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Exact, articles, hosts, sites, tallies, urls, versions
from workers.ledger.sql import is_state

# A site's lag and completeness are those of its articles stored last.
LAST = 200
DOCUMENTS = 50
# What waits for one host is counted no further: it is an order of magnitude that matters.
MANY = 1_000


@dataclass(frozen=True, slots=True)
class HostRow:
    """A host: the delay in force, when it may next be asked and why it rests; times in seconds since 1970.

    `waiting` is counted up to 1,000. `held_until` is None where nobody holds it.
    """

    name: str
    site: str
    delay: float
    crawl_delay: float | None
    next_at: float
    ready_at: float | None
    held_until: float | None
    failures: int
    slowdowns: int
    reason: str | None
    robots_status: int | None
    robots_until: float | None
    waiting: int


def host_rows(tx: Tx, *, after: str, troubled: bool, limit: int) -> list[HostRow]:
    """Hosts by name from `after` on; with `troubled` only those that had trouble when they were last asked."""
    where = [hosts.c.name > after]
    if troubled:
        where.append(hosts.c.reason.is_not(None))
    rows = select(*_HOST, _DELAY, _WAITING.label("waiting")).select_from(_HOSTS).where(*where)
    return [_host_row(row) for row in tx.all(rows.order_by(hosts.c.name).limit(limit))]


def _host_row(row: Row[Any]) -> HostRow:
    """What the last holder kept is no guide: its slowdowns and its site's delay may be others by now."""
    return HostRow(**{**row._mapping, "delay": in_force(row.delay, row.crawl_delay, row.slowdowns)})


_HOST = [hosts.c[name] for name in HostRow.__dataclass_fields__ if name not in ("delay", "waiting")]
_HOSTS = hosts.outerjoin(sites, sites.c.name == hosts.c.site)
_DELAY = func.coalesce(sites.c.delay, hosts.c.delay).label("delay")
_WAITS = (
    select(urls.c.id)
    .where(is_state(State.WAITING), urls.c.host_id == hosts.c.id)
    .limit(MANY)
    .correlate(hosts)
    .subquery("waits")
)
_WAITING = select(func.count()).select_from(_WAITS).scalar_subquery()


@dataclass(frozen=True, slots=True)
class SiteLook:
    """How a site does; seconds. `listing_age` and `article_age` count from the last list read and article stored.

    `lag` and `lag_most` are the middle and the 95th of a hundred of its last 200 articles. `filled` tells for each
    field how many of its last 50 articles have it, `looked_at` how many that are.
    """

    listing_age: float | None
    article_age: float | None
    lag: float | None
    lag_most: float | None
    filled: dict[str, int]
    looked_at: int


FIELDS = ("headline", "body", "published", "section", "tags", "authors", "lead", "image", "language")


def site_figures(tx: Tx, site: str, starts: Collection[str]) -> SiteLook:
    """The figures of a site; `starts` are the addresses of its lists."""
    last = tx.all(_LAST, site=site, n=LAST)
    lags = sorted(max(0.0, row.stored_at - row.published) for row in last if row.published is not None)
    looked_at, filled = _filled(tx, site)
    read_at = _read_at(tx, site, starts)
    return SiteLook(
        listing_age=None if read_at is None else max(0.0, tx.now - read_at),
        article_age=max(0.0, tx.now - last[0].stored_at) if last else None,
        lag=_share(lags, 0.5),
        lag_most=_share(lags, 0.95),
        filled=filled,
        looked_at=looked_at,
    )


_OF_SITE = articles.c.site == bindparam("site")
_NEWEST = (articles.c.stored_at.desc(), articles.c.id.desc())
_LAST = select(articles.c.stored_at, articles.c.published).where(_OF_SITE).order_by(*_NEWEST).limit(bindparam("n"))
_DOCUMENTS = (
    select(versions.c.document)
    .join(articles, (articles.c.id == versions.c.article_id) & (articles.c.content_hash == versions.c.content_hash))
    .where(_OF_SITE)
    .order_by(*_NEWEST)
    .limit(bindparam("n"))
)


def _share(ordered: Sequence[float], share: float) -> float | None:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None


def _filled(tx: Tx, site: str) -> tuple[int, dict[str, int]]:
    documents = [json.loads(row.document) for row in tx.all(_DOCUMENTS, site=site, n=DOCUMENTS)]
    filled = Counter(name for document in documents for name in FIELDS if document.get(name))
    return len(documents), {name: filled[name] for name in FIELDS}


def _read_at(tx: Tx, site: str, starts: Collection[str]) -> float | None:
    """When one of these lists was last read to its end."""
    rows = tx.all(_lists(tx.dialect), rows=pack({"site": site, "key": url} for url in sorted(starts)))
    return rows[0].at if rows else None


@cache
def _lists(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (urls.c.key == given.c.key) & (urls.c.site == given.c.site)
    # By the number it answered with: a list that waits for its next visit has been read all the same.
    return select(func.max(urls.c.state_at).label("at")).join(given, same).where(urls.c.status.is_not(None))


def waiting_again(tx: Tx) -> dict[str, int]:
    """URLs that wait once more, by what went wrong the last time."""
    rows = tx.all(_AGAIN)
    return {row.reason: int(row.n) for row in rows if row.n}


_AGAIN = (
    select(tallies.c.reason, func.sum(tallies.c.urls).label("n"))
    .where(tallies.c.state == State.WAITING.value, tallies.c.reason != "")
    .group_by(tallies.c.reason)
    .order_by(tallies.c.reason)
)


def stored_since(tx: Tx, seconds: float) -> int:
    """How many articles were stored for the first time in the last so many seconds."""
    rows = tx.all(_STORED_SINCE, since=tx.now - seconds)
    return int(rows[0].n)


_STORED_SINCE = select(func.count().label("n")).select_from(articles).where(articles.c.stored_at >= bindparam("since"))
