"""The beat of an embedded command: one that ends is started again, since a crawl without one stands still."""

from __future__ import annotations

import threading

import pytest

import workers.celery
import workers.publish
from workers.cli.beat import Beat


def test_a_beat_that_ended_is_started_again_and_one_that_runs_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ended, runs, over = threading.Event(), threading.Event(), threading.Event()

    def beat() -> None:
        if not ended.is_set():
            ended.set()
            raise OSError("no such file")
        runs.set()
        over.wait(10)

    asked: list[bool] = []
    monkeypatch.setattr(workers.celery, "beat", beat)
    monkeypatch.setattr(workers.publish, "fetch", lambda: asked.append(True))
    one = Beat()
    assert not one.look_after(), "before it was started there is nothing to look after"
    one.start()
    assert ended.wait(10)
    while not one.look_after():
        pass
    assert runs.wait(10)
    assert asked == [True, True], "fetch is not kept waiting for the first tick"
    assert not one.look_after()
    over.set()
