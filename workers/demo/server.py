"""A small HTTP/1.1 server on asyncio streams: GET and HEAD, keep-alive, and a stop that leaves nothing open."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from workers.demo.reply import Reply, Request, on_the_wire

HEAD_LIMIT = 32 * 1024
ACCEPTING = 0.01
_LOGGED = ("user-agent", "accept-encoding", "if-none-match", "if-modified-since", "referer")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the server saw it.

    `at` and `until` are by the monotonic clock, when its head was read and when its answer had been handed to the
    connection; `at_once` counts the requests of this host that were in work then, itself included.
    """

    at: float
    until: float
    at_once: int
    method: str
    host: str
    target: str
    status: int
    headers: dict[str, str]


class Server:
    """Answers requests on `listener` until it is told to stop; `log` is called once for each request."""

    def __init__(self, answer: Callable[[Request], Reply], log: Callable[[Asked], None], latency: float) -> None:
        self._answer = answer
        self._log = log
        self._latency = latency
        self._open: dict[str, int] = {}
        self._talks: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def serve(self, listener: socket.socket, ready: Callable[[], None], stop: asyncio.Event) -> None:
        """Serves until `stop` is set, then closes every connection and waits for their ends."""
        server = await asyncio.start_server(self._connected, sock=listener, limit=HEAD_LIMIT, backlog=1024)
        ready()
        try:
            await stop.wait()
        finally:
            # asyncio fails on connections that it is just accepting when it is closed: first no more of them, then
            # a moment for those under way to become talks.
            asyncio.get_running_loop().remove_reader(listener)
            await asyncio.sleep(ACCEPTING)
            await self._hang_up()
            server.close()
            await server.wait_closed()

    async def _hang_up(self) -> None:
        # Abort, not close: a client that does not read would keep a flushing connection open for ever.
        for talk, writer in self._talks.items():
            writer.transport.abort()
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await asyncio.sleep(0)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.create_task(self._talk(reader, writer))
        self._talks[talk] = writer
        talk.add_done_callback(self._talks.pop)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection. A client that goes away, or a stop, ends it quietly."""
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._exchange(reader, writer):
                    pass
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; True when the connection stays open."""
        try:
            request, keep = _parse(await reader.readuntil(b"\r\n\r\n"))
        except (ValueError, asyncio.LimitOverrunError):
            await _send_plain(writer, 400)
            return False
        if request.method not in ("GET", "HEAD"):
            await _send_plain(writer, 405)
            return False
        at, at_once = time.monotonic(), self._enter(request.host)
        status = 0
        try:
            status = await self._respond(request, writer, close=not keep)
        finally:
            self._open[request.host] -= 1
            self._log(_asked(request, at, at_once, status))
        return keep

    async def _respond(self, request: Request, writer: asyncio.StreamWriter, *, close: bool) -> int:
        if self._latency:
            await asyncio.sleep(self._latency)
        reply = self._answer(request)
        sent = on_the_wire(request, reply, close=close)
        if reply.endless and request.method == "GET":
            with contextlib.suppress(ConnectionError):
                await _send_for_ever(writer, sent.head, sent.body)
            return sent.status
        writer.write(sent.head + sent.body)
        await writer.drain()
        return sent.status

    def _enter(self, host: str) -> int:
        self._open[host] = self._open.get(host, 0) + 1
        return self._open[host]


def _parse(head: bytes) -> tuple[Request, bool]:
    """The request and whether its connection is kept; ValueError when it is no HTTP/1 request."""
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, version = first.split(" ")
    if not version.startswith("HTTP/1.") or not target.startswith("/"):
        raise ValueError(first)
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    connection = headers.get("connection", "keep-alive" if version == "HTTP/1.1" else "close").lower()
    return Request(method, target, headers), connection != "close"


def _asked(request: Request, at: float, at_once: int, status: int) -> Asked:
    headers = {name: request.headers[name] for name in _LOGGED if name in request.headers}
    return Asked(at, time.monotonic(), at_once, request.method, request.host, request.target, status, headers)


async def _send_plain(writer: asyncio.StreamWriter, status: int) -> None:
    request = Request("GET", "/", {})
    sent = on_the_wire(request, Reply(status, headers={"Allow": "GET, HEAD"} if status == 405 else {}), close=True)
    writer.write(sent.head)
    await writer.drain()


async def _send_for_ever(writer: asyncio.StreamWriter, head: bytes, body: bytes) -> None:
    """Chunks until the client has had enough; some 60 MB a second, so that it does not take the whole core."""
    writer.write(head)
    while not writer.is_closing():
        writer.write(b"%x\r\n%b\r\n" % (len(body), body))
        await writer.drain()
        await asyncio.sleep(0.001)
