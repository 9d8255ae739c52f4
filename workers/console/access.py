"""Who may ask the console, and what every answer carries. A plain ASGI layer around the whole app.

Without a token the console is for this machine: only names of loopback are served, so that a page elsewhere whose name
was made to point here gets nothing. With a token every request must show it, as a Bearer or by the cookie of the login.
A request that changes something must come from our own pages, or from a program that is no browser.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "wireroom_console"
SESSION_SECONDS = 12 * 3600
FORGERY_HEADER = "x-wireroom-token"
# What anybody may ask for: the page to log in on and what it looks like, and whether the console is well.
OPEN = ("/login", "/static/", "/healthz")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-dns-prefetch-control": "off",
}


@dataclass(frozen=True)
class Sessions:
    """Who is logged in, without remembering anybody: a cookie holds its end and a signature made with the token."""

    token: str
    secret: bytes

    @property
    def _key(self) -> bytes:
        return hashlib.sha256(self.token.encode()).digest() if self.token else self.secret

    def is_token(self, given: str) -> bool:
        """Whether this is the token; compared in constant time."""
        return bool(self.token) and hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    def new(self) -> str:
        """The cookie of one who has shown the token."""
        end = str(int(time.time()) + SESSION_SECONDS)
        return f"{end}.{self._sign('session', end)}"

    def holds(self, cookie: str) -> bool:
        """Whether the cookie was made by us with this token and has not run out."""
        end, _, signature = cookie.partition(".")
        good = hmac.compare_digest(signature.encode("utf-8", "replace"), self._sign("session", end).encode())
        return good and end.isdigit() and int(end) > time.time()

    def forgery_token(self, cookie: str) -> str:
        """What our own pages send with a change, and a page elsewhere cannot know."""
        return self._sign("change", cookie)

    def _sign(self, purpose: str, text: str) -> str:
        return hmac.new(self._key, f"{purpose}:{text}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


class RefusedError(Exception):
    """The request is not served: the status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Guard:
    """Lets through what may be asked, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, sessions: Sessions, hosts: str) -> None:
        self._app = app
        self._sessions = sessions
        self._hosts = frozenset(name.strip().lower() for name in hosts.split(",") if name.strip())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            if scope["path"] != "/healthz":
                self._check(scope, headers)
        except RefusedError as refused:
            await self._refuse(refused, scope)(scope, receive, _dressed(send, scope))
            return
        scope.setdefault("state", {})["forgery_token"] = self._sessions.forgery_token(cookie_of(headers))
        await self._app(scope, receive, _dressed(send, scope))

    def _check(self, scope: Scope, headers: Headers) -> None:
        self._check_host(headers.get("host", ""))
        bearer = self._check_token(scope["path"], headers)
        if scope["method"] not in SAFE_METHODS and not bearer:
            self._check_origin(scope["path"], headers)

    def _check_host(self, host: str) -> None:
        name = host_name(host)
        if is_loopback(name) or name in self._hosts or (self._sessions.token and not self._hosts):
            return
        raise RefusedError(421, f"This console is not served under the name {name[:100]!r}.")

    def _check_token(self, path: str, headers: Headers) -> bool:
        """Whether the request shows the token itself; RefusedError when it must be shown and is not."""
        if not self._sessions.token:
            return False
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            if self._sessions.is_token(given.strip()):
                return True
            raise RefusedError(401, "The token is wrong.")
        if not path.startswith(OPEN) and not self._sessions.holds(cookie_of(headers)):
            raise RefusedError(401, "A token is needed: log in, or send it as `Authorization: Bearer TOKEN`.")
        return False

    def _check_origin(self, path: str, headers: Headers) -> None:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        foreign = origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
        if foreign or site not in (None, "same-origin", "none"):
            raise RefusedError(403, "A change may only come from the console's own pages.")
        a_browser = origin is not None or site is not None or "cookie" in headers
        if a_browser and path not in ("/login", "/logout"):
            expected = self._sessions.forgery_token(cookie_of(headers))
            if not hmac.compare_digest(headers.get(FORGERY_HEADER, "").encode("utf-8", "replace"), expected.encode()):
                raise RefusedError(403, "The page is older than the console: load it again, then repeat the change.")

    def _refuse(self, refused: RefusedError, scope: Scope) -> Response:
        if scope["path"].startswith("/api/"):
            more = {"www-authenticate": "Bearer"} if refused.status == 401 else {}
            return JSONResponse({"error": refused.sentence}, refused.status, more)
        if refused.status == 401 and scope["method"] in SAFE_METHODS and "authorization" not in Headers(scope=scope):
            return RedirectResponse(f"/login?next={quote(scope['path'])}", 303)
        return PlainTextResponse(refused.sentence + "\n", refused.status)


def _dressed(send: Send, scope: Scope) -> Callable[[Message], Awaitable[None]]:
    async def dress(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            kept = "public, max-age=3600" if scope["path"].startswith("/static/") else "no-store"
            headers.setdefault("cache-control", kept)
        await send(message)

    return dress


def cookie_of(headers: Headers) -> str:
    """The value of our cookie; empty where there is none."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def host_name(host: str) -> str:
    """The name in a Host header, without its port."""
    if host.startswith("["):
        return host.partition("]")[0].lstrip("[").lower()
    return host.partition(":")[0].lower().rstrip(".")


def is_loopback(name: str) -> bool:
    """Whether the name stands for this machine, whatever any name server says."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
