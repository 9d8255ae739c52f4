"""Seconds as people read them."""

from __future__ import annotations

import pytest

from workers.core.seconds import duration


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.001, "0.0 s"), (0.05, "0.05 s"), (0.4, "0.4 s"), (59.9, "59 s"), (185, "3 min 5 s"), (100_800, "1 d 4 h")],
)
def test_seconds_are_told_in_two_units_and_a_short_delay_as_it_is(seconds: float, said: str) -> None:
    assert duration(seconds) == said
