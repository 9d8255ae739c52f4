"""Lag: from an article's published time to its first commit, counted in the transaction that stores it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from workers.core.seconds import DAY, HOUR, MINUTE

# Upper bounds in whole seconds, as `tallies` has them. An article of the last day is news; what is older was found
# in an archive.
_BOUNDS = (10, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR, DAY, 7 * DAY)
BOUNDS = tuple(map(int, _BOUNDS))
ENDLESS = "inf"
# The states under which `tallies` counts: articles by the bound that their lag fits under, and the sum in milliseconds.
LAG, LAG_SUM = "lag", "lag-ms"


def counts(stored: Iterable[Row[Any]]) -> Counter[tuple[str, str, str]]:
    """What rows of `articles` that are new add to the tallies, by site, state and reason.

    One without a published time has no lag; one that says it is of tomorrow has none of less than nothing.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    for row in stored:
        if row.published is not None:
            lag = max(0.0, row.stored_at - row.published)
            found[row.site, LAG, bound_of(lag)] += 1
            found[row.site, LAG_SUM, ""] += round(lag * 1000)
    return found


def bound_of(lag: float) -> str:
    """The first bound that is not less than the lag, as `tallies` writes it."""
    return next((str(bound) for bound in BOUNDS if lag <= bound), ENDLESS)
