"""Commit: store articles with their versions and links, and settle their URLs, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, select

from workers.ledger import homes, lag, tally, wire
from workers.ledger.adding import add_new
from workers.ledger.contents import (
    Whole,
    add_versions,
    article_row,
    date_back,
    replace,
    seconds,
)
from workers.ledger.copies import Arrival
from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Exact, articles

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article that a commit dealt with."""

    id: int
    site: str
    key: str
    url: str
    headline: str
    content_hash: str
    published: float | None
    stored_at: float


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did: articles that are new, that have a new version, and that stayed as they were."""

    stored: tuple[StoredArticle, ...]
    updated: tuple[StoredArticle, ...]
    unchanged: tuple[StoredArticle, ...]


def store(tx: Tx, readings: Sequence[Whole]) -> tuple[Committed, list[Arrival], set[Name]]:
    """Store articles; each distinct content of one becomes one version, however often and in whatever order it comes.

    The newest reading by `fetched_at` is what the article is; an older one only adds its version, or tells that it is
    older. Also gives the texts that are new or changed, for `copies.group`, and the names of what was told apart.
    """
    if not readings:
        return Committed((), (), ()), [], set()
    by_name, new, rows, parted = _at_home(tx, _by_name(readings))
    ids = {name: rows[name].id for name in by_name}
    added = add_versions(tx, [(ids[name], reading) for name, of in by_name.items() for reading in of])
    known = [(ids[n], each) for n, of in by_name.items() for each in of if each.fetched_at < rows[n].fetched_at]
    date_back(tx, known)
    newest = {n: of[-1] for n, of in by_name.items() if n in new or of[-1].fetched_at > rows[n].fetched_at}
    replace(tx, {ids[name]: reading for name, reading in newest.items()}, {ids[name] for name in new})
    changed = {n for n, reading in newest.items() if reading.content_hash != rows[n].content_hash}
    wire.tell_again(tx, [(ids[name], newest[name].content_hash) for name in sorted(changed)])
    changed |= {name for name in by_name if ids[name] in added}
    counts = lag.counts(rows[name] for name in new)
    counts.update((site, "article", "") for site, _ in new)
    counts.update((name[0], "version", "") for name in by_name for article_id in added if article_id == ids[name])
    tally.add(tx, counts)
    arrivals = _arrivals({ids[n]: reading for n, reading in newest.items() if n in new or n in changed})
    return _report(by_name, rows, new, changed), arrivals, parted


def _at_home(
    tx: Tx, by_name: dict[Name, list[Whole]]
) -> tuple[dict[Name, list[Whole]], set[Name], dict[Name, Row[Any]], set[Name]]:
    """The readings under the names that they are stored under, which of those are new, their rows, what was parted."""
    new, rows = _lock(tx, by_name)
    strange = homes.strangers(by_name, rows, new)
    if not strange:
        return by_name, new, rows, set()
    kept, parted = homes.part(tx, by_name, rows, strange)
    by_name = _by_name(kept)
    more, rows = _lock(tx, by_name)
    return by_name, new & by_name.keys() | more, rows, parted


def _arrivals(changed: Mapping[int, Whole]) -> list[Arrival]:
    return [Arrival(id_, reading.article.site, _at(reading), reading.sketch) for id_, reading in changed.items()]


def _at(reading: Whole) -> float:
    published = seconds(reading.article.published)
    return reading.fetched_at if published is None else published


def _report(
    by_name: Mapping[Name, Sequence[Whole]], rows: Mapping[Name, Row[Any]], new: set[Name], changed: set[Name]
) -> Committed:
    told = {name: _stored(rows[name], of[-1]) for name, of in by_name.items()}
    return Committed(
        stored=tuple(article for name, article in told.items() if name in new),
        updated=tuple(article for name, article in told.items() if name in changed - new),
        unchanged=tuple(article for name, article in told.items() if name not in changed | new),
    )


def _stored(row: Row[Any], reading: Whole) -> StoredArticle:
    article = reading.article
    return StoredArticle(
        id=row.id,
        site=article.site,
        key=article.key,
        url=article.url,
        headline=article.headline,
        content_hash=reading.content_hash,
        published=seconds(article.published),
        stored_at=row.stored_at,
    )


def _by_name(readings: Iterable[Whole]) -> dict[Name, list[Whole]]:
    """The readings of each article, oldest first; the articles in order, so that nobody locks them in another one."""
    by_name: dict[Name, list[Whole]] = defaultdict(list)
    for reading in sorted(readings, key=lambda reading: reading.fetched_at):
        by_name[reading.article.site, reading.article.key].append(reading)
    return dict(sorted(by_name.items()))


def _lock(tx: Tx, by_name: Mapping[Name, Sequence[Whole]]) -> tuple[set[Name], dict[Name, Row[Any]]]:
    """Enter the articles that are new, and lock all; whoever comes second waits here and sees what the first did."""
    rows = [article_row(of[-1], of[0].asked, tx.now) for of in by_name.values()]
    new = {(row.site, row.key) for row in add_new(tx, articles, ("key", "site"), ("site", "key"), rows)}
    names = pack({"site": site, "key": key} for site, key in by_name)
    found = tx.all(_lock_articles(tx.dialect), rows=names)
    return new, {(row.site, row.key): row for row in found}


@cache
def _lock_articles(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (articles.c.key == given.c.key) & (articles.c.site == given.c.site)
    rows = select(articles).join(given, same)
    return rows.order_by(articles.c.site, articles.c.key).with_for_update(of=articles)
