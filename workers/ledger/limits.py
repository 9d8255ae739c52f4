"""Bounds against crawler traps: how many URLs a site, and one path pattern of it, may have in the ledger.

Stored articles count too: a trap may show an article on every page (a session in the path, one story on many hosts).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Executable, func, select, true
from sqlalchemy.dialects import postgresql, sqlite

from workers.core.work import Candidate, State
from workers.ledger import tally
from workers.ledger.database import Tx
from workers.ledger.rows import clean, pack, rowset
from workers.ledger.schema import Exact, Id, patterns, tallies


@dataclass(frozen=True, slots=True)
class Limits:
    """The most URLs of a site, and of a site's path pattern; None is no limit. A few more may slip in side by side."""

    site: int | None = None
    pattern: int | None = None


Name = tuple[str, str]
SITE, PATTERN = "site-limit", "pattern-limit"
# The state under which `tallies` counts what was refused.
REFUSED = "refused"


def within(tx: Tx, candidates: Sequence[Candidate], limits: Limits) -> tuple[list[Candidate], dict[Name, str]]:
    """Those of new candidates that the limits allow, and by (site, key) which limit refused the others.

    The most wanted come first.
    """
    ordered = sorted(candidates, key=lambda candidate: -candidate.wanted)
    of_site = _site_counts(tx, ordered) if limits.site is not None else Counter()
    of_pattern = _pattern_counts(tx, ordered) if limits.pattern is not None else Counter()
    allowed: list[Candidate] = []
    refused: dict[Name, str] = {}
    for candidate in ordered:
        name = _pattern(candidate)
        if _full(of_site[name[0]], limits.site):
            refused[candidate.site, candidate.key] = SITE
        elif _full(of_pattern[name], limits.pattern):
            refused[candidate.site, candidate.key] = PATTERN
        else:
            allowed.append(candidate)
            of_site[name[0]] += 1
            of_pattern[name] += 1
    return sorted(allowed, key=lambda candidate: (candidate.site, candidate.key)), refused


def count_patterns(tx: Tx, candidates: Iterable[Candidate]) -> None:
    """Count these new URLs with their path patterns."""
    counts = Counter(_pattern(candidate) for candidate in candidates)
    if counts:
        rows = [{"site": site, "pattern": pattern, "urls": n} for (site, pattern), n in sorted(counts.items())]
        tx.run(_count(tx.dialect), rows=pack(rows))


def count_refused(tx: Tx, counts: Mapping[Name, int]) -> None:
    """Count what was refused, by site ("" for messages of the queue) and reason; `status` tells it."""
    tally.add(tx, {(site, REFUSED, reason): n for (site, reason), n in counts.items()})


def _pattern(candidate: Candidate) -> tuple[str, str]:
    return clean(candidate.site), clean(candidate.pattern)


def _full(count: int, limit: int | None) -> bool:
    return limit is not None and count >= limit


def _site_counts(tx: Tx, candidates: Iterable[Candidate]) -> Counter[str]:
    names = sorted({candidate.site for candidate in candidates})
    rows = tx.all(_of_sites(tx.dialect), rows=pack({"site": name} for name in names))
    return Counter({row.site: int(row.n) for row in rows})


@cache
def _of_sites(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact)
    of_urls = tallies.c.state.in_([value.value for value in State])
    return (
        select(tallies.c.site, func.sum(tallies.c.urls).label("n"))
        .join(given, tallies.c.site == given.c.site)
        .where(of_urls)
        .group_by(tallies.c.site)
    )


def _pattern_counts(tx: Tx, candidates: Iterable[Candidate]) -> Counter[tuple[str, str]]:
    names = sorted({_pattern(candidate) for candidate in candidates})
    rows = tx.all(_of_patterns(tx.dialect), rows=pack({"site": site, "pattern": pattern} for site, pattern in names))
    return Counter({(row.site, row.pattern): int(row.urls) for row in rows})


@cache
def _of_patterns(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, pattern=Exact)
    same = (patterns.c.site == given.c.site) & (patterns.c.pattern == given.c.pattern)
    return select(patterns.c.site, patterns.c.pattern, patterns.c.urls).join(given, same)


@cache
def _count(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, pattern=Exact, urls=Id)
    into = postgresql.insert(patterns) if dialect == "postgresql" else sqlite.insert(patterns)
    adding = into.from_select(["site", "pattern", "urls"], select(*given.c).where(true()))
    more = patterns.c.urls + adding.excluded.urls
    return adding.on_conflict_do_update(index_elements=["site", "pattern"], set_={"urls": more})
