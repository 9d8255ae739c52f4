"""Parked URLs: how many by reason, which, and replay or drop."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from workers.console.api.articles import Cursor, Limit, moment
from workers.console.api.models import Name, responses
from workers.console.api.pipeline_models import Changed, ParkedGroups, ParkedOut, ParkedPage, WhichParked
from workers.console.desk import TheDesk
from workers.core.errors import BadInput
from workers.ledger import Parked

router = APIRouter(prefix="/api/v1/parked", tags=["parked"])


@router.get("", responses=responses())
def list_reasons(desk: TheDesk) -> ParkedGroups:
    """How many URLs are parked, by reason."""
    reasons = desk.ledger.status().total.parked
    return ParkedGroups(reasons=reasons, total=sum(reasons.values()))


@router.get("/urls", responses=responses())
def list_parked(
    desk: TheDesk,
    reason: Annotated[Name | None, Query(description="Only those parked for this reason.")] = None,
    site: Annotated[Name | None, Query(description="Only of this site.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ParkedPage:
    """Parked URLs, those with the newest ids first."""
    after = int(cursor) if cursor is not None else None
    rows = desk.ledger.parked(reason=reason, site=site, limit=limit + 1, after=after)
    kept = desk.ledger.look.kept({(row.site, row.key) for row in rows[:limit]})
    return ParkedPage(
        urls=[parked_out(row, kept=(row.site, row.key, "") in kept) for row in rows[:limit]],
        next=str(rows[limit - 1].id) if len(rows) > limit else None,
    )


def parked_out(row: Parked, *, kept: bool) -> ParkedOut:
    """A parked URL as the API tells it."""
    same = ("id", "site", "key", "url", "reason", "detail")
    return ParkedOut(**{name: getattr(row, name) for name in same}, at=moment(row.at), kept=kept)


@router.post("/replay", responses=responses(403))
def replay(desk: TheDesk, which: WhichParked) -> Changed:
    """Hand parked URLs out again, each with fresh attempts."""
    _refuse_by_accident(which)
    return Changed(urls=desk.ledger.replay(reason=which.reason, site=which.site, ids=which.ids or None))


@router.post("/drop", responses=responses(403))
def drop(desk: TheDesk, which: WhichParked) -> Changed:
    """Give parked URLs up: they are skipped as `dropped`, and stay known."""
    _refuse_by_accident(which)
    return Changed(urls=desk.ledger.drop(reason=which.reason, site=which.site, ids=which.ids or None))


def _refuse_by_accident(which: WhichParked) -> None:
    if not (which.ids or which.reason or which.site or which.all):
        raise BadInput("Say which: ids, reason, site, or all.")
