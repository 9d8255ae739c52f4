"""When the article was published and last modified: candidates in their order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from workers.core.article import Moment
from workers.core.dates import is_utc, names_locally, parse
from workers.core.text import clean
from workers.sites.document import Document, Mark
from workers.sites.generic.story import Story
from workers.sites.reader import Found

_PUBLISHED_NAMES = (
    "article:published_time article:published og:published_time og:article:published_time datepublished"
    " parsely-pub-date"
    " sailthru.date publish-date publish_date publishdate publication_date pubdate published_time date_published"
    " article.published cxenseparse:recs:publishtime cxenseparse:publishtime dc.date.issued"
    " citation_publication_date citation_date article_date_original originalpublicationdate"
    " rnews:datepublished vr:published_time shareaholic:article_published_time bt:pubdate displaydate"
)
# Names that some sites use for the last change, or for the day that the page was made.
_PERHAPS_NAMES = "dcterms.created dc.date.created dcterms.date dc.date date created timestamp"
_MODIFIED_NAMES = (
    "article:modified_time og:updated_time article:modified og:modified_time datemodified last-modified lastmod"
    " dcterms.modified dc.date.modified updated_time modified cxenseparse:recs:articlemodified revision_date"
)
_PUBLISHED = _PUBLISHED_NAMES.split()
_PERHAPS = _PERHAPS_NAMES.split()
_MODIFIED = _MODIFIED_NAMES.split()
_MARKS = frozenset(("datePublished", "dateCreated"))
_SHOWN = (
    '[class*="publish" i],[class*="date" i],[class*="datum" i],[class*="fecha" i],[class*="time" i]'
    ',[class*="byline" i],[class*="meta" i],[class*="info" i],[id*="date" i]'
)
# Names of a site's own making, such as `w-published-date`.
_LIKE_PUBLISHED = re.compile(r"(?:^|[-_.:])(?:publish(?:ed)?|publication|pub)[-_.:]?(?:date|time|on|at|day)?$")
_SHORT = 40
_MOST_MARKED = 6
_LABEL = 20
_DATE_SOON = re.compile(r"\D{0,24}\d")
_CHANGED = re.compile(
    r"updat|modif|revis|review|aktualis|geändert|änderung|^stand\b|mis à jour|actuali[sz]|aggiornat|atualiz"
    r"|bijgewerkt|gewijzigd|aktualiz|oppdatert|uppdater|opdater|päivitet|оновлен|обновлен|güncel|更新",
    re.I,
)
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_-]|\d{0,6}\D|$)")


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
    told = _first(_told(document, story), zone, language)
    shown = _shown(document, near, zone, language)
    if told and not (shown and _is_earlier(shown.value, told.value)):
        return _in_its_own_time(told, _elsewhere(document, story, near), language)
    return shown or _first(_hinted(document, near, lines), zone, language)


def modified_of(document: Document, story: Story, zone: str | None, language: str | None) -> Found[Moment] | None:
    """When the article was last modified, or None."""
    return _first(_modified(document, story), zone, language)


def _first(told: Iterable[tuple[str, str]], zone: str | None, language: str | None) -> Found[Moment] | None:
    for source, text in told:
        if moment := parse(text, zone=zone, language=language):
            return Found(moment, source)
    return None


def _told(document: Document, story: Story) -> Iterator[tuple[str, str]]:
    """What machines are told, under names that say that it is the day of publication."""
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield f"json-ld:{name}", story.text(name) or ""
    for name in _PUBLISHED:
        yield f"meta:{name}", document.meta(name) or ""
    for item in story.objects:
        value = item.get("datePublished")
        yield "json-ld:datePublished", value if isinstance(value, str) else ""
    for name in document.meta_names():
        if _LIKE_PUBLISHED.search(name):
            yield f"meta:{name}", document.meta(name) or ""


def _shown(document: Document, near: list[str], zone: str | None, language: str | None) -> Found[Moment] | None:
    """The date that stands as a line of its own beside the headline; exactly, where an element of that text has it."""
    for line in _date_lines(near):
        if moment := parse(line, zone=zone, language=language):
            for text, exact in _marked(document):
                if text and text in line and (found := parse(exact, zone=zone, language=language)):
                    return Found(found, "generic:time")
            return Found(moment, "generic:text")
    return None


def _date_lines(near: list[str]) -> Iterator[str]:
    """The short texts that begin with a date, but for those of the last change."""
    for before, text in pairwise(["", *near]):
        label = before if len(before) < _LABEL else ""
        if len(text) < _SHORT and _DATE_SOON.match(text) and not _CHANGED.search(label + " " + text):
            yield text


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
    yield from (exact for _, exact in _marked(document))
    yield from (text for text in near if any(map(str.isdigit, text)))


def _hinted(document: Document, near: list[str], lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What may be the day of publication, in the order of trust."""
    for name in _PERHAPS:
        yield f"meta:{name}", document.meta(name) or ""
    yield from (("generic:time", exact) for _, exact in _marked(document))
    dated = [text for text in near if any(map(str.isdigit, text))]
    yield from (("generic:text", text) for text in dated if len(text) < _SHORT)
    yield "generic:title", document.title or ""
    yield from (("generic:text", text) for text in dated if len(text) >= _SHORT)
    # An archive's address begins with the day of its copy; the page's own stands in it.
    if found := _IN_URL.search(document.url, max(0, document.url.rfind("http"))):
        yield "generic:url", "-".join(found.groups())
    for node in document.tree.css(_SHOWN)[:60]:
        text = clean(node.text(separator=" "))
        if 5 < len(text) < 200:
            yield "generic:text", text
    yield from (("generic:text", text) for text in lines)


def _marked(document: Document) -> list[tuple[str, str]]:
    """The text and the exact date of elements that mark one: those after the headline before those above it."""
    if "marked dates" not in document.notes:
        document.notes["marked dates"] = _find_marked(document)
    found: list[tuple[str, str]] = document.notes["marked dates"]
    return found


def _find_marked(document: Document) -> list[tuple[str, str]]:
    marks = [mark for mark in document.marks if mark[1] in ("h1", "time") or mark[2].get("itemprop") in _MARKS]
    first = next((place for place, (_, tag, _) in enumerate(marks) if tag == "h1"), -1)
    ordered = [*marks[first + 1 :], *marks[: max(0, first)]]
    return [_text_and_date(mark) for mark in ordered if mark[1] != "h1"][:_MOST_MARKED]


def _text_and_date(mark: Mark) -> tuple[str, str]:
    node, _, attributes = mark
    text = clean(node.text())
    return text, attributes.get("datetime") or attributes.get("content") or text


def _modified(document: Document, story: Story) -> Iterator[tuple[str, str]]:
    yield "json-ld:dateModified", story.text("dateModified") or ""
    for name in _MODIFIED:
        yield f"meta:{name}", document.meta(name) or ""
    mark = next((mark for mark in document.marks if mark[2].get("itemprop") == "dateModified"), None)
    if mark is not None:
        yield "generic:time", _text_and_date(mark)[1]
