"""A web server on loopback that misbehaves on purpose: raw sockets, so that it can do so at every stage.

A test puts a behaviour on each path; whatever else is asked gets a 404. Every request is logged with its time.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    at: float


class Wire:
    """The server's end of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self._writer = reader, writer
        self.sent = 0
        self.used = False  # for behaviours that answer a connection's first request only

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        self.sent += len(data)
        await self._writer.drain()

    @property
    def protocol(self) -> str | None:
        tls = self._writer.get_extra_info("ssl_object")
        return tls.selected_alpn_protocol() if tls else None

    def reset(self) -> None:
        """Ends the connection with a TCP reset in place of an orderly close."""
        sock = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    async def close(self) -> None:
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


Behaviour = Callable[[Asked, Wire], Awaitable[None]]
"""Answers one request. It may close the wire; otherwise the connection is kept open for the next request."""


def answer(body: bytes = b"<p>Hello</p>", status: int = 200, **headers: str) -> Behaviour:
    """A well-formed answer; `content_type="text/html"` becomes the header of that name."""

    async def behave(_asked: Asked, wire: Wire) -> None:
        named = {"content-type": "text/html", "content-length": str(len(body))}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in named.items()), "", ""]
        await wire.send("\r\n".join(lines).encode("latin-1") + body)

    return behave


def redirect(location: str, status: int = 302) -> Behaviour:
    return answer(b"", status, location=location)


def raw(*pieces: bytes, then: str = "close") -> Behaviour:
    """Exactly these bytes, then `close`, `reset` or `wait` (nothing more comes, the connection stays open)."""

    async def behave(_asked: Asked, wire: Wire) -> None:
        for piece in pieces:
            await wire.send(piece)
            await asyncio.sleep(0.01)
        if then == "reset":
            wire.reset()
        if then == "wait":
            await wire.reader.read()
        await wire.close()

    return behave


def endless(head: bytes, piece: bytes, *, every: float = 0.0) -> Behaviour:
    """The head, then the piece again and again until the client leaves."""

    async def behave(_asked: Asked, wire: Wire) -> None:
        await wire.send(head)
        while True:
            await wire.send(piece)
            await asyncio.sleep(every)

    return behave


@dataclass
class MisbehavingServer:
    """The behaviours by path, the log of requests, and where it listens."""

    scheme: str = "http"
    port: int = 0
    on: dict[str, Behaviour] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    greeting: Callable[[Wire], Awaitable[None]] | None = None

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.log]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = Wire(reader, writer)
        self.wires.append(wire)
        try:
            if self.greeting is not None:
                await self.greeting(wire)
            while not writer.is_closing():
                await self._one(wire)
        except (asyncio.IncompleteReadError, OSError, asyncio.CancelledError):
            pass  # the client left, or the test is over
        finally:
            await wire.close()

    async def _one(self, wire: Wire) -> None:
        head = (await wire.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        asked = Asked(first.split(" ")[1], headers, time.monotonic())
        self.log.append(asked)
        await self.on.get(asked.path, answer(b"nothing here", 404))(asked, wire)


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[MisbehavingServer]:
    """A server in a thread of its own, on a port that the kernel gives."""
    server = MisbehavingServer("https" if tls else "http")
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def main() -> None:
        listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls, backlog=512)
        server.port = listener.sockets[0].getsockname()[1]
        ready.set()
        try:
            await stop.wait()
        finally:
            listener.close()
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await asyncio.sleep(0)  # the transports' own last callbacks

    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(main(),), daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)
        loop.close()
