"""Articles in the forms that others read: JSON lines, CSV, IPTC ninjs and schema.org JSON-LD, one article a line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from workers.core.article import Article
from workers.core.jsonld import news_article, written
from workers.core.ninjs import item
from workers.core.steering import STEERING, json_line

# What a spreadsheet takes for the beginning of a formula, also behind spaces and in its full-width form.
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

Lines = Iterator[str]

CSV_COLUMNS = (
    *("site", "key", "url", "headline", "published", "modified", "section", "language", "authors", "tags"),
    *("lead", "body", "image", "image_credit", "corrected", "publisher"),
)


def jsonl(articles: Iterable[Article]) -> Lines:
    """Every field of each article, as our own model names them."""
    return (json_line(article.model_dump(mode="json")) + "\n" for article in articles)


def ninjs(articles: Iterable[Article]) -> Lines:
    """An IPTC ninjs 3.0 item for each article."""
    return (json_line(item(article)) + "\n" for article in articles)


def json_ld(articles: Iterable[Article]) -> Lines:
    """A schema.org NewsArticle for each article; safe within a script element."""
    return (json_line(news_article(article)).replace("<", "\\u003c") + "\n" for article in articles)


def csv_lines(articles: Iterable[Article]) -> Lines:
    """RFC 4180 with a header; no cell can be taken for a formula."""
    yield _csv_line(CSV_COLUMNS)
    for article in articles:
        yield _csv_line(cell(value) for value in _csv_values(article))


def _csv_values(article: Article) -> Iterator[object]:
    image = article.image
    several: dict[str, Any] = {
        "published": written(article.published),
        "modified": written(article.modified),
        "authors": "; ".join(article.authors),
        "tags": "; ".join(article.tags),
        "body": article.text,
        "image": image and image.url,
        "image_credit": image and image.credit,
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


FORMATS: dict[str, Callable[[Iterable[Article]], Lines]] = {
    "jsonl": jsonl,
    "csv": csv_lines,
    "ninjs": ninjs,
    "json-ld": json_ld,
}
