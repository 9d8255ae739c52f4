"""Removal: articles are deleted with all that hangs on them, and their URLs settled so that they do not come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Float, Row, bindparam, delete, func, select, update

from workers.core.errors import Deleted
from workers.core.link import Kind, Label
from workers.core.urls import host_of
from workers.core.work import Candidate, State
from workers.ledger import copies as copying
from workers.ledger import search, tally, waking
from workers.ledger.admit import Known, enter
from workers.ledger.database import Tx
from workers.ledger.limits import Limits
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Exact, Id, articles, links, pages, tags, urls, versions
from workers.ledger.sql import has_state, journal, line, state

# Articles that one transaction deletes.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Removed:
    """How many articles were deleted, and how many were left because their pages are on their way just now."""

    articles: int = 0
    on_their_way: int = 0

    def __add__(self, other: Removed) -> Removed:
        return Removed(self.articles + other.articles, self.on_their_way + other.on_their_way)


def remove(tx: Tx, ids: Collection[int]) -> Removed:
    """Delete these articles with their versions, links, tags, words and kept pages; at most BATCH at once.

    Their URLs are skipped as `deleted` and due no more; what was only met at other addresses gets one of its own, so
    that they do not bring it back. One that is leased is left with its article, which would be stored anew a moment
    later.
    """
    found = tx.all(_lock(tx.dialect), rows=pack({"id": id_} for id_ in sorted(ids)))
    asked = _asked(tx, found)
    leased = {(row.site, row.key) for row in asked if row.state == State.LEASED}
    gone = [row for row in found if (row.site, row.key) not in leased]
    if gone:
        _settle(tx, [row for row in asked if row.state != State.LEASED])
        _delete(tx, gone)
    return Removed(len(gone), len(found) - len(gone))


def deleted(tx: Tx, names: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these (site, key) whose articles were deleted, and nobody has asked for since."""
    rows = tx.all(_deleted(tx.dialect), rows=pack({"site": site, "key": key} for site, key in sorted(names)))
    return {(row.site, row.key) for row in rows}


def _asked(tx: Tx, found: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """The URLs of these articles by their own names, locked; what has none gets one."""
    names = pack({"site": row.site, "key": row.key} for row in found)
    asked = tx.all(_urls(tx.dialect), rows=names) if found else []
    known = {(row.site, row.key) for row in asked}
    new = [
        Candidate(row.site, row.key, row.url, host_of(row.url), Kind.PAGE, Label.BODY, 0, 0.0)
        for row in found
        if (row.site, row.key) not in known
    ]
    if not new:
        return asked
    enter(tx, new, [], Limits(), Known())
    return tx.all(_urls(tx.dialect), rows=names)


def older(tx: Tx, before: float, after: int) -> list[int]:
    """The ids above `after` of articles that were first stored before this moment, in order; one batch."""
    old = select(articles.c.id).where(articles.c.stored_at < before, articles.c.id > after)
    return [row.id for row in tx.all(old.order_by(articles.c.id).limit(BATCH))]


def count_older(tx: Tx, before: float) -> int:
    """How many articles were first stored before this moment."""
    return int(tx.all(select(func.count().label("n")).where(articles.c.stored_at < before))[0].n)


def _settle(tx: Tx, asked: Sequence[Row[tuple[int, ...]]]) -> None:
    hosts = sorted({row.host_id for row in asked})
    waking.lock(tx, hosts)
    rows = pack({"id": row.id} for row in asked)
    tx.run(_skip(tx.dialect), now=tx.now, line=line(tx.now, Deleted.reason), rows=rows)
    waking.wake(tx, hosts)


def _delete(tx: Tx, gone: Sequence[Row[tuple[int, ...]]]) -> None:
    ids = [row.id for row in gone]
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in gone:
        counts[row.site, "article", ""] -= 1
        counts[row.site, "deleted-article", ""] += 1
        counts[row.site, "version", ""] -= row.versions
        counts[row.site, "deleted-version", ""] += row.versions
    copying.remove(tx, ids)
    search.index(tx, {}, ids)
    for table in (links, tags, versions):
        tx.run(delete(table).where(table.c.article_id.in_(ids)))
    tx.run(_drop_pages(tx.dialect), rows=pack({"site": row.site, "key": row.key} for row in gone))
    tx.run(delete(articles).where(articles.c.id.in_(ids)))
    tally.add(tx, counts)


@cache
def _lock(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    count = select(func.count()).where(versions.c.article_id == articles.c.id).correlate(articles).scalar_subquery()
    found = select(articles.c.id, articles.c.site, articles.c.key, articles.c.url, count.label("versions"))
    rows = found.join(given, articles.c.id == given.c.id)
    return rows.order_by(articles.c.site, articles.c.key).with_for_update(of=articles)


@cache
def _urls(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (urls.c.key == given.c.key) & (urls.c.site == given.c.site)
    found = select(urls.c.id, urls.c.site, urls.c.key, urls.c.state, urls.c.host_id).join(given, same)
    return found.order_by(urls.c.id).with_for_update(of=urls)


@cache
def _deleted(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (urls.c.key == given.c.key) & (urls.c.site == given.c.site)
    found = select(urls.c.site, urls.c.key).join(given, same)
    return found.where(has_state(State.SKIPPED), urls.c.reason == Deleted.reason)


@cache
def _skip(dialect: str) -> Executable:
    """What the server said of the page is forgotten too: asked for by hand, it must not answer `unchanged`."""
    given = rowset(dialect, id=Id)
    return (
        update(urls)
        .where(urls.c.id == given.c.id, ~has_state(State.LEASED))
        .values(
            state=state(State.SKIPPED),
            reason=Deleted.reason,
            detail=None,
            visit=urls.c.visit + 1,
            due_at=None,
            revisit_at=None,
            etag=None,
            last_modified=None,
            headline=None,
            state_at=bindparam("now", type_=Float(53)),
            journey=journal(),
        )
    )


@cache
def _drop_pages(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    found = select(pages.c.id).join(given, (pages.c.key == given.c.key) & (pages.c.site == given.c.site))
    return delete(pages).where(pages.c.id.in_(found))
