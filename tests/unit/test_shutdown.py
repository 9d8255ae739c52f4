"""A worker's process that ends does not wait for long for results to be read that were read but not counted."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from billiard.pool import Worker

import workers.celery  # noqa: F401  # what every worker imports
from workers.adapters.shutdown import LONGEST_WAIT

pytestmark = pytest.mark.slow


def test_the_last_wait_is_short() -> None:
    ending = SimpleNamespace(on_ready_counter=SimpleNamespace(value=2))
    begun = time.monotonic()
    assert not Worker._ensure_messages_consumed(ending, completed=3)
    assert LONGEST_WAIT / 2 < time.monotonic() - begun < 2 * LONGEST_WAIT


def test_nobody_waits_when_all_was_read() -> None:
    begun = time.monotonic()
    ending = SimpleNamespace(on_ready_counter=SimpleNamespace(value=3))
    assert Worker._ensure_messages_consumed(ending, completed=3)
    assert time.monotonic() - begun < LONGEST_WAIT / 2
