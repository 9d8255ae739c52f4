"""What may be the day of publication, where nothing says that it is: names of any use, elements, lines, the address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from workers.core.dates import words_beside
from workers.core.months import MONTHS
from workers.core.text import clean
from workers.sites.generic.dates.date_words import parts_of, turns_in
from workers.sites.generic.dates.marked_dates import beside_ages, marked_dates
from workers.sites.generic.others import is_of_another
from workers.sites.generic.text.trim import SENTENCE_END
from workers.sites.page.document import Document, short_text

# Names that some sites use for the last change, or for the day that the page was made.
_PERHAPS = ["dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date", "created", "timestamp"]
_SHOWN = (
    '[class*="publish" i],[class*="date" i],[class*="datum" i],[class*="fecha" i],[class*="time" i]'
    ',[class*="byline" i],[class*="meta" i],[class*="info" i],[id*="date" i]'
)
_SHORT = 40
_MOST_LINES = 300
_MOST_WORDS = 8
_LONGEST_BESIDE = 600
# "3 March 2026 – The ferry goes again." is of that day, whatever it tells.
_DATELINE = re.compile(r"[(\[]?(?:[\w/-]{1,12}[.,]?\s){0,3}[\d./-]{0,6}\d{4}[)\].]?\s{0,2}[:|–—-]\s")
_IN_URL = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2]|[a-z]{3,9}(?=[/-]))[/-]?(0[1-9]|[12]\d|3[01])(?=[/_-]|\d{0,6}\D|$)", re.I
)


def hinted(
    document: Document, near: list[str], parted: list[tuple[str, str]], lines: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """What may be the day of publication, in the order of trust; that of a change only where there is no other."""
    yield from perhaps(document)
    yield from (("generic:time", mark.exact) for mark in marked_dates(document) if not mark.of_change)
    dated = [text for text, _ in parted]
    yield from (("generic:text", text) for text in dated if len(text) < _SHORT)
    yield "generic:title", document.title or ""
    yield from (("generic:text", text) for text in dated if len(text) >= _SHORT and not _tells_of_another_day(text))
    if day := day_in(document.url):
        yield "generic:url", day.isoformat()
    yield from (("generic:time", exact) for exact in beside_ages(document, near))
    yield from (("generic:time", mark.exact) for mark in marked_dates(document) if mark.of_change)
    yield from (("generic:text", changed) for _, changed in parted)
    for node in document.tree.css(_SHOWN)[:60]:
        text = clean(short_text(node, _LONGEST_BESIDE, " "))
        if 5 < len(text) < 200 and any(map(str.isdigit, text)) and not is_of_another(node, document):
            yield from (("generic:text", part) for part in parts_of(text) if part)
    yield from (("generic:text", text) for text in islice(lines, _MOST_LINES))


def _tells_of_another_day(text: str) -> bool:
    """True for a sentence of the text with a date in it, and no word that the date is of publication or of a change."""
    if _DATELINE.match(text):
        return False
    is_sentence = text.endswith(SENTENCE_END) and len(words_beside(text, None)) > _MOST_WORDS
    return is_sentence and next(turns_in(text), None) is None


def perhaps(document: Document) -> Iterator[tuple[str, str]]:
    """What metas of many uses say."""
    return document.told(_PERHAPS)


def day_in(url: str) -> date | None:
    """The day that an address names; that of an archive begins with the day of its copy, before the page's own."""
    found = _IN_URL.search(url, max(0, url.rfind("http")))
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        return date(int(year), int(month) if month.isdigit() else MONTHS.get(month.lower(), 0), int(day))
    except ValueError:
        return None
