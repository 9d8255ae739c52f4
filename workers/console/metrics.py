"""The figures of the ledger, the queue and the disk as Prometheus reads them."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from workers.adapters.prometheus import CONTENT_TYPE
from workers.console.desk import TheDesk

router = APIRouter()


@router.get("/metrics", include_in_schema=False)
def metrics(desk: TheDesk) -> Response:
    """Every figure, counted at most some seconds ago."""
    return Response(desk.gatherer.exposition(), headers={"content-type": CONTENT_TYPE})
