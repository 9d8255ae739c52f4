"""The counts of URLs by site and state, kept by the database itself in the transaction that changes a URL."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, and_, insert, text, update

from workers.ledger.database import Tx
from workers.ledger.rows import clean
from workers.ledger.schema import tallies

# Each adds to `tallies` what a statement on `urls` changed: one row for each site, state and reason it touched.
_POSTGRES = (
    """
    CREATE FUNCTION wireroom_tally() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        INSERT INTO tallies (site, state, reason, urls)
        SELECT site, state, coalesce(reason, ''), count(*) FROM newer GROUP BY 1, 2, 3;
      ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO tallies (site, state, reason, urls)
        SELECT site, state, reason, sum(n) FROM (
          SELECT site, state, coalesce(reason, '') AS reason, 1 AS n FROM newer
          UNION ALL
          SELECT site, state, coalesce(reason, ''), -1 FROM older
        ) AS changed GROUP BY 1, 2, 3 HAVING sum(n) <> 0;
      ELSE
        INSERT INTO tallies (site, state, reason, urls)
        SELECT site, state, coalesce(reason, ''), -count(*) FROM older GROUP BY 1, 2, 3;
      END IF;
      RETURN NULL;
    END $$
    """,
    "CREATE TRIGGER urls_tally_insert AFTER INSERT ON urls REFERENCING NEW TABLE AS newer"
    " FOR EACH STATEMENT EXECUTE FUNCTION wireroom_tally()",
    "CREATE TRIGGER urls_tally_update AFTER UPDATE ON urls REFERENCING OLD TABLE AS older NEW TABLE AS newer"
    " FOR EACH STATEMENT EXECUTE FUNCTION wireroom_tally()",
    "CREATE TRIGGER urls_tally_delete AFTER DELETE ON urls REFERENCING OLD TABLE AS older"
    " FOR EACH STATEMENT EXECUTE FUNCTION wireroom_tally()",
)

# SQLite has one writer, so the row of a count is changed in place.
_SQLITE_ADD = (
    "INSERT INTO tallies (site, state, reason, urls) SELECT {row}.site, {row}.state, coalesce({row}.reason, ''), 0"
    " WHERE NOT EXISTS (SELECT 1 FROM tallies WHERE site = {row}.site AND state = {row}.state"
    " AND reason = coalesce({row}.reason, ''));"
    " UPDATE tallies SET urls = urls + ({n}) WHERE id = (SELECT id FROM tallies WHERE site = {row}.site"
    " AND state = {row}.state AND reason = coalesce({row}.reason, '') LIMIT 1);"
)
_ENTERS = _SQLITE_ADD.format(row="NEW", n="1")
_LEAVES = _SQLITE_ADD.format(row="OLD", n="-1")
_SQLITE = (
    f"CREATE TRIGGER urls_tally_insert AFTER INSERT ON urls BEGIN {_ENTERS} END",
    "CREATE TRIGGER urls_tally_update AFTER UPDATE OF site, state, reason ON urls"
    " WHEN OLD.state <> NEW.state OR OLD.reason IS NOT NEW.reason OR OLD.site <> NEW.site"
    f" BEGIN {_LEAVES} {_ENTERS} END",
    f"CREATE TRIGGER urls_tally_delete AFTER DELETE ON urls BEGIN {_LEAVES} END",
)

# Takes all rows of `tallies` that no other sweep is folding, and puts one back for each site, state and reason.
_FOLD_POSTGRES = """
    WITH taken AS (
      DELETE FROM tallies WHERE id IN (SELECT id FROM tallies FOR UPDATE SKIP LOCKED)
      RETURNING site, state, reason, urls
    )
    INSERT INTO tallies (site, state, reason, urls)
    SELECT site, state, reason, sum(urls) FROM taken GROUP BY 1, 2, 3 HAVING sum(urls) <> 0
"""


def create_triggers(connection: Connection) -> None:
    """Make `tallies` follow `urls` from now on."""
    for statement in _POSTGRES if connection.dialect.name == "postgresql" else _SQLITE:
        connection.exec_driver_sql(statement)


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
        same = and_(*(tallies.c[name] == row[name] for name in ("site", "state", "reason")))
        if not tx.run(update(tallies).where(same).values(urls=tallies.c.urls + row["urls"])):
            tx.run(insert(tallies).values(**row))


def fold(connection: Connection) -> None:
    """Sum the rows of `tallies` up, so that reading them stays cheap. On SQLite there is nothing to fold."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_FOLD_POSTGRES))
