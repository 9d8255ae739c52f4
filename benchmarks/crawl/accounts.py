"""What a run costs: CPU seconds of every process, wall time and peak memory.

A command's CPU is what the kernel says when it is waited for (wait4: itself and all descendants that were waited for);
services that outlive it are read from /proc before and after. A watcher looks at the tree five times a second for its
peak memory (PSS: shared pages are shared out) and for who used what.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
LOOK_EVERY = 0.2
_SERVICES = ("valkey", "postgres")


@dataclass
class Cost:
    """One run. `by_role` are CPU seconds of each kind of process, as far as the watcher saw them.

    `peak_workers` is the peak without the command itself and the services that it started.
    """

    cpu: float
    wall: float
    peak_pss: float
    by_role: dict[str, float] = field(default_factory=dict)
    pss_by_role: dict[str, float] = field(default_factory=dict)
    peak_workers: float = 0.0
    output: str = ""


@dataclass(frozen=True)
class Seen:
    """A process as /proc shows it; `cpu` of itself, `children` of those that it has waited for."""

    pid: int
    parent: int
    cpu: float
    children: float
    command: str


def processes() -> dict[int, Seen]:
    """All processes of this machine that can be read."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (seen := _seen(entry)):
            found[seen.pid] = seen
    return found


def _seen(entry: Path) -> Seen | None:
    try:
        stat = (entry / "stat").read_text()
        command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        return None
    after = stat.rpartition(")")[2].split()
    cpu, children = (int(after[11]) + int(after[12])) / _TICK, (int(after[13]) + int(after[14])) / _TICK
    return Seen(int(entry.name), int(after[1]), cpu, children, command)


def tree(pid: int, all_: Mapping[int, Seen] | None = None) -> list[Seen]:
    """The process and its descendants."""
    known = all_ or processes()
    family, found = {pid}, []
    for seen in sorted(known.values(), key=lambda each: each.pid):
        if seen.pid == pid or seen.parent in family:
            family.add(seen.pid)
            found.append(seen)
    return found


def cpu_of_tree(pid: int) -> float:
    """CPU seconds that the process and all its descendants have used, those that ended included."""
    return sum(seen.cpu + seen.children for seen in tree(pid))


def pss(pid: int) -> float:
    """Megabytes of memory of one process, shared pages shared out; 0 when it is gone."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    line = next((line for line in rollup.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(line.split()[1]) / 1024


def role_of(command: str) -> str:
    """What a process is, by its command line."""
    roles = {
        "valkey": "valkey",
        "postgres": "postgres",
        "-Q fetch": "fetch",
        "-Q discover": "parse",
        "crawl": "command",
    }
    return next((role for sign, role in roles.items() if sign in command), "other")


def children(role: str) -> list[int]:
    """The services of this kind that this process has started."""
    return [seen.pid for seen in processes().values() if seen.parent == os.getpid() and role_of(seen.command) == role]


class Watcher(threading.Thread):
    """Looks at a process tree until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._over = pid, threading.Event()
        self.peak = self.peak_workers = 0.0
        self.pss: dict[str, float] = {}
        self.cpu: dict[int, tuple[str, float]] = {}

    def run(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            self.look()

    def look(self) -> None:
        """One look: the memory of all, and the CPU of each."""
        sizes: dict[str, float] = {}
        workers = 0.0
        for seen in tree(self._pid):
            role, size = role_of(seen.command), pss(seen.pid)
            self.cpu[seen.pid] = (role, seen.cpu)
            sizes[role] = sizes.get(role, 0.0) + size
            workers += 0.0 if seen.pid == self._pid or role in _SERVICES else size
        self.peak = max(self.peak, sum(sizes.values()))
        self.peak_workers = max(self.peak_workers, workers)
        self.pss = {role: max(size, self.pss.get(role, 0.0)) for role, size in (self.pss | sizes).items()}

    def stop(self) -> dict[str, float]:
        """CPU seconds by role."""
        self._over.set()
        self.join()
        roles: dict[str, float] = {}
        for role, cpu in self.cpu.values():
            roles[role] = roles.get(role, 0.0) + cpu
        return roles


def measured(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str], services: Sequence[int] = (), log: Path
) -> Cost:
    """Run a command to its end and say what it cost, with the services (process ids) that worked for it."""
    before = [cpu_of_tree(pid) for pid in services]
    began = time.monotonic()
    with log.open("wb") as said:
        running = subprocess.Popen(command, cwd=cwd, env=dict(env), stdout=subprocess.PIPE, stderr=said)
        watcher = Watcher(running.pid)
        watcher.start()
        assert running.stdout is not None
        output = running.stdout.read().decode("utf-8", "replace")
        by_role = watcher.stop()
        _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - began
    running.stdout.close()
    if running.returncode:
        said_last = f"{log.read_text()[-3000:]}\n{output[-3000:]}"
        raise SystemExit(f"{' '.join(command)} ended with {running.returncode}: {said_last}")
    of_services = sum(cpu_of_tree(pid) for pid in services) - sum(before)
    sizes = sum(pss(seen.pid) for pid in services for seen in tree(pid))
    cpu = usage.ru_utime + usage.ru_stime + of_services
    cost = Cost(cpu, wall, watcher.peak + sizes, by_role, watcher.pss, watcher.peak_workers, output)
    if services:
        cost.by_role["services"] = of_services
        cost.pss_by_role["services"] = sizes
    return cost
