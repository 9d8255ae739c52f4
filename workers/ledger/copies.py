"""Copies: articles with nearly the same text get one group, as they arrive, within the sink's transaction.

The group's id is that of its first article. A text is compared with those only that share a band with it, so the cost
does not grow with the ledger; what is older than `KEPT` has left the index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Float, Row, bindparam, delete, func, select, text, true, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from workers.core.seconds import DAY
from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Id, articles, bands, copies
from workers.ledger.sketch import Sketch

# Copies are published within days of each other; the same text a week later is a series, or a template.
WINDOW = 3 * DAY
# How long a text stays in the index after it was stored, the delays of crawling included.
KEPT = 7 * DAY
# Articles that one transaction takes out of the index.
BATCH = 500
# A band that so many groups share is that of a template, and tells nothing.
_CROWD = 8
# A number of our own among PostgreSQL's advisory locks, and how long we wait for it.
_LOCK = 7_482_912
_PATIENCE_MS = 500


@dataclass(frozen=True, slots=True)
class Arrival:
    """A text that is to be grouped: its article, where and when (seconds since 1970) it was published."""

    article_id: int
    site: str
    at: float
    sketch: Sketch | None


@dataclass(frozen=True, slots=True)
class _Near:
    """A text of the ledger that shares a band with a new one."""

    site: str
    group_id: int
    at: float
    sketch: Sketch


def group(tx: Tx, texts: Sequence[Arrival]) -> None:
    """Put new and changed texts into their groups. An article that has copies keeps its group whatever it becomes."""
    known = _known(tx, texts)
    texts = [each for each in texts if each.sketch or each.article_id in known]
    if not texts:
        return
    _take_turns(tx)
    _forget(tx, known.values())
    near = _near(tx, texts)
    groups: dict[int, int] = {}
    local: dict[int, list[Arrival]] = defaultdict(list)
    for each in sorted(texts, key=lambda each: each.article_id):
        kept = known[each.article_id].group_id if _has_copies(known.get(each.article_id)) else None
        found = kept or _best(each, [*near[each.article_id], *_arrived(each, local, groups)])
        groups[each.article_id] = found or each.article_id
        for band in each.sketch.bands if each.sketch else ():
            local[band].append(each)
    _enter(tx, texts, groups)


def _has_copies(row: Row[Any] | None) -> bool:
    return row is not None and row.members > 1


def _arrived(new: Arrival, local: Mapping[int, Sequence[Arrival]], groups: Mapping[int, int]) -> Iterable[_Near]:
    """Those of the same batch that came before."""
    shared = [other for band in (new.sketch.bands if new.sketch else ()) for other in local.get(band, ())[:_CROWD]]
    for other in {other.article_id: other for other in shared}.values():
        if other.sketch and abs(other.at - new.at) <= WINDOW:
            yield _Near(other.site, groups[other.article_id], other.at, other.sketch)


def _best(new: Arrival, near: Iterable[_Near]) -> int | None:
    """The group of the text that this one copies: of its own site first, then the most alike, then the oldest."""
    sketch = new.sketch
    if sketch is None:
        return None
    found = [each for each in near if sketch.is_copy(each.sketch, one_site=each.site == new.site)]
    order = ((each.site != new.site, -sketch.alike(each.sketch), each.group_id) for each in found)
    return min(order)[2] if found else None


def _take_turns(tx: Tx) -> None:
    """One transaction groups at a time, so that two copies that arrive together see each other.

    It is the last lock of the transaction, so no circle of waiting can close. Who holds it too long (a process that
    was stopped) is not waited for: then copies may stay apart, but nothing stands still.
    """
    if tx.dialect != "postgresql" or tx.all(_TRY)[0].got:
        return
    try:
        with tx.connection.begin_nested():
            tx.connection.execute(_WAIT)
            tx.connection.execute(_TAKE)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != "55P03":
            raise


_TRY = text(f"SELECT pg_try_advisory_xact_lock({_LOCK}) AS got")
_WAIT = text(f"SET LOCAL lock_timeout = {_PATIENCE_MS}")
_TAKE = text(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _known(tx: Tx, texts: Iterable[Arrival]) -> dict[int, Row[Any]]:
    rows = tx.all(_find(tx.dialect), rows=pack({"article_id": id_} for id_ in sorted(t.article_id for t in texts)))
    return {row.article_id: row for row in rows}


@cache
def _find(dialect: str) -> Executable:
    given, members = rowset(dialect, article_id=Id), copies.alias()
    count = select(func.count()).where(members.c.group_id == copies.c.group_id).correlate(copies).scalar_subquery()
    found = select(copies.c.article_id, copies.c.group_id, copies.c.sketch, count.label("members"))
    return found.join(given, given.c.article_id == copies.c.article_id)


def _near(tx: Tx, texts: Iterable[Arrival]) -> dict[int, list[_Near]]:
    """For each text those of other articles that share a band with it and were published about the same time."""
    rows = [
        {"article_id": t.article_id, "at": t.at, "band": band} for t in texts if t.sketch for band in t.sketch.bands
    ]
    found: dict[int, list[_Near]] = defaultdict(list)
    for row in tx.all(_look_up(tx.dialect), rows=pack(rows)) if rows else ():
        found[row.asked].append(_Near(row.site, row.group_id, row.at, Sketch.unpack(row.sketch)))
    return found


@cache
def _look_up(dialect: str) -> Executable:
    given = rowset(dialect, article_id=Id, at=Float(53), band=Id)
    pairs = (
        select(given.c.article_id.label("asked"), given.c.at, bands.c.article_id.label("found"))
        .join(bands, bands.c.band == given.c.band)
        .where(bands.c.article_id != given.c.article_id)
        .distinct()
        .subquery("pairs")
    )
    return (
        select(pairs.c.asked, copies.c.group_id, copies.c.at, copies.c.sketch, articles.c.site)
        .join(copies, copies.c.article_id == pairs.c.found)
        .join(articles, articles.c.id == pairs.c.found)
        .where(copies.c.sketch.is_not(None), func.abs(copies.c.at - pairs.c.at) <= WINDOW)
    )


def _enter(tx: Tx, texts: Iterable[Arrival], groups: Mapping[int, int]) -> None:
    rows = [
        {
            "article_id": each.article_id,
            "group_id": groups[each.article_id],
            "at": each.at,
            "entered_at": tx.now,
            "sketch": each.sketch.pack() if each.sketch else None,
        }
        for each in texts
    ]
    tx.run(_put_copies(tx.dialect), rows=pack(rows))
    index = {(band, groups[t.article_id]): t.article_id for t in texts if t.sketch for band in t.sketch.bands}
    lines = [(band, group, id_) for (band, group), id_ in sorted(index.items())]
    if tx.dialect == "sqlite":
        tx.each(_PUT_BAND, [(*line, line[0]) for line in lines])
    else:
        tx.run(_put_bands(), rows=pack(dict(zip(_BAND, line, strict=True)) for line in lines))


_BAND = ("band", "group_id", "article_id")
# The same for one band, as SQLite takes many in a third of the time. A band leads to the newest text of each group, so
# that the window moves along with the story.
_PUT_BAND = f"""
    INSERT INTO bands (band, group_id, article_id) SELECT ?, ?, ? WHERE
    (SELECT count(*) FROM bands WHERE band = ?) < {_CROWD}
    ON CONFLICT (band, group_id) DO UPDATE SET article_id = excluded.article_id
"""  # noqa: S608  # a number of ours


@cache
def _put_copies(dialect: str) -> Executable:
    given = rowset(dialect, **{column.name: column.type for column in copies.c})
    insert = postgresql.insert(copies) if dialect == "postgresql" else sqlite.insert(copies)
    adding = insert.from_select([column.name for column in given.c], select(*given.c).where(true()))
    changed = {name: adding.excluded[name] for name in ("group_id", "at", "entered_at", "sketch")}
    return adding.on_conflict_do_update(index_elements=["article_id"], set_=changed)


@cache
def _put_bands() -> Executable:
    given, others = rowset("postgresql", band=Id, group_id=Id, article_id=Id), bands.alias()
    crowd = select(func.count()).where(others.c.band == given.c.band).correlate(given).scalar_subquery()
    adding = postgresql.insert(bands).from_select(_BAND, select(*given.c).where(crowd < _CROWD))
    return adding.on_conflict_do_update(
        index_elements=["band", "group_id"], set_={"article_id": adding.excluded.article_id}
    )


def _forget(tx: Tx, rows: Iterable[Row[Any]]) -> None:
    """The bands of these articles lead to them no more."""
    lines = [
        {"band": band, "article_id": row.article_id}
        for row in rows
        if row.sketch is not None
        for band in Sketch.unpack(row.sketch).bands
    ]
    if lines:
        tx.run(_drop_bands(tx.dialect), rows=pack(sorted(lines, key=lambda line: (line["band"], line["article_id"]))))


def remove(tx: Tx, ids: Sequence[int]) -> None:
    """These articles are deleted: they leave their groups, whose number stays, and the index."""
    rows = tx.all(_find(tx.dialect), rows=pack({"article_id": id_} for id_ in ids))
    _forget(tx, rows)
    tx.run(delete(copies).where(copies.c.article_id.in_([row.article_id for row in rows])))


def forget(tx: Tx) -> int:
    """Take texts that were stored long ago out of the index; their groups stay. One batch; returns how many."""
    rows = tx.all(_OLD, before=tx.now - KEPT, n=BATCH)
    _forget(tx, rows)
    if rows:
        tx.run(_drop_sketches(tx.dialect), rows=pack({"article_id": row.article_id} for row in rows))
    return len(rows)


_OLD = (
    select(copies.c.article_id, copies.c.sketch)
    .where(copies.c.sketch.is_not(None), copies.c.entered_at < bindparam("before"))
    .order_by(copies.c.entered_at)
    .limit(bindparam("n"))
    .with_for_update(skip_locked=True)
)


@cache
def _drop_sketches(dialect: str) -> Executable:
    given = rowset(dialect, article_id=Id)
    return update(copies).where(copies.c.article_id == given.c.article_id).values(sketch=None)


@cache
def _drop_bands(dialect: str) -> Executable:
    given = rowset(dialect, band=Id, article_id=Id)
    if dialect == "postgresql":
        return delete(bands).where(bands.c.band == given.c.band, bands.c.article_id == given.c.article_id)
    found = select(bands.c.band, bands.c.group_id).join(given, bands.c.band == given.c.band)
    pairs = found.where(bands.c.article_id == given.c.article_id)
    return delete(bands).where(tuple_(bands.c.band, bands.c.group_id).in_(pairs))
