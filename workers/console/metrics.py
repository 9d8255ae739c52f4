"""The figures of all as Prometheus reads them."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from workers.adapters.prometheus import CONTENT_TYPE
from workers.console.desk import TheDesk

router = APIRouter()


@router.get("/metrics", include_in_schema=False)
def metrics(desk: TheDesk) -> Response:
    """Every figure of the ledger, the queue and the disks, counted now or within the last seconds."""
    return Response(desk.gatherer.exposition(), media_type=CONTENT_TYPE)
