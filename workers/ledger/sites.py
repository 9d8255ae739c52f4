"""Sites as the ledger knows them: their profile, starts, manners, page budget, and whether they are paused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, and_, bindparam, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workers.core.errors import BadInput
from workers.core.link import Kind, Label
from workers.core.urls import host_of
from workers.core.work import Candidate
from workers.ledger import lists, waking
from workers.ledger.admit import Known, enter, enter_hosts, site_rows, unknown
from workers.ledger.database import Tx
from workers.ledger.limits import Limits
from workers.ledger.revisit import visit_again
from workers.ledger.rows import clean, pack, rowset
from workers.ledger.schema import Exact, Id, Seconds, hosts, lanes, sites, urls


@dataclass(frozen=True, slots=True)
class Start:
    """A URL at which a site is begun; due again `every` seconds after it was settled (None: only when asked for)."""

    url: str
    kind: Kind
    every: float | None = None


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site in the ledger. `delay` and `places` hold for its hosts; `budget` is how many more URLs may be leased.

    One that is known only from files that were read has no hosts, and is paused.
    """

    name: str
    profile: str
    hosts: tuple[str, ...]
    starts: tuple[Start, ...]
    settings: Mapping[str, Any]
    delay: float
    places: int
    paused: bool
    budget: int | None

    @property
    def is_spent(self) -> bool:
        """Whether its page budget is spent, so that no new URL of it is handed out."""
        return self.budget is not None and self.budget <= 0


def put_site(
    tx: Tx, name: str, profile: str, host_names: Sequence[str], starts: Sequence[Start], settings: Mapping[str, Any]
) -> None:
    """Enter a site, or change it; whether it is paused and its budget stay as they were.

    Only one that is known from nothing but files goes on: nobody has paused it, it was never to be asked so far.
    `settings` may hold `delay` (seconds, 1 if absent) and `places` (open requests, 1 if absent) for its hosts.
    The same hosts in another order stay in theirs: by the first of them a site without a profile knows its articles.
    """
    host_names = _in_known_order(tx, name, host_names)
    row = {
        "name": name,
        "profile": profile,
        "hosts": json.dumps(list(host_names)),
        "starts": json.dumps([asdict(start) for start in starts]),
        "settings": json.dumps(dict(settings)),
        "delay": float(settings.get("delay", 1.0)),
        "places": int(settings.get("places", 1)),
    }
    ids = sorted(enter_hosts(tx, dict.fromkeys(host_names, name)).values()) if host_names else []
    if ids:
        waking.lock(tx, ids)
        tx.run(_own(tx.dialect), site=clean(name), rows=pack({"id": id_} for id_ in ids))
    tx.run(_put(tx.dialect), rows=pack([row]))
    waking.wake(tx, ids)


def _in_known_order(tx: Tx, name: str, host_names: Sequence[str]) -> Sequence[str]:
    rows = tx.all(select(sites.c.hosts).where(sites.c.name == clean(name)))
    known: list[str] = json.loads(rows[0].hosts) if rows else []
    return known if set(known) == set(host_names) else host_names


@cache
def _own(dialect: str) -> Executable:
    given = rowset(dialect, id=Id)
    return update(hosts).where(hosts.c.id == given.c.id).values(site=bindparam("site"))


@cache
def _put(dialect: str) -> Executable:
    insert = postgresql.insert(sites) if dialect == "postgresql" else sqlite.insert(sites)
    adding = site_rows(dialect, insert)
    changed = ("profile", "hosts", "starts", "settings", "delay", "places")
    new = {name: adding.excluded[name] for name in changed} | {"paused": and_(sites.c.paused, sites.c.hosts != "[]")}
    putting: Executable = adding.on_conflict_do_update(index_elements=["name"], set_=new)
    return putting


def all_sites(tx: Tx) -> list[SiteRow]:
    """Every site, by name."""
    return [_site(row) for row in tx.all(select(sites).order_by(sites.c.name))]


def site(tx: Tx, name: str) -> SiteRow:
    """The site of this name; BadInput when there is none."""
    rows = tx.all(select(sites).where(sites.c.name == name))
    if not rows:
        raise BadInput(f"The ledger has no site named {name!r}; `wireroom sites list` shows those that it has.")
    return _site(rows[0])


def _site(row: Row[Any]) -> SiteRow:
    starts = tuple(Start(start["url"], Kind(start["kind"]), start["every"]) for start in json.loads(row.starts))
    return SiteRow(
        name=row.name,
        profile=row.profile,
        hosts=tuple(json.loads(row.hosts)),
        starts=starts,
        settings=json.loads(row.settings),
        delay=row.delay,
        places=row.places,
        paused=row.paused,
        budget=row.budget,
    )


def change(tx: Tx, name: str, **values: Any) -> None:
    """Set `paused` or `budget` of a site; its hosts then count as ready exactly where they have work."""
    ids = [row.host_id for row in tx.all(select(lanes.c.host_id).where(lanes.c.site == name))]
    waking.lock(tx, ids)
    if not tx.run(update(sites).where(sites.c.name == name).values(**values)):
        raise BadInput(f"The ledger has no site named {name!r}; `wireroom sites list` shows those that it has.")
    waking.wake(tx, ids)


def resume(tx: Tx, name: str) -> None:
    """Hand out URLs of this site again: it is not paused, and a page budget that is spent is lifted."""
    change(tx, name, paused=False, budget=case((sites.c.budget > 0, sites.c.budget), else_=None))


def start_rows(tx: Tx, known: Sequence[SiteRow]) -> dict[tuple[str, str], Row[Any]]:
    """The URLs of all starts of these sites that were ever asked for, by (site, key)."""
    rows = pack({"site": site.name, "key": clean(start.url)} for site in known for start in site.starts)
    return {(row.site, row.key): row for row in tx.all(_start_rows(tx.dialect), rows=rows)}


@cache
def _start_rows(dialect: str) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact)
    return select(urls).join(given, (urls.c.key == given.c.key) & (urls.c.site == given.c.site))


def make_starts_due(tx: Tx, name: str) -> int:
    """The starts of a site wait to be fetched, whether they are new or were settled. Returns how many now do.

    Those of a site without a profile are guessed. So the feeds and sitemaps that it names itself wait with them, and
    how often each is read follows from what it brought so far.
    """
    known = site(tx, name)
    starts = {clean(start.url): start for start in known.starts}
    candidates = [_candidate(name, start, tx.now) for start in starts.values()]
    new, _ = unknown(tx, candidates)
    admitted, _ = enter(tx, new, [], Limits(), Known())
    intervals = [{"site": name, "key": url, "every": start.every} for url, start in sorted(starts.items())]
    rows = tx.all(_intervals(tx.dialect, declared=bool(known.profile)), rows=pack(intervals))
    named = [] if known.profile else lists.named(tx, name)
    return len(admitted.new) + visit_again(tx, [*(row.id for row in rows), *named], "due again")


def _candidate(name: str, start: Start, now: float) -> Candidate:
    return Candidate(
        site=name,
        key=start.url,
        url=start.url,
        host=host_of(start.url),
        kind=start.kind,
        label=Label.SEED,
        depth=0,
        wanted=now,
    )


@cache
def _intervals(dialect: str, *, declared: bool) -> Executable:
    given = rowset(dialect, site=Exact, key=Exact, every=Seconds)
    same = (urls.c.key == given.c.key) & (urls.c.site == given.c.site)
    every = given.c.every if declared else func.coalesce(urls.c.every, given.c.every)
    # One that was a link before it became a start is a start from now on.
    return update(urls).where(same).values(every=every, label=Label.SEED.value).returning(urls.c.id)
