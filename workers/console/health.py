"""Whether the console is well: the ledger answers, and its schema is this code's."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException

from workers.console.desk import TheDesk

router = APIRouter()


@router.get("/healthz", include_in_schema=False)
def health(desk: TheDesk) -> dict[str, bool]:
    """200 when all is well; 503 with a sentence when the ledger does not answer or is at another revision."""
    if not desk.ledger.is_current:
        raise HTTPException(503, "The ledger's schema is not this version's. Run `wireroom migrate`.")
    return {"ok": True}
