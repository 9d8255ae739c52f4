"""Archives: lists of a day, a month or a year, by links, by what a `<select>` lets choose, or by a calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from workers.core.link import Kind, Label, Link
from workers.core.months import MONTHS, WEEKDAYS, folded
from workers.core.seconds import DAY
from workers.core.text import clean
from workers.sites.lists.headlines import LONG_HEADLINE, letters
from workers.sites.page.document import Document, ancestors, attribute, short_text
from workers.sites.site import Site

# A calendar has no end: so many of the newest are followed, and with each step from a start one less.
MOST_LISTS = 14
_MOST_SEEN = 2_000
_YEARS, _MONTHS, _DAYS = r"(?:19|20)\d\d", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_ENDING = r"/?(?:index)?(?:\.(?:html?|php|aspx?))?$"
_DATED = re.compile(
    rf"[/=](?P<year>{_YEARS})(?P<sign>[-/.]?)(?P<month>{_MONTHS})(?:(?P=sign)(?P<day>{_DAYS}))?{_ENDING}", re.ASCII
)
# With slashes it may be a number of anything.
_DAY_FIRST = re.compile(rf"[/=](?:{_DAYS}([-._]){_MONTHS}|{_MONTHS}([-._]){_DAYS})(?:\1|\2){_YEARS}{_ENDING}", re.ASCII)
_NAMED = re.compile(rf"/({_YEARS})([-/])([a-z]{{3,12}})\2({_DAYS}){_ENDING}", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOST_WORDS, _SMALL_WORD = 4, 3  # "novembre de 2026", "2026 m. lapkritis"
_PARTS = re.compile(r"[\s,./:|–-]+")
_NEAR = 2  # steps from a start: an archive may have a front of its own, without stories
_HIGHEST, _LONGEST_CALENDAR, _LAST_DAY, _LAST_MONTH = 8, 2_000, 31, 12
_NUMBERS = re.compile(r"\d+", re.ASCII)
_LATEST = 1e11  # seconds; a page that was saved may tell any moment

_ARCHIVE = re.compile(
    r"(?:^|[/=])(?:(?:news|articles?|stor(?:y|ies)|posts?)[-_]?)?(?:archiv(?:es?|o|io|um)?|archiwum|arquivos?|arhiva?|arkiv|arkhiv|arsiv)"
    r"(?:\.\w{2,5})?/?$"
    r"|(?:^|[/=])(?:html[-_]?)?(?:site[-_]?map|mapa[-_]?(?:del[-_]?|do[-_]?)?sit(?:io|e)|plan[-_]?du[-_]?site"
    r"|karta[-_]?sa[ij]ta|mapa[-_]?(?:strony|sajta|stranek))(?:\.(?:html?|php|aspx?|jsp))?/?$",
    re.IGNORECASE,
)
_LONGEST_NAME = 40

Day = tuple[int, int, int]


class _Shown(NamedTuple):
    url: str
    text: str
    node: LexborNode


def dated_lists(
    document: Document, site: Site, depth: int, *, shows_news: bool, is_paged: bool = False, now: float | None = None
) -> list[Link]:
    """The newest lists of a day, a month or a year that the page leads to, at most 14; of one of these those before it.

    Those of days to come, after `now` (in seconds since 1970), come last: calendars go on as far as anybody counts.
    `depth` counts the steps from a start. A page without news has no further ones, unless it is the front of an
    archive, or a calendar that leads to some of its days only: those with stories. Where a list goes on in pages
    (`is_paged`), the day below a story leads to nothing that they do not show.
    """
    shown = list(_shown(document))
    found = _days_of_calendar([each for each in shown if each.text.isdecimal()])
    here = day_of(document.url)
    if found or shows_news or (here is None and depth <= _NEAR):
        found |= {each.url: day for each in shown if (day := told_day(each.url, each.text))}
    stamps = _stamps(document, found) if is_paged else set()
    newest = sorted(
        (url for url in found.keys() - stamps if site.in_scope(url)), key=lambda url: found[url], reverse=True
    )
    end = here if here is None or here[2] else (*here[:2], _LAST_DAY + 1)  # that of a month leads to its days
    before = [url for url in newest if end is None or (found[url] < end and found[url] != here)]
    if now is not None and len(before) > MOST_LISTS - depth:
        tomorrow = _tomorrow(now)
        before.sort(key=lambda url: found[url] > tomorrow)  # the order of the others stays
    return [Link(url=url, label=Label.MENU, kind=Kind.LISTING) for url in before[: max(0, MOST_LISTS - depth)]]


def _tomorrow(now: float) -> Day:
    """The day after, which has begun somewhere."""
    day = datetime.fromtimestamp(min(max(now, 0.0), _LATEST) + DAY, UTC)
    return day.year, day.month, day.day


def _stamps(document: Document, found: Mapping[str, Day]) -> set[str]:
    """The lists of a day whose links stand between stories, and not beside other days."""
    days = {url for url, day in found.items() if day[2]}
    if not days:
        return set()
    order = list[str]()
    for node in document.tree.css("a[href]")[:_MOST_SEEN]:
        url, text = document.absolute(attribute(node, "href")), clean(short_text(node, 4 * LONG_HEADLINE))
        if url in days and not text.isdecimal():  # a calendar shows the same days
            order.append(url)
        elif order[-1:] != [""] and letters(text) >= LONG_HEADLINE:
            order.append("")  # a story
    around = list(zip(["", *order], order, [*order[1:], ""], strict=False))
    beside = {url for before, url, after in around if before or after}
    return {url for url in order if url} - beside


def told_day(url: str, text: str) -> Day | None:
    """The day of a list, by its address or by what a link to it says; numbers of a calendar say nothing."""
    if letters(text) >= LONG_HEADLINE:
        return None
    if not text.isdecimal():
        return day_of(url) or _month_said(text, url)
    is_year = _YEAR.fullmatch(text) is not None and text in url
    return (int(text), 0, 0) if is_year else None


def _month_said(text: str, url: str) -> Day | None:
    """The month that a text names and nothing else, but for its year, which may stand in the address."""
    words = folded(text).replace(",", " ").split()
    months = [MONTHS[word] for word in words if word in MONTHS]
    if len(months) != 1 or len(words) > _MOST_WORDS:
        return None
    years = [*filter(_YEAR.fullmatch, words), *_YEAR.findall(url[-60:])]
    others = [word for word in words if word not in MONTHS and not _YEAR.fullmatch(word)]
    if not years or any(len(word) > _SMALL_WORD or any(map(str.isdigit, word)) for word in others):
        return None  # with a day it is the stamp of a story
    return int(years[0]), months[0], 0


def _days_of_calendar(shown: list[_Shown]) -> dict[str, Day]:
    """The days that a calendar links, where it shows others before the last of them without a link."""
    days = {each.url: day for each in shown if (day := day_of(each.url)) and day[2] == int(each.text[:3])}
    if not days:
        return {}
    linked = {day[2] for day in days.values()}
    nodes = (each.node for each in shown if each.url in days)
    numbers = _numbers_around(next(nodes))
    return days if any(number < max(linked) for number in numbers - linked) else {}


def _numbers_around(node: LexborNode) -> set[int]:
    """The numbers of days in the table, or in what else the calendar may be."""
    around, table = node, None
    for parent in ancestors(node, _HIGHEST):
        around = parent
        table = parent if parent.tag == "table" else table
        if table is not None:
            break
    words = short_text(table if table is not None else around, _LONGEST_CALENDAR, " ").split()
    return {int(word) for word in words if word.isdecimal() and len(word) < 3 and 0 < int(word) <= _LAST_DAY}


def says_date(text: str | None) -> bool:
    """True for a text that is a date and nothing else: numbers, and names of months and weekdays."""
    if text is None or len(text) > LONG_HEADLINE or not any(map(str.isdigit, text)):
        return False
    words = _PARTS.split(folded(text))
    numbers = sum(word[:1].isdigit() for word in words)
    names = sum(word in MONTHS for word in words)
    known = (word[:1].isdigit() or len(word) < _SMALL_WORD or word in MONTHS or word in WEEKDAYS for word in words)
    return numbers + names > 1 and all(known)


def is_archive(url: str) -> bool:
    """True for an address that is called an archive, or a map of the site for readers."""
    return _ARCHIVE.search(url[-_LONGEST_NAME:]) is not None


def day_of(url: str) -> Day | None:
    """The day with which an address ends, that of a month being 0; None for one that ends otherwise."""
    end = url[-40:]
    match = _DATED.search(end)
    if match:
        return int(match["year"]), int(match["month"]), int(match["day"] or 0)
    if _DAY_FIRST.search(end):
        first, second, year = map(int, _NUMBERS.findall(end)[-3:])
        return (year, second, first) if second <= _LAST_MONTH else (year, first, second)
    named = _NAMED.search(end)
    month = MONTHS.get(folded(named[3])) if named else None
    return (int(named[1]), month, int(named[4])) if named and month else None


def _shown(document: Document) -> Iterator[_Shown]:
    for node in document.tree.css("a[href],option[value]")[:_MOST_SEEN]:
        address = attribute(node, "href") or attribute(node, "value") or ""
        is_address = node.tag == "a" or "/" in address or address.startswith("?")
        if is_address and any(map(str.isdigit, address)) and (url := document.absolute(address)):
            yield _Shown(url, clean(short_text(node, 4 * LONG_HEADLINE)), node)
