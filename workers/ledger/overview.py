"""The figures of the console beside `status`: hosts, and how fresh, how late and how complete a site's articles are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, func, select, true

from workers.core.work import State
from workers.ledger.database import Tx
from workers.ledger.hosts import in_force
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Exact, Id, articles, hosts, sites, tallies, urls, versions
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
    """How a site does; seconds. `last_listing_age` and `article_age` count from the last list read and article stored.

    `lag` and `lag_most` are the median and the 95th percentile of its last 200 articles. `filled` tells for each
    field how many of its last 50 articles have it, `looked_at` how many that are.
    """

    last_listing_age: float | None
    article_age: float | None
    lag: float | None
    lag_most: float | None
    filled: dict[str, int]
    looked_at: int


FIELDS = ("headline", "body", "published", "section", "tags", "authors", "lead", "image", "language")


# What is known of documents that were looked at: by version and when it was last read, the fields that it has.
Filled = dict[tuple[int, float], frozenset[str]]
# So many documents are those of a thousand sites; it begins anew beyond them.
MOST_FILLED = 50_000


def site_looks(tx: Tx, starts: Mapping[str, Collection[str]], filled: Filled) -> dict[str, SiteLook]:
    """The figures of these sites, each with the addresses of its lists, in four statements however many they are.

    `filled` is kept from one call to the next: a document is read again only when it has changed.
    """
    last = _last(tx, starts)
    fields = _fields(tx, [row.id for rows in last.values() for row in rows[:DOCUMENTS]], filled)
    read_at = _read_at(tx, starts)
    return {name: _site_look(tx.now, rows, fields, read_at.get(name)) for name, rows in last.items()}


def _site_look(
    now: float, last: Sequence[Row[Any]], fields: Mapping[int, frozenset[str]], read_at: float | None
) -> SiteLook:
    lags = sorted(max(0.0, row.stored_at - row.published) for row in last if row.published is not None)
    looked_at = [fields[row.id] for row in last[:DOCUMENTS] if row.id in fields]
    counted = Counter(name for has in looked_at for name in has)
    return SiteLook(
        last_listing_age=None if read_at is None else max(0.0, now - read_at),
        article_age=max(0.0, now - last[0].stored_at) if last else None,
        lag=_share(lags, 0.5),
        lag_most=_share(lags, 0.95),
        filled={name: counted[name] for name in FIELDS},
        looked_at=len(looked_at),
    )


def _share(ordered: Sequence[float], share: float) -> float | None:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None


def _last(tx: Tx, names: Iterable[str]) -> dict[str, list[Row[Any]]]:
    """The articles of each of these sites that were stored last, the newest first."""
    last: dict[str, list[Row[Any]]] = {name: [] for name in sorted(names)}
    for row in tx.all(_find_last(tx.dialect), n=LAST, rows=pack({"name": name} for name in last)):
        last[row.name].append(row)
    for rows in last.values():
        rows.sort(key=lambda row: (row.stored_at, row.id), reverse=True)
    return last


@cache
def _find_last(dialect: str) -> Executable:
    given = rowset(dialect, name=Exact)
    columns = [articles.c[name] for name in ("id", "stored_at", "published")]
    newest = (articles.c.stored_at.desc(), articles.c.id.desc())
    first = select(*columns).where(articles.c.site == given.c.name).order_by(*newest).limit(bindparam("n"))
    if dialect == "postgresql":
        found = first.correlate(given).lateral("found")
        return select(given.c.name, *found.c).select_from(given.join(found, true()))
    row = articles.alias("row")
    ids = first.with_only_columns(articles.c.id).correlate(given)
    rows = select(given.c.name, row.c.id, row.c.stored_at, row.c.published)
    return rows.select_from(given.join(row, row.c.id.in_(ids)))


def _fields(tx: Tx, ids: Collection[int], filled: Filled) -> dict[int, frozenset[str]]:
    """The fields that the newest version of each of these articles has."""
    rows = tx.all(_newest_versions(tx.dialect), rows=pack({"id": id_} for id_ in ids))
    read_at = {row.id: row.fetched_at for row in rows}
    found = {id_: filled.get((id_, at)) for id_, at in read_at.items()}
    if unknown := [id_ for id_, has in found.items() if has is None]:
        for row in tx.all(_documents(tx.dialect), rows=pack({"id": id_} for id_ in unknown)):
            found[row.id] = filled[row.id, read_at[row.id]] = _fields_of(json.loads(row.document))
    if len(filled) > MOST_FILLED:
        filled.clear()
    return {row.article_id: has for row in rows if (has := found[row.id]) is not None}


def _fields_of(document: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name for name in FIELDS if document.get(name))


@cache
def _newest_versions(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    newest = (articles.c.id == versions.c.article_id) & (articles.c.content_hash == versions.c.content_hash)
    rows = select(versions.c.id, versions.c.article_id, articles.c.fetched_at)
    return rows.select_from(given.join(articles, articles.c.id == given.c.id).join(versions, newest))


@cache
def _documents(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    return select(versions.c.id, versions.c.document).join(given, given.c.id == versions.c.id)


def _read_at(tx: Tx, starts: Mapping[str, Collection[str]]) -> dict[str, float]:
    """When one of the lists of each site was last read to its end."""
    rows = pack({"site": site, "key": url} for site, urls_ in sorted(starts.items()) for url in sorted(urls_))
    return {row.site: row.at for row in tx.all(_lists(tx.dialect), rows=rows)}


@cache
def _lists(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (urls.c.key == given.c.key) & (urls.c.site == given.c.site)
    # By the number it answered with: a list that waits for its next visit has been read all the same.
    rows = select(urls.c.site, func.max(urls.c.state_at).label("at")).join(given, same)
    return rows.where(urls.c.status.is_not(None)).group_by(urls.c.site)


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
