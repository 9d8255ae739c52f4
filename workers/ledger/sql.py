"""Pieces of SQL that several statements share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, literal_column

from workers.core.work import State
from workers.ledger.schema import urls

# Characters kept of a URL's journey: some thirty lines.
JOURNEY = 2_000
# Rows that one transaction of the sweep, a revisit or a replay takes at most, so that nobody waits long for it.
BATCH = 2_000


def state(value: State) -> ColumnElement[str]:
    """The state as a literal, so that partial indexes serve."""
    return literal_column(f"'{value.value}'")


def is_state(value: State) -> ColumnElement[bool]:
    """Whether a row of urls is in this state."""
    return urls.c.state == state(value)


def has_state(value: State) -> ColumnElement[bool]:
    """Whether a row of urls that is found by its id is in this state, said so that no partial index offers itself.

    PostgreSQL takes rows of one state for few until it has counted them, and would go through all of them instead.
    """
    return func.lower(urls.c.state) == state(value)


FRESH = is_state(State.WAITING) & urls.c.due_at.is_(None)
AGAIN = is_state(State.WAITING) & urls.c.due_at.is_not(None)


def greatest(dialect: str, *values: Any) -> ColumnElement[float]:
    """The greatest of several values, none of which is NULL."""
    return func.greatest(*values) if dialect == "postgresql" else func.max(*values)


def least(dialect: str, *values: Any) -> ColumnElement[float]:
    """The least of several values, none of which is NULL."""
    return func.least(*values) if dialect == "postgresql" else func.min(*values)


def journal(line: ColumnElement[str] | None = None) -> ColumnElement[str]:
    """The journey with one more line; the parameter `line` unless another is given."""
    longer = urls.c.journey + (bindparam("line") if line is None else line)
    length = func.length(longer)
    return case((length > JOURNEY, func.substr(longer, length - (JOURNEY - 1))), else_=longer)


def line(now: float, word: str, detail: str = "") -> str:
    """One line of a journey."""
    return f"{now:.3f}\t{word}\t{' '.join(detail.split())}\n"
