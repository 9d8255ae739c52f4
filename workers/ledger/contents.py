"""What hangs on an article: its versions, links, tags and searchable words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, FromClause, Table, Text, case, delete, select, update

from workers.core.article import Article, Moment
from workers.ledger import search
from workers.ledger.adding import add, add_new
from workers.ledger.database import Tx
from workers.ledger.rows import clean, pack, rowset
from workers.ledger.schema import Id, Seconds, articles, links, tags, versions
from workers.ledger.sketch import Sketch, sketch_of


@dataclass(frozen=True, slots=True)
class Intake:
    """An article as it was read from one page: `asked` is the URL asked for, `fetched_at` seconds since 1970.

    `key_of` gives the key of an address of its site, where an article may be stored under another one than its own.
    `twin` is its number by core/same.py on a site whose stories may have several addresses, `url_id` the URL's id.
    """

    article: Article
    asked: str
    fetched_at: float
    key_of: Callable[[str], str] | None = None
    twin: int | None = None
    url_id: int | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """An intake that a database will take, with its article as JSON, its content's hash and sketch, made once."""

    article: Article
    asked: str
    fetched_at: float
    key_of: Callable[[str], str] | None
    twin: int | None
    url_id: int | None
    document: str
    content_hash: str
    sketch: Sketch | None

    @property
    def name(self) -> tuple[str, str]:
        """Under which it is stored: site and key."""
        return self.article.site, self.article.key

    def key_at(self, url: str) -> str:
        """The key of what is at home at this address of the site."""
        return self.key_of(url) if self.key_of else self.article.key


def whole(intake: Intake) -> Whole:
    """The intake with nothing in it that a database refuses: no NUL, no lone surrogates."""
    article = intake.article
    document = _document(article)
    if document is None:
        article = Article.model_validate(_scrubbed(article.model_dump()))
        document = article.model_dump_json()
    return Whole(
        article=article,
        asked=clean(intake.asked),
        fetched_at=intake.fetched_at,
        key_of=intake.key_of,
        twin=intake.twin,
        url_id=intake.url_id,
        document=document,
        content_hash=article.content_hash,
        sketch=sketch_of(article),
    )


def _document(article: Article) -> str | None:
    try:
        document = article.model_dump_json()
    except ValueError:
        return None
    return None if "\\u0000" in document else document


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return clean(str(value))
    if isinstance(value, dict):
        return {_scrubbed(key): _scrubbed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_scrubbed(item) for item in value)
    return value


def seconds(moment: Moment | None) -> float | None:
    """A moment as seconds since 1970; any year will do."""
    return moment.at.timestamp() if moment else None


def article_row(reading: Whole, first_url: str, now: float) -> dict[str, Any]:
    """The reading as a row of articles, without its id."""
    article = reading.article
    return {
        "site": article.site,
        "key": article.key,
        "url": article.url,
        "first_url": first_url,
        "canonical_url": article.canonical_url,
        "headline": article.headline,
        "section": article.section,
        "language": article.language,
        "published": seconds(article.published),
        "modified": seconds(article.modified),
        "event": seconds(article.event),
        "reading_minutes": article.reading_minutes,
        "corrected": article.corrected,
        "publisher": article.publisher,
        "fetched_at": reading.fetched_at,
        "stored_at": now,
        "updated_at": now,
        "content_hash": reading.content_hash,
        "twin": reading.twin,
    }


def article_rows(dialect: str, **more: Any) -> FromClause:
    """Rows of articles as a parameter, with further columns."""
    return rowset(dialect, **{column.name: column.type for column in articles.c if column.name != "id"}, **more)


def add_versions(tx: Tx, readings: Iterable[tuple[int, Whole]]) -> list[int]:
    """Enter contents that are not there yet; the article's id for each that was new."""
    rows = [
        {
            "article_id": article_id,
            "content_hash": reading.content_hash,
            "url": reading.article.url,
            "fetched_at": reading.fetched_at,
            "stored_at": tx.now,
            "document": reading.document,
        }
        for article_id, reading in readings
    ]
    new = add_new(tx, versions, ("article_id", "content_hash"), ("article_id",), rows)
    return [row.article_id for row in new]


def date_back(tx: Tx, readings: Iterable[tuple[int, Whole]]) -> None:
    """Contents that turn out to have been read before, by readings oldest first, are of that time."""
    first: dict[tuple[int, str], float] = {}
    for article_id, reading in readings:
        first.setdefault((article_id, reading.content_hash), reading.fetched_at)
    if first:
        rows = ({"id": id_, "content_hash": content, "fetched_at": at} for (id_, content), at in first.items())
        tx.run(_date_back(tx.dialect), rows=pack(rows))


@cache
def _date_back(dialect: str) -> Executable:
    given = rowset(dialect, id=Id, content_hash=Text(), fetched_at=Seconds)
    same = (versions.c.article_id == given.c.id) & (versions.c.content_hash == given.c.content_hash)
    return (
        update(versions).where(same, versions.c.fetched_at > given.c.fetched_at).values(fetched_at=given.c.fetched_at)
    )


def replace(tx: Tx, newest: Mapping[int, Whole], new: Collection[int]) -> None:
    """Make these locked articles what was read last; `new` ones have no earlier links, tags and words."""
    before = sorted(newest.keys() - new)
    if before:
        _update(tx, {id_: newest[id_] for id_ in before})
        for table in (links, tags):
            tx.run(_delete(tx.dialect, table), rows=pack({"id": id_} for id_ in before))
    add(tx, links, _link_rows(newest))
    add(tx, tags, _tag_rows(newest))
    search.index(tx, {id_: _words(reading.article) for id_, reading in newest.items()}, before)


def _update(tx: Tx, readings: Mapping[int, Whole]) -> None:
    rows = pack({**article_row(r, r.asked, tx.now), "id": id_, "document": r.document} for id_, r in readings.items())
    tx.run(_update_articles(tx.dialect), rows=rows)
    tx.run(_update_versions(tx.dialect), rows=rows)


@cache
def _update_articles(dialect: str) -> Executable:
    given = article_rows(dialect, id=Id)
    kept = ("id", "site", "key", "first_url", "stored_at", "updated_at")
    values: dict[str, Any] = {column.name: column for column in given.c if column.name not in kept}
    same = articles.c.content_hash == given.c.content_hash
    values["updated_at"] = case((same, articles.c.updated_at), else_=given.c.updated_at)
    return update(articles).where(articles.c.id == given.c.id).values(**values)


@cache
def _update_versions(dialect: str) -> Executable:
    given = rowset(dialect, id=Id, content_hash=Text(), fetched_at=Seconds, url=Text(), document=Text())
    same = (versions.c.article_id == given.c.id) & (versions.c.content_hash == given.c.content_hash)
    values = {"document": given.c.document, "url": given.c.url}
    return update(versions).where(same, versions.c.fetched_at < given.c.fetched_at).values(**values)


@cache
def _delete(dialect: str, table: Table) -> Executable:
    given = rowset(dialect, id=Id)
    return delete(table).where(table.c.article_id.in_(select(given.c.id)))


def _link_rows(readings: Mapping[int, Whole]) -> list[tuple[Any, ...]]:
    return [
        (id_, position, link.label.value, link.url, link.headline, link.shown_text, _timestamp(link.shown_at))
        for id_, reading in readings.items()
        for position, link in enumerate(reading.article.links)
    ]


def _timestamp(at: datetime | None) -> float | None:
    return at.timestamp() if at else None


def _tag_rows(readings: Mapping[int, Whole]) -> list[tuple[Any, ...]]:
    return [(id_, tag) for id_, reading in readings.items() for tag in sorted(set(reading.article.tags))]


def _words(article: Article) -> str:
    return "\n".join(filter(None, [article.headline, article.lead, " ".join(article.tags), article.text]))
