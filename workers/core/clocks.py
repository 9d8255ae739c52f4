"""Clocks beside a date, and the zones that they are read in: `8:35 p.m.`, `午後8時35分`, `20:35 EEST`, `UTC+3`."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from datetime import time as clock_time
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from workers.core.article import Precision

Found: TypeAlias = tuple[datetime, Precision]

_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)

# Offsets in hours. Letters shared by several zones are given to the one that news sites write most.
_OFFSETS = (
    "utc:0 ut:0 gmt:0 z:0 wet:0 west:1 bst:1 cet:1 mez:1 cest:2 mesz:2 eet:2 eest:3 msk:3 мск:3 trt:3 ist:5.5 "
    "wib:7 ict:7 sgt:8 hkt:8 awst:8 jst:9 kst:9 acst:9.5 aest:10 aedt:11 nzst:12 nzdt:13 est:-5 edt:-4 "
    "cst:-6 cdt:-5 mst:-7 mdt:-6 pst:-8 pdt:-7 akst:-9 hst:-10 brt:-3 art:-3"
)
_ABBREVIATED = {name: float(hours) for name, hours in (pair.split(":") for pair in _OFFSETS.split())}
_NAMED = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
_WRITTEN = {"eastern": "et", "central": "ct", "mountain": "mt", "pacific": "pt"}
_NAMED |= {
    f"{region} {kind}time": _NAMED[short]
    for region, short in _WRITTEN.items()
    for kind in ("standard ", "daylight ", "")
}
_LONGEST_ZONE = 24

CLOCK = re.compile(
    r"(?<![\d:.+-])(?P<hour>[01]?\d|2[0-4])(?:\s?h|[:٫時时點点시]|(?<=\d)\.(?=\d\d(?:\s*(?:uhr|[ap]\.?m\b)|\s|$)))\s?(?P<minute>[0-5]\d)"
    r"(?:[:分](?P<second>[0-5]\d)(?:[.,]\d+)?)?(?!\d)\s*(?P<half>[ap]\.?\s?m\b\.?|[πμ]\.?\s?μ\b\.?|(?:ص|م|صباحا?|مساءا?)\b)?",
    re.I,
)
# What says the half of the day right before a clock; after one, the first letters of what says the second half.
_HALF_BEFORE = re.compile(r"(?:午前|上午|오전|(?P<second>午後|下午|晚上|오후))\s?$")
_EVENING = "pμم"
_HALF = re.compile(r"(?<![\w:])(?P<hour>1[0-2]|0?[1-9])\s?(?P<half>[ap]\.?m\b\.?)", re.I)
# After the name of UTC an offset may be written loosely. A sign alone may begin anything (`+5 more`, `- 12 comments`):
# it is one of an offset right before two digits, which end there or have minutes.
_OFFSET = re.compile(
    r"(?:utc|gmt)\s*(?P<named>[+\-−])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?![\d:])"
    r"|(?P<sign>[+\-−])(?P<whole>\d{2})(?::?(?P<part>\d{2})(?![\d:])|(?![\d:]|\s*[^\W\d_]))",
    re.I,
)
_PARTS_OF_AN_HOUR = (0, 30, 45)
_ZONE = re.compile(r"\(?\b(" + "|".join(sorted([*_ABBREVIATED, *_NAMED], key=len, reverse=True)) + r")\b\)?", re.I)


def find(text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
    """The first clock between two places of a folded text: with minutes, or else an hour and its half of the day."""
    return CLOCK.search(text, start, end) or _HALF.search(text, start, end)


def without_zone(text: str) -> str:
    """A text without the names and the offsets of zones."""
    return _ZONE.sub(" ", _OFFSET.sub(" ", text))


def on_day(day: date, clock: re.Match[str]) -> Found:
    """The clock on that day, in the zone that stands right after it, if any."""
    parts = clock.groupdict()
    days, hour = divmod(int(parts["hour"]), 24)  # 24:00 ends the day
    half = (parts["half"] or "")[:1].lower() or _half_before(clock)
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in _EVENING else 0)
    minute, second = int(parts.get("minute") or 0), int(parts.get("second") or 0)
    at = datetime.combine(day, clock_time(hour, minute, second)) + timedelta(days=days)
    zone = zone_after(clock.string[clock.end() : clock.end() + _LONGEST_ZONE])
    return at.replace(tzinfo=zone), Precision.SECOND if parts.get("second") else Precision.MINUTE


def _half_before(clock: re.Match[str]) -> str:
    """The first letter of the half of the day that is named right before a clock, or nothing."""
    found = _HALF_BEFORE.search(clock.string, max(0, clock.start() - 3), clock.start())
    return "" if found is None else "p" if found["second"] else "a"


def zone_after(rest: str) -> tzinfo | None:
    """The zone that stands right after a clock time, or None."""
    rest = rest.strip(" (|,;")
    if found := _OFFSET.match(rest):
        hours, minutes = int(found["hours"] or found["whole"]), int(found["minutes"] or found["part"] or 0)
        away = timedelta(hours=hours, minutes=minutes) * (1 if "+" in (found["named"], found["sign"]) else -1)
        return timezone(away) if -_WEST <= away <= _EAST and minutes in _PARTS_OF_AN_HOUR else None
    if found := _ZONE.match(rest):
        name = found[1].casefold()
        return zone_named(_NAMED[name]) if name in _NAMED else timezone(timedelta(hours=_ABBREVIATED[name]))
    return None


@lru_cache(maxsize=256)
def zone_named(name: str | None) -> tzinfo | None:
    """The zone of an IANA name, or None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def zone_between(found: Found, at: datetime) -> timezone | None:
    """The zone where the clock shows what was found when it is `at`, or None where no place has such a one."""
    clock = found[0].replace(tzinfo=UTC)
    away = clock - (at if found[1] is Precision.SECOND else at.replace(second=0))
    away -= timedelta(microseconds=away.microseconds)
    fits = found[1] is not Precision.DAY and -_WEST <= away <= _EAST and not away % timedelta(minutes=30)
    return timezone(away) if fits else None
