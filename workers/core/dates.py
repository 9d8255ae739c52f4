"""Written dates: from what a page says to a moment in UTC, or nothing. Never a guess.

A date without a year, a time without a date and words such as "yesterday" are no dates.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from workers.core import clocks
from workers.core.article import Moment, Precision
from workers.core.clocks import Found
from workers.core.days import EARLIEST_YEAR, day_in, has_day
from workers.core.months import folded
from workers.core.text import clean

EARLIEST = datetime(EARLIEST_YEAR, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)
_LONGEST = 200
_SOON = 40  # letters after a day in which its clock is looked for first
_GAP = " \n "

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HALF = re.compile(r"[ap]\.?m\b", re.I)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")

# ISO 8601 that went through an address, where a plus means a space.
_LOST_PLUS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)? \d\d:?\d\d", re.ASCII)


def parse(
    text: str | None, *, zone: str | None = None, language: str | None = None, formats: tuple[str, ...] = ()
) -> Moment | None:
    """The moment that a text names, or None where it names none between 1995 and two days from now.

    `zone` (IANA name) holds where the text has no offset of its own, else UTC. `formats` are `strptime` forms of the
    site, tried after ISO 8601 and RFC 822. A date without a time is midnight UTC of that day, with precision `day`.
    """
    written = clean(text or "")[:_LONGEST]
    if not any(map(str.isdigit, written)):
        return None
    found = _read(written, language or "", formats)
    return _moment(written, *found, zone) if found else None


def as_written(moment: Moment) -> str:
    """ISO 8601 in the time of the place that the page wrote it for: `2024-05-02` for a day, else with the offset.

    A clock without an offset tells it by what it is away from UTC.
    """
    if moment.precision is Precision.DAY:
        return moment.at.date().isoformat()
    found = _read(moment.text, "", ())
    zone = (found[0].tzinfo or clocks.zone_between(found, moment.at)) if found else None
    return (moment.at.astimezone(zone) if zone else moment.at).isoformat()


def is_utc(moment: Moment) -> bool:
    """True for a moment whose text has a clock and no other offset than that of UTC."""
    found = _read(moment.text, "", ()) if moment.precision is not Precision.DAY else None
    return bool(found and not found[0].utcoffset())


def clock_in(moment: Moment) -> tuple[datetime | None, bool]:
    """What the clock in a moment's text shows, to the minute, and whether an offset goes with it; None for a day."""
    found = _read(moment.text, "", ()) if moment.precision is not Precision.DAY else None
    if found is None:
        return None, False
    return found[0].replace(tzinfo=None, second=0, microsecond=0), found[0].tzinfo is not None


def names_locally(text: str, moment: Moment, language: str | None = None) -> bool:
    """True where a text names this moment by the clock of another place than UTC, with its offset or without."""
    found = _read(clean(text)[:_LONGEST], language or "", ())
    if found is None or found[1] is Precision.DAY:
        return False
    offset = found[0].utcoffset()
    if offset is None:
        zone = clocks.zone_between(found, moment.at)
        return zone is not None and bool(zone.utcoffset(None))
    return bool(offset) and abs(found[0] - moment.at) < timedelta(minutes=1)


def words_beside(text: str, language: str | None = None) -> list[str]:
    """The words of a text, folded, but for those of its first date, of a clock and of a zone."""
    rest = folded(clean(text)[:_LONGEST])
    if day := day_in(rest, language or ""):
        rest = rest[: day[1]] + _GAP + rest[day[2] :]
    if clock := clocks.find(rest):
        rest = rest[: clock.start()] + _GAP + clocks.without_zone(rest[clock.end() :])
    return _WORD.findall(rest)


def sane(at: datetime) -> bool:
    """True for a moment that a news page may have: from 1995 to two days ahead."""
    return EARLIEST <= at <= datetime.fromtimestamp(time.time(), UTC) + _AHEAD


@lru_cache(maxsize=256)  # what a page says of its date is read again for each question about it
def _read(written: str, language: str, formats: tuple[str, ...]) -> Found | None:
    return _iso(written) or _rfc_822(written) or _site(written, formats) or _words(written, language)


def _moment(text: str, at: datetime, precision: Precision, zone: str | None) -> Moment | None:
    if precision is Precision.DAY:
        at = at.replace(tzinfo=UTC)
    elif at.tzinfo is None:
        at = at.replace(tzinfo=clocks.zone_named(zone) or UTC)
    try:
        at = at.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return Moment(at=at, text=text, precision=precision) if sane(at) else None


def _iso(text: str) -> Found | None:
    if not text[:4].isdigit():
        return None
    if _EPOCH.fullmatch(text):
        return _epoch(float(text))
    if len(text) == 10 or len(text) == 8:
        return _iso_day(text)
    if _LOST_PLUS.fullmatch(text):
        text = "+".join(text.rsplit(" ", 1))
    try:
        return _precise(datetime.fromisoformat(text), text)
    except ValueError:
        return None


def _iso_day(text: str) -> Found | None:
    try:
        return datetime.combine(date.fromisoformat(text), datetime.min.time()), Precision.DAY
    except ValueError:
        return None


def _precise(at: datetime, text: str) -> Found:
    seconds = len(re.findall(r"\d\d(?=[:.,Zz+-]|$)", text[11:19])) >= 3 or ":" not in text
    return at, Precision.SECOND if seconds else Precision.MINUTE


def _epoch(value: float) -> Found | None:
    seconds = value / 1000 if value > 1e11 else value
    return datetime.fromtimestamp(seconds, UTC), Precision.SECOND


def _rfc_822(text: str) -> Found | None:
    """`Thu, 02 May 2024 20:35:00 EST`; the zone is read by us: the library drops what it does not know."""
    if not re.match(r"(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}", text):
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    clock = re.search(r"\d{1,2}:\d{2}(:\d{2})?\s*", text)
    rest = text[clock.end() :] if clock else ""
    if _HALF.match(rest):
        return None  # which the library drops
    at = at.replace(tzinfo=clocks.zone_after(rest))
    return at, Precision.SECOND if clock and clock.group(1) else Precision.MINUTE


def _site(text: str, formats: tuple[str, ...]) -> Found | None:
    for form in formats:
        try:
            at = datetime.strptime(text, form)  # noqa: DTZ007 - the zone is set by the caller
        except ValueError:
            continue
        timed = any(code in form for code in ("%H", "%I", "%X", "%T"))
        return at, (Precision.SECOND if "%S" in form else Precision.MINUTE) if timed else Precision.DAY
    return None


def _words(text: str, language: str) -> Found | None:
    lowered = folded(text)
    found = day_in(lowered, language)
    if found is None:
        return None
    day, start, end = found
    clock = _clock_of(lowered, start, end, language)
    try:
        return clocks.on_day(day, clock) if clock else (datetime.combine(day, datetime.min.time()), Precision.DAY)
    except OverflowError:  # the end of the last day there is
        return None


def _clock_of(text: str, start: int, end: int, language: str) -> re.Match[str] | None:
    """The clock of the day that stands from `start` to `end`: one in it, right after it, before it, or anywhere.

    A clock that another date stands before belongs to that one.
    """
    if ":" in text[start:end]:  # `May 02 20:35:00 EEST 2024`
        return clocks.CLOCK.search(text, start, end)
    if after := clocks.find(text, end, end + _SOON):
        return None if has_day(text[end : after.start()], language) else after
    rest = text[:start] + _GAP + text[end:]
    clock = clocks.find(rest)
    if clock is None:
        return None
    between = rest[clock.end() : start] if clock.start() < start else rest[start + len(_GAP) : clock.start()]
    return None if has_day(between, language) else clock
