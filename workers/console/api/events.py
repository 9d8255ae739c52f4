"""The live wire as server-sent events: whoever comes back with the last id that it has seen misses nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse

from workers.console.api.articles import Filters, summary
from workers.console.api.models import responses
from workers.console.desk import Desk, TheDesk
from workers.ledger import Which, WireRow

router = APIRouter(prefix="/api/v1", tags=["articles"])

EventId = r"^[0-9]{1,18}$"
AGAIN_MS = 2000


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={**responses(), 200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def stream_events(
    desk: TheDesk,
    filters: Filters,
    after: Annotated[str | None, Query(pattern=EventId, description="Begin after the event of this id.")] = None,
    last_event_id: Annotated[str | None, Header(pattern=EventId)] = None,
) -> StreamingResponse:
    """Articles as they are stored: `article.stored` and `article.updated`, each with the article as JSON.

    Without `after` or `Last-Event-ID` it begins now. An event may come twice after a reconnect, none is left out.
    """
    begin = last_event_id or after
    number = int(begin) if begin is not None else await asyncio.to_thread(desk.ledger.look.head)
    stream = _stream(desk, filters, number)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def _stream(desk: Desk, filters: Which, after: int) -> AsyncIterator[str]:
    yield f"retry: {AGAIN_MS}\n\n"
    async for row in desk.wire.listen(filters, after):
        yield ": quiet\n\n" if row is None else event(row)


def event(row: WireRow) -> str:
    """One event as it is sent; JSON holds no line break that could end it early."""
    name = "article.stored" if row.first else "article.updated"
    data = json.dumps(summary(row).model_dump(mode="json"))
    return f"id: {row.version}\nevent: {name}\ndata: {data}\n\n"
