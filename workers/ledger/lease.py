"""Lease: hand out URLs that may be fetched now, a host to one owner at a time."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, and_, bindparam, case, or_, select, true, update

from workers.core.errors import InParts
from workers.core.work import Lease, Robots, State, Turn
from workers.ledger import budget
from workers.ledger.database import Tx
from workers.ledger.hosts import in_force, take
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Exact, Id, hosts, lanes, sites, urls
from workers.ledger.sql import AGAIN, FRESH, has_state, journal, line, state
from workers.ledger.waking import wake


@dataclass(frozen=True, slots=True)
class Ask:
    """What an owner asks for: at most so many URLs, of so many hosts more, and how long it may keep them."""

    owner: str
    urls: int
    hosts: int
    per_host: int
    hold: float
    lease: float
    held: tuple[str, ...]
    turn_seconds: float


def lease(tx: Tx, ask: Ask) -> list[Turn]:
    """Hold hosts and lease their URLs; a turn for each host that the owner now holds, also when it got no URL there."""
    # A host that waits for its turn comes before one that has had it and wants more.
    picked = {row.id: row for row in [*_ready(tx, ask), *_mine(tx, ask)]}
    found = _find(tx, ask, picked)
    taken = _by_host(take_urls(tx, ask.owner, ask.lease, _choose(ask, picked, found)))
    kept = [host for host in picked if host in taken or picked[host].holder == ask.owner]
    if kept:
        take(tx, ask.owner, {host: _kept(picked[host]) for host in kept}, ask.hold)
    budget.spend(tx, taken, found)
    # Hosts that were thought ready and have nothing get their true time.
    if idle := picked.keys() - kept - found.keys():
        wake(tx, sorted(idle))
    return [_turn(tx, ask, picked[host], taken.get(host, [])) for host in kept]


def _by_host(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    by_host: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        by_host[row.host_id].append(row)
    return dict(by_host)


def _mine(tx: Tx, ask: Ask) -> Sequence[Row[Any]]:
    if not ask.held:
        return []
    return tx.all(_held(tx.dialect), owner=ask.owner, rows=pack({"name": name} for name in ask.held))


def _ready(tx: Tx, ask: Ask) -> Sequence[Row[Any]]:
    wanted = min(ask.hosts, ask.urls)
    return tx.all(_pick(), now=tx.now, hosts=wanted) if wanted > 0 else []


def _host_rows() -> Any:
    columns = [column for column in hosts.c if column.name != "delay"]
    return select(*columns, sites.c.delay, sites.c.places).join(sites, sites.c.name == hosts.c.site)


@cache
def _held(dialect: str) -> Executable:
    given = rowset(dialect, name=Exact)
    rows = _host_rows().where(hosts.c.holder == bindparam("owner"), hosts.c.name.in_(select(given.c.name)))
    locked: Executable = rows.order_by(hosts.c.id).with_for_update(of=hosts)
    return locked


@cache
def _pick() -> Executable:
    rows = _host_rows().where(hosts.c.ready_at <= bindparam("now")).order_by(hosts.c.ready_at)
    locked: Executable = rows.limit(bindparam("hosts")).with_for_update(of=hosts, skip_locked=True)
    return locked


def _delay(host: Row[Any]) -> float:
    return float(max(host.delay, host.crawl_delay or 0.0))


def _kept(host: Row[Any]) -> float:
    return in_force(host.delay, host.crawl_delay, host.slowdowns)


def _find(tx: Tx, ask: Ask, picked: Mapping[int, Row[Any]]) -> dict[int, list[Row[Any]]]:
    """URLs of these hosts that may be handed out, by host; never more than a site's budget.

    Looked for are as many as are needed where each host has its part of them, and more only where some have less and
    others can give it: in a large ledger each row that is looked at is a page that is read.
    """
    if not picked or ask.urls <= 0:
        return {}
    shares = {host: _share(ask, row) for host, row in picked.items()}
    most = max(shares.values())
    few = min(most, -(-ask.urls // len(picked)))
    found = _look(tx, picked, few)
    if sum(min(len(rows), shares[host]) for host, rows in found.items()) < ask.urls:
        found |= _look(tx, [host for host, rows in found.items() if few <= len(rows) and few < shares[host]], most)
    return _by_host(budget.within(tx, [row for rows in found.values() for row in rows]))


def _look(tx: Tx, some: Collection[int], n: int) -> dict[int, list[Row[Any]]]:
    """The `n` that come first of each lane of these hosts, of those not yet handed out and of those due again."""
    if not some:
        return {}
    rows = pack({"id": host} for host in some)
    fresh = tx.all(_find_fresh(tx.dialect), n=n, rows=rows)
    return _by_host([*fresh, *tx.all(_find_again(tx.dialect), n=n, now=tx.now, rows=rows)])


@cache
def _find_fresh(dialect: str) -> Executable:
    spendable = or_(sites.c.budget.is_(None), sites.c.budget > 0)
    return _find_some(dialect, FRESH, urls.c.wanted.desc(), spendable)


@cache
def _find_again(dialect: str) -> Executable:
    due = and_(AGAIN, urls.c.due_at <= bindparam("now"))
    return _find_some(dialect, due, urls.c.due_at, true())


def _find_some(dialect: str, which: ColumnElement[bool], order: Any, open_: ColumnElement[bool]) -> Executable:
    given = rowset(dialect, id=Id)
    here = and_(urls.c.host_id == lanes.c.host_id, urls.c.site == lanes.c.site)
    first = select(urls.c.id, urls.c.wanted, urls.c.due_at).where(here, which).order_by(order).limit(bindparam("n"))
    ways = given.join(lanes, lanes.c.host_id == given.c.id).join(sites, sites.c.name == lanes.c.site)
    unpaused = and_(sites.c.paused.is_(False), open_)
    if dialect == "postgresql":
        found = first.correlate(lanes).lateral("found")
        rows = select(lanes.c.host_id, sites.c.name.label("site"), sites.c.budget, *found.c)
        return rows.select_from(ways.join(found, true())).where(unpaused)
    # SQLite has no LATERAL; a list of ids that depends on the outer row does the same there.
    row = urls.alias("row")
    ids = first.with_only_columns(urls.c.id).correlate(lanes)
    rows = select(lanes.c.host_id, sites.c.name.label("site"), sites.c.budget, row.c.id, row.c.wanted, row.c.due_at)
    return rows.select_from(ways.join(row, row.c.id.in_(ids))).where(unpaused)


def _choose(ask: Ask, picked: dict[int, Row[Any]], found: Mapping[int, Sequence[Row[Any]]]) -> list[int]:
    """The ids to lease: of each host its most wanted ones, one of every host before a second of any."""
    best = [
        [row.id for row in sorted(found[host], key=lambda row: -row.wanted)[: _share(ask, picked[host])]]
        for host in picked
        if host in found
    ]
    rounds = zip_longest(*best)
    return [id_ for ids in rounds for id_ in ids if id_ is not None][: ask.urls]


def _share(ask: Ask, host: Row[Any]) -> int:
    """How many URLs fit into one turn of the host."""
    delay = _kept(host)
    return ask.per_host if delay <= 0 else max(1, min(ask.per_host, int(ask.turn_seconds / delay)))


def take_urls(tx: Tx, owner: str, seconds: float, ids: Collection[int]) -> Sequence[Row[Any]]:
    """Lease these URLs, where they wait, to the owner; their rows."""
    if not ids:
        return []
    return tx.all(
        _lease_urls(tx.dialect),
        owner=owner,
        until=tx.now + seconds,
        now=tx.now,
        line=line(tx.now, "leased", owner),
        rows=pack({"id": id_} for id_ in sorted(ids)),
    )


@cache
def _lease_urls(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    # A row that another transaction is settling is left to it: lease waits for nobody who may wait for a host.
    free = select(urls.c.id).join(given, given.c.id == urls.c.id).where(has_state(State.WAITING))
    return (
        update(urls)
        .where(urls.c.id.in_(free.with_for_update(of=urls, skip_locked=True)))
        .values(
            state=state(State.LEASED),
            attempts=urls.c.attempts + 1,
            leased_by=bindparam("owner"),
            leased_until=bindparam("until"),
            state_at=bindparam("now"),
            due_at=None,
            journey=journal(),
        )
        .returning(*(urls.c[name] for name in _PLAIN), _SECOND_PART, urls.c.attempts, urls.c.host_id, urls.c.wanted)
    )


_PLAIN = [name for name in Lease.model_fields if name not in ("host", "attempt", "second_part")]
_SECOND_PART = case((urls.c.reason == InParts.reason, urls.c.detail)).label("second_part")


def _turn(tx: Tx, ask: Ask, host: Row[Any], taken: Sequence[Row[Any]]) -> Turn:
    return Turn(
        host=host.name,
        leases=tuple(lease_row(host.name, row) for row in _in_order(taken)),
        delay=_delay(host),
        places=host.places,
        hold=ask.hold,
        robots=_robots(tx.now, host),
        failures=host.failures,
        slowdowns=host.slowdowns,
    )


def _in_order(taken: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The most wanted first, and those that are handed out again anywhere among them.

    The last of a turn waits longest in its process. Always the same ones would be lost again and again, where processes
    end often.
    """
    ordered = sorted((row for row in taken if row.attempts == 1), key=lambda row: -row.wanted)
    for row in taken:
        if row.attempts > 1:
            ordered.insert(random.randint(0, len(ordered)), row)  # noqa: S311  # spreads, guards nothing
    return ordered


def lease_row(host: str, row: Row[Any], *, may_have_parts: bool = True) -> Lease:
    """A row of `take_urls` as what is handed out."""
    plain = {name: getattr(row, name) for name in _PLAIN}
    return Lease(host=host, attempt=row.attempts, second_part=row.second_part if may_have_parts else "", **plain)


def _robots(now: float, host: Row[Any]) -> Robots | None:
    if host.robots_until is None or host.robots_until <= now:
        return None
    return Robots(status=host.robots_status, body=host.robots_body or "", expires_in=host.robots_until - now)
