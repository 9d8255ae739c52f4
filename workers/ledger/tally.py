"""The counts of URLs by site and state, kept by the database itself in the transaction that changes a URL.

The triggers that do it stand in `migrations/first.py`: each adds to `tallies` what a statement on `urls` changed.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, insert, text, update

from workers.ledger.database import Tx
from workers.ledger.rows import clean
from workers.ledger.schema import tallies

# Takes all rows of `tallies` that no other sweep is folding, and puts one back for each site, state and reason.
_FOLD_POSTGRES = """
    WITH taken AS (
      DELETE FROM tallies WHERE id IN (SELECT id FROM tallies FOR UPDATE SKIP LOCKED)
      RETURNING site, state, reason, urls
    )
    INSERT INTO tallies (site, state, reason, urls)
    SELECT site, state, reason, sum(urls) FROM taken GROUP BY 1, 2, 3 HAVING sum(urls) <> 0
"""


def add(tx: Tx, counts: Mapping[tuple[str, str, str], int]) -> None:
    """Count things that are no URLs, by site, state and reason.

    PostgreSQL: rows are only added, and folded by the sweep; SQLite has one writer, and changes its rows in place.
    """
    rows = [
        {"site": clean(site), "state": state, "reason": reason, "urls": n}
        for (site, state, reason), n in sorted(counts.items())
        if n
    ]
    if rows and tx.dialect == "postgresql":
        tx.connection.execute(insert(tallies), rows)
        return
    for row in rows:
        more = {f"its_{name}": value for name, value in row.items()}
        if not tx.run(_MORE, **more):
            tx.connection.execute(insert(tallies), row)


_MORE = (
    update(tallies)
    .where(*(tallies.c[name] == bindparam(f"its_{name}") for name in ("site", "state", "reason")))
    .values(urls=tallies.c.urls + bindparam("its_urls"))
)


def fold(connection: Connection) -> None:
    """Sum the rows of `tallies` up, so that reading them stays cheap. On SQLite there is nothing to fold."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_FOLD_POSTGRES))
