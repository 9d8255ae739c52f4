"""Local stamps such as `20:23 31.05.2024`: time and date in numbers, day first, without a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from workers.core.article import Moment, Precision
from workers.core.text import clean

_CLOCK = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"
_DAY = r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"
_GAP = r"(?P<gap>,?\s*)"
_ORDERS = ((_CLOCK, _DAY), (_DAY, _CLOCK))
_STAMPS = tuple(re.compile(rf"(?<!\d){first}{_GAP}{second}(?!\d)") for first, second in _ORDERS)
_CLOCK_ALONE = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d,?")
_DAY_ALONE = re.compile(r",?\s*\d{1,2}\.\d{1,2}\.\d{4}")


def find_stamp(text: str, zone: str) -> Moment | None:
    """The first stamp in a text as a moment in UTC, with the text as written, or None.

    There is no window of sanity: a stamp can be the time of an event far ahead. An hour that the end of summer time
    brings twice is read as its first.
    """
    for stamp in _STAMPS if ":" in text else ():
        if match := stamp.search(text):
            at = _at(match, zone)
            return Moment(at=at, text=_written(match), precision=Precision.MINUTE) if at else None
    return None


@lru_cache(maxsize=4_096)
def stamped_at(text: str, zone: str) -> datetime | None:
    """Only when it was; remembered, as the boxes of a site show the same stamps on page after page."""
    match = next(filter(None, (stamp.search(text) for stamp in _STAMPS)), None)
    return _at(match, zone) if match else None


def cut_stamp(text: str) -> tuple[str | None, str]:
    """The stamp at either end of a text (None where there is none), and the text without it."""
    for stamp in _STAMPS if ":" in text else ():
        match = stamp.search(text)
        if match and (match.start() == 0 or match.end() == len(text)):
            return _written(match), clean(text[: match.start()] + text[match.end() :]).strip("|,· ")
    return None, text


def is_clock(text: str) -> bool:
    """True for a time of day alone: its date may stand in the next piece of text."""
    return ":" in text and _CLOCK_ALONE.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """True for a date alone: it may belong to the time before it."""
    return bool(_DAY_ALONE.fullmatch(text))


def _at(match: re.Match[str], zone: str) -> datetime | None:
    year, month, day, hour, minute = map(int, match.group("year", "month", "day", "hour", "minute"))
    try:
        return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _written(match: re.Match[str]) -> str:
    """The stamp as people see it: a space between time and date, also where the markup has them in two elements."""
    start, end = match.span("gap")
    return f"{match.string[match.start() : start]}{match['gap'].strip()} {match.string[end : match.end()]}"
