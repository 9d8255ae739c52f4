"""Every figure of the ledger once more, by SQL that has nothing in common with the code that tells it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from workers.core import metric
from workers.core.metric import Family, Spread
from workers.ledger import Figures
from workers.ledger.database import Tx
from workers.ledger.figures import figures

Values = dict[tuple[str, ...], float]

# Rows of labels and a value; the ages count from the transaction's :now.
ALL = {
    metric.URLS.name: """
        SELECT site, CASE WHEN state <> 'leased' THEN state
                          WHEN leased_by = 'hand-off' THEN 'handed_over' ELSE 'in_fetch' END, count(*)
        FROM urls WHERE state IN ('waiting', 'leased', 'stored') GROUP BY 1, 2""",
    metric.URLS_SKIPPED.name: "SELECT site, reason, count(*) FROM urls WHERE state = 'skipped' GROUP BY 1, 2",
    metric.URLS_PARKED.name: "SELECT site, reason, count(*) FROM urls WHERE state = 'parked' GROUP BY 1, 2",
    metric.ARTICLES.name: "SELECT site, count(*) FROM articles GROUP BY 1",
    metric.VERSIONS.name: """
        SELECT site, count(*) FROM versions JOIN articles ON articles.id = article_id GROUP BY 1""",
    metric.OLDEST_WAITING.name: """
        SELECT site, :now - min(state_at) FROM urls WHERE state = 'waiting' GROUP BY 1""",
    metric.OLDEST_LEASED.name: "SELECT site, :now - min(state_at) FROM urls WHERE state = 'leased' GROUP BY 1",
    metric.NEWEST_ARTICLE.name: "SELECT site, :now - max(stored_at) FROM articles GROUP BY 1",
    metric.LISTING_AGE.name: """
        SELECT site, max(:now - coalesce(read_at, admitted_at))
        FROM urls WHERE every IS NOT NULL AND label = 'seed' GROUP BY 1""",
    metric.LISTING_OVERDUE.name: """
        SELECT site, max(max(0.0, :now - coalesce(read_at, admitted_at) - every))
        FROM urls WHERE every IS NOT NULL AND label = 'seed' GROUP BY 1""",
    metric.SITE_PAUSED.name: "SELECT name, paused FROM sites",
    f"{metric.LAG.name}_count": "SELECT site, count(*) FROM articles WHERE published IS NOT NULL GROUP BY 1",
    f"{metric.LAG.name}_600": """
        SELECT site, sum(stored_at - published <= 600) FROM articles WHERE published IS NOT NULL GROUP BY 1""",
    f"{metric.LAG.name}_86400": """
        SELECT site, sum(stored_at - published <= 86400) FROM articles WHERE published IS NOT NULL GROUP BY 1""",
    f"{metric.LAG.name}_sum": """
        SELECT site, sum(max(0.0, stored_at - published)) FROM articles WHERE published IS NOT NULL GROUP BY 1""",
    metric.HOSTS.name: "SELECT count(*) FROM hosts",
    metric.HOST_BREAKER.name: "SELECT name, failures >= 5 FROM hosts",
    metric.HOST_FAILURES.name: "SELECT name, failures FROM hosts",
    metric.HOST_THROTTLED.name: "SELECT name, throttled FROM hosts",
    metric.HOST_REST.name: """
        SELECT name, CASE WHEN reason IS NULL THEN 0 ELSE max(0.0, next_at - :now) END FROM hosts""",
    metric.HOSTS_READY.name: "SELECT count(*) FROM hosts WHERE ready_at <= :now",
    metric.OLDEST_READY.name: """
        SELECT coalesce(max(0.0, :now - min(ready_at)), 0.0) FROM hosts WHERE holder IS NULL""",
    metric.OLDEST_HANDED_OVER.name: """
        SELECT coalesce(:now - min(state_at), 0.0) FROM urls WHERE leased_by = 'hand-off'""",
}


def both(tx: Tx) -> tuple[float, Figures, dict[str, Values]]:
    """The time, the figures, and what SQL says, of one moment: on SQLite a transaction sees one state of all tables."""
    found = figures(tx, 300)
    said = {name: _rows(tx, sql) for name, sql in ALL.items()}
    return tx.now, found, said


def _rows(tx: Tx, sql: str) -> Values:
    values: dict[str, Any] = {"now": tx.now} if ":now" in sql else {}
    return {tuple(row[:-1]): float(row[-1]) for row in tx.all(text(sql), **values)}


def told(families: list[Family]) -> dict[str, Values]:
    """What was told, in the same form; of a histogram its count, its sum and two of its bounds."""
    found: dict[str, Values] = {}
    for family in families:
        for labels, value in family.values.items():
            if isinstance(value, Spread):
                under = dict(value.under)
                name = family.metric.name
                parts = {"count": under["+Inf"], "600": under["600.0"], "86400": under["86400.0"], "sum": value.total}
                for part, number in parts.items():
                    found.setdefault(f"{name}_{part}", {})[labels] = number
            else:
                found.setdefault(family.metric.name, {})[labels] = value
    return found
