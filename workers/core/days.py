"""Days in text: in words of many languages and in numbers, with where they stand.

A numeric date is read day first when it has dots; with slashes the language decides, unless only one reading is
possible.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from workers.core.jalali import jalali_day
from workers.core.months import MONTH as _MONTH
from workers.core.months import MONTHS

EARLIEST_YEAR = 1995

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
_YEAR = re.compile(r"\d{4}")  # as each of those has, and not every clock
_PATTERNS = (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST, _LATVIAN, _EAST_ASIAN, _VIETNAMESE)


@lru_cache(maxsize=256)  # a page's lines beside the headline are asked for more than once
def day_in(text: str, language: str) -> tuple[date, int, int] | None:
    """The first day that a folded text names, and where it begins and ends; None where it names none."""
    if found_there := jalali_day(text, language):
        return found_there
    if found := _ISO.search(text):
        day = _date(int(found[1]), int(found[2]), int(found[3]))
        return (day, found.start(), found.end(3)) if day else None
    for pattern in _PATTERNS if _YEAR.search(text) else ():
        if found := pattern.search(text):
            year = int(found["year"])
            if year > _BUDDHIST + EARLIEST_YEAR and _THAI.search(found["month"]):
                year -= _BUDDHIST
            day = _date(year, _month(found["month"], language), int(found["day"]))
            if day:
                return day, found.start(), found.end()
    return _numeric(text, language)


def has_day(text: str, language: str) -> bool:
    """True for a folded text that names a day."""
    return any(map(str.isdigit, text)) and day_in(text, language) is not None


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
