"""Reading articles: lists by filter and search, one with its versions and links, and all of them in a stream."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, Select, and_, case, func, or_, select

from workers.core.article import Article
from workers.core.errors import BadInput
from workers.core.exports import Exported
from workers.ledger import search
from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Exact, articles, copies, links, tags, versions

# Articles of one name that are listed for a person to choose from.
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Which:
    """Which articles are meant: those that fit everything given. `since` and `until` bound the published time."""

    site: str | None = None
    section: str | None = None
    tag: str | None = None
    language: str | None = None
    since: float | None = None
    until: float | None = None
    query: str | None = None
    group: int | None = None

    def where(self, dialect: str) -> list[ColumnElement[bool]]:
        """The conditions on articles."""
        equal = {articles.c.site: self.site, articles.c.section: self.section, articles.c.language: self.language}
        conditions = [column == value for column, value in equal.items() if value is not None]
        if self.tag is not None:
            conditions.append(articles.c.id.in_(select(tags.c.article_id).where(tags.c.tag == self.tag)))
        if self.since is not None:
            conditions.append(articles.c.published >= self.since)
        if self.until is not None:
            conditions.append(articles.c.published < self.until)
        if self.query is not None:
            conditions.append(search.matches(dialect, self.query))
        if self.group is not None:
            conditions.append(_in_group(self.group))
        return conditions


def _in_group(group: int) -> ColumnElement[bool]:
    """Its members, or the article of this id where it has no group."""
    members = select(copies.c.article_id).where(copies.c.group_id == group)
    own = select(copies.c.article_id).where(copies.c.article_id == group)
    return or_(articles.c.id.in_(members), and_(articles.c.id == group, ~own.exists()))


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list; times in seconds since 1970. `group` is shared by the `copies` articles of one text."""

    id: int
    site: str
    key: str
    url: str
    headline: str
    section: str | None
    language: str | None
    published: float | None
    stored_at: float
    updated_at: float
    versions: int
    group: int
    copies: int


@dataclass(frozen=True, slots=True)
class Version:
    """One distinct content of an article, as it was last read; `fetched_at` is when it was first.

    `stored_at` is when it was stored, the last time where the article has gone back to it.
    """

    content_hash: str
    url: str
    fetched_at: float
    stored_at: float
    article: Article


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link of the boxes on the article's page."""

    label: str
    url: str
    headline: str | None
    shown_text: str | None
    shown_at: float | None


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One article with all that belongs to it; the versions by when they were first read.

    `content_hash` is that of the version that the article is now, `fetched_at` when it was last read.
    """

    row: ArticleRow
    article: Article
    versions: tuple[Version, ...]
    links: tuple[LinkRow, ...]
    content_hash: str
    fetched_at: float

    @property
    def history(self) -> tuple[Version, ...]:
        """The versions, and once more the one that the article has gone back to, as of when it was last read."""
        again = (version for version in self.versions[:-1] if version.content_hash == self.content_hash)
        return (*self.versions, *(replace(version, fetched_at=self.fetched_at) for version in again))


_VERSIONS = select(func.count()).where(versions.c.article_id == articles.c.id).correlate(articles).scalar_subquery()
_OF_GROUP = copies.alias()
_COPIES = select(func.count()).where(_OF_GROUP.c.group_id == copies.c.group_id).correlate(copies).scalar_subquery()
# Articles that are too short for copies, or older than the index, have no row there: they are groups of one.
_GROUP = [
    func.coalesce(copies.c.group_id, articles.c.id).label("group"),
    case((copies.c.group_id.is_(None), 1), else_=_COPIES).label("copies"),
]
_COUNTED = ("versions", "group", "copies")
_ROW = tuple(name for name in ArticleRow.__dataclass_fields__ if name not in _COUNTED)
WITH_COPIES = articles.outerjoin(copies, copies.c.article_id == articles.c.id)


def columns(names: Iterable[str]) -> list[Any]:
    """These columns of articles with the group and the counts, to be selected from WITH_COPIES."""
    return [*(articles.c[name] for name in names), *_GROUP, _VERSIONS.label("versions")]


def _rows() -> Select[Any]:
    return select(*columns(_ROW)).select_from(WITH_COPIES)


def page(tx: Tx, which: Which, limit: int, after: int | None) -> list[ArticleRow]:
    """Articles that fit, the last stored first."""
    older = [articles.c.id < after] if after is not None else []
    rows = _rows().where(*which.where(tx.dialect), *older)
    return [ArticleRow(**row._mapping) for row in tx.all(rows.order_by(articles.c.id.desc()).limit(limit))]


def documents(tx: Tx, which: Which, limit: int, after: int | None) -> list[Exported]:
    """Articles that fit, whole, in the order of their ids."""
    younger = [articles.c.id > after] if after is not None else []
    rows = _with_document().outerjoin(copies, copies.c.article_id == articles.c.id).add_columns(articles.c.id, *_GROUP)
    rows = rows.where(*which.where(tx.dialect), *younger)
    found = tx.all(rows.order_by(articles.c.id).limit(limit))
    return [Exported(Article.model_validate_json(row.document), row.id, row.group, row.copies) for row in found]


def _with_document() -> Select[Any]:
    newest = and_(versions.c.article_id == articles.c.id, versions.c.content_hash == articles.c.content_hash)
    return select(versions.c.document).select_from(articles.join(versions, newest))


def standing(tx: Tx, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], Article]:
    """The articles of these (site, key) as they stand; those that there are."""
    rows = tx.all(_standing(tx.dialect), rows=pack({"site": site, "key": key} for site, key in sorted(names)))
    return {(row.site, row.key): Article.model_validate_json(row.document) for row in rows}


@cache
def _standing(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (articles.c.key == given.c.key) & (articles.c.site == given.c.site)
    current = (versions.c.article_id == articles.c.id) & (versions.c.content_hash == articles.c.content_hash)
    found = given.join(articles, same).join(versions, current)
    return select(articles.c.site, articles.c.key, versions.c.document).select_from(found)


def article(tx: Tx, name: int | str) -> ArticleFile | None:
    """The article of this id, key or address; BadInput where it may be any of several."""
    found = named(tx, name)
    if len(found) > 1:
        told = ", ".join(f"{row.id} ({row.site})" for row in found)
        raise BadInput(
            f"{name!r} names several articles, of which only one can be shown: {told}. "
            f"Give one by its id: `wireroom articles show {found[0].id}`."
        )
    return file_of(tx, found[0]) if found else None


def named(tx: Tx, name: int | str, site: str | None = None) -> list[ArticleRow]:
    """The articles of this id, or else key, or else address; the first few, since sites may share a key."""
    of_site = [] if site is None else [articles.c.site == site]
    for condition in _names(name):
        rows = tx.all(_rows().where(condition, *of_site).order_by(articles.c.id).limit(MOST_NAMED))
        if rows:
            return [ArticleRow(**row._mapping) for row in rows]
    return []


def _names(name: int | str) -> list[ColumnElement[bool]]:
    if isinstance(name, int):
        return [articles.c.id == name]
    by_address = [column == name for column in (articles.c.url, articles.c.first_url, articles.c.canonical_url)]
    return [articles.c.key == name, *by_address]


def file_of(tx: Tx, row: ArticleRow) -> ArticleFile:
    """The article whole, with its versions and links."""
    of = select(versions).where(versions.c.article_id == row.id).order_by(versions.c.fetched_at, versions.c.id)
    boxes = select(links).where(links.c.article_id == row.id).order_by(links.c.position)
    [current] = tx.all(
        _with_document().add_columns(articles.c.content_hash, articles.c.fetched_at).where(articles.c.id == row.id)
    )
    return ArticleFile(
        row=row,
        article=Article.model_validate_json(current.document),
        versions=tuple(_version(found) for found in tx.all(of)),
        links=tuple(LinkRow(b.label, b.url, b.headline, b.shown_text, b.shown_at) for b in tx.all(boxes)),
        content_hash=current.content_hash,
        fetched_at=current.fetched_at,
    )


def _version(row: Row[Any]) -> Version:
    document = Article.model_validate_json(row.document)
    return Version(row.content_hash, row.url, row.fetched_at, row.stored_at, document)
