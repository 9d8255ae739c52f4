"""What KEDA asks the ledger to scale fetch and parse: the queries of the manifests, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from kubernetes import queries
from making import admit, lease, outcome, release

from workers.ledger import Ledger


class Scaler:
    """Asks as KEDA does: over a connection of its own, by the clock of the server, for one whole number."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)

    def __call__(self, stage: str, trigger: str) -> int:
        [[number]] = self._connection.execute(queries()[stage, trigger]).fetchall()
        assert isinstance(number, int)
        return number

    def make_older(self, seconds: int) -> None:
        """As if so much time had passed."""
        self._connection.execute(f"UPDATE hosts SET ready_at = ready_at - {seconds}, next_at = next_at - {seconds}")
        self._connection.execute(f"UPDATE urls SET state_at = state_at - {seconds}")

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def ledger(postgres_url: str) -> Iterator[Ledger]:
    opened = Ledger.open(postgres_url)
    opened.put_site("demo", "demo", settings={"delay": 0.0})
    yield opened
    opened.close()


@pytest.fixture
def scaler(postgres_url: str) -> Iterator[Scaler]:
    asking = Scaler(postgres_url)
    yield asking
    asking.close()


def test_there_is_a_query_for_age_and_amount_of_both() -> None:
    assert queries().keys() == {(stage, of) for stage in ("fetch", "parse") for of in ("amount", "age")}


def test_an_empty_ledger_asks_for_nothing(ledger: Ledger, scaler: Scaler) -> None:
    assert [scaler(*name) for name in queries()] == [0, 0, 0, 0]


def test_fetch_is_scaled_by_the_hosts_that_are_ready_and_how_long_they_are(ledger: Ledger, scaler: Scaler) -> None:
    for number in range(3):
        admit(ledger, f"{number}-1", f"{number}-2", host=f"h{number}.test")
    assert scaler("fetch", "amount") == 3 == ledger.ready()[0]
    assert scaler("fetch", "age") <= 2
    scaler.make_older(90)
    assert 89 <= scaler("fetch", "age") <= 95


def test_a_host_that_is_held_rests_or_is_paused_does_not_count(ledger: Ledger, scaler: Scaler) -> None:
    admit(ledger, "1", "2", host="a.test")
    lease(ledger, urls=1, per_host=1, hold=600.0)
    assert scaler("fetch", "amount") == 0, "it is held"
    release(ledger, next_in=600.0)
    assert scaler("fetch", "amount") == 0, "it has work, and may be asked in ten minutes"
    ledger.put_site("other", "")
    admit(ledger, "3", host="b.test", site="other")
    assert scaler("fetch", "amount") == 1
    ledger.pause("other")
    assert (scaler("fetch", "amount"), scaler("fetch", "age")) == (0, 0)


def test_parse_is_scaled_by_the_pages_that_fetch_has_handed_over(ledger: Ledger, scaler: Scaler) -> None:
    admit(ledger, "1", "2", "3")
    leases = lease(ledger)
    assert scaler("parse", "amount") == 0, "what fetch still has is no work for parse"
    ledger.handed_over([one.id for one in leases], 45.0)
    release(ledger)
    assert scaler("parse", "amount") == 3 == ledger.in_transit()
    scaler.make_older(60)
    assert 59 <= scaler("parse", "age") <= 65
    ledger.settle([outcome(one) for one in leases])
    assert (scaler("parse", "amount"), scaler("parse", "age")) == (0, 0)
