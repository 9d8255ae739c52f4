"""What happens in a stage, measured: how many pages came in, how they ended, how long it took, and their traces.

Counting is on where a worker serves its metrics (WIREROOM_METRICS_LISTEN), tracing where WIREROOM_TRACES is above 0;
where both are off it costs next to nothing and no library is imported.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from workers.adapters.board import Board
from workers.adapters.broker import is_away
from workers.adapters.traces import ADMITTED, Step
from workers.core import metric
from workers.core.errors import WireroomError, reasons
from workers.core.metric import Family, cumulated
from workers.core.work import STAGES, Candidate, Lease
from workers.stages.manners import HoldEnded
from workers.stages.outcomes import Moved
from workers.wiring import Room

# More processes than a worker has.
SLOTS = 257
# The process that had the page in hand ended; its memory was short; an error that should not happen.
LOST, SHORT, ERROR = "process-lost", "memory-short", "error"
KINDS = tuple(dict.fromkeys((*reasons(), Moved.reason, HoldEnded.reason, LOST, SHORT, ERROR)))

Name = tuple[str, ...]
_board: Board[Name] | None = None


def begin() -> None:
    """In a worker that tells its metrics, before it forks: count from now on."""
    global _board
    names: list[Name] = []
    for stage in STAGES:
        names += [(stage, what) for what in ("received", "done", "in work", "seconds")]
        names += [(stage, "failed", kind) for kind in KINDS]
        names += [(stage, "under", str(place)) for place in range(len(metric.BOUNDS) + 1)]
    _board = Board(names, SLOTS)


def take_slot(number: int) -> None:
    """In a worker's process: what its predecessor had in hand when it died was lost with it."""
    if _board is None:
        return
    _board.take(number)
    for stage in STAGES:
        lost(stage)


def lost(stage: str) -> None:
    """What this process still has in hand of the stage is lost: nobody works on it any more."""
    if _board is not None and (left := _board.mine((stage, "in work"))) > 0:
        ended(stage, round(left), Counter({LOST: round(left)}))


def received(stage: str, pages: int) -> None:
    """A stage took so many pages in hand."""
    if _board is not None and pages:
        _board.add((stage, "received"), pages)
        _board.add((stage, "in work"), pages)


def ended(stage: str, pages: int, failed: Counter[str] | None = None) -> None:
    """So many pages are out of the stage's hands; those of `failed`, by reason, were not handed on or stored."""
    if _board is None or not pages:
        return
    _board.add((stage, "in work"), -pages)
    failed = failed or Counter()
    if done := pages - failed.total():
        _board.add((stage, "done"), done)
    for kind, number in failed.items():
        _board.add((stage, "failed", kind if kind in KINDS else ERROR), number)


def put_back(stage: str, pages: int) -> None:
    """So many pages were never begun: they will be received again."""
    if _board is not None and pages:
        _board.add((stage, "in work"), -pages)


def took(stage: str, seconds: float) -> None:
    """One request, page or batch took so long."""
    if _board is not None:
        _board.add((stage, "under", str(bisect_left(metric.BOUNDS, seconds))))
        _board.add((stage, "seconds"), seconds)


@contextmanager
def page(here: Room, stage: str, lease: Lease) -> Iterator[None]:
    """The block is what a stage does for this page."""
    begun = time.perf_counter()
    with trace(here, stage, lease):
        yield
    took(stage, time.perf_counter() - begun)


@contextmanager
def trace(here: Room, stage: str, lease: Lease) -> Iterator[None]:
    """The block is a step of this page's way."""
    if here.traces is None:
        yield
        return
    at, failed = time.time_ns(), None
    try:
        yield
    except BaseException as error:
        failed = kind_of(error)
        raise
    finally:
        _tell(here, stage, [lease], at, failed)


@contextmanager
def batch(here: Room, stage: str, leases: Sequence[Lease]) -> Iterator[None]:
    """The block is what a stage does for these pages together."""
    begun, at = time.perf_counter(), time.time_ns()
    with work(stage, len(leases)):
        yield
    took(stage, time.perf_counter() - begun)
    _tell(here, stage, leases, at)


def _tell(here: Room, stage: str, leases: Sequence[Lease], at: int, failed: str | None = None) -> None:
    """A span for each page, where it is traced."""
    if here.traces is None:
        return
    now = time.time_ns()
    for one in leases:
        step = Step(
            stage=stage,
            site=one.site,
            key=one.key,
            visit=one.visit,
            attempt=one.attempt,
            begun=at,
            ended=now,
            attributes={"url.full": one.url, "wireroom.kind": one.kind.value, "wireroom.label": one.label.value},
            admitted=one.visit == 1 and one.depth > 0,
            failed=failed,
        )
        here.traces.tell(step)


def admitted(here: Room, candidates: Sequence[Candidate], new: Collection[tuple[str, str]]) -> None:
    """Those of the candidates that are new, by site and key, were admitted just now: their traces begin."""
    if here.traces is None:
        return
    now = time.time_ns()
    for one in (each for each in candidates if (each.site, each.key) in new):
        found = {"url.full": one.url, "wireroom.label": one.label.value, "wireroom.seen_on": one.seen_on or ""}
        here.traces.tell(Step(ADMITTED, one.site, one.key, 1, 0, now, now, found))


@contextmanager
def work(stage: str, pages: int) -> Iterator[Counter[str]]:
    """The block has so many pages in hand; it counts those that fail in what it is given. An error fails all."""
    failed: Counter[str] = Counter()
    received(stage, pages)
    try:
        yield failed
    except BaseException as error:
        ended(stage, pages, Counter({kind_of(error): pages}))
        raise
    ended(stage, pages, failed)


def refused(stage: str) -> None:
    """A message that is none of ours came in."""
    if stage in STAGES:
        received(stage, 1)
        ended(stage, 1, Counter({"bad-message": 1}))


def kind_of(error: BaseException) -> str:
    """Under which reason an error of a stage is counted."""
    if isinstance(error, WireroomError):
        return error.reason
    if is_away(error):
        return "unavailable"
    return SHORT if isinstance(error, MemoryError) else ERROR


def families(stages: Sequence[str]) -> Iterator[Family]:
    """What the processes of this worker have done in these stages."""
    board = _board
    if board is None:
        return
    for made, what in ((metric.RECEIVED, "received"), (metric.DONE, "done"), (metric.IN_WORK, "in work")):
        yield Family(made, {(stage,): board.total((stage, what)) for stage in stages})
    yield Family(
        metric.FAILED,
        {(s, kind): n for s in stages for kind in KINDS if (n := board.total((s, "failed", kind)))},
    )
    yield Family(metric.SECONDS, {(stage,): _seconds(board, stage) for stage in stages})


def _seconds(board: Board[Name], stage: str) -> metric.Spread:
    counts = [board.total((stage, "under", str(place))) for place in range(len(metric.BOUNDS) + 1)]
    return cumulated([str(bound) for bound in metric.BOUNDS], counts, board.total((stage, "seconds")))
