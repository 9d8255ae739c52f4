"""How rarely Python looks for garbage in a process that reads page after page."""

from __future__ import annotations

import gc

# What reading a page makes is hardly ever a cycle and lives as long as the page: the default of 700 looks for nothing.
# Fetching makes some: after 50,000 they were 8 MB, and to look five times as often costs nothing that can be measured.
NEW_OBJECTS = 10_000


def look_rarely() -> None:
    """What is imported by now is never looked through again, and what comes is looked through for less often.

    Saves a tenth of the CPU of a parse process, and in processes to be forked the pages of memory stay shared; the
    rarer looks save a twentieth more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
