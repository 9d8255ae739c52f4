"""Twins: a story that its site shows under two addresses, neither of which names the other, is stored once.

The first address that is read has it; of the others it is a duplicate. Whoever comes later waits until the first has
committed, so two workers that read both at the same moment store one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Executable, FromClause, Row, Select, bindparam, func, select

from workers.core.article import Article
from workers.core.errors import Duplicate
from workers.core.same import are_twins, is_same_story
from workers.core.work import Outcome, State
from workers.ledger.contents import Whole
from workers.ledger.database import Tx
from workers.ledger.homes import move
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Exact, articles, versions

Name = tuple[str, str]
Number = tuple[str, int]
# Of one headline on one day more are a series, and are not looked at.
_MOST = 20


def alike(tx: Tx, twins: Collection[Number]) -> dict[Number, list[Article]]:
    """The stored articles that may be the same story as one with this site and number."""
    found: dict[Number, list[Article]] = defaultdict(list)
    for row in _find(tx, twins):
        found[row.site, row.twin].append(_article(row))
    return dict(found)


def once(tx: Tx, readings: Sequence[Whole], outcomes: Sequence[Outcome]) -> tuple[list[Whole], list[Outcome]]:
    """The readings without those that are stored under another address; the URLs of these end as duplicates.

    A story that was asked for where it is stored, and answered elsewhere, has moved there and is still that article.
    """
    new = _unstored(tx, [reading for reading in readings if reading.twin is not None])
    _take_turns(tx, new)
    stored = _stored(tx, new)
    dropped: list[Whole] = []
    originals: dict[int | None, str] = {}
    for reading in new:
        row = next((row for row in stored[reading.name] if _is_same(reading, row)), None)
        if row is not None and row.key == reading.key_at(reading.asked):
            move(tx, row, reading.name)
        elif row is not None:
            dropped.append(reading)
            originals[reading.url_id] = row.url
    kept = [reading for reading in readings if not any(reading is each for each in dropped)]
    return kept, [_ended(each, originals[each.id]) if each.id in originals else each for each in outcomes]


def _ended(outcome: Outcome, original: str) -> Outcome:
    ended = replace(outcome, state=State.SKIPPED, reason=Duplicate.reason, detail=original, required=(), missing=())
    return replace(ended, etag=None, last_modified=None, revisit_in=None)


def _is_same(reading: Whole, row: Row[Any]) -> bool:
    """A story that was sent from its old address may have changed on the way."""
    is_sent = row.key == reading.key_at(reading.asked)
    return (is_same_story if is_sent else are_twins)(reading.article, _article(row))


def _article(row: Row[Any]) -> Article:
    return Article.model_validate_json(row.document)


def _unstored(tx: Tx, readings: Sequence[Whole]) -> list[Whole]:
    """Those whose own names have no article."""
    if not readings:
        return []
    known = {(row.site, row.key) for row in tx.all(_named(tx.dialect), rows=_names(each.name for each in readings))}
    return [reading for reading in readings if reading.name not in known]


def _take_turns(tx: Tx, readings: Iterable[Whole]) -> None:
    """Whoever stores a story of these numbers too waits here: before all else that it locks, and in one order."""
    if tx.dialect != "postgresql":
        return
    for number in sorted({reading.twin for reading in readings if reading.twin is not None}):
        tx.all(_TAKE, number=number)


_TAKE = select(func.pg_advisory_xact_lock(bindparam("number", type_=BigInteger())))


def _stored(tx: Tx, readings: Sequence[Whole]) -> dict[Name, list[Row[Any]]]:
    """For each reading, by name, the articles that may be it: where it was asked for, and those of its number."""
    asked = {reading.name: (reading.article.site, reading.key_at(reading.asked)) for reading in readings}
    sent = {at for name, at in asked.items() if at != name}
    there = {(row.site, row.key): row for row in tx.all(_named(tx.dialect), rows=_names(sent))} if sent else {}
    alike: dict[Number, list[Row[Any]]] = defaultdict(list)
    for row in _find(tx, {(each.article.site, each.twin) for each in readings if each.twin is not None}):
        alike[row.site, row.twin].append(row)
    found: dict[Name, list[Row[Any]]] = {}
    for each in readings:
        before = [there[asked[each.name]]] if asked[each.name] in there else []
        found[each.name] = [*before, *(alike[each.article.site, each.twin] if each.twin is not None else ())]
    return found


def _names(names: Iterable[Name]) -> str:
    return pack({"site": site, "key": key} for site, key in sorted(set(names)))


def _find(tx: Tx, twins: Collection[Number]) -> Sequence[Row[Any]]:
    if not twins:
        return ()
    rows = pack({"site": site, "twin": number} for site, number in sorted(twins))
    return tx.all(_alike(tx.dialect), rows=rows, n=_MOST * len(twins))


@cache
def _alike(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, twin=BigInteger())
    same = (articles.c.twin == given.c.twin) & (articles.c.site == given.c.site)
    return _documents(given.join(articles, same)).limit(bindparam("n"))


@cache
def _named(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (articles.c.key == given.c.key) & (articles.c.site == given.c.site)
    return _documents(given.join(articles, same))


def _documents(found: FromClause) -> Select[Any]:
    current = (versions.c.article_id == articles.c.id) & (versions.c.content_hash == articles.c.content_hash)
    columns = [articles.c[name] for name in ("id", "site", "key", "url", "twin")]
    return select(*columns, versions.c.document).select_from(found.join(versions, current))
