"""A web server of many hosts that notes who was asked for what, when, and how many requests were open at once.

When a request came in is what the kernel noted (Linux), so that it is exact however busy the machine and however late
the server. Elsewhere a request that a round of the loop finds came in after the round before had looked: of the true
gap between two requests the server then knows a least and a greatest value.
"""

from __future__ import annotations

import heapq
import itertools
import selectors
import socket
import struct
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

# Linux: the kernel's time of arrival comes with the data (SO_TIMESTAMPNS, which Python has no name for).
ARRIVALS = 35 if sys.platform == "linux" else None
PAGE = b"<!doctype html><html lang=en><title>A page</title><h1>A page</h1><p>It says what it says.</html>"


@dataclass(frozen=True)
class Reply:
    """What is answered, `after` so many seconds."""

    body: bytes = PAGE
    status: int = 200
    after: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)

    def data(self) -> bytes:
        named = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(self.body)), **self.headers}
        head = [f"HTTP/1.1 {self.status} X", *(f"{name}: {value}" for name, value in named.items()), "", ""]
        return "\r\n".join(head).encode() + self.body


@dataclass(frozen=True)
class Asked:
    """One request: it came in after `since` and not later than `at`, by the monotonic clock."""

    host: str
    path: str
    since: float
    at: float


ROBOTS = Reply(b"User-agent: *\nDisallow: /private/\n", headers={"Content-Type": "text/plain"})
Answers = Callable[[str, str], Reply]


@dataclass(eq=False)
class _Talk:
    sock: socket.socket
    since: float
    heard: bytearray = field(default_factory=bytearray)
    asks: str = ""


class Witness:
    """Serves `h0.localhost`, `h1.localhost` … on one port. `answers(host, path)` says what; robots.txt is its own."""

    def __init__(self, answers: Answers = lambda host, path: Reply()) -> None:
        self.answers, self.robots = answers, ROBOTS
        self.asked: list[Asked] = []
        self.most_open: Counter[str] = Counter()
        self._open: Counter[str] = Counter()
        self._later: list[tuple[float, int, _Talk, bytes]] = []
        self._numbers = itertools.count()
        self._selector = selectors.DefaultSelector()
        self._ended = threading.Event()

    def host(self, number: int) -> str:
        return f"h{number}.localhost:{self.port}"

    def of(self, host: str) -> list[Asked]:
        """The requests to one host for anything but its robots.txt."""
        return [one for one in self.asked if one.host == host and one.path != "/robots.txt"]

    def starts(self) -> dict[str, list[Asked]]:
        """All requests by host, in their order; a robots.txt is asked at the host's pace too."""
        by_host: dict[str, list[Asked]] = defaultdict(list)
        for one in list(self.asked):
            by_host[one.host].append(one)
        return {host: sorted(asked, key=lambda one: one.at) for host, asked in by_host.items()}

    def gaps(self, host: str) -> list[float]:
        """The greatest that each gap between two starts to a host can have been."""
        return [b.at - a.since for a, b in itertools.pairwise(self.starts().get(host, []))]

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self._listener.setblocking(False)
        if ARRIVALS is not None:  # every accepted socket has it from the first byte on
            self._listener.setsockopt(socket.SOL_SOCKET, ARRIVALS, 1)
        self.port: int = self._listener.getsockname()[1]
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def _serve(self) -> None:
        before = time.monotonic()
        while not self._ended.is_set():
            due = self._later[0][0] - time.monotonic() if self._later else 0.1
            ready = self._selector.select(max(0.0, min(due, 0.1)))
            now = time.monotonic()
            for key, _ in ready:
                if key.fileobj is self._listener:
                    self._accept(before)
                else:
                    self._hear(key.data, before, now)
            while self._later and self._later[0][0] <= now:
                _, _, talk, data = heapq.heappop(self._later)
                self._say(talk, data)
            before = now

    def _accept(self, since: float) -> None:
        sock, _ = self._listener.accept()
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(sock, selectors.EVENT_READ, _Talk(sock, since))

    def _hear(self, talk: _Talk, before: float, now: float) -> None:
        try:
            heard, notes, *_ = talk.sock.recvmsg(65_536, 256)
        except OSError:
            heard, notes = b"", []
        if (arrived := arrival(notes)) is not None:
            before = talk.since = now = arrived
        if not heard:
            return self._close(talk)
        talk.heard += heard
        if b"\r\n\r\n" in talk.heard:
            self._ask(talk, min(before, talk.since) if talk.since else before, now)
        return None

    def _ask(self, talk: _Talk, since: float, now: float) -> None:
        lines = talk.heard.decode("latin-1").split("\r\n")
        path = lines[0].split(" ")[1]
        talk.asks = next(line[5:].strip() for line in lines if line.lower().startswith("host:"))
        talk.since = 0.0
        talk.heard.clear()
        self._open[talk.asks] += 1
        self.most_open[talk.asks] = max(self.most_open[talk.asks], self._open[talk.asks])
        self.asked.append(Asked(talk.asks, path, since, now))
        reply = self.robots if path == "/robots.txt" else self.answers(talk.asks, path)
        heapq.heappush(self._later, (now + reply.after, next(self._numbers), talk, reply.data()))

    def _say(self, talk: _Talk, data: bytes) -> None:
        if not talk.asks:
            return  # it left before the answer
        self._open[talk.asks] -= 1
        talk.asks = ""
        try:
            talk.sock.sendall(data)  # less than a socket's buffer
        except OSError:
            self._close(talk)

    def _close(self, talk: _Talk) -> None:
        if talk.asks:
            self._open[talk.asks] -= 1
            talk.asks = ""
        if talk.sock.fileno() >= 0:
            self._selector.unregister(talk.sock)
            talk.sock.close()


def arrival(notes: list[tuple[int, int, bytes]]) -> float | None:
    """The monotonic time at which the kernel took the data in, if it says so."""
    for level, kind, data in notes:
        if level == socket.SOL_SOCKET and kind == ARRIVALS:
            seconds, nanoseconds = struct.unpack("qq", data[:16])
            return seconds + nanoseconds / 1e9 - _wall_clock_ahead()
    return None


def _wall_clock_ahead() -> float:
    """How far the wall clock is ahead of the monotonic one; of several looks the one that was least interrupted."""
    looks = [(time.monotonic(), time.time(), time.monotonic()) for _ in range(3)]
    before, wall, after = min(looks, key=lambda look: look[2] - look[0])
    return wall - (before + after) / 2
