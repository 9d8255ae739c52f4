"""Days of the Iranian calendar, as nearly all pages of the country write them: `۹ آذر ۱۴۰۵`, `1405/09/09`.

Some programs turn day and month: `آذر 9, 1405`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTH_NAMES = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_MONTHS = {name: month for month, name in enumerate(_MONTH_NAMES.split(), 1)}
# No other calendar has years between those of 1995 and of 2050 here.
_YEAR = r"1(?:3[789]|4[0-2])\d"
_DAY = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s*(?P<name>{'|'.join(_MONTHS)})\s*(?:ماه)?[\s،,]*(?P<year>{_YEAR})(?!\d)"
    rf"|(?:(?<=\s)|^)(?P<name_first>{'|'.join(_MONTHS)})\s+(?P<day_second>\d{{1,2}})[\s،,]+(?P<year_last>{_YEAR})(?!\d)"
    rf"|(?<!\d)(?P<first>{_YEAR})(?P<sign>[/-])(?P<month>\d{{1,2}})(?P=sign)(?P<last>\d{{1,2}})(?!\d)"
)
_FIRST_MONTHS, _LONG, _SHORT = 6, 31, 30
# In 33 years eight are leap years. So counted from this day on, years of our time begin on their days.
_CYCLE, _LEAPS = 33, frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_BEGINNING = date(622, 3, 21)


def jalali_day(text: str, language: str = "") -> tuple[date, int, int] | None:
    """The first such day in a folded text and where it begins and ends; None where there is none.

    Of numbers alone it may be one of the lunar calendar, where the language is Arabic.
    """
    found = _DAY.search(text) if "13" in text or "14" in text else None  # as nearly none has
    if found is None or (found["first"] and language.startswith("ar")):
        return None
    year = int(found["year"] or found["year_last"] or found["first"])
    name = found["name"] or found["name_first"]
    month = _MONTHS[name] if name else int(found["month"])
    day = int(found["day"] or found["day_second"] or found["last"])
    if not 1 <= month <= len(_MONTHS) or not 1 <= day <= _length(year, month):
        return None
    before = min(month - 1, _FIRST_MONTHS) * _LONG + max(0, month - 1 - _FIRST_MONTHS) * _SHORT
    return _first_of(year) + timedelta(days=before + day - 1), found.start(), found.end()


def _length(year: int, month: int) -> int:
    if month <= _FIRST_MONTHS:
        return _LONG
    return _SHORT if month < len(_MONTHS) or year % _CYCLE in _LEAPS else _SHORT - 1


def _first_of(year: int) -> date:
    cycles, rest = divmod(year - 1, _CYCLE)
    leaps = cycles * len(_LEAPS) + sum(1 <= leap <= rest for leap in _LEAPS)
    return _BEGINNING + timedelta(days=365 * (year - 1) + leaps)
