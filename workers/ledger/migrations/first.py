"""The SQL of migration 0001 that tables do not tell: the triggers that count, and the search index.

It never changes: a ledger that is made today must be the one that was made then and upgraded since. What should be
otherwise is a new migration.
"""

from __future__ import annotations

from sqlalchemy import Connection

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

_SEARCH = {
    "postgresql": (
        "CREATE TABLE article_search (article_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX article_search_words ON article_search USING gin (words)",
    ),
    "sqlite": ("CREATE VIRTUAL TABLE article_search USING fts5(words, tokenize = 'unicode61 remove_diacritics 0')",),
}


def create_triggers(connection: Connection) -> None:
    """Make `tallies` follow `urls` from now on."""
    for statement in _POSTGRES if connection.dialect.name == "postgresql" else _SQLITE:
        connection.exec_driver_sql(statement)


def create_search(connection: Connection) -> None:
    """Make the index of words, with nothing in it."""
    for statement in _SEARCH[connection.dialect.name]:
        connection.exec_driver_sql(statement)
