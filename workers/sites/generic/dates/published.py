"""When the article was published and last modified: candidates in their order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from workers.core.article import Moment
from workers.core.dates import as_written, is_utc, names_locally, parse, words_beside
from workers.core.text import clean
from workers.sites.generic.bylines.dated_bylines import dated_bylines
from workers.sites.generic.dates.date_words import is_little_else, parted_lines
from workers.sites.generic.dates.exact_dates import as_marked, clocks_beside, with_clock, with_offset
from workers.sites.generic.dates.hinted_dates import day_in, hinted, perhaps
from workers.sites.generic.dates.marked_dates import exact_in, is_beside, is_dated_part, marked_dates, text_and_date
from workers.sites.generic.story import Story
from workers.sites.page.document import Document, short_text
from workers.sites.reader import Found

_PUBLISHED_NAMES = (
    "article:published_time article:published og:published_time og:article:published_time datepublished"
    " parsely-pub-date"
    " sailthru.date publish-date publish_date publishdate publication_date pubdate published_time date_published"
    " article.published cxenseparse:recs:publishtime cxenseparse:publishtime dc.date.issued dc.date.created"
    " citation_publication_date citation_date article_date_original originalpublicationdate"
    " rnews:datepublished vr:published_time shareaholic:article_published_time bt:pubdate displaydate"
)
_MODIFIED_NAMES = (
    "article:modified_time og:updated_time article:modified og:modified_time datemodified last-modified lastmod"
    " dcterms.modified dc.date.modified updated_time modified cxenseparse:recs:articlemodified revision_date"
)
_PUBLISHED = _PUBLISHED_NAMES.split()
_MODIFIED = _MODIFIED_NAMES.split()
# Names of a site's own making, such as `w-published-date`.
_LIKE_PUBLISHED = re.compile(r"(?:^|[-_.:])(?:publish(?:ed)?|publication|pub)[-_.:]?(?:date|time|on|at|day)?$")
_SHORT = 40
_LONGEST_BESIDE = 600
_MOST_NAMES = 50
_LONGEST_ALONE = 80
_DATE_SOON = re.compile(r"\D{0,24}\d")
# A line of who wrote it and when, in parts or with the word for it.
_BYLINE, _MOST_WORDS = re.compile(r"[|·•]|^(?:by|von|par|por|autor|автор)\b", re.I), 8
_HEADINGS = "h2,h3,h4"
_MOST_HEADINGS = 60


def published_of(
    document: Document,
    story: Story,
    near: list[str],
    zone: str | None,
    language: str | None,
    lines: Iterable[str] = (),
) -> Found[Moment] | None:
    """When the article was published, or None.

    `near` are the texts around the headline, in order; `lines` short lines anywhere, asked for when nothing else tells.
    """
    parted = [*parted_lines(near)]
    told = _first(_told(document, story), zone, language)
    line = _date_line(document, parted, zone, language)
    shown = _shown(document, line, zone, language)
    if told and not (shown and _is_earlier(shown.value, told.value) and _is_date_alone(document, line, language)):
        exact = with_offset(told, _told(document, story), zone, language)
        exact = with_clock(exact, chain(_told(document, story), _beside(document, near, line)), zone, language)
        return _in_its_own_time(exact, _elsewhere(document, story, near), language)
    seen = shown or _first(chain(_uploads(story), hinted(document, near, parted, lines)), zone, language)
    if seen is None:
        return None
    seen = _in_the_order_of_its_address(seen, document, zone)
    marks = (("generic:time", mark.exact) for mark in marked_dates(document) if not mark.of_change)
    clocks = chain(perhaps(document), clocks_beside(near, seen.value.text), marks)
    return as_marked(document, with_clock(seen, clocks, zone, language), zone, language)


def modified_of(
    document: Document,
    story: Story,
    zone: str | None,
    language: str | None,
    near: list[str],
    published: Found[Moment] | None,
) -> Found[Moment] | None:
    """When the article was last modified, or None.

    What the page shows beside the headline counts where it is not before the publication.
    """
    if told := _first(_modified(document, story), zone, language):
        return with_offset(told, _modified(document, story), zone, language)
    if published is None:
        return None
    shown = (_first([change], zone, language) for change in _changes(document, near))
    return next((found for found in shown if found and found.value.at.date() >= published.value.at.date()), None)


def _first(told: Iterable[tuple[str, str]], zone: str | None, language: str | None) -> Found[Moment] | None:
    for source, text in told:
        if moment := parse(text, zone=zone, language=language):
            return Found(moment, source)
    return None


def _told(document: Document, story: Story) -> Iterator[tuple[str, str]]:
    """What machines are told, under names that say that it is the day of publication."""
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield f"json-ld:{name}", story.text(name) or ""
    yield from document.told(_PUBLISHED)
    for item in story.objects:
        value = item.get("datePublished")
        yield "json-ld:datePublished", value if isinstance(value, str) else ""
    yield from document.told(islice(filter(_LIKE_PUBLISHED.search, document.meta_names()), _MOST_NAMES))


def _uploads(story: Story) -> Iterator[tuple[str, str]]:
    """When a video was put there, where the page says nothing of an article."""
    for item in () if story.main else story.objects:
        value = item.get("uploadDate")
        yield "json-ld:uploadDate", value if isinstance(value, str) else ""


def _date_line(document: Document, parted: Iterable[tuple[str, str]], zone: str | None, language: str | None) -> str:
    """The first short text beside the headline that begins with a date of publication, or nothing.

    Captions tell of other things, and so do headings with more than a date.
    """
    for text, _ in parted:
        if len(text) < _LONGEST_ALONE and parse(text, zone=zone, language=language):
            is_one = (
                is_little_else(text, language)
                or (len(text) < _SHORT and _DATE_SOON.match(text) and not _is_in_heading(document, text))
                or (_BYLINE.search(text) and len(words_beside(text, language)) <= _MOST_WORDS)
                or next(dated_bylines([text]), None)
            )
            if is_one and not _is_in_caption(document, text):
                return text
    return ""


def _is_in_caption(document: Document, line: str) -> bool:
    captions = islice((node for node, tag, _ in document.marks if tag == "figcaption"), _MOST_HEADINGS)
    return any(line in clean(short_text(node, _LONGEST_BESIDE)) for node in captions)


def _is_in_heading(document: Document, line: str) -> bool:
    return any(
        line in clean(short_text(node, _LONGEST_BESIDE)) for node in document.tree.css(_HEADINGS)[:_MOST_HEADINGS]
    )


def _is_date_alone(document: Document, line: str, language: str | None) -> bool:
    """True for a line that may tell another day than machines are told: neither text nor a heading may."""
    return is_little_else(line, language) and not _is_in_heading(document, line)


def _shown(document: Document, line: str, zone: str | None, language: str | None) -> Found[Moment] | None:
    """The date of a line; exactly, where an element of that text has it. One that is marked as a change is none."""
    marks = [mark for mark in marked_dates(document) if mark.text and _is_of(mark.text, line)] if line else []
    for mark in marks:
        if not mark.of_change and (found := parse(mark.exact, zone=zone, language=language)):
            return Found(found, "generic:time")
    moment = None if any(mark.of_change for mark in marks) else parse(line, zone=zone, language=language)
    if moment is None:
        return None
    for exact in exact_in(document, line):
        if (found := parse(exact, zone=zone, language=language)) and as_written(found)[:10] == as_written(moment)[:10]:
            return Found(found, "generic:time")
    return Found(moment, "generic:text")


def _is_of(text: str, line: str) -> bool:
    return text in line or is_dated_part(line, text)


def _beside(document: Document, near: list[str], line: str) -> Iterator[tuple[str, str]]:
    """The dates of publication that stand beside the headline."""
    for mark in marked_dates(document):
        if not mark.of_change and is_beside(mark, near):
            yield "generic:time", mark.exact
    yield "generic:text", line
    yield from clocks_beside(near, line)


def _in_the_order_of_its_address(seen: Found[Moment], document: Document, zone: str | None) -> Found[Moment]:
    """The day that the address names too, where the order of day and month is all that they differ in."""
    day = day_in(document.url)
    if day and as_written(seen.value)[:10] != day.isoformat():
        for order in ("en-us", "en-gb"):
            other = parse(seen.value.text, zone=zone, language=order)
            if other and as_written(other)[:10] == day.isoformat():
                return Found(other, seen.source)
    return seen


def _is_earlier(shown: Moment, told: Moment) -> bool:
    """True where readers are shown an earlier day: what machines are told is then that of a later edition."""
    return (told.at.date() - shown.at.date()).days > 1


def _in_its_own_time(told: Found[Moment], texts: Iterable[str], language: str | None) -> Found[Moment]:
    """The moment with the text that names it by the clock of its own place, where it was told in UTC."""
    moment = told.value
    if is_utc(moment):
        local = next((text for text in texts if names_locally(text, moment, language)), None)
        return Found(moment.model_copy(update={"text": clean(local)}), told.source) if local else told
    return told


def _elsewhere(document: Document, story: Story, near: list[str]) -> Iterator[str]:
    yield from (text for _, text in _told(document, story) if text)
    yield from (mark.exact for mark in marked_dates(document))
    yield from (text for text in near if any(map(str.isdigit, text)))


def _modified(document: Document, story: Story) -> Iterator[tuple[str, str]]:
    yield "json-ld:dateModified", story.text("dateModified") or ""
    yield from document.told(_MODIFIED)
    mark = next((mark for mark in document.marks if mark[2].get("itemprop") == "dateModified"), None)
    if mark is not None:
        yield "generic:time", text_and_date(mark)[1]
    for item in story.objects:  # what describes the page, where no object is an article
        value = item.get("dateModified")
        yield "json-ld:dateModified", value if isinstance(value, str) and item.get("datePublished") else ""


def _changes(document: Document, near: list[str]) -> Iterator[tuple[str, str]]:
    """What the page shows of the last change."""
    marked = (mark for mark in marked_dates(document) if mark.of_change and is_beside(mark, near))
    yield from (("generic:time", mark.exact) for mark in marked)
    yield from (("generic:text", changed) for _, changed in parted_lines(near))
