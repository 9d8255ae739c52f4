"""A day or a clock made exact by what stands elsewhere on the page: the clock of a day, the offset of a clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from workers.core.article import Moment, Precision
from workers.core.dates import as_written, clock_in, parse
from workers.sites.generic.dates.marked_dates import exact_in
from workers.sites.page.document import Document
from workers.sites.reader import Found

_ONE_DAY = timedelta(days=1)
_MIDNIGHT = "00:00:00"  # what machines write for a day without a clock
_CLOCK_ALONE = re.compile(
    r"\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?(?:uhr|[ap]\.?m\.?|h|hrs|น\.|[A-Z]{2,4}))?(?: [A-Z]{2,4})?", re.I
)


def with_clock(
    told: Found[Moment], seen: Iterable[tuple[str, str]], zone: str | None, language: str | None
) -> Found[Moment]:
    """The moment that the page shows of the day that machines are told, where they are told no more than the day."""
    if told.value.precision is not Precision.DAY:
        return told
    for source, text in seen:
        found = parse(text, zone=zone, language=language)
        day, _, clock = as_written(found).partition("T") if found else ("", "", "")
        if found and day == as_written(told.value) and clock and not clock.startswith(_MIDNIGHT):
            return Found(found, source)
    return told


def with_offset(
    told: Found[Moment], others: Iterable[tuple[str, str]], zone: str | None, language: str | None
) -> Found[Moment]:
    """The moment as it is told elsewhere with its offset, where the same clock stands without one here."""
    clock, has_offset = clock_in(told.value)
    if has_offset or clock is None:
        return told
    for source, text in others:
        found = parse(text, zone=zone, language=language)
        if found and clock_in(found) == (clock, True):
            return Found(found, source)
    return told


def as_marked(document: Document, seen: Found[Moment], zone: str | None, language: str | None) -> Found[Moment]:
    """The moment as an element around its text has it with an offset, where the text shows the same clock."""
    exact = exact_in(document, seen.value.text) if seen.value.precision is not Precision.DAY else ()
    for moment in (parse(text, zone=zone, language=language) for text in exact):
        clock, has_offset = clock_in(moment) if moment else (None, False)
        is_shown = clock is not None and has_offset and f"{clock:%H:%M}" in seen.value.text
        if moment and is_shown and abs(moment.at - seen.value.at) < _ONE_DAY:
            return Found(moment, "generic:time")
    return seen


def clocks_beside(near: list[str], line: str) -> Iterator[tuple[str, str]]:
    """The line of a day with the clock that stands alone behind it, or else before it."""
    for before, text, after in zip(["", *near], near, [*near[1:], ""], strict=False):
        if line and line in text:
            clocks = filter(_CLOCK_ALONE.fullmatch, (after, before))
            yield from (("generic:text", f"{line} {clock}") for clock in clocks)
