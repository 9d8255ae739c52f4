"""Admit: enter links into the ledger; only the first time counts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Executable,
    Float,
    Integer,
    Text,
    bindparam,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from workers.core.work import Candidate, State
from workers.ledger.database import Tx
from workers.ledger.limits import Limits, count_patterns, count_refused, within
from workers.ledger.rows import clean, pack, rowset
from workers.ledger.schema import Exact, Id, hosts, lanes, sites, urls
from workers.ledger.sql import FRESH, has_state, line, state
from workers.ledger.waking import bump

Name = tuple[str, str]

# The longest key and URL that an index of PostgreSQL takes for certain.
LONGEST = 2_048
# A link that is seen again is only wanted more when that moves it by more than this.
_WANTED_MORE = 60.0


@dataclass(frozen=True, slots=True)
class Admitted:
    """What became of candidates, by (site, key): `new` ones, and those `refused`, with the limit that is reached.

    All others were known. A refused one is not remembered, only counted.
    """

    new: frozenset[Name]
    refused: Mapping[Name, str]


class Known:
    """The hosts, sites and pairs of both that this process has seen committed, so that it need not enter them again."""

    # Enough for any machine; beyond it the memory starts anew.
    MOST = 200_000

    def __init__(self) -> None:
        self.hosts: dict[str, int] = {}
        self.lanes: set[tuple[str, str]] = set()

    def learn(self, candidates: Iterable[Candidate], ids: Mapping[str, int]) -> None:
        """The transaction that entered these is committed."""
        if len(self.lanes) > self.MOST:
            self.hosts.clear()
            self.lanes.clear()
        self.hosts.update(ids)
        self.lanes.update((candidate.host, candidate.site) for candidate in candidates if candidate.host in ids)


def unknown(tx: Tx, candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[dict[str, Any]]]:
    """Those that the ledger does not have, once each and in order; and rows of those that are now wanted sooner."""
    best = _best(candidates)
    rows = tx.all(_find(tx.dialect), rows=pack({"site": site, "key": key} for site, key in best))
    known = {(row.site, row.key): row for row in rows}
    sooner = [
        {"id": row.id, "wanted": best[name].wanted}
        for name, row in known.items()
        if row.is_fresh and best[name].wanted > row.wanted + _WANTED_MORE
    ]
    return [best[name] for name in sorted(best) if name not in known], sooner


def _best(candidates: Iterable[Candidate]) -> dict[Name, Candidate]:
    best: dict[Name, Candidate] = {}
    for candidate in candidates:
        name = (clean(candidate.site), clean(candidate.key))
        if name not in best or candidate.wanted > best[name].wanted:
            best[name] = candidate
    return best


@cache
def _find(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    found = (urls.c.key == given.c.key) & (urls.c.site == given.c.site)
    return select(urls.c.id, urls.c.site, urls.c.key, urls.c.wanted, FRESH.label("is_fresh")).join(given, found)


def want_sooner(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Move URLs that still wait for their first attempt forward."""
    if rows:
        tx.run(_want(tx.dialect), rows=pack(sorted(rows, key=lambda row: row["id"])))


@cache
def _want(dialect: str) -> Executable:
    given = rowset(dialect, id=Id, wanted=Float(53))
    unstarted = has_state(State.WAITING) & urls.c.due_at.is_(None)
    return (
        update(urls)
        .where(urls.c.id == given.c.id, unstarted, urls.c.wanted < given.c.wanted)
        .values(wanted=given.c.wanted)
    )


def enter(
    tx: Tx, new: Sequence[Candidate], sooner: Sequence[dict[str, Any]], limits: Limits, known: Known
) -> tuple[Admitted, dict[str, int]]:
    """Enter what `unknown` gave; whoever was quicker with the same link has it. Also gives the ids of the hosts."""
    want_sooner(tx, sooner)
    allowed, refused = within(tx, new, limits)
    count_refused(tx, Counter((site, limit) for (site, _), limit in refused.items()))
    host_ids = _enter_hosts(tx, allowed, known)
    rows = [_row(tx.now, candidate, host_ids[candidate.host]) for candidate in allowed]
    entered = tx.all(_insert(tx.dialect), now=tx.now, rows=pack(rows)) if rows else []
    names = frozenset((row.site, row.key) for row in entered)
    count_patterns(tx, [c for c in allowed if (clean(c.site), clean(c.key)) in names])
    bump(tx, dict.fromkeys((row.host_id for row in entered), tx.now))
    return Admitted(new=names, refused=refused), host_ids


def _row(now: float, candidate: Candidate, host_id: int) -> dict[str, Any]:
    return {
        "site": candidate.site,
        "key": candidate.key,
        "url": candidate.url,
        "host_id": host_id,
        "kind": candidate.kind,
        "label": candidate.label,
        "depth": candidate.depth,
        "wanted": candidate.wanted if math.isfinite(candidate.wanted) else 0.0,
        "seen_on": candidate.seen_on,
        "headline": candidate.headline,
        "journey": line(now, "admitted", f"{candidate.label} on {candidate.seen_on or 'no page'}"),
    }


@cache
def _insert(dialect: str) -> Executable:
    given = rowset(
        dialect,
        site=Exact,
        key=Exact,
        url=Text(),
        host_id=Id,
        kind=Text(),
        label=Text(),
        depth=Integer(),
        wanted=Float(53),
        seen_on=Text(),
        headline=Text(),
        journey=Text(),
    )
    now = bindparam("now", type_=Float(53))
    begin = {"state": state(State.WAITING), "visit": _ONE, "attempts": _ZERO, "state_at": now, "admitted_at": now}
    # SQLite takes ON CONFLICT after a SELECT only where that has a WHERE.
    source = select(*given.c, *begin.values()).where(true())
    insert = postgresql.insert(urls) if dialect == "postgresql" else sqlite.insert(urls)
    return (
        insert.from_select([*(column.name for column in given.c), *begin], source)
        .on_conflict_do_nothing(index_elements=["key", "site"])
        .returning(urls.c.site, urls.c.key, urls.c.host_id)
    )


_ONE: ColumnElement[int] = literal_column("1")
_ZERO: ColumnElement[int] = literal_column("0")


def _enter_hosts(tx: Tx, candidates: Sequence[Candidate], known: Known) -> dict[str, int]:
    """The ids of the candidates' hosts; hosts, sites and lanes that are new are entered."""
    strange = [c for c in candidates if (c.host, c.site) not in known.lanes]
    ids = {c.host: known.hosts[c.host] for c in candidates if c.host in known.hosts}
    if strange:
        enter_sites(tx, sorted({c.site for c in strange}))
        ids |= enter_hosts(tx, {c.host: c.site for c in strange})
        enter_lanes(tx, {(ids[c.host], c.site) for c in strange})
    return ids


def enter_sites(tx: Tx, names: Iterable[str], *, paused: bool = False) -> None:
    """Sites of these names, with default manners, where there are none."""
    empty = {"profile": "", "hosts": "[]", "starts": "[]", "settings": "{}", "delay": 1.0, "places": 1}
    tx.run(_insert_sites(tx.dialect), rows=pack({"name": name, **empty} for name in names), paused=paused)


@cache
def _insert_sites(dialect: str) -> Executable:
    insert = postgresql.insert(sites) if dialect == "postgresql" else sqlite.insert(sites)
    entering: Executable = site_rows(dialect, insert).on_conflict_do_nothing(index_elements=["name"])
    return entering


def site_rows(dialect: str, insert: Any) -> Any:
    """The insert with rows of sites as its parameter; new sites are not paused and have no budget."""
    names = [column.name for column in sites.c if column.name not in ("paused", "budget")]
    given = rowset(dialect, **{name: sites.c[name].type for name in names})
    return insert.from_select([*names, "paused"], select(*given.c, bindparam("paused", False, Boolean())).where(true()))


def enter_hosts(tx: Tx, names: Mapping[str, str]) -> dict[str, int]:
    """The ids of these hosts; those that are new belong to the site that is given for them."""
    rows = pack({"name": name, "site": site} for name, site in sorted(names.items()))
    tx.run(_insert_hosts(tx.dialect), rows=rows)
    return {row.name: row.id for row in tx.all(_host_ids(tx.dialect), rows=rows)}


@cache
def _insert_hosts(dialect: str) -> Executable:
    given = rowset(dialect, name=Exact, site=Exact)
    source = select(given.c.name, given.c.site, _ONE, _ZERO.label("next_at"), _ZERO.label("failures"), _ZERO.label("s"))
    insert = postgresql.insert(hosts) if dialect == "postgresql" else sqlite.insert(hosts)
    columns = ["name", "site", "delay", "next_at", "failures", "slowdowns"]
    return insert.from_select(columns, source.where(true())).on_conflict_do_nothing(index_elements=["name"])


@cache
def _host_ids(dialect: str) -> Executable:
    given = rowset(dialect, name=Exact)
    return select(hosts.c.id, hosts.c.name).join(given, hosts.c.name == given.c.name)


def enter_lanes(tx: Tx, pairs: Collection[tuple[int, str]]) -> None:
    """The pairs of host and site, where they are new."""
    rows = pack({"host_id": host, "site": site} for host, site in sorted(pairs))
    tx.run(_insert_lanes(tx.dialect), rows=rows)


@cache
def _insert_lanes(dialect: str) -> Executable:
    given = rowset(dialect, host_id=Id, site=Exact)
    insert = postgresql.insert(lanes) if dialect == "postgresql" else sqlite.insert(lanes)
    source = select(given.c.host_id, given.c.site).where(true())
    return insert.from_select(["host_id", "site"], source).on_conflict_do_nothing(index_elements=["host_id", "site"])
