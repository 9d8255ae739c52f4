"""Requests and replies of the demo server, and what HTTP makes of them: conditions, gzip, HEAD, lengths."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, formatdate, parsedate_to_datetime
from http import HTTPStatus

HTML = "text/html; charset=utf-8"
_SQUEEZED = ("text/", "application/xml", "application/rss+xml")


@dataclass(frozen=True, slots=True)
class Request:
    """One request: header names in lower case, `host` without the port."""

    method: str
    target: str
    headers: Mapping[str, str]

    @property
    def host(self) -> str:
        return self.headers.get("host", "").partition(":")[0].lower()

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a page answers. `modified` makes it conditional; `endless` repeats the body for ever."""

    status: int
    body: bytes = b""
    content_type: str = HTML
    modified: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    endless: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply as it goes over the connection: `head` ends with the empty line, `body` is empty for HEAD and 304."""

    status: int
    head: bytes
    body: bytes


def on_the_wire(request: Request, reply: Reply, *, close: bool) -> Sent:
    """Conditions, coding and length applied to `reply`."""
    headers = {"Date": formatdate(usegmt=True), "Server": "demo-wire", **reply.headers}
    if close:
        headers["Connection"] = "close"
    body = reply.body
    if _squeezable(reply):
        headers["Vary"] = "Accept-Encoding"
    squeezed = _squeezable(reply) and accepts_gzip(request.headers.get("accept-encoding", ""))
    if reply.modified is not None:
        tag = etag(body)
        headers["ETag"] = f"W/{tag}" if squeezed else tag
        headers["Last-Modified"] = format_datetime(reply.modified, usegmt=True)
        if _unchanged(request.headers, tag, reply.modified):
            return Sent(304, _head(304, headers), b"")
    if squeezed:
        body = gzip.compress(body, 1, mtime=0)
        headers["Content-Encoding"] = "gzip"
    headers["Content-Type"] = reply.content_type
    if reply.endless:
        headers["Transfer-Encoding"] = "chunked"
    else:
        headers["Content-Length"] = str(len(body))
    return Sent(reply.status, _head(reply.status, headers), b"" if request.method == "HEAD" else body)


def etag(body: bytes) -> str:
    """A strong entity tag of the body before coding."""
    return f'"{hashlib.blake2b(body, digest_size=10).hexdigest()}"'


def accepts_gzip(accept: str) -> bool:
    """Whether an Accept-Encoding header allows gzip (`q=0` forbids it)."""
    for item in accept.lower().split(","):
        coding, _, weight = item.partition(";")
        if coding.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _squeezable(reply: Reply) -> bool:
    return len(reply.body) > 500 and reply.content_type.startswith(_SQUEEZED) and not reply.endless


def _unchanged(headers: Mapping[str, str], tag: str, modified: datetime) -> bool:
    """If-None-Match goes before If-Modified-Since; tags are compared weakly (RFC 9110, 13.1)."""
    if (wanted := headers.get("if-none-match")) is not None:
        return any(item.strip().removeprefix("W/") in (tag, "*") for item in wanted.split(","))
    since = headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
