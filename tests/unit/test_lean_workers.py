"""What a worker's processes go without: each has it in memory by itself, and does it again at each start."""

from __future__ import annotations

import subprocess
import sys

import pytest
from fakeredis import FakeRedis

from workers.adapters.redis import SeenCache
from workers.settings import Settings


def run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_what_a_worker_needs_at_its_start_is_imported_and_looked_up_before_it_is_forked() -> None:
    run(
        """
import importlib.metadata, sys
from workers import tasks
from workers.adapters.pool import prepare
from workers.celery import app
from workers.cli.embedded import WITHOUT
prepare(app)
before, importlib.metadata.entry_points = set(sys.modules), None
app.Worker(hostname="lean@here", queues="fetch", concurrency=1, **dict.fromkeys(WITHOUT, True))
import billiard.pool
billiard.pool.Pool, app.backend
assert set(sys.modules) == before, set(sys.modules) - before
"""
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process can ask for it")
def test_a_process_asks_to_end_with_its_parent_without_a_parser_of_c() -> None:
    run(
        """
import ctypes, sys
import workers.celery
from celery.platforms import set_pdeathsig
set_pdeathsig("SIGKILL")
asked = ctypes.c_int()
ctypes.CDLL(None).prctl(2, ctypes.byref(asked))
assert asked.value == 9
assert "pycparser" not in sys.modules
"""
    )


def test_the_version_of_the_redis_client_is_read_once() -> None:
    run(
        """
import importlib.metadata
import workers.celery
importlib.metadata.version = None
from workers.adapters.redis import connect
for _ in range(2):
    connect("unix:///none/x.sock").connection_pool.make_connection()
"""
    )


def test_a_crawl_of_a_site_goes_without_the_demo_site() -> None:
    run("import sys, workers.cli.crawl; assert 'workers.demo' not in sys.modules")


def test_what_a_process_remembers_of_a_large_site_takes_two_megabytes() -> None:
    seen = SeenCache(FakeRedis(), "ledger", local=Settings().seen_local, shared=0)
    seen.committed(f"a-site {number}" for number in range(49_000))
    kept = (seen._local, seen._older)
    assert sum(sys.getsizeof(names) + sum(map(sys.getsizeof, names)) for names in kept) < 2_000_000
