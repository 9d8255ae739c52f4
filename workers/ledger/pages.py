"""Pages as they were fetched, where it is asked to keep them: packed by the caller, gone after their time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from workers.ledger.database import Tx
from workers.ledger.rows import clean, pack, rowset
from workers.ledger.schema import Exact, pages

# Kept pages that one transaction throws away.
BATCH = 500


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was fetched; `content_hash` is that of the version read from it, empty for a parked page."""

    site: str
    key: str
    content_hash: str
    url: str
    content_type: str
    fetched_at: float
    body: bytes


def keep(tx: Tx, kept: Sequence[KeptPage]) -> None:
    """Keep these pages, each in the place of an earlier one of the same content."""
    rows = {(page.site, page.key, page.content_hash): page for page in kept}
    for name in sorted(rows):
        page = {key: clean(value) if isinstance(value, str) else value for key, value in asdict(rows[name]).items()}
        tx.run(_keep(tx.dialect), **page, kept_at=tx.now)


@cache
def _keep(dialect: str) -> Executable:
    insert = postgresql.insert(pages) if dialect == "postgresql" else sqlite.insert(pages)
    names = [column.name for column in pages.c if column.name != "id"]
    adding: Any = insert.values({name: bindparam(name) for name in names})
    new = {name: adding.excluded[name] for name in ("url", "content_type", "fetched_at", "kept_at", "body")}
    putting: Executable = adding.on_conflict_do_update(index_elements=["key", "site", "content_hash"], set_=new)
    return putting


def page(tx: Tx, site: str, key: str, content_hash: str) -> KeptPage | None:
    """The page that this content was read from; None where it was not kept, or no more is."""
    names = [pages.c[name] for name in KeptPage.__dataclass_fields__]
    of = (pages.c.key == key, pages.c.site == site, pages.c.content_hash == content_hash)
    rows = tx.all(select(*names).where(*of))
    return KeptPage(**{**rows[0]._mapping, "body": bytes(rows[0].body)}) if rows else None


def kept(tx: Tx, names: Collection[tuple[str, str]]) -> set[tuple[str, str, str]]:
    """The (site, key, content) of every page that is kept of the URLs with these (site, key); no page is read."""
    rows = tx.all(_kept(tx.dialect), rows=pack({"site": site, "key": key} for site, key in sorted(names)))
    return {(row.site, row.key, row.content_hash) for row in rows}


@cache
def _kept(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (pages.c.key == given.c.key) & (pages.c.site == given.c.site)
    return select(pages.c.site, pages.c.key, pages.c.content_hash).join(given, same)


def throw_away(tx: Tx, seconds: float) -> int:
    """Pages that were kept for longer are thrown away, one batch; how many."""
    old = select(pages.c.id).where(pages.c.kept_at < tx.now - seconds).order_by(pages.c.kept_at).limit(BATCH)
    ids = [row.id for row in tx.all(old.with_for_update(skip_locked=True))]
    return tx.run(delete(pages).where(pages.c.id.in_(ids))) if ids else 0
