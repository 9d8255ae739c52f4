"""One article on the screen: its fields with where each came from, its text, its boxes, its versions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from workers.cli.output import exactly, moment, print_fields, print_line
from workers.cli.versions import as_lines
from workers.core.article import Article, Block, BlockKind, Moment
from workers.core.errors import BadInput

if TYPE_CHECKING:
    from workers.ledger import ArticleFile, ArticleRow, Ledger

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
    versions = [
        {**asdict(version), "article": None, "current": version.content_hash == found.content_hash}
        for version in found.versions
    ]
    for version, changes in zip(versions, as_lines(found), strict=True):
        del version["article"]
        version["changes"] = changes
        version.update({name: exactly(version[name]) for name in ("fetched_at", "stored_at")})
    ledger = {"id": row.id, "stored_at": exactly(row.stored_at), "updated_at": exactly(row.updated_at)}
    ledger |= {"group": row.group, "copies": row.copies}
    return {**ledger, **json.loads(article.model_dump_json()), "versions": versions}


def print_article(found: ArticleFile, copies: Sequence[ArticleRow] = ()) -> None:
    """Headline, fields, text and boxes; then the other `copies` of its text."""
    article = found.article
    print_line(article.headline, style="bold")
    names = [("id", found.row.id), ("site", article.site), ("key", article.key), ("url", article.url)]
    stored = [("stored", f"{moment(found.row.stored_at)} UTC"), ("versions", len(found.versions))]
    group = [("copies", f"{found.row.copies} of this text, in group {found.row.group}")] if copies else []
    print_fields([*names, *_fields(article), *stored, *group])
    for text in (article.lead, *map(_block, article.body)):
        if text:
            print_line()
            print_line(text)
    for label, links in groupby(article.links, key=lambda link: link.label):
        print_line()
        print_line(label.replace("_", " ").upper(), style="bold")
        for link in links:
            print_line("  ".join(filter(None, (link.shown_text, link.headline, link.url))))
    _print_copies(copies)


def _print_copies(copies: Sequence[ArticleRow]) -> None:
    if copies:
        print_line()
        print_line("COPIES", style="bold")
    for row in copies:
        print_line(f"{row.id}  {row.site}  {row.headline}  {row.url}")


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
