"""Articles in the forms that others read: JSON lines, CSV, IPTC ninjs and schema.org JSON-LD, one article a line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from workers.core.article import Article
from workers.core.jsonld import news_article, written
from workers.core.ninjs import item
from workers.core.steering import STEERING, json_line

# What a spreadsheet takes for the beginning of a formula, also behind spaces and in its full-width form.
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

Lines = Iterator[str]


class Exported(NamedTuple):
    """An article with what the ledger knows of its copies: those of one `group` have nearly the same text."""

    article: Article
    id: int = 0
    group: int = 0
    copies: int = 1


CSV_COLUMNS = (
    *("site", "key", "url", "headline", "published", "modified", "section", "language", "authors", "tags"),
    *("lead", "body", "image", "image_credit", "corrected", "publisher", "group", "copies"),
)


def jsonl(articles: Iterable[Exported]) -> Lines:
    """Every field of each article, as our own model names them, and its group of copies."""
    for each in articles:
        yield json_line({**each.article.model_dump(mode="json"), "group": each.group, "copies": each.copies}) + "\n"


def ninjs(articles: Iterable[Exported]) -> Lines:
    """An IPTC ninjs 3.0 item for each article."""
    return (json_line(item(each.article, _group(each))) + "\n" for each in articles)


def json_ld(articles: Iterable[Exported]) -> Lines:
    """A schema.org NewsArticle for each article; safe within a script element."""
    values = (news_article(each.article, _group(each)) for each in articles)
    return (json_line(value).replace("<", "\\u003c") + "\n" for value in values)


def _group(each: Exported) -> int | None:
    """The group where it has more than one member: elsewhere the forms of others need no word for it."""
    return each.group if each.copies > 1 else None


def csv_lines(articles: Iterable[Exported]) -> Lines:
    """RFC 4180 with a header; no cell can be taken for a formula."""
    yield _csv_line(CSV_COLUMNS)
    for each in articles:
        yield _csv_line(cell(value) for value in _csv_values(each))


def _csv_values(each: Exported) -> Iterator[object]:
    article, image = each.article, each.article.image
    several: dict[str, Any] = {
        "published": written(article.published),
        "modified": written(article.modified),
        "authors": "; ".join(article.authors),
        "tags": "; ".join(article.tags),
        "body": article.text,
        "image": image and image.url,
        "image_credit": image and image.credit,
        "group": each.group,
        "copies": each.copies,
    }
    return (several[name] if name in several else getattr(article, name) for name in CSV_COLUMNS)


def _csv_line(values: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(values)
    return line.getvalue()


def cell(value: object) -> str:
    """A value as a spreadsheet's cell: an apostrophe before what would be a formula, nothing that steers."""
    if value is None:
        return ""
    lines = _LINE_ENDS.sub("\n", str(value)).split("\n")
    text = "\n".join(STEERING.sub(lambda found: "\t" if found[0] == "\t" else "", line) for line in lines)
    return f"'{text}" if _FORMULA.match(text) else text


FORMATS: dict[str, Callable[[Iterable[Exported]], Lines]] = {
    "jsonl": jsonl,
    "csv": csv_lines,
    "ninjs": ninjs,
    "json-ld": json_ld,
}
