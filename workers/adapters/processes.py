"""Celery worker processes started, watched and stopped by one command, and whether an owner of a lease still lives."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

from workers.adapters.forks import Fork
from workers.core.errors import Unavailable

# A worker that ends this often within a minute will not get better by itself.
MOST_RESTARTS = 10
TETHERED = "WIREROOM_TETHERED"
_PR_SET_PDEATHSIG = 1


@cache
def _machine() -> str:
    """Names what a process id is valid in: this boot of this machine, this process namespace."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()[:8]
        return f"{boot}-{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return os.uname().nodename


def _started(pid: int) -> str:
    """When the process started, in clock ticks since boot: tells a process from a later one with the same id."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def owner_name() -> str:
    """The name under which this process leases: machine, process id and start, readable by `is_dead`."""
    pid = os.getpid()
    return f"{_machine()}:{pid}:{_started(pid)}"


def is_dead(owner: str) -> bool:
    """True only when the owner ran on this machine and its process is certainly gone."""
    machine, pid, started = owner.rsplit(":", 2) if owner.count(":") >= 2 else (owner, "", "")
    if machine != _machine() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return bool(started) and _started(int(pid)) not in ("", started)


def bound_memory(megabytes: int) -> None:
    """This process may take no more memory than that: a page that wants it fails, and not the machine.

    On Linux; elsewhere the system may not keep to it.
    """
    with suppress(ValueError, OSError):  # a lower limit is there already
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def end_with_parent(number: int = signal.SIGTERM) -> None:
    """Let this process get a signal when its parent ends; on Linux, elsewhere nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)


def tether() -> None:
    """In a worker that `WorkerProcess` started: stop when the process that started it is gone, however it went."""
    if os.environ.get(TETHERED):
        threading.Thread(target=_stop_at_end_of_input, args=(os.getpid(),), daemon=True).start()


def _stop_at_end_of_input(pid: int) -> None:
    while os.read(0, 1):
        pass
    if os.getpid() == pid:
        os.kill(pid, signal.SIGTERM)


# Runs the same Celery worker in this process; its exit code.
Work = Callable[[], int]


class WorkerProcess:
    """One `celery worker` as a child process, started again when it ends by itself.

    With `work` its first start is a fork of this process, which has imported all that a worker needs: no second import.
    """

    def __init__(
        self,
        name: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        work: Work | None = None,
    ) -> None:
        self.name = name
        self.log = log
        self._arguments = ("worker", *arguments)
        self._environment = {**environment, TETHERED: "1"}
        self._work = work
        self._process: subprocess.Popen[bytes] | Fork | None = None
        self._starts: list[float] = []

    def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C in the terminal reaches only the command."""
        self._starts = [at for at in self._starts if at > time.monotonic() - 60] + [time.monotonic()]
        with self.log.open("ab") as log:
            self._process = self._fork(log) or self._spawn(log)

    def _fork(self, log: BinaryIO) -> Fork | None:
        work, self._work = self._work, None  # once: later this process has threads
        if work is None or not Fork.is_safe():
            return None
        return Fork(work, self._environment, log)

    def _spawn(self, log: BinaryIO) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # our own interpreter and arguments
            [sys.executable, "-m", "celery", "-A", "workers", *self._arguments],
            env={**os.environ, **self._environment},
            stdin=subprocess.PIPE,  # held open by us: its end tells the worker that we are gone (`tether`)
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    @property
    def pid(self) -> int | None:
        """The process id, or None when it is not running."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def look_after(self) -> bool:
        """Start the process again if it ended; True when it had to be. Unavailable when it ends all the time."""
        if self.pid is not None:
            return False
        if len(self._starts) > MOST_RESTARTS:
            raise Unavailable(f"The {self.name} worker ends as soon as it starts. Its own words are in {self.log}.")
        self.start()
        return True

    def ask_to_stop(self) -> None:
        """Warm stop: the worker finishes the task in hand and takes no other."""
        self._signal(signal.SIGTERM)

    def end(self) -> None:
        """SIGKILL to the whole process group."""
        self._signal(signal.SIGKILL, group=True)
        if self._process is not None:
            self._process.wait()

    def wait(self, seconds: float) -> bool:
        """True when the process has ended within the given time."""
        if self._process is None:
            return True
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _signal(self, number: signal.Signals, *, group: bool = False) -> None:
        if self._process is None or (self.pid is None and not group):
            return
        try:
            (os.killpg if group else os.kill)(self._process.pid, number)
        except ProcessLookupError:
            return
