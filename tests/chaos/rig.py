"""The running system that is attacked: real Celery workers, a real beat, a real Valkey and a real database.

What ends is started again after a moment, as a supervisor would (compose, Kubernetes, systemd).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import quick_disk
import redis
from celery import Celery
from postgres import Postgres

from workers.adapters.redis import connect
from workers.adapters.valkey import ValkeyServer
from workers.ledger import Ledger
from workers.settings import load

HERE = Path(__file__).resolve().parent
# So that recovery takes seconds; the long runs use the defaults.
QUICK = {
    "WIREROOM_LEASE_SECONDS": "5",  # longer than a fetch loop runs, as in the defaults
    "WIREROOM_FETCH_SECONDS": "3",
    "WIREROOM_FETCH_DEADLINE": "4",
    "WIREROOM_HOLD_SECONDS": "3",
    "WIREROOM_SWEEP_EVERY": "0.5",
    "WIREROOM_NUDGE_EVERY": "0.3",
    "WIREROOM_PARSE_SECONDS": "3",
    "WIREROOM_MAX_TRANSIT": "60",
}
ALWAYS = {"WIREROOM_ALLOW_PRIVATE": "true", "WIREROOM_LOG_LEVEL": "INFO"}
# On this signal a process of `harmed.py` writes all of its stacks.
STACKS = signal.SIGWINCH
WORKER = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING")


class Part:
    """One program under supervision, in a process group of its own."""

    def __init__(self, name: str, arguments: list[str], env: Mapping[str, str], log: Path) -> None:
        self.name, self.log, self.env = name, log, dict(env)
        self._command = [sys.executable, "-m", "celery", "-A", "harmed", *arguments]
        self.process: subprocess.Popen[bytes] | None = None
        self.wanted = False
        self.starts = 0
        self._groups: list[int] = []

    def start(self) -> None:
        """Start it; from now on it is wanted."""
        self.wanted = True
        self.starts += 1
        if self.process is not None:
            self.process.poll()  # buried, if it was killed
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_us,
            )
        self._groups.append(self.process.pid)

    @property
    def running(self) -> bool:
        """True while its first process runs."""
        return self.process is not None and self.process.poll() is None

    def pids(self) -> list[int]:
        """Its processes, those included that outlived their parent."""
        groups = set(self._groups)
        return [pid for pid, group in _processes() if group in groups]

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to its first process."""
        if self.process is not None and self.running:
            self.process.send_signal(number)

    def stop(self, seconds: float = 20.0) -> float:
        """SIGTERM, and wait; after `seconds` SIGKILL. Gives the seconds that it took."""
        self.wanted, begun = False, time.monotonic()
        self.signal(signal.SIGTERM)
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        took = time.monotonic() - begun
        if self.running:
            self._tell_where_it_hangs()
        self.end()
        return took

    def _tell_where_it_hangs(self) -> None:
        """All stacks of its processes into its log, one process after the other."""
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, STACKS)
            time.sleep(0.3)

    def end(self) -> None:
        """SIGKILL to everything that is left of it."""
        self.wanted = False
        for group in self._groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()
        self._groups.clear()


def _die_with_us() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _processes() -> list[tuple[int, int]]:
    """Process id and group of everything that runs and is not just waiting to be buried."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in listed.splitlines())
    return [(int(pid), int(group)) for pid, group, stat in rows if not stat.startswith("Z")]


class Rig:
    """The parts, and what can be done to them. `dice` decides everything that is left to chance."""

    def __init__(self, folder: Path, ledger_url: str, postgres: Postgres | None, settings: Mapping[str, str]) -> None:
        self.folder, self.ledger_url, self.postgres = folder, ledger_url, postgres
        self.harm = folder / "harm"
        self.harm.mkdir()
        self.valkey = ValkeyServer(folder / "valkey", durable=True)
        self.valkey.start()
        clean = {name: value for name, value in os.environ.items() if not name.startswith("WIREROOM_")}
        self.env = (
            clean
            | ALWAYS
            | dict(settings)
            | {
                "WIREROOM_REDIS_URL": self.valkey.url,
                "WIREROOM_LEDGER_URL": ledger_url,
                "WIREROOM_STATE_DIR": str(folder),
                "CHAOS_HARM": str(self.harm),
                "PYTHONPATH": os.pathsep.join((str(HERE), str(HERE.parents[1]))),
            }
        )
        if postgres is not None:  # on SQLite as `wireroom crawl` has it, here as where each stage has workers
            self.env["CHAOS_SINK_APART"] = "yes"
        self.fetch = self.part("fetch", self._worker("fetch", "fetch", 2))
        self.stages = self.part("stages", self._worker("stages", "parse,discover,sink", 2))
        self.beat = self.part("beat", ["beat", "--loglevel", "WARNING"])
        self.parts = [self.fetch, self.stages, self.beat]
        self.dice = random.Random(0)
        self._since: dict[str, float] = {}
        self.forget()
        self.ledger = Ledger.open(ledger_url)

    def forget(self) -> None:
        """Forget what the last attack noted."""
        self.stops: dict[str, float] = {}  # the longest seconds that a SIGTERM to each part took
        self.left_leased = 0  # URLs that a full stop left leased to fetch
        self.missed: list[str] = []  # boundaries that nobody came to
        self.idle: list[str] = []  # after what the workers took no messages in time
        self.slowed = 0.0  # seconds after a harm until the crawl was as quick as before
        self.transit: list[int] = []  # URLs between fetch and sink, as seen while the stages were away
        self.broker_bytes: list[int] = []

    @property
    def database(self) -> str:
        """What the ledger is kept in."""
        return "sqlite" if self.postgres is None else "postgres"

    @property
    def redis(self) -> redis.Redis:
        """A client of the broker's server."""
        return connect(self.valkey.url)

    def part(self, name: str, arguments: list[str], **env: str) -> Part:
        """A program that can be started beside the others."""
        return Part(name, arguments, self.env | {"CHAOS_PART": name} | env, self.folder / f"{name}.log")

    def worker(self, name: str, queues: str, processes: int = 1, **env: str) -> Part:
        """One more worker."""
        return self.part(name, self._worker(name, queues, processes), **env)

    @staticmethod
    def _worker(name: str, queues: str, processes: int) -> list[str]:
        return ["worker", "-Q", queues, "-c", str(processes), "-n", f"{name}@%h", *WORKER]

    def start(self) -> None:
        """Start everything."""
        for part in self.parts:
            part.start()

    def tend(self) -> None:
        """Start again what ended by itself a second ago."""
        for part in self.parts:
            if not part.wanted or part.running:
                self._since.pop(part.name, None)
            elif time.monotonic() - self._since.setdefault(part.name, time.monotonic()) > 1.0:
                part.start()

    def kill_one(self) -> str:
        """SIGKILL to a process of a worker, parent or child, drawn by lot; its part's name."""
        part = self.dice.choice([self.fetch, self.stages])
        if pids := part.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.dice.choice(sorted(pids)), signal.SIGKILL)
        return part.name

    def stopped(self, part: Part, seconds: float) -> None:
        """A SIGTERM to this part took so long."""
        self.stops[part.name] = max(seconds, self.stops.get(part.name, 0.0))

    def order(self, name: str, content: str = "") -> None:
        """Ask for a harm of `harmed.py`."""
        (self.harm / name).write_text(content)

    def ordered(self) -> list[str]:
        """The boundaries at which a process still has to end."""
        return sorted(path.name for path in self.harm.glob("exit *"))

    def recall(self) -> None:
        """No process has to end any more."""
        for path in self.harm.glob("exit *"):
            path.unlink(missing_ok=True)

    def calm(self) -> None:
        """No harm any more: everything runs, and nothing is remembered."""
        self.forget()
        for path in self.harm.iterdir():
            path.unlink(missing_ok=True)
        for part in self.parts:
            if not part.running:
                part.start()

    def nudge(self) -> None:
        """Send what beat sends, now."""
        with Celery(broker=load(redis_url=self.valkey.url).celery_broker, set_as_current=False) as app:
            app.send_task("nudge", queue="discover", ignore_result=True, retry=False)

    def slowest(self) -> tuple[float, str]:
        """The longest outside call that any worker made, in seconds (0 for under one), and its name."""
        with contextlib.suppress(FileNotFoundError):
            lines = (line.split() for line in (self.harm / "slow").read_text().splitlines())
            return max(((float(took), name) for took, name in lines), default=(0.0, ""))
        return 0.0, ""

    def memory(self) -> int:
        """Bytes that the broker's server uses."""
        with self.redis as client:
            return int(client.info("memory")["used_memory"])

    def log_sizes(self) -> dict[str, int]:
        """How much each worker has written so far, by its name."""
        return {part.name: part.log.stat().st_size for part in (self.fetch, self.stages)}

    def connected_since(self, sizes: Mapping[str, int]) -> bool:
        """Has every worker said after so much of its log that it is connected to the broker?"""
        parts = (self.fetch, self.stages)
        return all(b"Connected to redis" in part.log.read_bytes()[sizes[part.name] :] for part in parts)

    def log_tails(self, size: int = 3000) -> str:
        """The last words of every part."""
        return "\n".join(
            f"── {log.name}\n{log.read_text(errors='replace')[-size:]}" for log in self.folder.glob("*.log")
        )

    def close(self) -> None:
        """End everything, at once."""
        for part in self.parts:
            part.end()
        self.ledger.close()
        self.valkey.stop()


@contextmanager
def running_rig(ledger_url: str, postgres: Postgres | None, settings: Mapping[str, str] = QUICK) -> Iterator[Rig]:
    """A rig with an empty ledger, started; nothing of it is left afterwards."""
    Ledger.open(ledger_url, migrate=True).close()
    folder = quick_disk.folder("wr-chaos-")
    rig = Rig(folder, ledger_url, postgres, settings)
    try:
        rig.start()
        yield rig
    finally:
        rig.close()
        shutil.rmtree(folder, ignore_errors=True)
