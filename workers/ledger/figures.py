"""Figures: what the metrics tell beyond `status`, counted from the truth by a few reads, each bounded by an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select

from workers.core.work import State
from workers.ledger import lag
from workers.ledger.database import Tx
from workers.ledger.fills import WINDOW, hour_of
from workers.ledger.schema import HANDOFF, articles, fills, hosts, sites, urls
from workers.ledger.sites import all_sites, start_rows
from workers.ledger.sql import is_state
from workers.ledger.status import Status, status, tallied


@dataclass(frozen=True, slots=True)
class Lag:
    """Lags from published to first stored: articles by upper bound in seconds ("inf": over all), and their sum."""

    under: dict[str, int]
    seconds: float


@dataclass(frozen=True, slots=True)
class Fill:
    """Of how many pages of articles a required field was found, ever and in the last day (to the hour)."""

    pages: int
    found: int
    recent_pages: int
    recent_found: int

    @property
    def rate(self) -> float | None:
        """The share of the last day; None when no page was read."""
        return self.recent_found / self.recent_pages if self.recent_pages else None


@dataclass(slots=True)
class SiteFigures:
    """What is told of a site beyond its counts; ages in seconds, None where there is nothing that has one.

    `listing_age`: of its starts, since the one that was read longest ago was read. `listing_overdue`: for how long the
    most overdue of them should have been read already. `oldest_leased`: since what is longest on its way was leased.
    """

    paused: bool = False
    lag: Lag = field(default_factory=lambda: Lag({}, 0.0))
    fills: dict[str, Fill] = field(default_factory=dict)
    newest_article_age: float | None = None
    listing_age: float | None = None
    listing_overdue: float | None = None
    oldest_leased: float | None = None


@dataclass(frozen=True, slots=True)
class HostFigures:
    """A host: its site's delay and the Crawl-delay of its robots.txt, and how we stand with it, as in `HostReport`.

    `rest`: for how long it is left alone because of trouble. `robots` is the status of its robots.txt (0: not reached),
    None while it is not known. `throttled` counts answers of 429 and 503.
    """

    name: str
    site: str
    delay: float
    crawl_delay: float | None
    rest: float
    reason: str | None
    failures: int
    slowdowns: int
    throttled: int
    robots: int | None
    held: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it. `hosts` are the first so many; `other_hosts` and `other_throttled` sum up the rest.

    `oldest_ready`: for how long the first host has been ready and not held. `oldest_handed_over`: since the oldest page
    between fetch and sink was leased. Both 0 when there is none.
    """

    status: Status
    sites: dict[str, SiteFigures]
    hosts: tuple[HostFigures, ...]
    other_hosts: int
    other_throttled: int
    oldest_ready: float
    oldest_handed_over: float


def figures(tx: Tx, most_hosts: int) -> Figures:
    """Count everything; at most `most_hosts` hosts are told one by one."""
    tally = tallied(tx)
    counts = status(tx, tally)
    by_site = {row.name: SiteFigures(paused=bool(row.paused)) for row in tx.all(_SITES)}
    for name in counts.sites:
        by_site.setdefault(name, SiteFigures())
    for name, found in _lags(tally):
        by_site[name].lag = found
    _add_ages(tx, by_site)
    _add_fills(tx, by_site)
    told = tx.all(_HOSTS, n=most_hosts)
    rest = tx.all(_OTHERS, after=told[-1].id)[0] if len(told) == most_hosts else None
    return Figures(
        status=counts,
        sites=by_site,
        hosts=tuple(_host(tx.now, row) for row in told),
        other_hosts=int(rest.n) if rest else 0,
        other_throttled=int(rest.throttled or 0) if rest else 0,
        oldest_ready=_since(tx.now, tx.all(_FIRST_READY)[0].at) or 0.0,
        oldest_handed_over=_add_leased(tx, by_site),
    )


_SITES = select(sites.c.name, sites.c.paused)


def _lags(tally: Sequence[Row[Any]]) -> Iterator[tuple[str, Lag]]:
    under: defaultdict[str, dict[str, int]] = defaultdict(dict)
    sums: defaultdict[str, float] = defaultdict(float)
    for row in tally:
        if row.state == lag.LAG:
            under[row.site][row.reason] = int(row.n)
        elif row.state == lag.LAG_SUM:
            sums[row.site] = int(row.n) / 1000
    for name, found in under.items():
        yield name, Lag(found, sums[name])


def _add_ages(tx: Tx, by_site: dict[str, SiteFigures]) -> None:
    for row in tx.all(_NEWEST):
        by_site[row.name].newest_article_age = _since(tx.now, row.at)
    known = all_sites(tx)
    declared = {site.name for site in known if site.profile}
    for (name, _), row in start_rows(tx, known).items():
        # A start that was guessed and could never be read is none.
        if row.every is not None and (name in declared or row.read_at is not None):
            _add_start(by_site.setdefault(name, SiteFigures()), tx.now, row)


def _add_start(of: SiteFigures, now: float, row: Row[Any]) -> None:
    """One that was never read counts from when it was admitted."""
    age = max(0.0, now - (row.admitted_at if row.read_at is None else row.read_at))
    of.listing_age = max(age, of.listing_age or 0.0)
    of.listing_overdue = max(age - row.every, of.listing_overdue or 0.0)


_OF_SITE = select(func.max(articles.c.stored_at)).where(articles.c.site == sites.c.name).correlate(sites)
_NEWEST = select(sites.c.name, _OF_SITE.scalar_subquery().label("at"))


def _add_fills(tx: Tx, by_site: dict[str, SiteFigures]) -> None:
    for row in tx.all(_FILLS, since=hour_of(tx.now) - WINDOW):
        found = Fill(int(row.pages), int(row.found), int(row.recent_pages), int(row.recent_found))
        by_site.setdefault(row.site, SiteFigures()).fills[row.field] = found


def _recent(name: str) -> Any:
    return func.sum(case((fills.c.at >= bindparam("since"), fills.c[name]), else_=0)).label(f"recent_{name}")


_FILLS = select(
    fills.c.site,
    fills.c.field,
    func.sum(fills.c.pages).label("pages"),
    func.sum(fills.c.found).label("found"),
    _recent("pages"),
    _recent("found"),
).group_by(fills.c.site, fills.c.field)


def _add_leased(tx: Tx, by_site: dict[str, SiteFigures]) -> float:
    handed_over = 0.0
    for row in tx.all(_LEASED):
        age = max(0.0, tx.now - row.at)
        if row.leased_by == HANDOFF:
            handed_over = max(handed_over, age)
        site = by_site.setdefault(row.site, SiteFigures())
        site.oldest_leased = max(age, site.oldest_leased or 0.0)
    return handed_over


_LEASED = (
    select(urls.c.site, urls.c.leased_by, func.min(urls.c.state_at).label("at"))
    .where(is_state(State.LEASED))
    .group_by(urls.c.site, urls.c.leased_by)
)
_FIRST_READY = select(func.min(hosts.c.ready_at).label("at")).where(
    hosts.c.ready_at.is_not(None), hosts.c.holder.is_(None)
)

_TOLD = ("id", "name", "site", "delay", "crawl_delay", "next_at", "reason", "failures", "slowdowns", "throttled")
_HOSTS = (
    select(
        *(hosts.c[name] for name in (*_TOLD, "robots_status", "robots_until", "holder")),
        sites.c.delay.label("site_delay"),
    )
    .outerjoin(sites, sites.c.name == hosts.c.site)
    .order_by(hosts.c.id)
    .limit(bindparam("n"))
)
_OTHERS = select(func.count().label("n"), func.sum(hosts.c.throttled).label("throttled")).where(
    hosts.c.id > bindparam("after")
)


def _host(now: float, row: Row[Any]) -> HostFigures:
    known = row.robots_until is not None and row.robots_until > now
    return HostFigures(
        name=row.name,
        site=row.site,
        delay=row.delay if row.site_delay is None else row.site_delay,
        crawl_delay=row.crawl_delay,
        rest=max(0.0, row.next_at - now) if row.reason is not None else 0.0,
        reason=row.reason,
        failures=row.failures,
        slowdowns=row.slowdowns,
        throttled=int(row.throttled),
        robots=row.robots_status if known else None,
        held=row.holder is not None,
    )


def _since(now: float, at: float | None) -> float | None:
    return None if at is None else max(0.0, now - at)
