"""What was set aside: looked at, replayed or dropped, in batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, and_, bindparam, select, update

from workers.core.work import State
from workers.ledger.database import Tx
from workers.ledger.revisit import visit_again
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Id, urls
from workers.ledger.sql import BATCH, has_state, is_state, journal, line, state


@dataclass(frozen=True, slots=True)
class Parked:
    """A URL that was set aside, and why; `at` in seconds since 1970."""

    id: int
    site: str
    key: str
    url: str
    reason: str
    detail: str | None
    at: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which parked URLs are meant: all that fit everything given."""

    reason: str | None = None
    site: str | None = None
    ids: tuple[int, ...] | None = None

    def where(self) -> Any:
        """The condition on urls."""
        given = [urls.c.reason == self.reason] if self.reason is not None else []
        given += [urls.c.site == self.site] if self.site is not None else []
        given += [urls.c.id.in_(self.ids)] if self.ids is not None else []
        return and_(is_state(State.PARKED), *given)


def parked(tx: Tx, chosen: Chosen, limit: int, after: int | None = None) -> list[Parked]:
    """Parked URLs, newest first; `after` is the id of the last one of the page before."""
    older = [urls.c.id < after] if after is not None else []
    found = select(urls).where(chosen.where(), *older).order_by(urls.c.id.desc()).limit(limit)
    return [_parked(row) for row in tx.all(found)]


def _parked(row: Row[Any]) -> Parked:
    return Parked(row.id, row.site, row.key, row.url, row.reason or "", row.detail, row.state_at)


def replay(tx: Tx, chosen: Chosen) -> int:
    """Parked URLs wait again, for a new visit; one batch. Returns how many."""
    return visit_again(tx, _batch(tx, chosen), "replayed")


def drop(tx: Tx, chosen: Chosen) -> int:
    """Parked URLs are given up: skipped, as `dropped`; one batch. Returns how many."""
    ids = _batch(tx, chosen)
    if not ids:
        return 0
    return tx.run(_drop(tx.dialect), now=tx.now, line=line(tx.now, "dropped"), rows=pack({"id": id_} for id_ in ids))


def _batch(tx: Tx, chosen: Chosen) -> Sequence[int]:
    rows = select(urls.c.id).where(chosen.where()).order_by(urls.c.id).limit(BATCH).with_for_update(skip_locked=True)
    return [row.id for row in tx.all(rows)]


@cache
def _drop(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    return (
        update(urls)
        .where(urls.c.id == given.c.id, has_state(State.PARKED))
        .values(
            state=state(State.SKIPPED),
            reason="dropped",
            state_at=bindparam("now"),
            revisit_at=None,
            journey=journal(),
        )
    )
