"""What is settled waits again: because its time has come, or because somebody asks. All of it may run twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from sqlalchemy import Executable, Float, and_, bindparam, case, or_, select, update

from workers.core.link import Kind, Label
from workers.core.seconds import HOUR
from workers.core.work import Candidate, State
from workers.ledger.admit import Known, enter, unknown, want_sooner
from workers.ledger.database import Tx
from workers.ledger.limits import Limits
from workers.ledger.rows import clean, pack, rowset
from workers.ledger.schema import Exact, Id, urls
from workers.ledger.sql import BATCH, has_state, journal, line, state
from workers.ledger.waking import bump


def revisit(tx: Tx, limit: int) -> int:
    """Settled URLs whose time has come wait for a new visit; at most `limit`. Returns how many."""
    due = tx.all(_due(), now=tx.now, n=limit)
    return visit_again(tx, [row.id for row in due], "due again")


def is_due(tx: Tx) -> bool:
    """True where the time of a settled URL has come."""
    return bool(tx.all(_IS_DUE, now=tx.now))


_IS_DUE = select(urls.c.id).where(urls.c.revisit_at <= bindparam("now")).limit(1)


@cache
def _due() -> Executable:
    rows = select(urls.c.id).where(urls.c.revisit_at <= bindparam("now")).order_by(urls.c.revisit_at)
    return rows.limit(bindparam("n")).with_for_update(skip_locked=True)


def visit_again(tx: Tx, ids: Collection[int], word: str) -> int:
    """These URLs, where they are settled, wait for a new visit with all its attempts. Returns how many."""
    if not ids:
        return 0
    rows = pack({"id": id_} for id_ in sorted(ids))
    back = tx.all(_visit_again(tx.dialect), now=tx.now, line=line(tx.now, word), rows=rows)
    bump(tx, dict.fromkeys((row.host_id for row in back), tx.now))
    return len(back)


def visit_named(tx: Tx, names: Collection[tuple[str, str]], word: str) -> None:
    """The URLs of these (site, key), where they are settled, wait for a new visit."""
    if names:
        rows = tx.all(_named(tx.dialect), rows=pack({"site": site, "key": key} for site, key in sorted(names)))
        visit_again(tx, [row.id for row in rows], word)


# What is read again at intervals is a list, also where it was taken for a page.
_IS_LIST = or_(urls.c.kind != Kind.PAGE.value, urls.c.every.is_not(None))


@cache
def _visit_again(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    now = bindparam("now", type_=Float(53))
    settled = and_(~has_state(State.WAITING), ~has_state(State.LEASED))
    return (
        update(urls)
        .where(urls.c.id == given.c.id, settled)
        .values(
            state=state(State.WAITING),
            reason=None,
            detail=None,
            visit=urls.c.visit + 1,
            attempts=0,
            losses=0,
            due_at=None,
            state_at=now,
            revisit_at=None,
            # A start shows what is new now. Other lists do too, but what was found new goes before them, or many that
            # fall due at once would keep it waiting. A page is wanted as much as before.
            wanted=case(
                (_IS_LIST & (urls.c.label == Label.SEED.value), now), (_IS_LIST, now - HOUR), else_=urls.c.wanted
            ),
            journey=journal(),
        )
        .returning(urls.c.host_id)
    )


def ask(tx: Tx, candidates: Sequence[Candidate]) -> int:
    """What a person gave waits before everything else, whether it is new or was settled, however. Returns how many."""
    new, _ = unknown(tx, candidates)
    admitted, _ = enter(tx, new, [], Limits(), Known())
    wanted = {(clean(c.site), clean(c.key)): c.wanted for c in candidates}
    names = [{"site": site, "key": key} for site, key in sorted(wanted)]
    found = tx.all(_named(tx.dialect), rows=pack(names))
    again = visit_again(tx, [row.id for row in found], "asked for again")
    want_sooner(tx, [{"id": row.id, "wanted": wanted[row.site, row.key]} for row in found])
    return len(admitted.new) + again


@cache
def _named(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (urls.c.key == given.c.key) & (urls.c.site == given.c.site)
    return select(urls.c.id, urls.c.site, urls.c.key).join(given, same).order_by(urls.c.id)


def make_articles_due(tx: Tx, site: str, after: int) -> tuple[int, int | None]:
    """One batch of the site's stored pages, by id from `after`, waits for a new visit; how many, and the last id."""
    rows = tx.all(_STORED, site=site, after=after, n=BATCH)
    ids = [row.id for row in rows]
    return visit_again(tx, ids, "asked for again"), ids[-1] if ids else None


_STORED = (
    select(urls.c.id)
    .where(
        urls.c.site == bindparam("site"),
        urls.c.kind == Kind.PAGE.value,
        urls.c.state == State.STORED.value,
        urls.c.id > bindparam("after"),
    )
    .order_by(urls.c.id)
    .limit(bindparam("n"))
)
