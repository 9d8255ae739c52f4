"""Days of the Iranian calendar, which have the numbers of another one in other countries."""

from __future__ import annotations

import pytest

from workers.core.dates import parse


def utc(text: str, **options: str) -> str | None:
    moment = parse(text, **options)  # type: ignore[arg-type]
    return moment.at.strftime("%Y-%m-%dT%H:%M:%S") if moment else None


def test_what_is_no_day_of_its_calendar_is_none() -> None:
    assert utc("30 اسفند 1404") is None  # of no leap year
    assert utc("1403/13/02") is None


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("پنجشنبه ۱۳ اردیبهشت ماه ۱۴۰۳", "2024-05-02T00:00:00"),
        ("۱۴۰۳/۰۲/۱۳ ۱۰:۳۵", "2024-05-02T10:35:00"),
        ("۳۰ اسفند ۱۴۰۳", "2025-03-20T00:00:00"),
        ("1 فروردین 1404", "2025-03-21T00:00:00"),
        ("۲۹ اسفند ۱۳۹۹", "2021-03-19T00:00:00"),
        ("1 مهر 1400", "2021-09-23T00:00:00"),
        ("۳۱ مهر ۱۴۰۳", None),
        ("۱۳ اردیبهشت ۱۴۰۳۰", None),
    ],
)
def test_days_of_the_iranian_calendar_are_those_of_ours(written: str, at: str | None) -> None:
    assert utc(written, language="fa") == at


def test_numbers_that_may_be_of_the_lunar_calendar_are_no_day() -> None:
    assert utc("1445/10/23", language="ar") is None
    assert utc("1422/10/23", language="ar") is None
    assert utc("1403/02/13", language="fa-IR") == "2024-05-02T00:00:00"


@pytest.mark.parametrize(
    "written", ["اردیبهشت ۱۳, ۱۴۰۳", "اردیبهشت 13، 1403", "منتشر شده در اردیبهشت ۱۳, ۱۴۰۳ توسط ایدا"]
)
def test_the_month_may_come_first(written: str) -> None:
    assert utc(written, language="fa") == "2024-05-02T00:00:00"
