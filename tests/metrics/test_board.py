"""Counts in shared memory: forked processes add up, a dead one's count stays, what it had in hand is told as lost."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from workers import measure
from workers.adapters.board import Board
from workers.core import metric
from workers.core.errors import BadMessage, LayoutChanged
from workers.core.metric import Family, Spread


def in_child(do: Callable[[], None], *, dies: bool = False) -> None:
    """Fork, do it there, and wait for the end of the child."""
    pid = os.fork()
    if pid == 0:
        try:
            do()
        finally:
            os.kill(os.getpid(), 9) if dies else os._exit(0)
    os.waitpid(pid, 0)


def test_processes_add_to_one_sum() -> None:
    board = Board(["a", "b"], slots=4)
    board.add("a")
    for slot in range(3):
        in_child(lambda slot=slot: (board.take(slot), board.add("a", 10.0), board.add("b", 0.5)))  # type: ignore[misc]
    assert (board.total("a"), board.total("b")) == (31.0, 1.5)


def test_threads_of_a_process_lose_nothing() -> None:
    board = Board(["a"], slots=2)
    threads = [threading.Thread(target=lambda: [board.add("a") for _ in range(5_000)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert board.total("a") == 20_000.0


def test_more_processes_than_slots_share_some() -> None:
    board = Board(["a"], slots=3)
    for number in range(5):
        in_child(lambda number=number: (board.take(number), board.add("a")))  # type: ignore[misc]
    assert board.total("a") == 5.0


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(measure, "_board", None)
    measure.begin()
    yield


def told(stage: str) -> dict[str, object]:
    """The values of a stage, by metric; failed ones by kind."""
    found: dict[str, object] = {}
    for family in measure.families([stage]):
        for labels, value in family.values.items():
            found[labels[1] if family.metric is metric.FAILED else family.metric.name.split("_")[2]] = value
    return found


def test_what_a_process_had_in_hand_is_lost_with_it_and_its_counts_go_on(counting: None) -> None:
    def work() -> None:
        measure.take_slot(0)
        with measure.work("parse", 3):
            pass
        measure.received("parse", 5)

    in_child(work, dies=True)
    assert (told("parse")["in"], told("parse")["done"]) == (5.0, 3.0)
    in_child(lambda: measure.take_slot(0))
    found = told("parse")
    assert (found["received"], found["done"], found["in"], found["process-lost"]) == (8.0, 3.0, 0.0, 5.0)


def test_pages_that_fail_are_counted_by_their_reason(counting: None) -> None:
    with measure.work("parse", 4) as failed:
        failed["layout-changed"] += 1
        failed["a reason that nobody knows"] += 1
    found = told("parse")
    assert (found["done"], found["layout-changed"], found["error"], found["in"]) == (2.0, 1.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (BadMessage("x"), "bad-message"),
        (LayoutChanged("x"), "layout-changed"),
        (MemoryError(), "memory-short"),
        (ConnectionError(), "unavailable"),
        (KeyError(), "error"),
    ],
)
def test_an_error_fails_all_that_was_in_hand(counting: None, error: Exception, kind: str) -> None:
    with pytest.raises(type(error)), measure.work("sink", 7):
        raise error
    assert {kind: told("sink")[kind], "done": told("sink")["done"], "in": told("sink")["in"]} == {
        kind: 7.0,
        "done": 0.0,
        "in": 0.0,
    }


def test_what_is_put_back_was_neither_done_nor_failed(counting: None) -> None:
    measure.received("fetch", 5)
    measure.put_back("fetch", 2)
    measure.ended("fetch", 3, Counter({"timeout": 1}))
    found = told("fetch")
    assert (found["received"], found["done"], found["timeout"], found["in"]) == (5.0, 2.0, 1.0, 0.0)


def test_times_fall_under_their_bounds(counting: None) -> None:
    for seconds in (0.0005, 0.001, 0.2, 100.0):
        measure.took("fetch", seconds)
    spread = told("fetch")["seconds"]
    assert isinstance(spread, Spread)
    under = dict(spread.under)
    assert (under["0.001"], under["0.1"], under["0.25"], under["30.0"], under["+Inf"]) == (2.0, 2.0, 3.0, 3.0, 4.0)
    assert spread.total == pytest.approx(100.2015)


def test_where_nothing_is_told_nothing_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "_board", None)
    with measure.work("parse", 3):
        measure.took("parse", 1.0)
    measure.take_slot(1)
    measure.refused("parse")
    assert list(measure.families(measure.STAGES)) == []


def test_every_reason_of_an_error_has_a_count_of_its_own() -> None:
    assert len(set(measure.KINDS)) == len(measure.KINDS)
    assert {"timeout", "gone", "layout-changed", "bad-message", "moved", "hold-ended"} < set(measure.KINDS)


def test_a_family_is_a_metric_of_the_list() -> None:
    assert {family.metric for family in measure.families(["fetch"])} <= set(metric.EVENTS)
    assert all(isinstance(family, Family) for family in measure.families(["fetch"]))
