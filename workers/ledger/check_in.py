"""Check in: pages that are at hand already, from files, take the place of fetched ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Executable, select

from workers.core.urls import host_of
from workers.core.work import Candidate, Lease
from workers.ledger.admit import Known, enter, enter_sites, unknown
from workers.ledger.database import Tx
from workers.ledger.lease import lease_row, take_urls
from workers.ledger.limits import Limits
from workers.ledger.revisit import visit_again
from workers.ledger.rows import clean, pack, rowset
from workers.ledger.schema import HANDOFF, Exact, urls


def check_in(tx: Tx, candidates: Sequence[Candidate], seconds: float) -> list[Lease]:
    """Admit these URLs where they are new and lease them to the hand-off, as if their pages had just been fetched.

    A settled one begins a new visit; one that is leased to somebody is left out. Sites that are new are paused, so that
    nothing of them is ever fetched: only files were asked for.
    """
    enter_sites(tx, sorted({candidate.site for candidate in candidates}), paused=True)
    new, sooner = unknown(tx, candidates)
    enter(tx, new, sooner, Limits(), Known())
    names = pack({"site": clean(c.site), "key": clean(c.key)} for c in candidates)
    ids = [row.id for row in tx.all(_named(tx.dialect), rows=names)]
    visit_again(tx, ids, "read from a file")
    return [lease_row(host_of(row.url), row, may_have_parts=False) for row in take_urls(tx, HANDOFF, seconds, ids)]


@cache
def _named(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    same = (urls.c.key == given.c.key) & (urls.c.site == given.c.site)
    return select(urls.c.id).join(given, same).order_by(urls.c.id)
