"""A worker that tells its metrics: of its own stages, and without stopping the work where it cannot."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from scraping import over_socket, samples, value

from workers import measure
from workers.settings import load
from workers.telling import Telling


@pytest.fixture(autouse=True)
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(measure, "_board", None)
    measure.begin()
    yield


def test_a_worker_tells_of_the_stages_whose_queues_it_takes_from(tmp_path: Path) -> None:
    note = tmp_path / "note"
    note.write_text(f"{time.monotonic() - 20}\n")
    telling = Telling(load(metrics_listen=f"unix:{tmp_path / 's'}", heartbeat=str(note)))
    telling.serve(("sink", "discover", "another"))
    with measure.work("sink", 4):
        found = samples(over_socket(tmp_path / "s"))
        assert value(found, "wireroom_stage_in_work", stage="sink") == 4.0
    found = samples(over_socket(tmp_path / "s"))
    assert value(found, "wireroom_stage_done_total", stage="sink") == 4.0
    assert {dict(labels)["stage"] for name, labels in found if name == "wireroom_stage_done_total"} == {
        "sink",
        "discover",
    }
    assert 20 <= value(found, "wireroom_worker_silent_seconds") < 30


def test_a_place_that_is_taken_costs_the_metrics_and_not_the_work() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        telling = Telling(load(metrics_listen=f"127.0.0.1:{taken.getsockname()[1]}"))
        telling.serve(("fetch",))
    telling.take_slot(0)
    assert list(telling.families())
