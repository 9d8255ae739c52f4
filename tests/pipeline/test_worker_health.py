"""A real worker and a real beat are healthy while they work, not while they cannot, and again when they can."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from crawls import environment, until

from workers.adapters.heartbeat import EVERY, IDLE
from workers.adapters.redis import connect
from workers.adapters.valkey import ValkeyServer
from workers.health import silence_of
from workers.ledger import Ledger

# A worker that is well is never silent for so long; the check itself waits longer, for the sake of busy machines.
SILENT = EVERY + 3


@contextmanager
def running(tmp_path: Path, valkey: ValkeyServer, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery process that notes its work in tmp_path/note."""
    ledger = f"sqlite:///{tmp_path / 'ledger.db'}"
    Ledger.open(ledger, migrate=True).close()
    env = environment(
        WIREROOM_REDIS_URL=valkey.url, WIREROOM_LEDGER_URL=ledger, WIREROOM_HEARTBEAT=str(tmp_path / "note")
    )
    command = [sys.executable, "-m", "celery", "-A", "workers", *arguments, "--loglevel", "WARNING"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=tmp_path)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.wait(30)


def worker(tmp_path: Path, valkey: ValkeyServer) -> contextmanager:  # type: ignore[valid-type]
    return running(tmp_path, valkey, "worker", "-Q", "sink", "-c", "1", "-n", "sink@%h", "--without-gossip")


def healthy(tmp_path: Path) -> bool:
    silence = silence_of(tmp_path / "note")
    return silence is not None and silence < SILENT


def stays_healthy(tmp_path: Path, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and healthy(tmp_path):
        time.sleep(0.1)
    return healthy(tmp_path)


@pytest.mark.slow
def test_a_frozen_worker_is_unhealthy_and_healthy_again_when_it_goes_on(tmp_path: Path, valkey: ValkeyServer) -> None:
    with worker(tmp_path, valkey) as process:
        until(lambda: healthy(tmp_path))
        assert stays_healthy(tmp_path, 2 * EVERY)
        process.send_signal(signal.SIGSTOP)
        until(lambda: not healthy(tmp_path))
        process.send_signal(signal.SIGCONT)
        until(lambda: healthy(tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("what", ["worker", "beat"])
def test_without_its_broker_it_is_unhealthy_and_healthy_again_with_it(
    what: str, tmp_path: Path, valkey: ValkeyServer
) -> None:
    with worker(tmp_path, valkey) if what == "worker" else running(tmp_path, valkey, "beat") as process:
        until(lambda: healthy(tmp_path))
        valkey.kill()
        until(lambda: not healthy(tmp_path))
        assert process.poll() is None
        valkey.start()
        until(lambda: healthy(tmp_path))


@pytest.mark.slow
def test_a_worker_that_is_connected_but_gets_no_message_is_unhealthy(tmp_path: Path, valkey: ValkeyServer) -> None:
    with worker(tmp_path, valkey), connect(valkey.url) as client:
        until(lambda: healthy(tmp_path))
        control(tmp_path, valkey, "cancel_consumer", "sink")
        assert stays_healthy(tmp_path, IDLE + 2 * EVERY), "nothing waits: it is only idle"
        send(tmp_path, valkey)
        until(lambda: client.llen("sink") == 1)
        until(lambda: not healthy(tmp_path))
        control(tmp_path, valkey, "add_consumer", "sink")
        until(lambda: client.llen("sink") == 0)
        until(lambda: healthy(tmp_path))


def control(tmp_path: Path, valkey: ValkeyServer, command: str, queue: str) -> None:
    celery(tmp_path, valkey, "control", "--json", command, queue)


def send(tmp_path: Path, valkey: ValkeyServer) -> None:
    celery(tmp_path, valkey, "call", "sink", "--queue", "sink", "--args", json.dumps([{"key": "none"}]))


def celery(tmp_path: Path, valkey: ValkeyServer, *arguments: str) -> None:
    env = environment(WIREROOM_REDIS_URL=valkey.url, WIREROOM_STATE_DIR=str(tmp_path))
    subprocess.run(
        [sys.executable, "-m", "celery", "-A", "workers", *arguments], env=env, check=True, capture_output=True
    )
