"""The wire: articles as they were stored, with lag and the box each was found in; and what is new since a moment.

Every distinct content that is stored gets a number, its version's id, in the transaction that stores it; one that its
article goes back to gets a new one. These numbers are what a reader of the live wire goes on from. On PostgreSQL a
number may become visible after a larger one, so whoever follows the numbers looks back `SETTLES` seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, and_, bindparam, column, func, select, table, update

from workers.ledger.database import Tx
from workers.ledger.reading import WITH_COPIES, Which, columns
from workers.ledger.schema import Seconds, articles, urls, versions

# No transaction that stores articles takes longer: its statements and locks have shorter ends.
SETTLES = 30.0


@dataclass(frozen=True, slots=True)
class WireRow:
    """An article on the wire; times in seconds since 1970. `label` is the box it was found in, on the page `seen_on`.

    `version` numbers the content; `first` says whether it is the article's first one.
    """

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
    corrected: bool
    versions: int
    group: int
    copies: int
    label: str | None
    seen_on: str | None
    version: int = 0
    first: bool = True

    @property
    def lag(self) -> float | None:
        """Seconds from its publication to its commit; an article that is announced before its time has none."""
        return None if self.published is None else max(0.0, self.stored_at - self.published)


_NAMES = (
    *("id", "site", "key", "url", "headline", "section", "language", "published"),
    *("stored_at", "updated_at", "corrected"),
)
_FOUND = and_(urls.c.key == articles.c.key, urls.c.site == articles.c.site)

_OLDER = versions.alias("older")


def _rows(*more: Any) -> Select[Any]:
    return select(*columns(_NAMES), urls.c.label, urls.c.seen_on, *more)


def wire(tx: Tx, which: Which, limit: int, after: int | None) -> list[WireRow]:
    """Articles that fit, the last stored first; `after` is the id of the last one of the page before."""
    older = [articles.c.id < after] if after is not None else []
    rows = _rows().select_from(WITH_COPIES.outerjoin(urls, _FOUND)).where(*which.where(tx.dialect), *older)
    return [WireRow(**row._mapping) for row in tx.all(rows.order_by(articles.c.id.desc()).limit(limit))]


def news(tx: Tx, which: Which, after: int, limit: int) -> list[WireRow]:
    """Contents with numbers above `after` whose articles fit, in the order of the numbers."""
    earlier = select(_OLDER.c.id).where(_OLDER.c.article_id == versions.c.article_id, _OLDER.c.id < versions.c.id)
    # One that the article went back to has a number above that of the second, but was not stored with the article.
    first = and_(~earlier.exists(), versions.c.stored_at <= articles.c.stored_at).label("first")
    of = WITH_COPIES.outerjoin(urls, _FOUND).join(versions, versions.c.article_id == articles.c.id)
    rows = _rows(versions.c.id.label("version"), first).select_from(of)
    rows = rows.where(versions.c.id > after, *which.where(tx.dialect)).order_by(versions.c.id).limit(limit)
    return [WireRow(**{**row._mapping, "first": bool(row.first)}) for row in tx.all(rows)]


def tell_again(tx: Tx, contents: Iterable[tuple[int, str]]) -> None:
    """Number anew, as stored now, those of these contents of articles that were stored before."""
    for article_id, content_hash in contents:  # an article seldom goes back
        if tx.dialect == "sqlite":
            tx.run(_TAKE_NUMBER)
        tx.run(_number_anew(tx.dialect), article=article_id, content=content_hash, now=tx.now)


# Where SQLite keeps the largest number that it ever gave to a row of a table.
_SEQUENCE = table("sqlite_sequence", column("name"), column("seq"))
_TAKEN = select(_SEQUENCE.c.seq).where(_SEQUENCE.c.name == "versions")
_TAKE_NUMBER = update(_SEQUENCE).where(_SEQUENCE.c.name == "versions").values(seq=_SEQUENCE.c.seq + 1)


@cache
def _number_anew(dialect: str) -> Executable:
    nextval = func.nextval(func.pg_get_serial_sequence("versions", "id"))
    number = nextval if dialect == "postgresql" else _TAKEN.scalar_subquery()
    same = and_(versions.c.article_id == bindparam("article"), versions.c.content_hash == bindparam("content"))
    now = bindparam("now", type_=Seconds)
    return update(versions).where(same, versions.c.stored_at < now).values(id=number, stored_at=now)


def head(tx: Tx) -> int:
    """The largest number there is; 0 where nothing is stored."""
    return int(tx.all(select(func.coalesce(func.max(versions.c.id), 0).label("id")))[0].id)


def settled_before(tx: Tx, number: int) -> int:
    """The number to go on from for one who has seen everything up to `number`, save what became visible later."""
    if tx.dialect == "sqlite":
        return number  # it has one writer at a time
    known = select(versions.c.id, versions.c.stored_at).where(versions.c.id <= number)
    newest = tx.all(known.order_by(versions.c.id.desc()).limit(1))
    if not newest:
        return 0
    long_ago = select(versions.c.id).where(
        versions.c.id <= number, versions.c.stored_at < newest[0].stored_at - SETTLES
    )
    found = tx.all(long_ago.order_by(versions.c.id.desc()).limit(1))
    return int(found[0].id) if found else 0


def distinct(tx: Tx, name: str, limit: int) -> list[str]:
    """The values of `section` or `language` in use, in order: from one to the next by the index, however many rows."""
    column, found = articles.c[name], list[str]()
    while len(found) < limit:
        later = column > found[-1] if found else column.is_not(None)
        rows = tx.all(select(column.label("value")).where(later).order_by(column).limit(1))
        if not rows:
            break
        found.append(rows[0].value)
    return found
