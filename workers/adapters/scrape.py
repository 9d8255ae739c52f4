"""A small HTTP server, in a thread, that answers /metrics: at host:port, or at a unix socket."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

from workers.core.errors import BadInput, Unavailable

# A client that says nothing for so long is let go.
PATIENCE = 10.0
UNIX = "unix:"


class _Handler(BaseHTTPRequestHandler):
    timeout = PATIENCE
    server_version = "wireroom"
    sys_version = ""

    def do_GET(self) -> None:
        """The metrics; nothing else is here."""
        if self.path.partition("?")[0] != "/metrics":
            self.send_error(404, "Only /metrics is here.")
            return
        server = cast(Any, self.server)
        body = server.render()
        self.send_response(200)
        self.send_header("Content-Type", server.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """A scrape is no news."""

    def address_string(self) -> str:
        """Peers of a unix socket have no address."""
        return ""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def server_bind(self) -> None:
        """Without the look-up of our own name that http.server does."""
        socketserver.TCPServer.server_bind(self)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news either."""


class _Server6(_Server):
    address_family = socket.AF_INET6


class _UnixServer(_Server):
    address_family = socket.AF_UNIX


class Served:
    """A server that runs. `where` is as it was asked for, with the port that the kernel gave for port 0."""

    def __init__(self, server: _Server, where: str) -> None:
        self._server = server
        self.where = where
        threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()

    def let_go(self) -> None:
        """In a forked child: leave the socket to the parent."""
        self._server.socket.close()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()


def serve(where: str, render: Callable[[], bytes], content_type: str) -> Served:
    """Serve what `render` gives at `host:port` or `unix:/path`; Unavailable, with a sentence, where that is taken."""
    kind, address = address_of(where)
    if isinstance(address, str):
        _remove_stale(address)
    try:
        server = kind(cast(Any, address), _Handler)
    except OSError as error:
        raise Unavailable(
            f"The metrics cannot be served at {where}: {error.strerror or error}. Is another process there? "
            "Give another place in WIREROOM_METRICS_LISTEN."
        ) from None
    cast(Any, server).render, cast(Any, server).content_type = render, content_type
    shown = where if isinstance(address, str) else f"{where.rpartition(':')[0]}:{server.server_address[1]}"
    return Served(server, shown)


def address_of(where: str) -> tuple[type[_Server], str | tuple[str, int]]:
    """What to bind, and the kind of server for it; BadInput for what is no place."""
    if where.startswith(UNIX):
        return _UnixServer, where.removeprefix(UNIX)
    host, _, port = where.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65_535:
        raise BadInput(
            f"{where!r} is no place to serve metrics at. Give host:port, like 127.0.0.1:9464, or unix:/path."
        )
    bare = host.strip("[]")
    return (_Server6 if ":" in bare else _Server), (bare, int(port))


def _remove_stale(path: str) -> None:
    """A socket at which nobody listens is what a killed process left."""
    with socket.socket(socket.AF_UNIX) as probe, contextlib.suppress(OSError):
        try:
            probe.connect(path)
        except ConnectionRefusedError:
            Path(path).unlink()
