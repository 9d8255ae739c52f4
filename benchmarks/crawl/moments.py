"""What is measured in seconds and not in pages: the first request, a new link's way to its article, and idleness.

python -m benchmarks.crawl.moments
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from benchmarks.crawl.accounts import cpu_of_tree
from benchmarks.crawl.contenders import ROOT, environment
from benchmarks.crawl.hosts import paced
from benchmarks.crawl.newspages import FIRST_ID, headline_of, page, path_of
from benchmarks.crawl.report import keep, made_with
from workers.core.link import Kind, Label
from workers.core.work import Candidate, HostReport, Outcome, State
from workers.ledger import Ledger

STARTS, ROUNDS, NEW, IDLE_HOSTS, IDLE_SECONDS = 5, 40, 3, 1_000, 20.0


class Wire:
    """A site whose listing grows; it notes when it was asked first, and when it showed each article."""

    def __init__(self) -> None:
        self.first: float | None = None
        self.asked = 0
        self.known = 0
        self.shown: dict[int, float] = {}

    def answer(self, path: str) -> str | None:
        """The page of a path; robots.txt and all that is not there are None."""
        self.first, self.asked = self.first or time.monotonic(), self.asked + 1
        if path == "/news/latest.html":
            newest = range(self.known - 1, max(-1, self.known - 40), -1)
            for number in newest:
                self.shown.setdefault(number, time.time())
            rows = (f'<p><a href="{path_of(n)}">{headline_of(n)}</a></p>' for n in newest)
            return f'<html><body><div class="b3"><h2>LATEST</h2>{"".join(rows)}</div></body></html>'
        name = path.rpartition("/")[2].removesuffix(".html")
        number = int(name) - FIRST_ID if name.isdigit() else -1
        return _without_boxes(page(number, 1_000)) if 0 <= number < self.known else None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while line := await reader.readline():
                while (await reader.readline()).strip():
                    pass
                body = self.answer(line.split()[1].decode())
                status, data = ("200 OK", body.encode()) if body is not None else ("404 Not Found", b"")
                head = f"HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: {len(data)}\r\n\r\n"
                writer.write(head.encode() + data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


def _without_boxes(html: str) -> str:
    return html.partition('<div class="b1">')[0] + "</div></body></html>"


@contextmanager
def wire() -> Iterator[tuple[Wire, str]]:
    """A growing site on loopback, with its address."""
    site, loop, ready, ports = Wire(), asyncio.new_event_loop(), threading.Event(), list[int]()

    async def run() -> None:
        server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        await asyncio.Event().wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    ready.wait()
    yield site, f"http://en.demo.localhost:{ports[0]}/"


@contextmanager
def crawling(url: str, state: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """`wireroom crawl` at work, stopped as by Ctrl-C."""
    command = [sys.executable, "-m", "workers", "crawl", url, "--state", str(state), "--json", *options]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=quiet, stderr=quiet) as running:
        try:
            yield running
        finally:
            running.send_signal(2)
            running.wait(60)


def first_requests(folder: Path) -> list[float]:
    """Seconds from the command to its first request, set up already."""
    found = []
    for _ in range(STARTS + 1):
        shutil.rmtree(folder / "ready", ignore_errors=True)
        with wire() as (site, url):
            began = time.monotonic()
            with crawling(url, folder / "ready"):
                _await(lambda site=site: site.first is not None)  # type: ignore[misc]
            assert site.first is not None
            found.append(site.first - began)
    return found[1:]


def lags(folder: Path) -> list[float]:
    """Seconds from the answer of a listing that shows a new link to the moment when its article was stored."""
    with wire() as (site, url), crawling(url, folder / "lag", "--follow"):
        _await(lambda: site.first is not None)
        ledger = Ledger.open(f"sqlite:///{folder / 'lag' / 'ledger.db'}")
        time.sleep(3)
        for _ in range(ROUNDS):
            site.known += NEW
            ledger.make_starts_due("demo")  # what `wireroom sites crawl-now demo` does
            time.sleep(1.3)
        _await(lambda: ledger.status().total.articles == site.known)
        rows = ledger.articles(limit=1_000)
        ledger.close()
    return [row.stored_at - site.shown[int(row.key.removeprefix("id:")) - FIRST_ID] for row in rows]


def idle(folder: Path) -> float:
    """The share of a core that all processes use while 1,000 hosts wait for their delay and nothing is ready."""
    state = folder / "idle"
    state.mkdir()
    ledger = Ledger.open(f"sqlite:///{state / 'ledger.db'}", migrate=True)
    ledger.put_site("waiting", "", settings={"delay": 600.0})
    names = [f"news{number}.example" for number in range(IDLE_HOSTS)]
    ledger.admit([_candidate(name, number) for name in names for number in range(2)])
    turns = ledger.lease("bench", urls=IDLE_HOSTS, hosts=IDLE_HOSTS, per_host=1, hold=15, lease=45, turn_seconds=600)
    gone = [Outcome(lease.id, lease.visit, State.SKIPPED, "gone") for turn in turns for lease in turn.leases]
    ledger.settle(gone)
    ledger.release("bench", [HostReport(turn.host, 600.0) for turn in turns])
    assert len(gone) == IDLE_HOSTS
    with wire() as (site, url), crawling(url, state, "--follow") as running:
        _await(lambda: site.first is not None)
        time.sleep(8)
        before = cpu_of_tree(running.pid)
        time.sleep(IDLE_SECONDS)
        used = (cpu_of_tree(running.pid) - before) / IDLE_SECONDS
    assert ledger.status().sites["waiting"].waiting == IDLE_HOSTS
    ledger.close()
    return used


def _candidate(host: str, number: int) -> Candidate:
    url = f"https://{host}/{number}.html"
    return Candidate("waiting", url, url, host, Kind.PAGE, Label.LATEST, 1, 1.7e9)


def _await(true: Callable[[], bool], seconds: float = 60) -> None:
    """Returns when it has become true."""
    give_up = time.monotonic() + seconds
    while not true():
        if time.monotonic() > give_up:
            raise SystemExit("It did not happen in time.")
        time.sleep(0.005)


def main() -> None:
    """Measure all and keep the figures."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        starts = first_requests(Path(work))
        rows.append(
            ("`wireroom crawl`: command to first request", "≤ 2 s", f"{median(starts):.2f} s (to {max(starts):.2f})")
        )
        print(rows[-1], flush=True)
        late = lags(Path(work))
        middle, p95 = median(late), quantiles(late, n=20)[-1]
        rows.append(
            ("new link on a polled listing → stored, p95", "≤ 1 s", f"{p95:.2f} s (median {middle:.2f}, {len(late)})")
        )
        print(rows[-1], flush=True)
        rows.append((f"CPU of all while {IDLE_HOSTS:,} hosts wait", "≤ 2 % of a core", f"{idle(Path(work)):.1%}"))
        print(rows[-1], flush=True)
        rows.append(("2,000 hosts at 1 s delay, simulated answers", "≥ 95 % or CPU full", paced(Path(work))))
        print(rows[-1], flush=True)
    lines = [f"| {what} | {goal} | {found} |" for what, goal, found in rows]
    keep(ROOT, "moments", {**made_with(), "table": "\n".join(["| | goal | measured |", "|---|---|---|", *lines])})


if __name__ == "__main__":
    main()
