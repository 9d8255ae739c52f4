"""libcurl under httpx: `httpx.AsyncClient(transport=CurlTransport())`.

A transfer connects to the address that the caller has checked and to no other; nothing of the environment (proxies,
.netrc, cookies) is used, redirects are not followed and the body is handed on as it came, still packed.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
import re
import socket
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from functools import lru_cache
from typing import Any

import certifi
import httpx
import pycurl

from workers.adapters.curl_errors import CertificateRefused, StaleConnection, translated

ADDRESSES = "addresses"  # the request extension that names the checked addresses
ON_SENT = "on_sent"  # the request extension that is told, once, a time.monotonic() when the request had been sent
FRESH = "fresh"  # the request extension that asks for a connection of its own
MAX_HEADERS = 64 * 1024  # bytes of all header lines together, those of 1xx answers and trailers included
_READ_AHEAD = 128 * 1024  # bytes kept for a reader that is slower than the network
_CONNECT_SECONDS = 10.0
# A request counts as sent when its answer begins, but no later than this after it left: the time that it may take to
# reach a busy server, so that a gap kept here is kept there too.
_ON_ITS_WAY = 0.05
_LEFT_OUT = {b"host", b"connection", b"content-length", b"transfer-encoding"}  # libcurl writes its own


class CurlTransport(httpx.AsyncBaseTransport):
    """Fetches over HTTP/1.1 and HTTP/2 (where TLS negotiates it); belongs to the event loop that first uses it.

    `ca_file` holds the trusted certificates (default: certifi's); `connections` are kept open for re-use.
    """

    def __init__(self, *, ca_file: str | None = None, connections: int = 128) -> None:
        self._multi = pycurl.AsyncCurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, connections)
        self._model = _model(ca_file or certifi.where())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer's head, its body still to be read; every checked address is tried in turn until one connects."""
        addresses: tuple[str, ...] = request.extensions.get(ADDRESSES, ())
        failure: httpx.TransportError = httpx.ConnectError("no checked address to connect to", request=request)
        for address in addresses:
            try:
                return await _Transfer(self._multi, self._easy(request, address), request).head()
            except CertificateRefused:
                raise
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        raise failure

    async def aclose(self) -> None:
        await self._multi.aclose()

    def _easy(self, request: httpx.Request, address: str) -> pycurl.Curl:
        curl = self._model.duphandle()
        connect = request.extensions.get("timeout", {}).get("connect") or _CONNECT_SECONDS
        curl.setopt(pycurl.URL, str(request.url))
        curl.setopt(pycurl.HTTPHEADER, [b"%s: %s" % h for h in request.headers.raw if h[0].lower() not in _LEFT_OUT])
        curl.setopt(pycurl.CONNECTTIMEOUT_MS, max(1, int(connect * 1000)))
        # Empty host and port: whatever the URL says and however libcurl reads it, the connection goes here.
        curl.setopt(pycurl.CONNECT_TO, [f"::[{address}]:" if ":" in address else f"::{address}:"])
        curl.setopt(pycurl.OPENSOCKETFUNCTION, _only(address))
        curl.setopt(pycurl.FRESH_CONNECT, bool(request.extensions.get(FRESH)))
        return curl


def _model(ca_file: str) -> pycurl.Curl:
    curl = pycurl.Curl()
    curl.setopt(pycurl.NOSIGNAL, 1)
    curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(pycurl.FOLLOWLOCATION, 0)
    curl.setopt(pycurl.PROXY, "")  # an empty name also switches off the proxies of the environment
    curl.setopt(pycurl.NETRC, pycurl.NETRC_IGNORED)
    curl.setopt(pycurl.HTTP_CONTENT_DECODING, 0)
    curl.setopt(pycurl.HTTP09_ALLOWED, 0)
    curl.setopt(pycurl.PATH_AS_IS, 1)
    curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
    curl.setopt(pycurl.CAINFO, os.fsencode(ca_file))  # pycurl takes a text of ASCII alone
    curl.setopt(pycurl.BUFFERSIZE, 64 * 1024)
    return curl


_ENDING = 64  # bytes; after the end of a page stands a line's end or two
_END = re.compile(rb"</html\s*>\s*\Z", re.IGNORECASE)


class _Lent(socket.socket):
    """A socket whose descriptor libcurl copies: this one may close as soon as nobody holds it."""

    def __del__(self) -> None:
        self.close()


@lru_cache(1_000)
def _only(address: str) -> Callable[[int, Any], socket.socket | int]:
    """A socket for `address` and for nothing else: the check stands where the connection is made."""
    allowed = ipaddress.ip_address(address)

    def open_socket(_purpose: int, target: Any) -> socket.socket | int:
        family, kind, protocol, peer = target
        if ipaddress.ip_address(_text(peer[0])) != allowed:
            return int(pycurl.SOCKET_BAD)
        return _Lent(family, kind, protocol)

    return open_socket


def _text(value: str | bytes) -> str:
    return value.decode("ascii") if isinstance(value, bytes) else value


class _Transfer(httpx.AsyncByteStream):
    """One exchange: what libcurl has brought and nobody has read yet. Closing it early drops the connection."""

    def __init__(self, multi: pycurl.AsyncCurlMulti, curl: pycurl.Curl, request: httpx.Request) -> None:
        self._multi, self._curl, self._request = multi, curl, request
        self._asked = False
        self._begun = False
        self._status = 0
        self._headers: list[tuple[bytes, bytes]] = []
        self._header_bytes = 0
        self._headed = False
        self._chunks: deque[bytes] = deque()
        self._last = b""
        self._waiting_bytes = 0
        self._paused = False
        # Set by our own callback and not read from the future: that one is done a moment before its error is known
        # here, and a page cut short would pass for a whole one.
        self._ended = False
        self._closed = False
        self._fault: httpx.TransportError | None = None
        self._changed: asyncio.Future[None] | None = None
        self._on_sent: Callable[[float], None] | None = request.extensions.get(ON_SENT)
        self._watch: asyncio.TimerHandle | None = None
        curl.setopt(pycurl.PREREQFUNCTION, self._on_asking)
        curl.setopt(pycurl.HEADERFUNCTION, self._on_header)
        curl.setopt(pycurl.WRITEFUNCTION, self._on_body)
        self._done = multi.add_handle(curl)
        self._done.add_done_callback(self._on_done)

    async def head(self) -> httpx.Response:
        self._watch_sending()
        try:
            while not self._headed and not self._ended:
                await self._change()
            self._raise_fault()
        except BaseException:
            await self.aclose()
            raise
        finally:
            if self._watch is not None:
                self._watch.cancel()
        return httpx.Response(self._status, headers=self._headers, stream=self, request=self._request)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            while self._chunks:
                chunk = self._chunks.popleft()
                self._waiting_bytes -= len(chunk)
                yield chunk
            if self._ended:
                break
            self._resume()
            if not self._chunks:
                await self._change()
        self._raise_fault()

    async def aclose(self) -> None:
        if not self._done.done() and not self._multi.closed:
            self._multi.remove_handle(self._curl)
        self._closed = True
        self._curl.close()
        self._chunks.clear()

    def _watch_sending(self) -> None:
        if self._on_sent is not None:
            self._watch = asyncio.get_running_loop().call_later(_ON_ITS_WAY, self._see_sending)

    def _see_sending(self) -> None:
        if self._curl.getinfo(pycurl.PRETRANSFER_TIME) > 0:
            self._tell_sent()
        else:
            self._watch_sending()

    def _tell_sent(self) -> None:
        if self._on_sent is not None:
            self._on_sent(time.monotonic())
            self._on_sent = None

    async def _change(self) -> None:
        self._changed = asyncio.get_running_loop().create_future()
        await self._changed

    def _tell(self) -> None:
        if self._changed is not None and not self._changed.done():
            self._changed.set_result(None)

    def _resume(self) -> None:
        if self._paused:
            self._paused = False
            self._curl.pause(pycurl.PAUSE_CONT)

    def _on_asking(self, *_: object) -> int:
        """libcurl asks a second time by itself when a kept connection breaks, at once: that is no pace of ours."""
        if self._asked:
            self._fault = StaleConnection("a kept connection broke before the answer began")
            return int(pycurl.PREREQFUNC_ABORT)
        self._asked = True
        return int(pycurl.PREREQFUNC_OK)

    def _on_header(self, line: bytes) -> int:
        self._header_bytes += len(line)
        if self._header_bytes > MAX_HEADERS:
            self._fault = httpx.RemoteProtocolError(f"more than {MAX_HEADERS} bytes of headers")
            return -1
        if not self._headed:
            self._read_header(line.strip())
        return len(line)

    def _read_header(self, line: bytes) -> None:
        if not self._begun:  # the first line: libcurl has seen that it is a status; a header may begin with HTTP/ too
            self._tell_sent()
            self._begun, self._status = True, int(line.split(None, 2)[1])
        elif line:
            name, _, value = line.partition(b":")
            self._headers.append((name.strip(), value.strip()))
        elif self._status >= 200:
            self._headed = True
            self._tell()
        else:
            self._begun = False  # the end of an interim answer (100, 103): the real one follows
            self._headers.clear()

    def _on_body(self, chunk: bytes) -> int:
        if self._waiting_bytes > _READ_AHEAD:
            self._paused = True
            return int(pycurl.WRITEFUNC_PAUSE)
        self._chunks.append(chunk)
        self._last = chunk[-_ENDING:] if len(chunk) >= _ENDING else (self._last + chunk)[-_ENDING:]
        self._waiting_bytes += len(chunk)
        self._tell()
        return len(chunk)

    def _on_done(self, done: asyncio.Future[pycurl.Curl]) -> None:
        self._ended = True
        if done.cancelled():
            self._fault = self._fault or httpx.ReadError("the client was closed")
        elif (error := done.exception()) is not None and not self._closed and not self._is_whole(error):
            self._fault = self._fault or translated(error, self._connected())
        self._tell()

    def _is_whole(self, error: BaseException) -> bool:
        """True where only the length was told wrong: a page that has its end is whole, and browsers show it."""
        return error.args[:1] == (pycurl.E_PARTIAL_FILE,) and _END.search(self._last) is not None

    def _connected(self) -> bool:
        return bool(self._curl.getinfo(pycurl.CONNECT_TIME) > 0)

    def _raise_fault(self) -> None:
        if self._fault is not None:
            self._fault.request = self._request
            raise self._fault
