"""When the article was published and last modified: candidates in their order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from workers.core.article import Moment, Precision
from workers.core.dates import as_written, is_utc, names_locally, parse, words_beside
from workers.core.months import WEEKDAYS
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
_LONGEST_ALONE = 80
_MIDNIGHT = "00:00:00"  # what machines write for a day without a clock
_MOST_MARKED = 6
_LABEL = 20
_DATE_SOON = re.compile(r"\D{0,24}\d")
# Words that say that a date is of the last change, and those that say that it is of publication: by their stems.
_OF_CHANGE = (
    r"updat|modif|\brevis|\breview|aktualis|geändert|änderung|bearbeitet|^stand\b|\bstand:|mise? à jour|màj|actuali[sz]"
    r"|aggiorna|atualiz|bijgewerkt|aangepast|gewijzigd|aktualiz|frissít|ažurir|ажурир|oppdater|uppdater|opdater|ändrad"
    r"|endret|ændret|päivitet|muokattu|оновлен|змінено|обновлен|изменено|абноўлен|актуализ|güncel|ενημερώθηκε"
    r"|τελευταία ενημέρωση|τροποποι|diperbarui|cập nhật|تحديث|עודכן|更新|修改|수정|업데이트"
)
_OF_PUBLICATION = (
    r"publi|pubblic|posted|posté|postad|veröffentl|erschienen|erstellt|created|creat[oe]|créé|geplaatst|zveřejn|objav"
    r"|utworzono|dodano|опубл|створен|создан|размещен|yayın|oluştur|eklenme|julkaistu|offentliggj|udgivet|skapad"
    r"|megjelen|közzét|δημοσ|公開|公开|发布|發布|發佈|配信|掲載|입력|등록|نشر|פורסם"
)
_CHANGED = re.compile(_OF_CHANGE, re.I)
_TURN = re.compile(f"(?P<change>{_OF_CHANGE})|{_OF_PUBLICATION}")  # of lower case: to ignore it takes thrice as long
# What else stands in a line that is a date and no more.
_LABELS = re.compile(
    rf"{_OF_PUBLICATION}|(?:first|last|originally|article|artikel|artículo|post|date[ds]?|datum|dat[ao]|fecha|дата|dátum"
    r"|tarihi?|ημερομηνία|time|uhr(?:zeit)?|hora|heure|ore|ora|saat|hrs|hours|klo|den|vom|року|года?|mins?|minutes?"
    r"|read|午前|午後|上午|下午|晚上|오전|오후)$"
)
_LONGEST_UNKNOWN = 2  # letters of a word that says nothing: `at`, `le`, `am`
_HEADINGS = "h2,h3,h4"
_MOST_HEADINGS = 60
_CHANGE_NAME = re.compile(r"updat|modif", re.I)
_PUBLICATION_NAME = re.compile(r"publi|pubdate|created|entry-date", re.I)
_LABEL_TAGS = frozenset(("-text", "span", "b", "strong", "em", "i", "small", "label", "dt", "p", "div", "abbr"))
_WITH_EXACT = "abbr[title],span[title],[data-timestamp]"
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
    parted = [*_parted_lines(near)]
    found = _published(document, story, near, parted, zone, language, lines)
    document.notes["publication"] = found, near  # for what is asked next: when it was modified
    return found


def _published(
    document: Document,
    story: Story,
    near: list[str],
    parted: list[tuple[str, str]],
    zone: str | None,
    language: str | None,
    lines: Iterable[str],
) -> Found[Moment] | None:
    """`parted` is what `near` says of publication and of a change, text by text."""
    told = _first(_told(document, story), zone, language)
    line = _date_line(document, parted, zone, language)
    shown = _shown(document, line, zone, language)
    if told and not (shown and _is_earlier(shown.value, told.value) and _is_date_alone(document, line, language)):
        exact = _with_clock(told, _beside(document, near, line), zone, language)
        return _in_its_own_time(exact, _elsewhere(document, story, near), language)
    return shown or _first(_hinted(document, near, parted, lines), zone, language)


def modified_of(document: Document, story: Story, zone: str | None, language: str | None) -> Found[Moment] | None:
    """When the article was last modified, or None.

    What the page shows counts once `published_of` has been asked, and where it is not before the publication.
    """
    if told := _first(_modified(document, story), zone, language):
        return told
    published, near = document.notes.get("publication", (None, []))
    for shown in _changes(document, near) if published else ():
        found = _first([shown], zone, language)
        if found and found.value.at.date() >= published.value.at.date():
            return found
    return None


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


def _date_line(document: Document, parted: Iterable[tuple[str, str]], zone: str | None, language: str | None) -> str:
    """The first short text beside the headline that begins with a date of publication, or nothing.

    Captions tell of other things, and so do headings with more than a date.
    """
    for text, _ in parted:
        if len(text) < _LONGEST_ALONE and parse(text, zone=zone, language=language):
            is_one = _is_little_else(text, language) or (
                len(text) < _SHORT and _DATE_SOON.match(text) and not _is_in_heading(document, text)
            )
            if is_one and not _is_in_caption(document, text):
                return text
    return ""


def _is_in_caption(document: Document, line: str) -> bool:
    return any(line in clean(node.text()) for node, tag, _ in document.marks if tag == "figcaption")


def _is_in_heading(document: Document, line: str) -> bool:
    return any(line in clean(node.text()) for node in document.tree.css(_HEADINGS)[:_MOST_HEADINGS])


def _is_date_alone(document: Document, line: str, language: str | None) -> bool:
    """True for a line that may tell another day than machines are told: neither text nor a heading may."""
    return _is_little_else(line, language) and not _is_in_heading(document, line)


def _shown(document: Document, line: str, zone: str | None, language: str | None) -> Found[Moment] | None:
    """The date of a line; exactly, where an element of that text has it. One that is marked as a change is none."""
    marks = [mark for mark in _marked(document) if mark.text and mark.text in line] if line else []
    for mark in marks:
        if not mark.of_change and (found := parse(mark.exact, zone=zone, language=language)):
            return Found(found, "generic:time")
    moment = None if any(mark.of_change for mark in marks) else parse(line, zone=zone, language=language)
    return Found(moment, "generic:text") if moment else None


def _parted_lines(near: list[str]) -> Iterator[tuple[str, str]]:
    """What each text with a number says of publication, and what of a change; a short one may label the next."""
    for before, text in pairwise(["", *near]):
        if any(map(str.isdigit, text)):
            is_label = len(before) < _LABEL and not any(map(str.isdigit, before))
            yield ("", text) if is_label and _CHANGED.search(before) else _parted(text)


def _turns(text: str) -> Iterator[re.Match[str]]:
    """The words from which on a text tells of publication or of a change."""
    lowered = text.lower()
    return _TURN.finditer(lowered if len(lowered) == len(text) else text)  # places must hold


def _parted(text: str) -> tuple[str, str]:
    """A text as what it says of publication, and what of a change."""
    said: tuple[list[str], list[str]] = ([], [])
    of_change, last, labelled = False, 0, False
    for turn in _turns(text):
        said[of_change].append(text[last : turn.start()])
        of_change, last = bool(turn["change"]), turn.start()
        labelled = labelled or not of_change
    said[of_change].append(text[last:])
    published, changed = "".join(said[False]).strip(), "".join(said[True]).strip()
    if changed and not labelled and not any(map(str.isdigit, changed)):  # the word stands behind its date
        return "", text
    return published, changed


def _is_little_else(line: str, language: str | None) -> bool:
    """True for a line that is a date and at most its label: what else has one may tell of anything."""
    words = words_beside(line, language)
    return all(len(word) <= _LONGEST_UNKNOWN or word in WEEKDAYS or _LABELS.match(word) for word in words)


def _beside(document: Document, near: list[str], line: str) -> Iterator[tuple[str, str]]:
    """The dates of publication that stand beside the headline."""
    for mark in _marked(document):
        if not mark.of_change and _is_beside(mark, near):
            yield "generic:time", mark.exact
    yield "generic:text", line


def _with_clock(
    told: Found[Moment], seen: Iterable[tuple[str, str]], zone: str | None, language: str | None
) -> Found[Moment]:
    """The moment that the page shows of the day that machines are told, where they are told no more than the day."""
    if told.value.precision is not Precision.DAY:
        return told
    for source, text in seen:
        found = parse(text, zone=zone, language=language)
        day, _, clock = as_written(found).partition("T") if found else ("", "", "")
        if found and day == as_written(told.value) and clock and not clock.startswith(_MIDNIGHT):
            return Found(found, source)
    return told


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
    yield from (mark.exact for mark in _marked(document))
    yield from (text for text in near if any(map(str.isdigit, text)))


def _hinted(
    document: Document, near: list[str], parted: list[tuple[str, str]], lines: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """What may be the day of publication, in the order of trust; that of a change only where there is no other."""
    for name in _PERHAPS:
        yield f"meta:{name}", document.meta(name) or ""
    yield from (("generic:time", mark.exact) for mark in _marked(document) if not mark.of_change)
    dated = [text for text, _ in parted]
    yield from (("generic:text", text) for text in dated if len(text) < _SHORT)
    yield "generic:title", document.title or ""
    yield from (("generic:text", text) for text in dated if len(text) >= _SHORT)
    # An archive's address begins with the day of its copy; the page's own stands in it.
    if found := _IN_URL.search(document.url, max(0, document.url.rfind("http"))):
        yield "generic:url", "-".join(found.groups())
    yield from (("generic:time", exact) for exact in _beside_ages(document, near))
    yield from (("generic:time", mark.exact) for mark in _marked(document) if mark.of_change)
    yield from (("generic:text", changed) for _, changed in parted)
    for node in document.tree.css(_SHOWN)[:60]:
        text = clean(node.text(separator=" "))
        if 5 < len(text) < 200:
            yield from (("generic:text", part) for part in _parted(text) if part)
    yield from (("generic:text", text) for text in lines)


class _Marked(NamedTuple):
    """A date that an element marks: its text, the date in full, and whether it is that of a change."""

    text: str
    exact: str
    of_change: bool


def _marked(document: Document) -> list[_Marked]:
    """The dates that elements mark: those after the headline before those above it."""
    if "marked dates" not in document.notes:
        document.notes["marked dates"] = _find_marked(document)
    found: list[_Marked] = document.notes["marked dates"]
    return found


def _find_marked(document: Document) -> list[_Marked]:
    marks = [mark for mark in document.marks if mark[1] in ("h1", "time") or mark[2].get("itemprop") in _MARKS]
    first = next((place for place, (_, tag, _) in enumerate(marks) if tag == "h1"), -1)
    ordered = [*marks[first + 1 :], *marks[: max(0, first)]]
    dated = [mark for mark in ordered if mark[1] != "h1"][:_MOST_MARKED]
    return [_Marked(*_text_and_date(mark), _is_of_change(mark)) for mark in dated]


def _text_and_date(mark: Mark) -> tuple[str, str]:
    node, _, attributes = mark
    text = clean(node.text())
    return text, attributes.get("datetime") or attributes.get("content") or _exact(attributes) or text


def _exact(attributes: dict[str, str | None]) -> str | None:
    """The date that a pointer or a script is shown where readers see an age, such as `5 hours ago`."""
    title = attributes.get("title") or ""
    return attributes.get("data-timestamp") or (title if any(map(str.isdigit, title)) else None)


def _beside_ages(document: Document, near: list[str]) -> Iterator[str]:
    """The exact dates of elements whose text stands in a line beside the headline."""
    for node in document.tree.css(_WITH_EXACT)[:60] if near else ():
        text, exact = clean(node.text()), _exact(node.attributes)
        if text and exact and any(text in line for line in near):
            yield exact


def _is_of_change(mark: Mark) -> bool:
    """True where the names of an element, or else the words right before it, say that its date is of a change."""
    node, _, attributes = mark
    pubdate = "pubdate" if "pubdate" in attributes else ""
    names = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''} {pubdate}"
    if _PUBLICATION_NAME.search(names) or _CHANGE_NAME.search(names):
        return not _PUBLICATION_NAME.search(names)
    turns = [*_turns(_label(node))]
    return bool(turns and turns[-1]["change"])


def _label(node: LexborNode) -> str:
    """The end of what stands right before an element, or before the one that begins with it."""
    for place in filter(None, (node, node.parent)):
        before = place.prev
        while before is not None and not clean(before.text()):
            before = before.prev
        if before is not None:
            return clean(before.text())[-_LABEL:] if before.tag in _LABEL_TAGS else ""
    return ""


def _modified(document: Document, story: Story) -> Iterator[tuple[str, str]]:
    yield "json-ld:dateModified", story.text("dateModified") or ""
    for name in _MODIFIED:
        yield f"meta:{name}", document.meta(name) or ""
    mark = next((mark for mark in document.marks if mark[2].get("itemprop") == "dateModified"), None)
    if mark is not None:
        yield "generic:time", _text_and_date(mark)[1]
    for item in story.objects:  # what describes the page, where no object is an article
        value = item.get("dateModified")
        yield "json-ld:dateModified", value if isinstance(value, str) and item.get("datePublished") else ""


def _changes(document: Document, near: list[str]) -> Iterator[tuple[str, str]]:
    """What the page shows of the last change."""
    yield from (("generic:time", mark.exact) for mark in _marked(document) if mark.of_change and _is_beside(mark, near))
    yield from (("generic:text", changed) for _, changed in _parted_lines(near))


def _is_beside(mark: _Marked, near: list[str]) -> bool:
    """True for an element beside the headline; others may be those of other articles."""
    return bool(mark.text) and any(mark.text in line for line in near)
