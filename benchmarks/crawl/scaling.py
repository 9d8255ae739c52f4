"""What more processes and more pages cost: CPU per page with 1, 2, 4 and 8 of each kind, memory as a site grows.

    python -m benchmarks.crawl.scaling [--pages 8000] [--runs 3] [--memory 20000,200000]

Eight hosts serve the pages, so that several fetch processes have work: a host is asked by one of them at a time. Beyond
the machine's cores only CPU per page can be compared.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.crawl.__main__ import peers_environment
from benchmarks.crawl.accounts import cpu_of_tree
from benchmarks.crawl.contenders import ROOT, wireroom
from benchmarks.crawl.moments import crawling, wire
from benchmarks.crawl.newspages import path_of, write_site
from benchmarks.crawl.report import keep, made_with, spread
from benchmarks.crawl.server import serving
from workers.ledger import Ledger
from workers.sites.known import by_name
from workers.stages.discover import seed

HOSTS = 8
PROCESSES = (1, 2, 4, 8)
# The part of the pages after which a process has done all of its work once and counts as warm.
WARM = 0.25


def cpu_per_page(port: int, pages: int, processes: int, folder: Path) -> float:
    """CPU seconds for 1,000 pages with so many fetch and parse processes, once each of them is warm."""
    state = folder / "state"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir()
    ledger = Ledger.open(f"sqlite:///{state / 'ledger.db'}", migrate=True)
    _enter(ledger, port)
    wanted = pages * HOSTS
    many = ("--fetch", str(processes), "--parse", str(processes))
    with wire() as (_, url), crawling(url, state, "--follow", *many) as running:
        begun = _stored(ledger, wanted * WARM)
        before = cpu_of_tree(running.pid)
        done = _stored(ledger, wanted)
        used = cpu_of_tree(running.pid) - before
    ledger.close()
    return used * 1_000 / (done - begun)


def _stored(ledger: Ledger, wanted: float) -> int:
    """Waits for so many articles; how many there are."""
    found = 0
    while found < wanted:
        time.sleep(0.2)  # looking costs CPU too, though not theirs
        found = ledger.status().total.articles
    return found


def _enter(ledger: Ledger, port: int) -> None:
    """A site of the reference site's markup for each host, with its first page."""
    model = by_name("interfax-ukraine")
    assert model is not None
    for number in range(HOSTS):
        host = f"h{number}.wire.localhost:{port}"
        site = model.replace(name=f"wire-{number}", hosts=(host,), aliases=())
        ledger.put_site(site.name, model.name, site.hosts, (), {"delay": 0.0, "places": 8})
        ledger.admit([seed(site, f"http://{host}{path_of(0)}", ledger.now())])


def by_processes(pages: int, runs: int, folder: Path) -> dict[int, list[float]]:
    """The cost with every number of processes once, then with every one again."""
    found: dict[int, list[float]] = {number: [] for number in PROCESSES}
    with serving(write_site(folder, pages // HOSTS), peers_environment()) as server:
        for run in range(runs):
            for number in PROCESSES:
                found[number].append(cpu_per_page(server.port, pages // HOSTS, number, folder))
                print(f"run {run + 1}: {number} of each {found[number][-1]:.2f} CPU s/1000", flush=True)
    return found


def processes_table(found: dict[int, list[float]]) -> str:
    """The table of what more processes cost, in Markdown: each is compared with the first of its own run."""
    first = found[PROCESSES[0]]
    lines = ["| | CPU s per 1,000 pages | ÷ the first of its run; goal ≤ 1.10 |", "|---|--:|--:|"]
    for number, figures in found.items():
        grown = [figure / one for figure, one in zip(figures, first, strict=True)]
        lines.append(f"| `--fetch {number} --parse {number}` | {spread(figures, 2)} | {spread(grown, 2)} |")
    return "\n".join(lines)


def memory_table(sizes: list[int], folder: Path) -> str:
    """The table of the peak memory on a site of each size, in Markdown."""
    lines = ["| pages | peak MB (PSS) of the workers | of all processes |", "|--:|--:|--:|"]
    for pages in sizes:
        with serving(write_site(folder, pages), peers_environment()) as server:
            cost = wireroom()(server.port, pages, folder)
        shutil.rmtree(folder / f"site-{pages}")
        lines.append(f"| {pages:,} | {cost.peak_workers:.0f} | {cost.peak_pss:.0f} |")
        print(lines[-1], flush=True)
    return "\n".join(lines)


def main() -> None:
    """Measure and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=8_000)
    parser.add_argument("--runs", type=int, default=3, help="of each number of processes; 0 leaves them out")
    parser.add_argument("--memory", default="20000,200000", help="sizes of the site; an empty text leaves them out")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        folder.chmod(0o755)  # nginx reads as another user when root starts it
        if given.runs:
            found = by_processes(given.pages, given.runs, folder)
            keep(ROOT, "processes", {**made_with(), "table": processes_table(found)})
        if given.memory:
            table = memory_table([int(size) for size in given.memory.split(",")], folder)
            keep(ROOT, "memory", {**made_with(), "table": table})


if __name__ == "__main__":
    main()
