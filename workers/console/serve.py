"""The server of the console: on a socket that is bound before anything else, until it is told to stop."""

from __future__ import annotations

import contextlib
import errno
import socket
import threading
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI

from workers.console.access import is_loopback
from workers.console.app import make_app
from workers.core.errors import BadInput, Unavailable
from workers.ledger import Ledger
from workers.settings import Settings

LOOPBACK = "127.0.0.1"
PORT = 8321
# After being told to stop: streams end at once, requests have this long.
STOP_SECONDS = 3


class Server(uvicorn.Server):
    """A server whose event streams end when it is told to stop, so that it need not wait for their readers."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_level="error",
                access_log=False,
                server_header=False,
                lifespan="on",
                timeout_graceful_shutdown=STOP_SECONDS,
                log_config=None,
                # A slow or idle connection holds nothing that others need, and not for ever.
                timeout_keep_alive=15,
                h11_max_incomplete_event_size=64 * 1024,
            )
        )
        self._app = app

    def handle_exit(self, sig: int, frame: object) -> None:
        """Asked to stop by a signal."""
        self.stop()

    def stop(self) -> None:
        """Ask to stop; may be called from any thread."""
        self._app.state.desk.wire.over.set()
        self.should_exit = True


def check(knobs: Settings, listen: str) -> None:
    """BadInput when others than this machine would reach a console that asks for no token."""
    if not is_loopback(listen) and not knobs.console_token:
        raise BadInput(
            f"Listening on {listen} lets others reach the console, so it needs a token: set WIREROOM_CONSOLE_TOKEN "
            "(at least 16 characters), or WIREROOM_CONSOLE_TOKEN_FILE."
        )


def bound(listen: str, port: int) -> socket.socket:
    """A socket on this address; a sentence when it cannot be had."""
    family = socket.AF_INET6 if ":" in listen else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((listen, port))
        made.listen(128)  # who asks from now on waits until the app is there
    except (OSError, OverflowError) as error:
        made.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise Unavailable(
                f"Port {port} of {listen} is in use: another console runs there, or another program. "
                "Choose another one with --port; 0 takes a free one."
            ) from None
        why = error.strerror if isinstance(error, OSError) else "it is no port"
        raise BadInput(f"Port {port} of {listen} cannot be listened on: {why}.") from None
    return made


def address_of(made: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = made.getsockname()[:2]
    shown = {"0.0.0.0": LOOPBACK, "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"


def serve(knobs: Settings, made: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM."""
    ledger = Ledger.open(knobs.ledger)
    try:
        Server(make_app(knobs, ledger=ledger)).run(sockets=[made])
    finally:
        ledger.close()


@contextlib.contextmanager
def serving(knobs: Settings, made: socket.socket) -> Iterator[None]:
    """Serve in a thread, beside what the block does."""
    ledger = Ledger.open(knobs.ledger)
    server = Server(make_app(knobs, ledger=ledger))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [made]}, name="console", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.stop()
        thread.join(STOP_SECONDS + 5)
        ledger.close()
