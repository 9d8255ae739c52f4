"""The ASGI app: its routes, what it does while it runs, and what becomes of an error."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from importlib import metadata
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from workers.console import health, login, metrics, pages, raw
from workers.console.access import Guard, Sessions
from workers.console.api import articles, events, parked, pipeline
from workers.console.desk import Desk
from workers.console.templating import error_page
from workers.core.errors import BadInput, Unavailable
from workers.ledger import Ledger
from workers.settings import Settings

HERE = Path(__file__).parent
ROUTERS = (
    *(health.router, metrics.router, login.router, pages.router, raw.router),
    *(articles.router, events.router, pipeline.router, parked.router),
)
DESCRIPTION = """What the console shows, for programs.

Where a token is set, send it as `Authorization: Bearer TOKEN`. Errors are `{"error": "a sentence"}`.
"""


class Console(FastAPI):
    """The app behind its guard: nothing is served that the guard has not let through."""

    guard: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self.guard(scope, receive, send)

    async def inner(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request that was let through."""
        await super().__call__(scope, receive, send)


def make_app(knobs: Settings, *, ledger: Ledger | None = None) -> FastAPI:
    """The console over this ledger, or that of the settings; BadInput or Unavailable when it cannot be opened."""
    opened = ledger or Ledger.open(knobs.ledger)
    desk = Desk(knobs, opened)
    app = Console(
        title="Wireroom",
        description=DESCRIPTION,
        version=metadata.version("wireroom"),
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_running,
    )
    app.state.desk = desk
    app.state.sessions = Sessions(knobs.console_token, desk.secret)
    app.guard = Guard(app.inner, app.state.sessions, knobs.console_hosts)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for kind in (BadInput, Unavailable, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, _explain)
    return app


@contextlib.asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    """The wire and the charts are watched while the app runs."""
    desk: Desk = app.state.desk
    tasks = [asyncio.create_task(desk.wire.watch()), asyncio.create_task(desk.charts.watch())]
    try:
        yield
    finally:
        desk.wire.over.set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


# What the framework says of an address that nothing is at, as sentences.
_UNKNOWN = {
    "Not Found": "There is nothing at this address; /api tells what there is for programs.",
    "Method Not Allowed": "This address does not take such a request; /api tells which it takes.",
}


def _explain(request: Request, error: Exception) -> Response:
    """Every error is a status and a sentence: as JSON for programs, as a page for people."""
    status, sentence, headers = _verdict(error)
    if request.url.path.startswith(("/api/", "/healthz")):
        return JSONResponse({"error": sentence}, status, headers)
    if isinstance(error, RequestValidationError):
        status, sentence = _mistyped(error)
    return error_page(request, status, sentence, headers)


def _verdict(error: Exception) -> tuple[int, str, dict[str, str]]:
    match error:
        case RequestValidationError():
            return 400, _malformed(error), {}
        case HTTPException():
            return error.status_code, _UNKNOWN.get(error.detail, error.detail), dict(error.headers or {})
        case BadInput():
            return 400, str(error), {}
        case Unavailable():
            return 503, str(error), {"retry-after": "5"}
    return 500, "An error that should not happen; the console's log says more.", {}


def _malformed(error: RequestValidationError) -> str:
    first: dict[str, Any] = dict(error.errors()[0])
    if first["type"] == "json_invalid":
        why, place = first["ctx"]["error"], first["loc"][-1]
        return f"The body of the request is no JSON, from its character {place} on: {why}. Send it as JSON."
    place = ".".join(str(part) for part in first["loc"] if part not in ("query", "path", "body", "header"))
    what = str(first["msg"]).removeprefix("Value error, ")
    return f"{place or 'The request'}: {what[0].lower()}{what[1:]}. /api tells what it may be."


def _mistyped(error: RequestValidationError) -> tuple[int, str]:
    """Status and sentence for a person, whose address is one that no link of the console leads to."""
    first = error.errors()[0]
    given = str(first["input"])[:100]
    if first["loc"][0] == "path":
        return (
            404,
            f"There is nothing here: {given!r} is no number of an article or URL. Choose one of a list, or search.",
        )
    return (
        400,
        f"This address cannot be used: no list has the {first['loc'][-1]} {given!r}. Leave it out, or begin anew.",
    )
