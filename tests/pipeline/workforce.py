"""Real Celery workers and a beat over a real Valkey, started for one test and ended with it."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crawls import environment

from workers.adapters.valkey import ValkeyServer
from workers.core.link import Kind, Label
from workers.core.work import Candidate
from workers.ledger import Ledger

HERE = Path(__file__).resolve().parent
OPTIONS = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO")
# Beat is quick, so that what a killed worker held is soon free and a test takes seconds.
QUICK = {
    "WIREROOM_ALLOW_PRIVATE": "true",
    "WIREROOM_SWEEP_EVERY": "0.5",
    "WIREROOM_NUDGE_EVERY": "0.2",
    "WIREROOM_LOG_FORMAT": "json",
}


class Workforce:
    """A ledger, a Valkey, a beat with a worker for its timetable, and the workers that a test starts."""

    def __init__(self, folder: Path, ledger_url: str, settings: dict[str, str], app: str = "workers") -> None:
        self.folder, self._app = folder, app
        self.valkey = ValkeyServer(folder / "valkey")
        self.valkey.start()
        self.ledger = Ledger.open(ledger_url, migrate=True)
        own = {"WIREROOM_REDIS_URL": self.valkey.url, "WIREROOM_LEDGER_URL": ledger_url}
        self._env = environment(**{**QUICK, "WIREROOM_STATE_DIR": str(folder), **own, **settings})
        self._env["PYTHONPATH"] = os.pathsep.join((str(HERE), str(HERE.parents[1])))
        self._commands: list[tuple[str, list[str]]] = []
        self._running: list[subprocess.Popen[bytes]] = []
        self._groups: set[int] = set()
        self.start("beat", "beat", "--loglevel", "WARNING")
        self.worker("discover")  # does what beat says

    def start(self, name: str, *arguments: str) -> int:
        """Start a Celery command in a process group of its own; its process id."""
        self._commands.append((name, list(arguments)))
        self._running.append(self._popen(name, arguments))
        return self._running[-1].pid

    def worker(self, queues: str, processes: int = 1) -> int:
        """Start a worker of these queues; its process id."""
        name = queues.partition(",")[0]
        return self.start(name, "worker", "-Q", queues, "-c", str(processes), "-n", f"{name}@%h", *OPTIONS)

    def _popen(self, name: str, arguments: Iterable[str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "-A", self._app, *arguments]
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=self._env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self._groups.add(process.pid)
        return process

    def look_after(self) -> None:
        """Start again what ended, as a supervisor would."""
        for place, process in enumerate(self._running):
            if process.poll() is not None:
                self._running[place] = self._popen(*self._commands[place])

    def pids(self, name: str) -> list[int]:
        """The processes of a worker, parent and children."""
        groups = {p.pid for p, (of, _) in zip(self._running, self._commands, strict=True) if of == name}
        listed = subprocess.run(["ps", "-A", "-o", "pid=,pgid=,stat="], capture_output=True, text=True, check=True)
        rows = (line.split() for line in listed.stdout.splitlines())
        return [int(pid) for pid, group, stat in rows if int(group) in groups and not stat.startswith("Z")]

    def kill_one(self, name: str, dice: random.Random) -> None:
        """SIGKILL to a process of this worker, drawn by lot."""
        if pids := self.pids(name):
            with contextlib.suppress(ProcessLookupError):
                os.kill(dice.choice(pids), signal.SIGKILL)

    def most_memory(self) -> int:
        """The most bytes of memory that any process of a worker ever had; 0 where that cannot be known."""
        peaks = [0]
        for pid in {pid for name, _ in self._commands for pid in self.pids(name)}:
            with contextlib.suppress(OSError, IndexError):
                status = Path(f"/proc/{pid}/status").read_text()
                peaks.append(int(status.split("VmHWM:")[1].split()[0]) * 1024)
        return max(peaks)

    def log(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def until(self, true: Callable[[], bool], seconds: float = 45.0) -> None:
        """Wait until it is true; what ends meanwhile is started again."""
        give_up = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < give_up, f"it did not come true\n{self.ledger.status()}\n{self.words()}"
            self.look_after()
            time.sleep(0.05)

    def words(self) -> str:
        """The last words of all."""
        return "\n".join(f"── {path.name}\n{path.read_text()[-2000:]}" for path in sorted(self.folder.glob("*.log")))

    def close(self) -> None:
        for group in self._groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        for process in self._running:
            process.wait()
        self.ledger.close()
        self.valkey.stop()


@contextmanager
def at_work(ledger_url: str, *, app: str = "workers", **settings: str) -> Iterator[Workforce]:
    """A workforce with an empty ledger; nothing of it is left afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="wr-force-"))
    force = Workforce(folder, ledger_url, settings, app)
    try:
        yield force
    finally:
        force.close()
        shutil.rmtree(folder, ignore_errors=True)


def pages(site: str, host: str, numbers: Iterable[int], folder: str = "news") -> list[Candidate]:
    """Pages of a host that may be asked for."""
    return [
        Candidate(
            site=site,
            key=f"{host}/{folder}/{number}",
            url=f"http://{host}/{folder}/{number}",
            host=host,
            kind=Kind.PAGE,
            label=Label.LATEST,
            depth=0,
            wanted=float(-number),
            pattern="/news/#",
        )
        for number in numbers
    ]
