"""Settle: how leased URLs end. An outcome of an older visit, or of a visit that is settled, changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from functools import cache
from typing import Any

from sqlalchemy import Executable, Float, Integer, Text, and_, bindparam, case, func, literal, or_, select, update

from workers.core.errors import InParts, NotArticle, TooOften
from workers.core.link import Kind
from workers.core.work import Outcome, Rhythm, State
from workers.ledger import fills, lists
from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import HANDOFF, Id, sites, urls
from workers.ledger.sql import greatest, has_state, journal, least, line, state
from workers.ledger.waking import bump


def settle(tx: Tx, outcomes: Sequence[Outcome], max_attempts: int) -> int:
    """Settle URLs or put them back; returns how many changed.

    A URL whose lease ran out is settled all the same: late is not lost. Stored wins over parked within a visit.
    """
    if not outcomes:
        return 0
    rows = [_row(outcome) for outcome in sorted(outcomes, key=lambda outcome: outcome.id)]
    values = {"now": tx.now, "most": max_attempts, "stamp": f"{tx.now:.3f}\t", "rows": pack(rows)}
    changed = tx.all(_settle(tx.dialect), **values)
    by_id = {outcome.id: outcome for outcome in outcomes if outcome.required}
    fills.count(tx, [(row.site, by_id[row.id]) for row in changed if row.id in by_id])
    due = [row for row in changed if row.due_at is not None]
    bump(tx, {row.host_id: min(r.due_at for r in due if r.host_id == row.host_id) for row in due})
    learned = {outcome.id for outcome in outcomes if outcome.rhythm}
    lists.bound(tx, {row.site for row in changed if row.id in learned})
    return len(changed)


def _row(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.id,
        "visit": outcome.visit,
        "state": outcome.state,
        "reason": outcome.reason,
        "detail": outcome.detail,
        "retry_in": outcome.retry_in,
        "status": outcome.status,
        "etag": outcome.etag,
        "last_modified": outcome.last_modified,
        "revisit_in": outcome.revisit_in,
        **(asdict(outcome.rhythm) if outcome.rhythm else {}),
    }


@cache
def _settle(dialect: str) -> Executable:
    given = rowset(
        dialect,
        id=Id,
        visit=Integer(),
        state=Text(),
        reason=Text(),
        detail=Text(),
        retry_in=Float(53),
        status=Integer(),
        etag=Text(),
        last_modified=Text(),
        revisit_in=Float(53),
        **{field.name: Float(53) for field in fields(Rhythm)},
    )
    g = given.c
    now = bindparam("now", type_=Float(53))
    retry = g.state == state(State.WAITING)
    # A story that has parts has answered: it is asked once more, for all of them.
    may_repeat = or_(func.coalesce(g.reason, "") == InParts.reason, urls.c.attempts - urls.c.losses < bindparam("most"))
    spent = and_(retry, ~may_repeat)
    ended = case((spent, state(State.PARKED)), else_=g.state)
    last = func.coalesce(g.reason, "") + case((g.detail.is_not(None), literal(": ") + g.detail), else_="")
    reason = case((spent, TooOften.reason), else_=g.reason)
    every = case((and_(g.factor.is_not(None), ~retry), _next_interval(dialect, g)), else_=urls.c.every)
    revisit_at = case((g.revisit_in.is_not(None), now + g.revisit_in), else_=now + every)
    kept_modified = func.coalesce(g.last_modified, urls.c.last_modified)
    again = and_(retry, may_repeat)
    # A list ends as skipped, with its kind for the reason; one that was taken for a page says that it is no article.
    listed = or_(g.reason == urls.c.kind, g.reason == NotArticle.reason)
    read = or_(g.state == state(State.STORED), and_(g.state == state(State.SKIPPED), listed))
    entry = bindparam("stamp", type_=Text()) + ended + "\t" + func.coalesce(reason, "") + "\n"
    return (
        update(urls)
        .where(urls.c.id == g.id, urls.c.visit == g.visit, _open(retry, g.state))
        .values(
            state=ended,
            # What was thought to be a list and is an article is looked at again as one.
            kind=case((ended == state(State.STORED), literal(Kind.PAGE.value)), else_=urls.c.kind),
            reason=reason,
            detail=case((spent, last), else_=g.detail),
            due_at=case((again, now + func.coalesce(g.retry_in, 0.0)), else_=None),
            state_at=now,
            leased_by=None,
            leased_until=None,
            status=func.coalesce(g.status, urls.c.status),
            # What was parked must come whole next time: an answer of 304 would leave it without an article.
            etag=case((ended == state(State.PARKED), None), else_=func.coalesce(g.etag, urls.c.etag)),
            last_modified=case((ended == state(State.PARKED), None), else_=kept_modified),
            revisit_at=case((again, None), else_=revisit_at),
            every=every,
            read_at=case((and_(every.is_not(None), read), now), else_=urls.c.read_at),
            journey=journal(entry),
        )
        .returning(urls.c.id, urls.c.site, urls.c.host_id, urls.c.due_at)
    )


def _next_interval(dialect: str, g: Any) -> Any:
    wished = func.coalesce(urls.c.every * g.factor, g.first)
    return least(dialect, greatest(dialect, wished, g.least), g.most)


def _open(retry: Any, ended: Any) -> Any:
    late = and_(has_state(State.WAITING), ~retry)
    stored_after_all = and_(has_state(State.PARKED), ended == state(State.STORED))
    return or_(has_state(State.LEASED), late, stored_after_all)


def give_back(tx: Tx, owner: str, ids: Collection[int]) -> int:
    """URLs that this owner leased and never asked for wait again, and the attempt is not counted. Returns how many."""
    given = pack({"id": id_} for id_ in sorted(ids))
    now = tx.now
    rows = tx.all(_give_back(tx.dialect), owner=owner, now=now, line=line(now, "given back", owner), rows=given)
    bump(tx, {row.host_id: row.due_at or now for row in rows})
    unspent = [row.site for row in rows if row.attempts == 0]
    counts = [{"name": name, "n": unspent.count(name)} for name in sorted(set(unspent))]
    if counts:
        tx.run(_refund(tx.dialect), rows=pack(counts))
    return len(rows)


@cache
def _give_back(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    return (
        update(urls)
        .where(urls.c.id == given.c.id, has_state(State.LEASED), urls.c.leased_by == bindparam("owner"))
        .values(
            state=state(State.WAITING),
            attempts=urls.c.attempts - 1,
            due_at=case((urls.c.attempts > 1, bindparam("now", type_=Float(53))), else_=None),
            state_at=bindparam("now"),
            leased_by=None,
            leased_until=None,
            journey=journal(),
        )
        .returning(urls.c.host_id, urls.c.due_at, urls.c.site, urls.c.attempts)
    )


@cache
def _refund(dialect: str) -> Executable:
    given = rowset(dialect, name=Text(), n=Id)
    limited = sites.c.budget.is_not(None)
    return update(sites).where(sites.c.name == given.c.name, limited).values(budget=sites.c.budget + given.c.n)


def handed_over(tx: Tx, ids: Collection[int], lease: float, owner: str | None) -> int:
    """The pages of these URLs have left fetch: their leases begin anew, in the name of the hand-off.

    With `owner` only where that owner still has the lease. Returns how many.
    """
    given = pack({"id": id_} for id_ in sorted(ids))
    values = {"until": tx.now + lease, "line": line(tx.now, "handed over"), "rows": given}
    return tx.run(_hand_over(tx.dialect, owner is not None), **values, **({"owner": owner} if owner else {}))


@cache
def _hand_over(dialect: str, only_own: bool) -> Executable:
    given = rowset(dialect, id=Id)
    theirs = [urls.c.leased_by == bindparam("owner")] if only_own else []
    mine = select(urls.c.id).join(given, given.c.id == urls.c.id).where(has_state(State.LEASED), *theirs)
    return (
        update(urls)
        .where(urls.c.id.in_(mine.order_by(urls.c.id).with_for_update(of=urls)))
        .values(leased_by=HANDOFF, leased_until=bindparam("until"), journey=journal())
    )
