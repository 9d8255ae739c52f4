"""A server that notes every request proves the manners of many fetch processes, also while some of them are killed."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from processors import Processors
from witness import Asked, Reply, Witness
from workforce import Workforce, at_work, pages

LONG = "WIREROOM_LONG_TESTS"
PLACES = 2


@dataclass(frozen=True)
class Crowd:
    """Hosts of one site, numbered from `first`: their delay, and the pages of each in peace and while there are kills.

    Those that are `slow` take two seconds for each answer.
    """

    site: str
    first: int
    hosts: int
    delay: float
    calm: int
    wild: int
    slow: bool = False

    def numbers(self) -> range:
        return range(self.first, self.first + self.hosts)

    def seed(self, force: Workforce, witness: Witness, pages_: range) -> None:
        for number in self.numbers():
            force.ledger.admit(pages(self.site, witness.host(number), pages_))


def patient() -> dict[str, str]:
    """Settings for workers that only fetch: nobody reads what they fetched, and nothing comes back for it."""
    lasting = {"WIREROOM_MAX_TRANSIT": "1000000", "WIREROOM_LEASE_SECONDS": "600", "WIREROOM_HOLD_SECONDS": "4"}
    return {**lasting, "WIREROOM_FETCH_HOSTS": "1000"}


SHORT = (Crowd("one", 0, 1, 0.25, 20, 10), Crowd("fifty", 1, 50, 1.0, 5, 3))
BESIDE = (Crowd("quick", 0, 50, 1.0, 5, 2), Crowd("slow", 50, 1, 1.0, 2, 1, slow=True))
# Ten thousand requests: one host, fifty and five hundred at the same time.
LONG_ONES = (
    Crowd("one", 0, 1, 0.2, 200, 100),
    Crowd("fifty", 1, 50, 1.0, 55, 35),
    Crowd("five hundred", 51, 500, 6.0, 7, 4),
)


@pytest.mark.slow
def test_no_host_is_asked_faster_than_its_delay_whoever_is_killed(tmp_path: Path) -> None:
    attack(sqlite(tmp_path), 8, SHORT, kills=2)


@pytest.mark.slow
def test_a_slow_host_does_not_slow_the_others_and_postgresql_is_as_polite(postgres_url: str) -> None:
    attack(postgres_url, 1, BESIDE, kills=1)


long_form = pytest.mark.skipif(not os.environ.get(LONG), reason=f"ten thousand requests each; set {LONG}=1")


@pytest.mark.chaos
@pytest.mark.slow
@long_form
@pytest.mark.parametrize("processes", [1, 2, 8])
def test_ten_thousand_requests(processes: int, tmp_path: Path) -> None:
    attack(sqlite(tmp_path), processes, LONG_ONES, kills=6)


@pytest.mark.chaos
@pytest.mark.slow
@long_form
@pytest.mark.parametrize("processes", [1, 2, 8])
def test_ten_thousand_requests_on_postgresql(processes: int, postgres_url: str) -> None:
    attack(postgres_url, processes, LONG_ONES, kills=6)


def sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / 'ledger.db'}"


def attack(ledger_url: str, processes: int, crowds: Sequence[Crowd], *, kills: int) -> None:
    """First in peace, where the pace must be reached, then with kills, where only the gaps count."""
    with Witness(answers_of(crowds)) as witness, at_work(ledger_url, **patient()) as force:
        for crowd in crowds:
            force.ledger.put_site(crowd.site, "", settings={"delay": crowd.delay, "places": PLACES})
            crowd.seed(force, witness, range(crowd.calm))
        force.worker("fetch", processes)
        force.until(lambda: bool(witness.asked))
        processors = Processors(force.pids("fetch") + force.pids("beat") + force.pids("discover"))
        longest = max(crowd.delay * crowd.calm for crowd in crowds)
        force.until(fetched(witness, sum(crowd.hosts * crowd.calm for crowd in crowds)), 45 + 2 * longest)
        others = processors.others()
        reached = {crowd.site: rate_reached(witness, crowd) for crowd in crowds if not crowd.slow}
        kill_while_fetching(force, witness, crowds, kills, random.Random(processes))
        tell(witness, crowds, processes, reached, others)
        for crowd in crowds:
            for host in map(witness.host, crowd.numbers()):
                assert [gap for gap in witness.gaps(host) if gap < crowd.delay] == [], "no host is asked too soon"
                assert witness.most_open[host] <= PLACES
        for site, share in reached.items():
            processors.judge(share, 0.9, f"the rate of the hosts of {site!r}", others)


def answers_of(crowds: Sequence[Crowd]) -> Callable[[str, str], Reply]:
    slow = {number for crowd in crowds if crowd.slow for number in crowd.numbers()}
    return lambda host, _: Reply(after=2.0 if int(host[1:].partition(".")[0]) in slow else 0.005)


def kill_while_fetching(
    force: Workforce, witness: Witness, crowds: Sequence[Crowd], kills: int, dice: random.Random
) -> None:
    for crowd in crowds:
        crowd.seed(force, witness, range(crowd.calm, crowd.calm + crowd.wild))
    longest = max(crowd.delay * crowd.wild for crowd in crowds)
    for _ in range(kills):
        time.sleep(dice.uniform(0.3, 0.6) * longest / kills)
        force.kill_one("fetch", dice)
        force.look_after()
    wanted = sum(crowd.hosts * (crowd.calm + crowd.wild) for crowd in crowds)
    force.until(fetched(witness, wanted), 60 + 3 * longest)


def fetched(witness: Witness, number: int) -> Callable[[], bool]:
    """Whether so many different pages were asked for."""
    return lambda: len({(one.host, one.path) for one in list(witness.asked) if one.path != "/robots.txt"}) >= number


def rate_reached(witness: Witness, crowd: Crowd) -> float:
    """The share of the starts that the delay allows, over all hosts, from the first start of each to its last."""
    starts = witness.starts()
    asked: list[list[Asked]] = [starts[host] for host in map(witness.host, crowd.numbers()) if host in starts]
    allowed = sum((of[-1].at - of[0].at) / crowd.delay for of in asked)
    return sum(len(of) - 1 for of in asked) / allowed


def tell(witness: Witness, crowds: Sequence[Crowd], processes: int, reached: dict[str, float], others: float) -> None:
    print(f"\n{processes} process(es), {len(witness.asked)} requests, others used {others:.0%} of the machine")
    for crowd in crowds:
        gaps = [gap for host in map(witness.host, crowd.numbers()) for gap in witness.gaps(host)]
        early = sum(gap < crowd.delay for gap in gaps)
        most_open = max(witness.most_open[host] for host in map(witness.host, crowd.numbers()))
        rate = f"{reached[crowd.site]:.1%}" if crowd.site in reached else "-"
        print(
            f"  {crowd.site}: {crowd.hosts} host(s), {len(gaps)} gaps, {early} under {crowd.delay} s, "
            f"shortest {min(gaps):.4f} s, open at most {most_open}, rate {rate}"
        )
