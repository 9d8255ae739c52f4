"""One fetch loop over 2,000 hosts at 1 s delay: the real loop and ledger, answers made here."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workers.core.gate import Gate
from workers.core.link import Kind, Label
from workers.core.page import Page
from workers.core.work import Candidate, HostReport, Lease, Outcome, Robots, State, Turn
from workers.ledger import Ledger
from workers.stages.fetch import Bounds, FetchLoop

HOSTS, EACH, SECONDS, ANSWER = 2_000, 40, 20.0, 0.02


@dataclass
class Answers:
    """A web in which every page answers after 20 ms; notes when each request was sent."""

    starts: list[float] = field(default_factory=list)
    all: bool = True
    closed: bool = False
    crawl_delay: float | None = None

    def rules(self, _robots: Robots) -> Answers:
        return self

    def allows(self, _url: str) -> bool:
        return True

    def revisit_in(self, _lease: Lease) -> float | None:
        return None

    def may_follow(self, _lease: Lease, _url: str) -> bool:
        return True

    async def read_robots(self, _url: str, _gate: Gate) -> Robots:
        return Robots(404, "", 3_600)

    async def get(self, lease: Lease, gate: Gate) -> Page:
        await gate.start(lease.url)
        now = time.monotonic()
        gate.sent(lease.url, now)
        self.starts.append(now)
        await asyncio.sleep(ANSWER)
        return Page(lease.url, lease.url, 200, b"", time.time())


class LedgerAlone:
    """The ledger without a queue: pages are settled as they come."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def lease(self, urls: int, held: Collection[str]) -> Sequence[Turn]:
        return self._ledger.lease("bench", urls=urls, hosts=HOSTS, per_host=urls, hold=15, lease=45, held=held)

    def hold(self, hosts: Collection[str]) -> Collection[str]:
        return self._ledger.hold("bench", hosts, 15)

    def next_ready(self) -> float | None:
        ready, next_in = self._ledger.ready()
        return 0.0 if ready else next_in

    def crowded(self) -> bool:
        return False

    def behind(self) -> bool:
        return False

    def hand_on(self, fetched: Sequence[tuple[Lease, Page]]) -> None:
        self.settle([Outcome(lease.id, lease.visit, State.SKIPPED, "gone", status=200) for lease, _ in fetched])

    def settle(self, outcomes: Sequence[Outcome]) -> None:
        self._ledger.settle(outcomes)

    def give_back(self, leases: Sequence[Lease]) -> None:
        self._ledger.give_back("bench", [lease.id for lease in leases])

    def release(self, reports: Sequence[HostReport]) -> None:
        self._ledger.release("bench", reports)


def paced(folder: Path) -> str:
    """What share of the starts that the delays allow one loop made, and how much CPU it took."""
    ledger = Ledger.open(f"sqlite:///{folder / 'hosts.db'}", migrate=True)
    ledger.put_site("many", "", settings={"delay": 1.0})
    for number in range(EACH):
        ledger.admit([_candidate(f"h{host}.example", number) for host in range(HOSTS)])
    answers, cpu = Answers(), time.process_time()
    bounds = Bounds(open=2 * HOSTS, batch=100, seconds=SECONDS, hold=15)
    began = time.monotonic()
    asyncio.run(FetchLoop(LedgerAlone(ledger), answers, bounds, lambda: False).run())  # type: ignore[arg-type]
    used = (time.process_time() - cpu) / (time.monotonic() - began)
    ledger.close()
    settled = [at for at in answers.starts if began + 5 < at < began + SECONDS]
    share = len(settled) / (SECONDS - 5) / HOSTS
    return f"{share:.0%} of 2,000 a second by one process at {used:.0%} of a core"


def _candidate(host: str, number: int) -> Candidate:
    url = f"https://{host}/{number}.html"
    return Candidate("many", url, url, host, Kind.PAGE, Label.LATEST, 1, 1.7e9 - number)
