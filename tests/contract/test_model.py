"""Anything in any order: the ledger does what a small model of it does, and never loses, doubles or leaks a URL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from making import Clock, candidate, lease, outcome, reading, row_of, rows
from sqlalchemy import delete, func, select, text

from workers.core.work import HostReport, Lease, State
from workers.ledger import Ledger
from workers.ledger.schema import metadata, urls
from workers.ledger.sweep import LOSSES_PER_ATTEMPT

KEYS = [str(n) for n in range(8)]
HOSTS = ["a.test", "b.test", "c.test"]
OWNERS = ["w1", "w2"]
# Which of the leases so far: a number of its own and not a choice among them, because of several URLs that are wanted
# alike PostgreSQL may hand out another one when the same steps are played again.
WHICH = st.integers(0, 199)
MOST = 3
LEASE, HOLD = 30.0, 10.0


@dataclass
class Url:
    """What the model knows of a URL."""

    state: str = "waiting"
    visit: int = 1
    attempts: int = 0
    losses: int = 0
    due_at: float = 0.0
    owner: str = ""
    until: float = 0.0
    revisit_at: float | None = None


class LedgerModel(RuleBasedStateMachine):
    """Does things to a ledger and to the model, and compares them after each."""

    ledger: Ledger
    clock: Clock

    @initialize()
    def begin(self) -> None:
        self.ledger._database.write(lambda tx: [tx.run(statement) for statement in _emptying()])
        self.ledger._known.hosts.clear()
        self.ledger._known.lanes.clear()
        self.ledger.put_site("demo", "demo", settings={"delay": 0.0})
        self.urls: dict[str, Url] = {}
        self.leases: list[Lease] = []
        self.held: dict[str, tuple[str, float]] = {}
        self.articles: set[str] = set()

    @rule(keys=st.lists(st.sampled_from(KEYS), max_size=5))
    def admit(self, keys: list[str]) -> None:
        new = self.ledger.admit([_candidate(key) for key in keys]).new
        assert {key for _, key in new} == set(keys) - self.urls.keys()
        self.urls.update({key: Url() for _, key in new})

    @rule(owner=st.sampled_from(OWNERS), count=st.integers(1, 6), per_host=st.integers(1, 3), again=st.booleans())
    def lease(self, owner: str, count: int, per_host: int, again: bool) -> None:
        mine = [host for host, (holder, _) in self.held.items() if holder == owner] if again else []
        asked: dict[str, Any] = {"urls": count, "hosts": 2, "per_host": per_host, "hold": HOLD, "lease": LEASE}
        turns = self.ledger.lease(owner, held=mine, **asked)
        assert len({turn.host for turn in turns}) == len(turns)
        for turn in turns:
            holder, until = self.held.get(turn.host, (owner, 0.0))
            assert holder == owner or until <= self.clock.now, "a host that another one holds"
            self.held[turn.host] = (owner, self.clock.now + HOLD)
            for one in turn.leases:
                self._leased(one, owner)

    def _leased(self, one: Lease, owner: str) -> None:
        url = self.urls[one.key]
        assert (url.state, one.visit, one.attempt) == ("waiting", url.visit, url.attempts + 1)
        assert url.due_at <= self.clock.now
        url.state, url.attempts, url.owner, url.until = "leased", one.attempt, owner, self.clock.now + LEASE
        self.leases.append(one)

    def _one(self, which: int) -> Lease:
        return self.leases[which % len(self.leases)]

    @rule(which=WHICH, state=st.sampled_from(State), retry_in=st.sampled_from([0.0, 5.0, 100.0]))
    def settle(self, which: int, state: State, retry_in: float) -> None:
        if not self.leases or state is State.LEASED:
            return
        one = self._one(which)
        done = outcome(one, state, reason="because", retry_in=retry_in, revisit_in=50.0)
        if state is State.STORED:
            self.ledger.commit([reading(key=one.key)], [done], max_attempts=MOST)
            self.articles.add(one.key)
        else:
            self.ledger.settle([done], max_attempts=MOST)
        self._settled(self.urls[one.key], one, state, retry_in)

    def _settled(self, url: Url, one: Lease, state: State, retry_in: float) -> None:
        late = url.state == "waiting" and state is not State.WAITING
        after_all = url.state == "parked" and state is State.STORED
        if url.visit != one.visit or not (url.state == "leased" or late or after_all):
            return
        if state is State.WAITING and url.attempts - url.losses < MOST:
            url.state, url.due_at = "waiting", self.clock.now + retry_in
        else:
            url.state = "parked" if state is State.WAITING else state.value
            url.revisit_at = self.clock.now + 50.0

    @rule(which=WHICH, owner=st.sampled_from(OWNERS))
    def give_back(self, which: int, owner: str) -> None:
        if self.leases:
            one = self._one(which)
            url = self.urls[one.key]
            theirs = url.state == "leased" and url.owner == owner
            assert self.ledger.give_back(owner, [one.id]) == theirs
            if theirs:
                url.state, url.attempts, url.due_at = "waiting", url.attempts - 1, 0.0

    @rule(which=WHICH)
    def hand_over(self, which: int) -> None:
        if self.leases:
            one = self._one(which)
            url = self.urls[one.key]
            assert self.ledger.handed_over([one.id], LEASE) == (url.state == "leased")
            if url.state == "leased":
                url.owner, url.until = "hand-off", self.clock.now + LEASE

    @rule(owner=st.sampled_from(OWNERS), host=st.sampled_from(HOSTS), next_in=st.sampled_from([0.0, 7.0]))
    def release(self, owner: str, host: str, next_in: float) -> None:
        given = self.ledger.release(owner, [HostReport(host, next_in)])
        assert given == (self.held.get(host, ("", 0.0))[0] == owner)
        if given:
            del self.held[host]

    @rule(seconds=st.sampled_from([1.0, 12.0, 40.0, 120.0]))
    def time_passes(self, seconds: float) -> None:
        self.clock.pass_(seconds)

    @rule(dead=st.sets(st.sampled_from(OWNERS)))
    def sweep(self, dead: set[str]) -> None:
        self.ledger.sweep(max_attempts=MOST, dead_owners=dead)
        for url in self.urls.values():
            if url.state == "leased" and (url.until <= self.clock.now or url.owner in dead):
                self._lost(url)
        self.held = {h: (o, t) for h, (o, t) in self.held.items() if t > self.clock.now and o not in dead}

    def _lost(self, url: Url) -> None:
        in_fetch = url.owner != "hand-off"
        url.losses += in_fetch
        spent = url.losses >= MOST * LOSSES_PER_ATTEMPT if in_fetch else url.attempts - url.losses >= MOST
        url.state = "parked" if spent else "waiting"
        url.due_at = self.clock.now

    @rule()
    def revisit(self) -> None:
        self._visit_again([url for url in self.urls.values() if url.revisit_at and url.revisit_at <= self.clock.now])
        self.ledger.revisit()

    @rule()
    def replay(self) -> None:
        self._visit_again([url for url in self.urls.values() if url.state == "parked"])
        self.ledger.replay()

    def _visit_again(self, which: list[Url]) -> None:
        for url in which:
            url.state, url.visit, url.attempts, url.due_at, url.revisit_at = "waiting", url.visit + 1, 0, 0.0, None
            url.losses = 0

    @invariant()
    def the_tables_are_as_the_model(self) -> None:
        found = rows(self.ledger, select(urls.c.key, urls.c.state, urls.c.visit, urls.c.attempts))
        assert len(found) == len(self.urls)
        for row in found:
            url = self.urls[row.key]
            assert (row.state, row.visit, row.attempts) == (url.state, url.visit, url.attempts), row_of(
                self.ledger, row.key
            )

    @invariant()
    def the_counts_are_the_truth(self) -> None:
        counts = self.ledger.status().total
        states = [url.state for url in self.urls.values()]
        told = (counts.waiting, counts.leased, counts.stored, sum(counts.skipped.values()), sum(counts.parked.values()))
        assert told == tuple(states.count(state) for state in ("waiting", "leased", "stored", "skipped", "parked"))
        assert (counts.articles, counts.versions) == (len(self.articles), len(self.articles))

    def teardown(self) -> None:
        """Whatever happened, the crawl can always be brought to its end."""
        count = select(func.count().label("n")).where(urls.c.state.in_(["waiting", "leased"]))
        for _ in range(2 * MOST * LOSSES_PER_ATTEMPT):
            if not rows(self.ledger, count)[0].n:
                return
            self.clock.pass_(200.0)
            self.ledger.sweep(max_attempts=MOST)
            for owner in OWNERS:
                self.ledger.settle([outcome(one, State.SKIPPED, reason="end") for one in lease(self.ledger, owner)])
        raise AssertionError("a URL was left behind")


def _candidate(key: str) -> Any:
    return candidate(key, HOSTS[int(key) % len(HOSTS)], wanted=float(key))


def _emptying() -> list[Any]:
    # The counters last: emptying urls changes them.
    tables = [table for name, table in metadata.tables.items() if name not in ("meta", "tallies")]
    return [text("DELETE FROM article_search"), *(delete(table) for table in [*tables, metadata.tables["tallies"]])]


def run(ledger: Ledger, clock: Clock, examples: int, steps: int) -> None:
    """Let hypothesis try this many sequences."""
    machine = type("Machine", (LedgerModel,), {"ledger": ledger, "clock": clock})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    chosen = settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(machine, settings=chosen)


def test_anything_in_any_order(ledger: Ledger, clock: Clock) -> None:
    run(ledger, clock, examples=12, steps=25)


@pytest.mark.slow
def test_anything_in_any_order_for_long(ledger: Ledger, clock: Clock) -> None:
    run(ledger, clock, examples=60, steps=60)
