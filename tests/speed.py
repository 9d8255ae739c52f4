"""How slow this machine is just now: a shared one takes two or three times its usual CPU seconds for the same work."""

from __future__ import annotations

import time

# CPU seconds that the work below takes where the bounds of the tests were set, with nothing beside it; rather too few,
# since one look at the machine differs from the next.
_USUAL = 0.024
_MOST = 2.0


def a_second() -> float:
    """CPU seconds in which is done here and now what takes one second there; from one to two."""
    return min(_MOST, max(1.0, min(_work() for _ in range(3)) / _USUAL))


def _work() -> float:
    began, texts, size = time.process_time(), dict[int, str](), 0
    for number in range(200_000):
        texts[number & 1023] = str(number)
        size += len(texts[number & 1023])
    return time.process_time() - began
