"""A ledger on each database, with a clock that the test turns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from making import Clock

from workers.ledger import Ledger


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(ledger_url: str, clock: Clock) -> Iterator[Ledger]:
    """An empty ledger with a site `demo` whose hosts have no delay."""
    opened = Ledger.open(ledger_url, clock=clock)
    opened.put_site("demo", "demo", settings={"delay": 0.0})
    yield opened
    opened.close()
