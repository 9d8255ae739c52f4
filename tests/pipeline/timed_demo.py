"""The demo site, with the time at which the kernel took in each request: exact however late the server reads it."""

from __future__ import annotations

import itertools
import socket
import time
from collections import defaultdict
from dataclasses import dataclass

from witness import ARRIVALS, arrival

from workers.demo import DemoSite


@dataclass(frozen=True)
class Arrived:
    """A request to a host, by the monotonic clock."""

    host: str
    at: float


class _Listener(socket.socket):
    def __init__(self, fileno: int, arrived: list[Arrived]) -> None:
        super().__init__(fileno=fileno)
        self._arrived = arrived
        if ARRIVALS is not None:  # every accepted socket has it from the first byte on
            self.setsockopt(socket.SOL_SOCKET, ARRIVALS, 1)

    def accept(self) -> tuple[socket.socket, object]:
        fileno, address = self._accept()  # type: ignore[attr-defined]  # as socket.accept makes its sockets
        return _Talk(fileno, self._arrived), address


class _Talk(socket.socket):
    """A connection that notes each request's arrival as it is read; one is no longer than a segment here."""

    def __init__(self, fileno: int, arrived: list[Arrived]) -> None:
        super().__init__(fileno=fileno)
        self._arrived = arrived

    def recv(self, size: int, flags: int = 0) -> bytes:
        data, notes, *_ = self.recvmsg(size, 256, flags)
        for line in data.split(b"\r\n"):
            if line.lower().startswith(b"host:"):
                at = arrival(notes)
                self._arrived.append(Arrived(line[5:].strip().decode(), time.monotonic() if at is None else at))
        return data


class TimedDemo(DemoSite):
    """A demo site that can say how long it was left alone between two requests to a host."""

    arrived: list[Arrived]

    def bind(self) -> socket.socket:
        """The listening socket, whose connections note arrivals."""
        self.arrived = []
        return _Listener(super().bind().detach(), self.arrived)

    def gaps(self) -> dict[str, list[float]]:
        """The seconds between the starts of requests, by host."""
        by_host: dict[str, list[float]] = defaultdict(list)
        for one in sorted(self.arrived, key=lambda one: one.at):
            by_host[one.host].append(one.at)
        return {host: [b - a for a, b in itertools.pairwise(at)] for host, at in by_host.items()}
