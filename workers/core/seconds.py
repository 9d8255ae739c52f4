"""Seconds: how many a minute, an hour and a day have, and how people read them."""

from __future__ import annotations

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_UNITS = (("d", int(DAY)), ("h", int(HOUR)), ("min", int(MINUTE)), ("s", 1))


def duration(seconds: float) -> str:
    """Seconds as the two largest units: `1 d 4 h`, `3 min 5 s`, `0.4 s`, `0.05 s`."""
    if 0.005 <= seconds < 0.1:
        return f"{seconds:.2f} s"
    if seconds < 10:
        return f"{seconds:.1f} s"
    parts, left = [], int(seconds)
    for unit, size in _UNITS:
        count, left = divmod(left, size)
        parts += [f"{count} {unit}"] if count else []
    return " ".join(parts[:2])
