"""The state of everything as metrics: counted from the ledger and Redis when it is asked for, reported as families."""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version

from workers.adapters.redis import REDIS_ERRORS, Redis, Transit, connect, transit
from workers.core import metric
from workers.core.errors import BadInput, Unavailable
from workers.core.manners import MANNERS
from workers.core.metric import Family, Metric, Spread, cumulated
from workers.core.work import STAGES
from workers.ledger import Counts, Figures, HostFigures, Ledger, SiteFigures
from workers.ledger.hosts import in_force
from workers.ledger.lag import BOUNDS, ENDLESS
from workers.settings import Settings

# Hosts and sites that are told one by one; the rest are one more, `other`.
MOST = 300
OTHER = "other"
# Figures as old as this are told again: they are the same for all who ask at once.
KEPT = 5.0

Values = Mapping[tuple[str, ...], float | Spread | None]


class Gatherer:
    """Counts all figures, at most every KEPT seconds however many ask. Redis is opened for each count, and closed."""

    def __init__(self, open_ledger: Callable[[], Ledger], knobs: Settings, kept: float = KEPT) -> None:
        self._open_ledger = open_ledger
        self._knobs = knobs
        self._kept = kept
        self._lock = threading.Lock()
        self._told: list[Family] = []
        self._at = 0.0

    def families(self) -> list[Family]:
        """All figures; those of a service that does not answer are missing, and SERVICE_UP says so."""
        with self._lock:
            if not self._told or time.monotonic() - self._at > self._kept:
                self._told = list(self._count())
                self._at = time.monotonic()
            return self._told

    def exposition(self) -> bytes:
        """The same as Prometheus reads it."""
        from workers.adapters.prometheus import render

        return render(self.families())

    def _count(self) -> Iterator[Family]:
        begun = time.perf_counter()
        up: dict[tuple[str, ...], float] = {("ledger",): 0.0, ("redis",): 0.0}
        found: list[Family] = []
        with contextlib.suppress(Unavailable, BadInput):
            found += of_ledger(self._open_ledger().figures(MOST))
            up["ledger",] = 1.0
        if (in_redis := self.in_redis()) is not None:
            found += of_redis(in_redis)
            up["redis",] = 1.0
        yield Family(metric.BUILD_INFO, {(version("wireroom"),): 1.0})
        yield Family(metric.SERVICE_UP, dict(up))
        yield from found
        yield from of_disks(disks(self._knobs))
        yield Family(metric.FIGURES_SECONDS, {(): time.perf_counter() - begun})

    def in_redis(self) -> Transit | None:
        """What is in transit now; None where Redis does not answer."""
        with contextlib.suppress(Unavailable, *REDIS_ERRORS):
            return self._transit()
        return None

    def _transit(self) -> Transit:
        with contextlib.ExitStack() as opened:
            here: Redis = opened.enter_context(connect(self._knobs.redis_url))
            other = self._knobs.broker_url
            if not other:
                broker: Redis | None = here
            elif other.startswith(("redis://", "rediss://", "unix://")):
                broker = opened.enter_context(connect(other))
            else:
                broker = None  # another kind of broker has metrics of its own
            return transit(here, STAGES, broker)


def of_ledger(found: Figures) -> Iterator[Family]:
    """What the ledger counts."""
    yield from _of_sites(_bounded(found.status.sites, found.sites), found.sites)
    yield from _of_hosts(found)
    yield _one(metric.HOSTS_READY, found.status.hosts_ready)
    yield _one(metric.OLDEST_READY, found.oldest_ready)
    yield _one(metric.OLDEST_HANDED_OVER, found.oldest_handed_over)
    yield _one(metric.MESSAGES_REFUSED, found.status.messages_refused)


def _bounded(counts: Mapping[str, Counts], sites: Mapping[str, SiteFigures]) -> dict[str, list[Counts]]:
    """The counts under each name that is told; paused sites are the first to be told as `other`."""
    told = set(sorted(counts, key=lambda name: (sites[name].paused, name))[:MOST])
    groups: dict[str, list[Counts]] = {name: [counts[name]] for name in counts if name in told}
    if rest := [counts[name] for name in counts if name not in told]:
        groups[OTHER] = rest
    return groups


def _of_sites(groups: Mapping[str, list[Counts]], sites: Mapping[str, SiteFigures]) -> Iterator[Family]:
    states = ("waiting", "in_fetch", "handed_over", "stored")
    yield _family(metric.URLS, {(n, s): sum(getattr(c, s) for c in cs) for n, cs in groups.items() for s in states})
    reasons = ((metric.URLS_SKIPPED, "skipped"), (metric.URLS_PARKED, "parked"), (metric.LINKS_REFUSED, "refused"))
    for made, what in reasons:
        yield _family(made, _by_reason(groups, what))
    # Counters only grow: what was deleted meanwhile was stored all the same.
    ever = {name: sum(c.articles + c.deleted_articles for c in counts) for name, counts in groups.items()}
    yield _family(metric.ARTICLES, {(name,): n for name, n in ever.items()})
    ever = {name: sum(c.versions + c.deleted_versions for c in counts) for name, counts in groups.items()}
    yield _family(metric.VERSIONS, {(name,): n for name, n in ever.items()})
    yield _family(metric.OLDEST_WAITING, {(n,): _most(c.oldest_waiting for c in cs) for n, cs in groups.items()})
    told = {name: site for name, site in sites.items() if name in groups}
    yield from _of_each_site(told)


def _of_each_site(sites: Mapping[str, SiteFigures]) -> Iterator[Family]:
    ages = (
        (metric.OLDEST_LEASED, "oldest_leased"),
        (metric.NEWEST_ARTICLE, "newest_article_age"),
        (metric.LISTING_AGE, "listing_age"),
    )
    for made, what in ages:
        yield _family(made, {(name,): getattr(site, what) for name, site in sites.items()})
    # Nothing of a paused site is due.
    yield _family(metric.LISTING_OVERDUE, {(n,): s.listing_overdue for n, s in sites.items() if not s.paused})
    yield _family(metric.SITE_PAUSED, {(name,): float(site.paused) for name, site in sites.items()})
    yield _family(metric.LAG, {(name,): _spread(site) for name, site in sites.items() if site.lag.under})
    fills = {(name, field): fill for name, site in sites.items() for field, fill in site.fills.items()}
    yield _family(metric.FIELD_PAGES, {labels: fill.pages for labels, fill in fills.items()})
    yield _family(metric.FIELD_FOUND, {labels: fill.found for labels, fill in fills.items()})
    yield _family(metric.FILL_RATIO, {labels: fill.rate for labels, fill in fills.items()})


def _by_reason(groups: Mapping[str, list[Counts]], what: str) -> dict[tuple[str, ...], float]:
    found: dict[tuple[str, ...], float] = {}
    for name, counts in groups.items():
        for reason, number in (pair for each in counts for pair in getattr(each, what).items()):
            found[name, reason] = found.get((name, reason), 0) + number
    return found


def _spread(site: SiteFigures) -> Spread:
    counts = [site.lag.under.get(bound, 0) for bound in (*map(str, BOUNDS), ENDLESS)]
    return cumulated([f"{bound}.0" for bound in BOUNDS], counts, site.lag.seconds)


def _of_hosts(found: Figures) -> Iterator[Family]:
    told: dict[tuple[str, ...], HostFigures] = {(host.name,): host for host in found.hosts}
    yield _one(metric.HOSTS, len(told) + found.other_hosts)
    yield _family(metric.HOST_DELAY, {name: delay_of(host) for name, host in told.items()})
    yield _family(metric.HOST_BREAKER, {name: float(is_open(host)) for name, host in told.items()})
    yield _family(metric.HOST_REST, {name: host.rest for name, host in told.items()})
    yield _family(metric.HOST_FAILURES, {name: host.failures for name, host in told.items()})
    yield _family(metric.HOST_ROBOTS, {(host.name, robots_of(host)): 1 for host in found.hosts})
    rest: dict[tuple[str, ...], float] = {(OTHER,): found.other_throttled} if found.other_hosts else {}
    yield _family(metric.HOST_THROTTLED, {**rest, **{name: host.throttled for name, host in told.items()}})


def delay_of(host: HostFigures) -> float:
    """The least gap between two requests to the host that is in force."""
    return in_force(host.delay, host.crawl_delay, host.slowdowns)


def is_open(host: HostFigures) -> bool:
    """True while its breaker is open."""
    return host.failures >= MANNERS.breaker_after


def robots_of(host: HostFigures) -> str:
    """What its robots.txt says, in a word."""
    if host.robots is None:
        return "unknown"
    if 200 <= host.robots < 300:
        return "rules"
    return "closed" if host.robots in (0, 408, 429) or host.robots >= 500 else "open"


def of_redis(found: Transit) -> Iterator[Family]:
    """What is in transit."""
    if found.queues is not None and found.unacked is not None:
        yield _family(metric.QUEUE_MESSAGES, {(name, str(step)): n for (name, step), n in found.queues.items()})
        yield _one(metric.QUEUE_UNACKED, found.unacked)
    yield _one(metric.HANDOFF_ITEMS, found.handoff_items)
    yield _one(metric.HANDOFF_BYTES, found.handoff_bytes)
    yield _one(metric.REDIS_MEMORY, found.memory)
    yield _one(metric.REDIS_MEMORY_MAX, found.memory_max)
    yield _family(metric.TIMED_TASK_AGE, {(name,): age for name, age in found.ages.items()})


def disks(knobs: Settings) -> list[str]:
    """The folders whose disks are told of."""
    return [folder for folder in knobs.disks.split(":") if folder] or [str(knobs.state_dir)]


def of_disks(folders: Iterable[str]) -> Iterator[Family]:
    """Room on the disks of these folders; those that are not there are left out."""
    found = {}
    for folder in folders:
        with contextlib.suppress(OSError):
            found[(folder,)] = shutil.disk_usage(folder)
    yield _family(metric.DISK_FREE, {name: usage.free for name, usage in found.items()})
    yield _family(metric.DISK_SIZE, {name: usage.total for name, usage in found.items()})


def _most(values: Iterable[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)


def _one(made: Metric, value: float) -> Family:
    return _family(made, {(): value})


def _family(made: Metric, values: Values) -> Family:
    """The metric with its values, those that there are none of left out."""
    return Family(made, {labels: value for labels, value in values.items() if value is not None})
