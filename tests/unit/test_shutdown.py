"""What ends does so in time: a worker's process whose results were read but not counted, and a beat."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from billiard.pool import Worker

import workers.celery  # noqa: F401  # what every worker imports
from workers.adapters.shutdown import LONGEST_END, LONGEST_WAIT

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


def test_a_beat_ends_in_time_although_its_handler_of_sigterm_came_to_nothing() -> None:
    code = """
import signal, time
signal.signal(signal.SIGTERM, lambda *_: None)
import workers.celery
from celery.signals import beat_init
beat_init.send(sender=None)
print("ready", flush=True)
for _ in range(600):
    time.sleep(0.1)
"""
    beat = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert beat.stdout is not None
    assert beat.stdout.readline() == "ready\n"
    beat.send_signal(signal.SIGTERM)
    assert beat.wait(2 * LONGEST_END) == 0
    beat.stdout.close()
