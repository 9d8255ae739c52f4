"""Lists that are read again: how many of a site, which of them with its starts, and which pages after new ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Executable, and_, bindparam, case, func, select, update

from workers.core.link import Kind, Label
from workers.ledger.database import Tx
from workers.ledger.rows import clean, pack, rowset
from workers.ledger.schema import Exact, urls

Name = tuple[str, str]

# Lists of a site that are read again, its starts and what persons gave not counted.
MOST_LISTS = 500
# Lists that a site names where it begins, read again together with its starts.
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class NextPage:
    """The page that follows upon a list, both by their (site, key), and what that list shows now."""

    of: Name
    page: Name
    shown: tuple[Name, ...]


def bound(tx: Tx, sites: Collection[str]) -> None:
    """Of these sites only MOST_LISTS are read again: those that rarely bring something, and far ones, are given up."""
    for site in sorted(sites):
        if (more := tx.all(_NUMBER, of=site)[0].n - MOST_LISTS) > 0:
            tx.run(_GIVE_UP, of=site, more=more)


_FOUND = and_(urls.c.site == bindparam("of"), urls.c.every.is_not(None), urls.c.label != Label.SEED.value)
_NUMBER = select(func.count().label("n")).where(_FOUND)
_LAST = (
    select(urls.c.id)
    .where(_FOUND)
    .order_by(urls.c.every.desc(), urls.c.depth.desc(), urls.c.id.desc())
    .limit(bindparam("more"))
    .with_for_update(skip_locked=True)
)
_GIVE_UP = update(urls).where(urls.c.id.in_(_LAST)).values(every=None, revisit_at=None)


def named(tx: Tx, site: str) -> list[int]:
    """The lists that the site itself names, on its front page or in its robots.txt: feeds and sitemaps, then fronts.

    Those that bring most come first.
    """
    return [row.id for row in tx.all(_NAMED, of=site, n=MOST_NAMED)]


_IS_FRONT = case((urls.c.kind.in_((Kind.FEED.value, Kind.SITEMAP.value)), 0), else_=1)
_NAMED = (
    select(urls.c.id)
    .where(_FOUND, urls.c.depth <= 1)
    .order_by(_IS_FRONT, urls.c.every, urls.c.depth, urls.c.id)
    .limit(bindparam("n"))
)


def followed(tx: Tx, pages: Sequence[NextPage]) -> list[int]:
    """The ids of those next pages before which at least half of what is shown came after the last reading.

    What else is new then stands on the next page.
    """
    shown = [
        {"site": clean(page.of[0]), "of": clean(page.of[1]), "of_site": clean(site), "key": clean(key)}
        for page in pages
        for site, key in page.shown
    ]
    full = {(row.site, row.key) for row in tx.all(_news(tx.dialect), rows=pack(shown)) if 2 * row.new >= row.n}
    wanted = [page.page for page in pages if (clean(page.of[0]), clean(page.of[1])) in full]
    rows = pack({"site": clean(site), "key": clean(key)} for site, key in wanted)
    return [row.id for row in tx.all(_ids(tx.dialect), rows=rows)] if wanted else []


@cache
def _news(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, of=Exact, of_site=Exact, key=Exact)
    page, shown = urls.alias("page"), urls.alias("shown")
    new = func.sum(case((shown.c.admitted_at > page.c.read_at, 1), else_=0)).label("new")
    ways = given.join(page, and_(page.c.key == given.c.of, page.c.site == given.c.site)).join(
        shown, and_(shown.c.key == given.c.key, shown.c.site == given.c.of_site)
    )
    return (
        select(page.c.site, page.c.key, new, func.count().label("n"))
        .select_from(ways)
        .group_by(page.c.site, page.c.key)
    )


@cache
def _ids(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    return select(urls.c.id).join(given, and_(urls.c.key == given.c.key, urls.c.site == given.c.site))
