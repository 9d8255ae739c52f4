"""Written dates: what a page says becomes a moment in UTC, or nothing; never a guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.article import Precision
from workers.core.countries import _ZONE_OF, zone_of
from workers.core.dates import as_written, is_utc, names_locally, parse
from workers.core.months import MONTHS


def utc(text: str | None, **options: object) -> str | None:
    moment = parse(text, **options)  # type: ignore[arg-type]
    return moment.at.strftime("%Y-%m-%dT%H:%M:%S") if moment else None


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2024-05-02T20:35:00+02:00", "2024-05-02T18:35:00"),
        ("2024-05-02T20:35:00.123Z", "2024-05-02T20:35:00"),
        ("2024-05-02 20:35:00 +0200", "2024-05-02T18:35:00"),
        ("20240502T203500Z", "2024-05-02T20:35:00"),
        ("1714682100", "2024-05-02T20:35:00"),
        ("1714682100000", "2024-05-02T20:35:00"),
        ("Thu, 02 May 2024 20:35:00 +0300", "2024-05-02T17:35:00"),
        ("Thu, 02 May 2024 20:35:00 GMT", "2024-05-02T20:35:00"),
        ("May 2, 2024 at 8:35 PM ET", "2024-05-03T00:35:00"),
        ("Mon May 02 2024 20:35:00 GMT+0200 (CEST)", "2024-05-02T18:35:00"),
        ("2. Mai 2024, 20:35 Uhr", "2024-05-02T20:35:00"),
        ("le 1er mai 2024 à 12h30", "2024-05-01T12:30:00"),
        ("2 de mayo de 2024", "2024-05-02T00:00:00"),
        ("2 травня 2024, 20:35", "2024-05-02T20:35:00"),
        ("2 мая 2024, 20:35", "2024-05-02T20:35:00"),
        ("11 listopada 2023 08:00", "2023-11-11T08:00:00"),
        ("2024年5月2日 20:35", "2024-05-02T20:35:00"),
        ("۱۳ اردیبهشت ۱۴۰۳ - ۲۰:۳۵", "2024-05-02T20:35:00"),
        ("پنجشنبه 13 اردیبهشت ماه 1403، ساعت 20:35", "2024-05-02T20:35:00"),
        ("1403/02/13 20:35", "2024-05-02T20:35:00"),
        ("٢ مايو ٢٠٢٤، ٢٠:٣٥", "2024-05-02T20:35:00"),
        ("२ मई २०२४, २०:३५", "2024-05-02T20:35:00"),
        ("๒ พ.ค. ๒๕๖๗ ๒๐:๓๕", "2024-05-02T20:35:00"),
        ("۱۴۰۳/۲/۱۳", "2024-05-02T00:00:00"),
        ("Thu, 02 May 2024 08:35 PM (IST)", "2024-05-02T15:05:00"),
        ("Thu, 02 May 2024 08:35 a.m.", "2024-05-02T08:35:00"),
        ("২ মে ২০২৪, ০৯: ৪৫", "2024-05-02T09:45:00"),
    ],
)
def test_the_forms_that_pages_write_are_read(written: str, at: str) -> None:
    assert utc(written) == at


def test_a_zone_by_its_letters_is_never_dropped() -> None:
    assert utc("Thu, 02 May 2024 20:35:00 EST") == "2024-05-03T01:35:00"
    assert utc("May 2, 2024 8:35 PM EST") == "2024-05-03T01:35:00"
    assert utc("Thu, 02 May 2024 20:35:00 CEST") == "2024-05-02T18:35:00"
    assert utc("May 2, 2024 8:35 PM Eastern Daylight Time") == "2024-05-03T00:35:00"
    assert utc("May 2, 2024 8:35 PM Pacific Time") == "2024-05-03T03:35:00"


@pytest.mark.parametrize(
    "written",
    [
        "May 2, 2024 20:35 • 3 min read",
        "May 2, 2024 20:35 · 3 min read",
        "02.05.2024 20:35 105",
        "2 May 2024 20:35 | 12 comments",
        "2 May 2024 20:35 / 5",
        "2 May 2024 20:35 – 10",
        "2 May 2024 20:35 - 12 comments",
        "2 May 2024 20:35 +5 more",
        "2 May 2024 20:35 +10 photos",
        "02.05.2024 20:35 03.05.2024 09:00",
        "02.05.2024 20:35–21:30",
        "02.05.2024 20:35:00 03:00",
    ],
)
def test_what_follows_a_clock_is_no_offset_without_the_sign_of_one(written: str) -> None:
    assert utc(written) == "2024-05-02T20:35:00"


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2 May 2024 20:35 +0300", "17:35"),
        ("2 May 2024 20:35 +03:00", "17:35"),
        ("2 May 2024 20:35 -05:00", "01:35"),
        ("2 May 2024 20:35 −05:00", "01:35"),
        ("2 May 2024 20:35:00+02", "18:35"),
        ("2 May 2024, 20:35 GMT+3", "17:35"),
        ("2 May 2024, 20:35 (UTC +2)", "18:35"),
        ("2 May 2024 20:35 UTC−03:30", "00:05"),
        ("2024-05-02T20:35:00 03:00", "17:35"),  # the plus was lost in an address
        ("Thu May 02 20:35:00 EEST 2024", "17:35"),
    ],
)
def test_an_offset_is_read_in_every_form(written: str, at: str) -> None:
    assert (utc(written) or "")[11:16] == at


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("2024.05.02 오후 8:35", "20:35"),
        ("2024.05.02 오전 8:35", "08:35"),
        ("2024年5月2日 午後8時35分", "20:35"),
        ("2024年5月2日 午前0時35分", "00:35"),
        ("2024年5月2日 午後0時35分", "12:35"),
        ("2024年5月2日 下午8:35", "20:35"),
        ("2024年5月2日 晚上 8:35", "20:35"),
        ("2024年5月2日 上午8点35分", "08:35"),
        ("2024年5月2日 20時35分 午後", "20:35"),
        ("2024年5月2日 午後の会見 8:35", "08:35"),  # the word does not stand at the clock
        ("2 Μαΐου 2024, 8:35 μ.μ.", "20:35"),
        ("2 Μαΐου 2024, 8:35 π.μ.", "08:35"),
        ("2 Μαΐου 2024, 8:35 ΜΜ", "20:35"),
        ("2 مايو 2024 8:35 م", "20:35"),
        ("2 مايو 2024 8:35 ص", "08:35"),
        ("2 مايو 2024 8:35 مصر", "08:35"),
    ],
)
def test_the_half_of_the_day_is_read_beside_the_clock(written: str, clock: str) -> None:
    assert utc(written) == f"2024-05-02T{clock}:00"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2 أيار 2024", "2024-05-02"),
        ("2 أيار/مايو 2024", "2024-05-02"),
        ("2 مايو/ أيار 2024", "2024-05-02"),
        ("3 كانون الثاني 2024", "2024-01-03"),
        ("3 تشرين الأول 2023", "2023-10-03"),
        ("2 พฤษภาคม 2567", "2024-05-02"),
        ("2 พ.ค. 2567", "2024-05-02"),
        ("2 พฤษภาคม พ.ศ. 2567", "2024-05-02"),
        ("2 พฤษภาคม 2024", "2024-05-02"),
        ("2024 m. gegužės 2 d.", "2024-05-02"),
        ("2023 m. lapkričio 12 d., 20:35", "2023-11-12"),
    ],
)
def test_more_names_of_months_are_read(written: str, day: str) -> None:
    assert (utc(written) or "")[:10] == day


def test_a_year_of_another_count_is_read_only_with_its_month() -> None:
    assert parse("2 May 2567") is None


def test_a_clock_is_that_of_the_day_it_stands_at() -> None:
    assert utc("2 maggio 2024 (modifica il 3 maggio 2024 | 10:12)") == "2024-05-02T00:00:00"
    assert utc("10:12 3 maggio 2024, 2 maggio 2024") == "2024-05-03T10:12:00"
    assert utc("2 mai 2024 à 20 h 35") == "2024-05-02T20:35:00"
    assert utc("20:35, 2 May 2024") == "2024-05-02T20:35:00"


def test_a_date_with_dots_is_read_day_first_in_every_language() -> None:
    assert utc("02.05.2024 20:35", language="en-us") == "2024-05-02T20:35:00"


def test_a_date_with_slashes_is_read_as_its_language_writes_it() -> None:
    assert utc("5/2/2024", language="en") == "2024-05-02T00:00:00"
    assert utc("2/5/2024", language="fr") == "2024-05-02T00:00:00"
    assert utc("2/5/2024", language="en-gb") == "2024-05-02T00:00:00"
    assert utc("13/02/2024", language="en") == "2024-02-13T00:00:00"


def test_the_zone_of_the_site_holds_where_the_text_has_none() -> None:
    assert utc("02.05.2024 20:35", zone="Europe/Kyiv") == "2024-05-02T17:35:00"
    assert utc("2024-01-02T20:35:00", zone="Europe/Kyiv") == "2024-01-02T18:35:00"
    assert utc("2024-05-02T20:35:00Z", zone="Europe/Kyiv") == "2024-05-02T20:35:00"


def test_an_unknown_zone_name_counts_as_none() -> None:
    assert utc("02.05.2024 20:35", zone="Nowhere/Land") == "2024-05-02T20:35:00"


def test_the_form_of_the_site_is_tried_before_words() -> None:
    assert utc("2024~122", formats=("%Y~%j",)) == "2024-05-01T00:00:00"


def test_a_month_that_two_languages_share_is_read_by_the_language() -> None:
    assert utc("2. listopada 2024", language="hr") == "2024-10-02T00:00:00"
    assert utc("2 listopada 2024", language="pl") == "2024-11-02T00:00:00"


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            None,
            "2024",
            "yesterday",
            "3 hours ago",
            "20:35",
            "12 May",
            "2024-13-45",
            "31.02.2024",
            "call 0800 123456",
        ),
        *(
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59-12:00",
            "14 May 1203",
            "1969-12-31",
            "99999999999999",
            "1" * 150,
        ),
    ],
)
def test_what_is_no_date_of_a_news_page_is_none(written: str | None) -> None:
    assert parse(written) is None


def test_a_date_more_than_two_days_ahead_is_none() -> None:
    now = datetime.now(UTC)
    assert parse((now + timedelta(days=1)).isoformat()) is not None
    assert parse((now + timedelta(days=3)).isoformat()) is None


def test_a_day_without_a_time_stays_that_day_in_every_zone() -> None:
    moment = parse("2 May 2024", zone="Asia/Tokyo")
    assert moment is not None
    assert (moment.at.isoformat(), moment.precision) == ("2024-05-02T00:00:00+00:00", Precision.DAY)
    assert as_written(moment) == "2024-05-02"


def test_the_precision_says_what_was_written() -> None:
    precise = {text: parse(text) for text in ("2024-05-02T20:35Z", "2024-05-02T20:35:00Z", "2.5.2024 20:35")}
    found = [moment.precision if moment else None for moment in precise.values()]
    assert found == [Precision.MINUTE, Precision.SECOND, Precision.MINUTE]


def test_the_text_is_kept_as_it_was_written() -> None:
    moment = parse("  Am 2. Mai\u00a02024, 20:35 Uhr ")
    assert moment is not None
    assert moment.text == "Am 2. Mai 2024, 20:35 Uhr"


def test_a_moment_is_shown_in_the_offset_that_the_page_wrote() -> None:
    moment = parse("2024-05-02T20:35:00+02:00")
    assert moment is not None
    assert as_written(moment) == "2024-05-02T20:35:00+02:00"


def test_a_clock_without_an_offset_is_shown_by_what_it_is_away_from_utc() -> None:
    moment = parse("02.05.2024 00:30", zone="Europe/Kyiv")
    assert moment is not None
    assert as_written(moment) == "2024-05-02T00:30:00+03:00"


@pytest.mark.parametrize(("written", "told"), [("2024-05-02T21:30:00Z", True), ("2024-05-03T00:30:00+03:00", False)])
def test_a_moment_told_in_utc_is_known_for_one(written: str, told: bool) -> None:
    moment = parse(written)
    assert moment is not None
    assert is_utc(moment) is told


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("3 May 2024, 00:30", True),
        ("2024-05-03T00:30:00+03:00", True),
        ("2 May 2024, 21:30", False),  # the clock of UTC itself
        ("3 May 2024", False),  # a day is no clock
        ("3 May 2024, 00:47", False),  # no place is 3 hours and 17 minutes from UTC
        ("9 May 2024, 00:30", False),
        ("words", False),
    ],
)
def test_a_text_may_name_a_moment_by_the_clock_of_its_place(text: str, named: bool) -> None:
    moment = parse("2024-05-02T21:30:00Z")
    assert moment is not None
    assert names_locally(text, moment, "en") is named


@pytest.mark.parametrize("name", ["MAYIS", "mayıs", "mayis", "Mayıs", "MAYİS"])
def test_a_turkish_month_is_read_however_its_i_is_written(name: str) -> None:
    assert utc(f"02 {name} 2024 20:35") == "2024-05-02T20:35:00"


@pytest.mark.parametrize(
    ("written", "month"), [("NİSAN", 4), ("HAZİRAN", 6), ("EKİM", 10), ("KASIM", 11), ("ARALIK", 12), ("aralik", 12)]
)
def test_a_turkish_month_in_capitals_is_read(written: str, month: int) -> None:
    assert utc(f"2 {written} 2023") == f"2023-{month:02}-02T00:00:00"


_LITTER = "24:00 2 02 31 2024 20:35 +14:99 -12 GMT+3 EST 오후 午後 μ.μ. م . , / - | T Z İ ı ſ ² ٢ 1714682100 9999 0001"
_PIECES = st.sampled_from([*map(str.upper, MONTHS), *map(str.capitalize, MONTHS), *_LITTER.split(" ")])


def test_every_month_is_read_in_capitals_too() -> None:
    for name, month in MONTHS.items():
        for written in (name, name.upper(), name.capitalize()):
            assert utc(f"2 {written} 2023") == f"2023-{month:02}-02T00:00:00", written


@given(
    st.lists(_PIECES | st.text(max_size=8), max_size=9), st.sampled_from(["", " "]), st.sampled_from(["", "tr", "hr"])
)
def test_no_text_of_dates_makes_the_reader_fail(pieces: list[str], gap: str, language: str) -> None:
    text = gap.join(pieces)
    moment = parse(text, language=language, zone="Asia/Kathmandu")
    if moment:
        as_written(moment)
        is_utc(moment)
        names_locally(text, moment, language)


@given(st.text(alphabet="0123456789 .:/-+TZWadehmnrtuy,年月日", max_size=60))
def test_no_text_makes_the_reader_of_dates_fail(text: str) -> None:
    moment = parse(text, language="en", zone="Europe/Kyiv")
    assert moment is None or moment.at.year >= 1995


def test_the_zone_of_every_country_exists() -> None:
    assert all(ZoneInfo(name).key == name for name in _ZONE_OF.values())
    assert zone_of("news.example.co.UK:8080") == "Europe/London"
    assert zone_of("127.0.0.1") is zone_of("localhost") is zone_of("") is None


@pytest.mark.parametrize(
    "text",
    [
        "2 трав. 2024",
        "2 Mei 2024",
        "2024. gada 2. maijs",
        "2. mai 2024",
        "2 tháng 5, 2024",
        "02 tháng 05 năm 2024",
        "2 במאי 2024",
        "2 მაისი 2024",
        "২ মে ২০২৪",
        "2 مئی 2024",
        "2 мамыр 2024",
    ],
)
def test_months_are_known_in_many_languages(text: str) -> None:
    moment = parse(text)
    assert moment is not None
    assert moment.at.date().isoformat() == "2024-05-02"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Wed, 04/03/2026", "2026-03-04"),
        ("Friday 04/03/2026 10:20", "2026-04-03"),
        ("Mon, 04/03/2026", "2026-04-03"),
        ("The Sun 03/04/2022", "2022-03-04"),
    ],
)
def test_a_weekday_settles_the_order_of_day_and_month(text: str, day: str) -> None:
    moment = parse(text, language="en")
    assert moment is not None
    assert moment.at.date().isoformat() == day


@pytest.mark.parametrize("text", ["2024-05-02T24:00:00Z", "02.05.2024 24:00 UTC", "2 May 2024, 24:00 GMT"])
def test_the_twenty_fourth_hour_ends_the_day(text: str) -> None:
    moment = parse(text)
    assert moment is not None
    assert moment.at == datetime(2024, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize("text", ["31.12.9999 24:00", "9999-12-31T24:00:00", "31 December 9999, 24:00"])
def test_the_end_of_all_days_is_none(text: str) -> None:
    assert parse(text) is None
