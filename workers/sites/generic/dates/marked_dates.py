"""The dates that a page's elements mark: `<time>`, properties, and what shows an age and holds the date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from workers.core.text import clean
from workers.sites.generic.dates.date_words import LABEL, turns_in
from workers.sites.generic.others import is_in_card, is_of_another
from workers.sites.page.document import Document, Mark, attribute, short_text

_MARKS = frozenset(("datePublished", "dateCreated"))
_MOST_SEEN, _MOST_MARKED = 60, 6
_LONGEST_DATE = 1_000
_CHANGE_NAME = re.compile(r"updat|modif", re.I)
_PUBLICATION_NAME = re.compile(r"publi|pubdate|created|entry-date", re.I)
_LABEL_TAGS = frozenset(("-text", "span", "b", "strong", "em", "i", "small", "label", "dt", "p", "div", "abbr"))
_WITH_CONTENT = "[property][content]:not(meta),abbr[title]"
_WITH_EXACT = "abbr[title],span[title],[data-timestamp]"


class Marked(NamedTuple):
    """A date that an element marks: its text, the date in full, and whether it is that of a change."""

    text: str
    exact: str
    of_change: bool


def marked_dates(document: Document) -> list[Marked]:
    """The dates that elements mark: those after the headline before those above it."""
    if "marked dates" not in document.notes:
        document.notes["marked dates"] = _find_marked(document)
    found: list[Marked] = document.notes["marked dates"]
    return found


def _find_marked(document: Document) -> list[Marked]:
    marks = [mark for mark in document.marks if mark[1] in ("h1", "time") or mark[2].get("itemprop") in _MARKS]
    first = next((place for place, (_, tag, _) in enumerate(marks) if tag == "h1"), -1)
    ordered = [*marks[first + 1 :], *marks[: max(0, first)]]
    dated = [mark for mark in ordered if mark[1] != "h1"][:_MOST_SEEN]
    own = (mark for mark in dated if not is_of_another(mark[0], document) and not is_in_card(mark[0], document))
    return [Marked(*text_and_date(mark), _is_of_change(mark)) for mark in islice(own, _MOST_MARKED)]


def text_and_date(mark: Mark) -> tuple[str, str]:
    node, _, attributes = mark
    text = clean(short_text(node, _LONGEST_DATE))
    return text, attributes.get("datetime") or attributes.get("content") or _exact(attributes) or text


def _exact(attributes: dict[str, str | None]) -> str | None:
    """The date that a pointer or a script is shown where readers see an age, such as `5 hours ago`."""
    title = attributes.get("title") or ""
    return attributes.get("data-timestamp") or (title if any(map(str.isdigit, title)) else None)


def beside_ages(document: Document, near: list[str]) -> Iterator[str]:
    """The exact dates of elements whose text stands in a line beside the headline."""
    for node in document.tree.css(_WITH_EXACT)[:60] if near else ():
        text, exact = clean(short_text(node, _LONGEST_DATE)), _exact(node.attributes)
        if text and exact and any(text in line for line in near):
            yield exact


def exact_in(document: Document, line: str) -> Iterator[str]:
    """The dates in full that elements of the line have: as a property's content, or for a pointer."""
    if "exact dates" not in document.notes:
        document.notes["exact dates"] = [*_exact_dates(document)]
    told: list[tuple[str, str]] = document.notes["exact dates"]
    return (exact for text, exact in told if text in line)


def _exact_dates(document: Document) -> Iterator[tuple[str, str]]:
    """The texts of such elements, each with its date."""
    for node in document.tree.css(_WITH_CONTENT)[:60]:
        exact = attribute(node, "content") or attribute(node, "title") or ""
        text = clean(short_text(node, _LONGEST_DATE)) if any(map(str.isdigit, exact)) else ""
        if text:
            yield text, exact


def _is_of_change(mark: Mark) -> bool:
    """True where the names of an element, or else the words right before it, say that its date is of a change."""
    node, _, attributes = mark
    pubdate = "pubdate" if "pubdate" in attributes else ""
    names = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''} {pubdate}"
    if _PUBLICATION_NAME.search(names) or _CHANGE_NAME.search(names):
        return not _PUBLICATION_NAME.search(names)
    turns = [*turns_in(_label(node))]
    return bool(turns and turns[-1]["change"])


def _label(node: LexborNode) -> str:
    """The end of what stands right before an element, or before the one that begins with it."""
    for place in filter(None, (node, node.parent)):
        before = place.prev
        while before is not None and not clean(short_text(before, _LONGEST_DATE)):
            before = before.prev
        if before is not None:
            return clean(short_text(before, _LONGEST_DATE))[-LABEL:] if before.tag in _LABEL_TAGS else ""
    return ""


def is_beside(mark: Marked, near: list[str]) -> bool:
    """True for an element beside the headline; others may be those of other articles. A line may be part of one."""
    return bool(mark.text) and any(mark.text in line or is_dated_part(line, mark.text) for line in near)


def is_dated_part(line: str, text: str) -> bool:
    """True for a line with numbers that an element begins with, whose other parts are lines of their own."""
    return any(map(str.isdigit, line)) and text.startswith(line)
