"""Stories: which stored articles say MORE ABOUT which, in both directions, by the links that their pages showed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Executable, Text, and_, literal, or_, select, union

from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Exact, Id, articles, links

# Articles of one story that are looked at; more than these no picture can show.
MOST = 200


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """A stored article of a story; times in seconds since 1970."""

    id: int
    site: str
    key: str
    url: str
    headline: str
    published: float | None
    stored_at: float

    @property
    def at(self) -> float:
        """When it was published, or else first stored."""
        return self.stored_at if self.published is None else self.published


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A MORE ABOUT link on the page of a stored article."""

    article_id: int
    url: str


def named(tx: Tx, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], StoryArticle]:
    """The stored articles with these (site, key)."""
    if not names:
        return {}
    rows = tx.all(_named(tx.dialect), rows=pack({"site": site, "key": key} for site, key in sorted(names)))
    return {(row.site, row.key): StoryArticle(**row._mapping) for row in rows}


_COLUMNS = [articles.c[name] for name in StoryArticle.__dataclass_fields__]


@cache
def _named(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (articles.c.key == given.c.key) & (articles.c.site == given.c.site)
    return select(*_COLUMNS).join(given, same)


def links_of(tx: Tx, ids: Iterable[int]) -> list[ShownLink]:
    """What the pages of these articles show as MORE ABOUT."""
    rows = tx.all(_links_of(tx.dialect), rows=pack({"id": id_} for id_ in sorted(ids)))
    return [ShownLink(row.article_id, row.url) for row in rows]


@cache
def _links_of(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    shown = and_(links.c.article_id == given.c.id, links.c.label == "more_about")
    return select(links.c.article_id, links.c.url).join(given, shown).order_by(links.c.article_id, links.c.position)


def links_to(tx: Tx, ids: Iterable[int]) -> list[tuple[StoryArticle, int]]:
    """Articles whose pages show one of these as MORE ABOUT, each with the id of the one shown; the newest first."""
    rows = tx.all(_links_to(tx.dialect), rows=pack({"id": id_} for id_ in sorted(ids)))
    return [(StoryArticle(*tuple(row)[:-1]), row.shown) for row in rows]


@cache
def _links_to(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    shown = articles.alias("shown")
    addresses = union(
        *(
            select(shown.c.id, shown.c[name].label("url")).join(given, shown.c.id == given.c.id)
            for name in ("url", "first_url", "canonical_url")
        )
    ).subquery("addresses")
    # Written as the index has it: a partial one serves only where the statement says the same.
    here = and_(links.c.url == addresses.c.url, links.c.label == literal("more_about", Text(), literal_execute=True))
    of = addresses.join(links, here).join(articles, articles.c.id == links.c.article_id)
    other = or_(articles.c.id < addresses.c.id, articles.c.id > addresses.c.id)
    rows = select(*_COLUMNS, addresses.c.id.label("shown")).select_from(of).where(other).distinct()
    return rows.order_by(articles.c.id.desc()).limit(MOST)
