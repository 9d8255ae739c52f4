"""Budgets: how many more URLs of a site may be handed out, where a crawl was given a number of pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, select, update

from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Exact, Id, sites


def within(tx: Tx, found: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The rows without those that a site's budget does not reach; what was handed out before is paid for."""
    limited = sorted({row.site for row in found if _spends(row)})
    if not limited:
        return list(found)
    rows = tx.all(_lock_budgets(tx.dialect), rows=pack({"name": name} for name in limited))
    left = Counter({row.name: row.budget for row in rows})
    kept = []
    for row in sorted(found, key=lambda row: -row.wanted):
        if not _spends(row) or left[row.site] > 0:
            left[row.site] -= _spends(row)
            kept.append(row)
    return kept


def _spends(row: Row[Any]) -> bool:
    return row.budget is not None and row.due_at is None


@cache
def _lock_budgets(dialect: str) -> Executable:
    given = rowset(dialect, name=Exact)
    rows = select(sites.c.name, sites.c.budget).join(given, given.c.name == sites.c.name)
    return rows.where(sites.c.budget.is_not(None)).order_by(sites.c.name).with_for_update(of=sites)


def spend(tx: Tx, taken: Mapping[int, Sequence[Row[Any]]], found: Mapping[int, Sequence[Row[Any]]]) -> None:
    """Take what was leased for the first time, of what was found, from the budgets of its sites."""
    limited = {row.site for rows in found.values() for row in rows if row.budget is not None}
    spent = Counter(row.site for rows in taken.values() for row in rows if row.attempts == 1 and row.site in limited)
    if spent:
        tx.run(_spend_budget(tx.dialect), rows=pack({"name": name, "n": n} for name, n in sorted(spent.items())))


@cache
def _spend_budget(dialect: str) -> Executable:
    given = rowset(dialect, name=Exact, n=Id)
    return update(sites).where(sites.c.name == given.c.name).values(budget=sites.c.budget - given.c.n)
