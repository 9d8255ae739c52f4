"""Found by every Python process with this folder in PYTHONPATH: samples where its CPU time goes.

A timer of CPU time fires every 5 ms of it; the stack of the thread that works is added to a file of the process in
BENCH_SAMPLES. Waiting costs no CPU time, so it is never sampled. Time in C counts for the Python line that called.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections import Counter
from types import FrameType

EVERY = 0.005
_FOLDER = os.environ.get("BENCH_SAMPLES", "")
_WRITE_AT = 20
# Frames in which a thread waits: when the main thread does, another one is at work.
_WAITS = frozenset({"select", "poll", "wait", "_wait_for_tstate_lock", "acquire"})
_samples: Counter[str] = Counter()
_taken = 0


def _sample(_number: int, frame: FrameType | None) -> None:
    global _taken
    _samples[_stack(_working(frame))] += 1
    _taken += 1
    if _taken % _WRITE_AT == 0:
        _write()


def _working(frame: FrameType | None) -> FrameType | None:
    if frame is None or frame.f_code.co_name not in _WAITS:
        return frame
    others = [each for each in sys._current_frames().values() if each.f_code.co_name not in _WAITS]
    others = [each for each in others if each.f_code is not _working.__code__ and not _is_worker_wait(each)]
    return others[0] if others else frame


def _is_worker_wait(frame: FrameType) -> bool:
    return frame.f_code.co_name == "_worker" and frame.f_code.co_filename.endswith("thread.py")


def _stack(frame: FrameType | None) -> str:
    parts = []
    while frame is not None:
        parts.append(f"{frame.f_code.co_filename}:{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return "\t".join(reversed(parts))


def _write() -> None:
    global _samples
    taken, _samples = _samples, Counter()  # the next sample may come while these are being written
    with open(f"{_FOLDER}/{os.getpid()}", "a", encoding="utf-8") as out:  # noqa: PTH123  # pathlib would slow each start
        out.writelines(f"{count}\t{stack}\n" for stack, count in taken.items())


def _begin() -> None:
    _samples.clear()
    if "_execute_child" in _stack(sys._getframe()):
        return  # about to become another program, which a timer of ours would end
    signal.signal(signal.SIGPROF, _sample)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)


def _end() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)
    _write()


if _FOLDER:
    atexit.register(_end)
    os.register_at_fork(after_in_child=_begin)
    _begin()
