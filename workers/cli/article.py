"""One article on the screen: its fields with where each came from, its text, its boxes, its versions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from workers.cli.output import exactly, moment, print_fields, print_line, print_table
from workers.core.article import Article, Block, BlockKind, Moment
from workers.core.errors import BadInput

if TYPE_CHECKING:
    from workers.ledger import ArticleFile, Ledger

_MARKS = {BlockKind.PARAGRAPH: "", BlockKind.HEADING: "## ", BlockKind.QUOTE: "> ", BlockKind.ITEM: "- "}
_FIELDS = (
    *("published", "modified", "event", "section", "authors", "tags", "language", "reading_minutes", "corrected"),
    *("paywalled", "publisher", "canonical_url", "image"),
)


def find(ledger: Ledger, name: str) -> ArticleFile:
    """The article of this id, key or URL."""
    found = (
        ledger.article(int(name)) if name.isascii() and name.isdigit() and len(name) < 19 else None
    ) or ledger.article(name)
    if found is None:
        raise BadInput(f"No article has the id, key or URL {name!r}. `wireroom articles search WORDS` finds one.")
    return found


def as_dict(found: ArticleFile) -> dict[str, Any]:
    """The article as JSON values: every field of its newest version, and what the ledger adds."""
    row, article = found.row, found.article
    versions = [{**asdict(version), "article": None} for version in found.versions]
    for version in versions:
        del version["article"]
        version.update({name: exactly(version[name]) for name in ("fetched_at", "stored_at")})
    ledger = {"id": row.id, "stored_at": exactly(row.stored_at), "updated_at": exactly(row.updated_at)}
    return {**ledger, **json.loads(article.model_dump_json()), "versions": versions}


def print_article(found: ArticleFile) -> None:
    """Headline, fields, text and boxes."""
    article = found.article
    print_line(article.headline, style="bold")
    names = [("id", found.row.id), ("site", article.site), ("key", article.key), ("url", article.url)]
    stored = [("stored", f"{moment(found.row.stored_at)} UTC"), ("versions", len(found.versions))]
    print_fields([*names, *_fields(article), *stored])
    for text in (article.lead, *map(_block, article.body)):
        if text:
            print_line()
            print_line(text)
    for label, links in groupby(article.links, key=lambda link: link.label):
        print_line()
        print_line(label.replace("_", " ").upper(), style="bold")
        for link in links:
            print_line("  ".join(filter(None, (link.shown_text, link.headline, link.url))))


def _block(block: Block) -> str:
    return _MARKS[block.kind] + block.text


def _fields(article: Article) -> Iterator[tuple[str, object]]:
    for name in _FIELDS:
        value = getattr(article, name)
        if value is not None and value not in ((), False):
            origin = article.provenance.get(name)
            yield name.replace("_", " "), f"{_written(value)}{f'   [{origin}]' if origin else ''}"


def _written(value: object) -> str:
    match value:
        case Moment():
            return f"{moment(value.at.timestamp())} UTC (written {value.text!r})"
        case tuple():
            return ", ".join(map(str, value))
        case bool():
            return "yes"
        case str() | int():
            return str(value)
    parts = (getattr(value, name, None) for name in ("url", "alt", "caption", "credit"))
    return " | ".join(filter(None, parts))


def print_versions(found: ArticleFile) -> None:
    """Each distinct content of the article, as it was read."""
    print_line(found.article.headline, style="bold")
    rows = [
        (
            moment(v.fetched_at),
            v.content_hash[:8],
            "yes" if v.article.corrected else "",
            len(v.article.text),
            v.article.headline,
        )
        for v in found.versions
    ]
    print_table(("fetched (UTC)", "content", "corrected", "#characters", "headline"), rows, wide="headline")
