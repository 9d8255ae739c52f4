"""Fill rates: of how many pages of articles each field that their site requires was found.

A page is counted in the transaction that settles it, once for each visit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import bindparam, delete, func, insert, select, text, update

from workers.core.seconds import HOUR
from workers.core.work import Outcome
from workers.ledger.database import Tx
from workers.ledger.rows import clean
from workers.ledger.schema import fills

# What is older is told only in the sum.
WINDOW = 24 * HOUR


def hour_of(now: float) -> float:
    """The beginning of the hour."""
    return now - now % HOUR


def count(tx: Tx, settled: Iterable[tuple[str, Outcome]]) -> None:
    """Count the pages of articles among URLs that were just settled: pairs of site and outcome."""
    pages: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for site, outcome in settled:
        for name in outcome.required:
            pages[clean(site), name] += 1
            found[clean(site), name] += name not in outcome.missing
    at = hour_of(tx.now)
    rows = [
        {"site": site, "field": field, "at": at, "pages": n, "found": found[site, field]}
        for (site, field), n in sorted(pages.items())
    ]
    if rows and tx.dialect == "postgresql":
        tx.connection.execute(insert(fills), rows)
        return
    for row in rows:
        _add_in_place(tx, row)


def _add_in_place(tx: Tx, row: dict[str, object]) -> None:
    if not tx.run(_MORE, **{f"its_{name}": value for name, value in row.items()}):
        tx.connection.execute(insert(fills), row)


_MORE = (
    update(fills)
    .where(*(fills.c[name] == bindparam(f"its_{name}") for name in ("site", "field", "at")))
    .values({name: fills.c[name] + bindparam(f"its_{name}") for name in ("pages", "found")})
)


def fold(tx: Tx) -> None:
    """Sum up the rows of this hour and the last, and what has left the window, so that reading them stays cheap."""
    now = hour_of(tx.now)
    if tx.dialect == "postgresql":
        tx.run(_FOLD, since=now - HOUR)
    if tx.all(_AGED, before=now - WINDOW):
        _age_postgres(tx, now - WINDOW) if tx.dialect == "postgresql" else _age_sqlite(tx, now - WINDOW)


# Takes the rows of the last hours that no other sweep is folding, and puts one back for each site, field and hour.
_FOLD = text("""
    WITH taken AS (
      DELETE FROM fills WHERE id IN (SELECT id FROM fills WHERE at >= :since FOR UPDATE SKIP LOCKED)
      RETURNING site, field, at, pages, found
    )
    INSERT INTO fills (site, field, at, pages, found)
    SELECT site, field, at, sum(pages), sum(found) FROM taken GROUP BY 1, 2, 3
""")
_AGED = select(func.count()).where(fills.c.at > 0, fills.c.at < bindparam("before")).having(func.count() > 0)
# Takes what is older than the window, and puts one row back for each site and field.
_AGE = text("""
    WITH taken AS (
      DELETE FROM fills WHERE id IN (SELECT id FROM fills WHERE at < :before FOR UPDATE SKIP LOCKED)
      RETURNING site, field, pages, found
    )
    INSERT INTO fills (site, field, at, pages, found)
    SELECT site, field, 0, sum(pages), sum(found) FROM taken GROUP BY 1, 2
""")


def _age_postgres(tx: Tx, before: float) -> None:
    tx.run(_AGE, before=before)


def _age_sqlite(tx: Tx, before: float) -> None:
    sums = [func.sum(fills.c[name]).label(name) for name in ("pages", "found")]
    old = select(fills.c.site, fills.c.field, *sums).where(fills.c.at < before).group_by(fills.c.site, fills.c.field)
    rows = [
        {"site": row.site, "field": row.field, "at": 0.0, "pages": row.pages, "found": row.found} for row in tx.all(old)
    ]
    tx.run(delete(fills).where(fills.c.at < before))
    tx.connection.execute(insert(fills), rows)
