"""Written dates: from what a page says to a moment in UTC, or nothing. Never a guess.

A date without a year, a time without a date and words such as "yesterday" are no dates. A numeric date is read day
first when it has dots; with slashes the language decides, unless only one reading is possible.
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
from workers.core.months import MONTH as _MONTH
from workers.core.months import MONTHS, folded
from workers.core.text import clean

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)
_LONGEST = 200
_SOON = 40  # letters after a day in which its clock is looked for first
_GAP = " \n "

# The patterns with names are looked for in folded text.
_OF = r"(?:\s*(?:de|del|di|of|da|d'|den|der)\s+|[\s.,/-]+)"
_OTHER = rf"(?:\s?/\s?(?:{_MONTH}))?"  # Arabic pages often write both names that a month has
_THAI = re.compile(r"[\u0e01-\u0e4e]")
_BUDDHIST = 543
_ISO = re.compile(
    r"\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T\s]+(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?))?", re.ASCII
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?{_OF}(?P<month>{_MONTH})\.?{_OTHER}"
    rf"{_OF}(?:พ\.ศ\.\s*)?(?P<year>\d{{4}})(?!\d)"
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?,?\s+(?:\d\d:\d\d:\d\d\s+(?:[a-z]{{2,5}}\s+)?)?(?P<year>\d{{4}})(?!\d)"
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})\.?(?:\s+|-)(?:m\.\s+)?(?P<month>{_MONTH})\.?(?:\s+|-)(?P<day>\d{{1,2}})(?!\d)"
)
_LATVIAN = re.compile(rf"(?<!\d)(?P<year>\d{{4}})\.\s*gada\s+(?P<day>\d{{1,2}})\.\s*(?P<month>{_MONTH})")
_EAST_ASIAN = re.compile(
    r"(?P<year>\d{4})\s*[年년.]\s*(?P<month>\d{1,2})\s*[月월.]\s*(?P<day>\d{1,2})\s*(?:[日일.]|\b)"
)
_VIETNAMESE = re.compile(r"(?<!\d)(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})[,\s]+(?:năm\s+)?(?P<year>\d{4})(?!\d)")
# Shortened only where the text begins with it: newspapers have such names too.
_WEEKDAY = re.compile(r"^\W*(mon|tue|wed|thu|fri|sat|sun)\b|\b(mon|tues|wednes|thurs|fri|satur|sun)day\b")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})(?P<sep>[./-])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<year>\d{4}|\d{2})(?![\d.]\d)"
)
_PATTERNS = (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST, _LATVIAN, _EAST_ASIAN, _VIETNAMESE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
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
    if day := _day(rest, language or ""):
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
    found = _day(lowered, language)
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
        return None if _has_day(text[end : after.start()], language) else after
    rest = text[:start] + _GAP + text[end:]
    clock = clocks.find(rest)
    if clock is None:
        return None
    between = rest[clock.end() : start] if clock.start() < start else rest[start + len(_GAP) : clock.start()]
    return None if _has_day(between, language) else clock


def _has_day(text: str, language: str) -> bool:
    return any(map(str.isdigit, text)) and _day(text, language) is not None


@lru_cache(maxsize=256)  # so is each line beside a headline
def _day(text: str, language: str) -> tuple[date, int, int] | None:
    if found := _ISO.search(text):
        day = _date(int(found[1]), int(found[2]), int(found[3]))
        return (day, found.start(), found.end(3)) if day else None
    for pattern in _PATTERNS:
        if found := pattern.search(text):
            year = int(found["year"])
            if year > _BUDDHIST + EARLIEST.year and _THAI.search(found["month"]):
                year -= _BUDDHIST
            day = _date(year, _month(found["month"], language), int(found["day"]))
            if day:
                return day, found.start(), found.end()
    return _numeric(text, language)


def _month(name: str, language: str) -> int:
    if name == "listopada" and language[:2] == "hr":
        return 10
    return int(name) if name.isdigit() else MONTHS.get(name, 0)


def _numeric(text: str, language: str) -> tuple[date, int, int] | None:
    found = _NUMERIC.search(text)
    if not found:
        return None
    first, second, year = int(found["a"]), int(found["b"]), int(found["year"])
    year += 2000 if year < 100 else 0
    month_first = found["sep"] == "/" and language in ("en", "en-us", "en_us", "en-ph") and first <= 12
    readings = [_date(year, first, second), _date(year, second, first)]
    chosen, other = readings if month_first or second > 12 else readings[::-1]
    weekday = _WEEKDAY.search(text)
    named = _WEEKDAYS.index((weekday[1] or weekday[2])[:3]) if weekday else None
    if chosen and other and chosen.weekday() != named == other.weekday():
        chosen = other
    return (chosen, found.start(), found.end()) if chosen else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
