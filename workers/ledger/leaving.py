"""Leaving: pages that wait for their first attempt, and of which it is known by now that no story is there.

Where one is found after all, those that were left wait again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache

from sqlalchemy import Executable, bindparam, select, text, update

from workers.core.errors import BarrenPath
from workers.core.link import Kind, Label
from workers.core.work import State
from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Id, articles, urls
from workers.ledger.sql import BATCH, FRESH, has_state, is_state, journal, line, state

IsLeft = Callable[[str, str | None], bool]
# So many of one site, with one part in their addresses, are looked at in one go.
_MOST = 20_000
# One of ten is asked for, five at most: of fifty that were no stories others may be lists, and these what they list.
_OF_SO_MANY_ONE, _MOST_ASKED = 10, 5
_WHY = "Many pages of this path were no articles, and none was one."


def waiting(tx: Tx, site: str, part: str, is_left: IsLeft) -> list[int]:
    """The ids of pages with this part in their addresses that wait for their first attempt and are to be left.

    Not those that a person or a feed has named; and of many some are asked for all the same: were they stories, all
    come back. Those farthest from a start, as stories are behind their lists.
    """
    rows = tx.all(_WAITING, of=site, part=part, n=_MOST)
    found = [row.id for row in rows if is_left(row.url, row.headline)]
    return found[min(len(found) // _OF_SO_MANY_ONE, _MOST_ASKED) :]


def left(tx: Tx, site: str, part: str, is_left: IsLeft) -> list[int]:
    """The ids of those that were left."""
    rows = tx.all(_LEFT, of=site, part=part, n=_MOST)
    return [row.id for row in rows if is_left(row.url, row.headline)]


def has_story(tx: Tx, site: str, part: str, is_of: Callable[[str], bool]) -> bool:
    """True where an article of the site was first asked for at such an address: by whichever process, and whenever."""
    return any(is_of(row.first_url) for row in tx.all(_STORIES, of=site, part=part, n=_MOST))


_STORIES = (
    select(articles.c.first_url)
    .where(articles.c.site == bindparam("of"), articles.c.first_url.contains(bindparam("part")))
    .limit(bindparam("n"))
)
_OF_PATH = (urls.c.site == bindparam("of"), urls.c.url.contains(bindparam("part")))
_FOUND = select(urls.c.id, urls.c.url, urls.c.headline).limit(bindparam("n"))
_LINKED = urls.c.label.not_in((Label.SEED.value, Label.FEED.value))
_PAGES = _FOUND.where(FRESH, urls.c.visit == 1, urls.c.kind == Kind.PAGE.value, _LINKED, *_OF_PATH)
_WAITING = _PAGES.order_by(urls.c.depth.desc(), urls.c.wanted.desc())
# Written out: a database uses a partial index only where it sees the literal.
_LEFT = _FOUND.where(text(f"reason = '{BarrenPath.reason}'"), is_state(State.SKIPPED), *_OF_PATH)


def leave(tx: Tx, ids: Collection[int]) -> int:
    """Those of these that still wait for their first attempt are skipped; returns how many."""
    changed = 0
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        rows = pack({"id": id_} for id_ in ordered[start : start + BATCH])
        said = line(tx.now, State.SKIPPED.value, BarrenPath.reason)
        changed += tx.run(_leave(tx.dialect), now=tx.now, line=said, why=_WHY, rows=rows)
    return changed


@cache
def _leave(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    free = select(urls.c.id).join(given, given.c.id == urls.c.id)
    free = free.where(has_state(State.WAITING), urls.c.due_at.is_(None)).order_by(urls.c.id)
    return (
        update(urls)
        .where(urls.c.id.in_(free.with_for_update(of=urls, skip_locked=True)))
        .values(
            state=state(State.SKIPPED),
            reason=BarrenPath.reason,
            detail=bindparam("why"),
            state_at=bindparam("now"),
            journey=journal(),
        )
    )
