"""Logging in with the token, and out."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from workers.console.access import COOKIE, SESSION_SECONDS, Sessions
from workers.console.templating import page

router = APIRouter(include_in_schema=False)
# A token and the path to go on to; what is longer is no login.
LONGEST = 4096


@router.get("/login")
def ask(request: Request) -> Response:
    """The page to log in on; where no token is set there is nothing to log in to."""
    if not request.app.state.sessions.token:
        return RedirectResponse(_own_path(request.query_params.get("next", "/")), 303)
    return page(request, "login.html", goal=_own_path(request.query_params.get("next", "/")), wrong=False)


@router.post("/login")
async def log_in(request: Request) -> Response:
    """Give a cookie to whoever shows the token."""
    sessions: Sessions = request.app.state.sessions
    form = parse_qs((await _body(request)).decode("utf-8", "replace"))
    goal = _own_path(form.get("next", ["/"])[0])
    if not sessions.is_token(form.get("token", [""])[0].strip()):
        return page(request, "login.html", status=401, goal=goal, wrong=True)
    answer = RedirectResponse(goal, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        COOKIE, sessions.new(), max_age=SESSION_SECONDS, httponly=True, samesite="strict", secure=secure, path="/"
    )
    return answer


@router.post("/logout")
def log_out() -> Response:
    """Take the cookie back."""
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return answer


async def _body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            return b""
    return body


def _own_path(goal: str) -> str:
    """The path, where it is one of ours; a goal elsewhere is none."""
    safe = goal.startswith("/") and not goal.startswith(("//", "/\\")) and goal.isprintable() and "\\" not in goal
    return goal if safe else "/"
