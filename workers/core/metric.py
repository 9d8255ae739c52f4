"""Every metric that we tell: its name, kind, labels and meaning. Dashboards, alerts and docs name no other.

Durations are in seconds, sizes in bytes. States are counted from the truth when they are asked for; what happens in a
stage is counted by the worker that does it, from its start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class MetricType(StrEnum):
    """How Prometheus takes it. A counter only grows, and begins anew when what it counts begins anew."""

    GAUGE = "gauge"
    COUNTER = "counter"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class Metric:
    """What is told under one name."""

    name: str
    kind: MetricType
    help: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """A histogram's value: how many were at most as large as each bound, the last of which is +Inf; and their sum."""

    under: Sequence[tuple[str, float]]
    total: float


@dataclass(slots=True)
class Family:
    """A metric with its values, each by the values of its labels."""

    metric: Metric
    values: dict[tuple[str, ...], float | Spread] = field(default_factory=dict)


def _gauge(name: str, help_: str, *labels: str) -> Metric:
    return Metric(f"wireroom_{name}", MetricType.GAUGE, help_, labels)


def _counter(name: str, help_: str, *labels: str) -> Metric:
    return Metric(f"wireroom_{name}_total", MetricType.COUNTER, help_, labels)


# ── the state of everything, reported by the console ──────────────────────────────────────────────────────────────────

BUILD_INFO = _gauge("build_info", "1, with the version that tells the figures.", "version")
SERVICE_UP = _gauge("service_up", "1 when the ledger or Redis answered this time.", "service")
FIGURES_SECONDS = _gauge("figures_seconds", "How long it took to count all figures.")

URLS = _gauge(
    "urls", "URLs of a site that wait, are in fetch or handed over to parse and sink, or are stored.", "site", "state"
)
URLS_SKIPPED = _gauge("urls_skipped", "URLs that were finished without an article.", "site", "reason")
URLS_PARKED = _gauge("urls_parked", "URLs that were set aside.", "site", "reason")
ARTICLES = _counter("articles", "Articles stored.", "site")
VERSIONS = _counter("versions", "Versions of articles stored.", "site")
LINKS_REFUSED = _counter("links_refused", "Links that were not admitted because a limit was reached.", "site", "limit")
OLDEST_WAITING = _gauge("oldest_waiting_seconds", "For how long the URL that waits longest has been waiting.", "site")
OLDEST_LEASED = _gauge("oldest_leased_seconds", "Since the URL that is longest on its way was leased.", "site")
LAG = Metric(
    "wireroom_article_lag_seconds",
    MetricType.HISTOGRAM,
    "From an article's published time to its first commit.",
    ("site",),
)
NEWEST_ARTICLE = _gauge("newest_article_age_seconds", "Since a site's last new article was stored.", "site")
LISTING_AGE = _gauge("listing_age_seconds", "Since the start that was read longest ago was read.", "site")
LISTING_OVERDUE = _gauge(
    "listing_overdue_seconds", "For how long the most overdue start should have been read.", "site"
)
SITE_PAUSED = _gauge("site_paused", "1 while a site is paused.", "site")
FIELD_PAGES = _counter("field_pages", "Pages of articles that had to have a field.", "site", "field")
FIELD_FOUND = _counter("field_found", "Pages of articles on which a required field was found.", "site", "field")
FILL_RATIO = _gauge(
    "field_fill_ratio", "Share of the last day's pages on which a required field was found.", "site", "field"
)

HOST_DELAY = _gauge("host_delay_seconds", "The least gap between two requests that is in force.", "host")
HOST_BREAKER = _gauge(
    "host_breaker_open", "1 while its circuit breaker is open: a host in trouble, asked only now and then.", "host"
)
HOST_REST = _gauge("host_rest_seconds", "For how long a host is still left alone because of trouble.", "host")
HOST_FAILURES = _gauge("host_failures", "Failures of a host in a row.", "host")
HOST_ROBOTS = _gauge(
    "host_robots", "1 for the state of a host's robots.txt: rules, open (none there), closed, unknown.", "host", "state"
)
HOST_THROTTLED = _counter("host_throttled", "Answers of 429 or 503.", "host")
HOSTS = _gauge("hosts", "Hosts that the ledger knows.")
HOSTS_READY = _gauge("hosts_ready", "Hosts that may be asked now and nobody holds; 1,000 at most.")
OLDEST_READY = _gauge("oldest_ready_seconds", "For how long the first ready host has been ready; 0 when none is.")
OLDEST_HANDED_OVER = _gauge(
    "oldest_handed_over_seconds", "Since the oldest page between fetch and sink was leased; 0 when there is none."
)

QUEUE_MESSAGES = _gauge("queue_messages", "Messages that wait in the broker.", "queue", "priority")
QUEUE_UNACKED = _gauge("queue_unacked", "Messages that a worker was given and has not finished.")
HANDOFF_ITEMS = _gauge("handoff_items", "Pages and readings in transit between two stages.")
HANDOFF_BYTES = _gauge("handoff_bytes", "Their size, packed.")
REDIS_MEMORY = _gauge("redis_memory_bytes", "Memory that Redis uses.")
REDIS_MEMORY_MAX = _gauge("redis_memory_max_bytes", "Memory that Redis may use; 0 is no limit.")
TIMED_TASK_AGE = _gauge("timed_task_age_seconds", "Since the sweep, the revisit or the nudge was last done.", "task")
MESSAGES_REFUSED = _counter("messages_refused", "Messages of the queue that were refused as foreign or malformed.")
DISK_FREE = _gauge("disk_free_bytes", "Room left on the disk of a folder.", "disk")
DISK_SIZE = _gauge("disk_size_bytes", "Size of the disk of a folder.", "disk")

STATE = (
    *(BUILD_INFO, SERVICE_UP, FIGURES_SECONDS),
    *(URLS, URLS_SKIPPED, URLS_PARKED, ARTICLES, VERSIONS, LINKS_REFUSED, OLDEST_WAITING, OLDEST_LEASED),
    *(LAG, NEWEST_ARTICLE, LISTING_AGE, LISTING_OVERDUE, SITE_PAUSED, FIELD_PAGES, FIELD_FOUND, FILL_RATIO),
    *(HOST_DELAY, HOST_BREAKER, HOST_REST, HOST_FAILURES, HOST_ROBOTS, HOST_THROTTLED, HOSTS),
    *(HOSTS_READY, OLDEST_READY, OLDEST_HANDED_OVER),
    *(QUEUE_MESSAGES, QUEUE_UNACKED, HANDOFF_ITEMS, HANDOFF_BYTES, REDIS_MEMORY, REDIS_MEMORY_MAX, MESSAGES_REFUSED),
    *(TIMED_TASK_AGE, DISK_FREE, DISK_SIZE),
)

# ── what happens in a stage, told by each worker ─────────────────────────────────────────────────────────────────────

RECEIVED = _counter("stage_received", "Pages that a stage took in hand; fetch: URLs that it leased.", "stage")
DONE = _counter("stage_done", "Pages that a stage handed on or stored.", "stage")
FAILED = _counter("stage_failed", "Pages that ended in a stage otherwise, by the reason.", "stage", "kind")
IN_WORK = _gauge("stage_in_work", "Pages that a stage has in hand.", "stage")
SECONDS = Metric(
    "wireroom_stage_seconds", MetricType.HISTOGRAM, "Time of one request (fetch), page (parse) or batch.", ("stage",)
)
SILENT = _gauge("worker_silent_seconds", "Since the worker last noted that it consumes (WIREROOM_HEARTBEAT).")

EVENTS = (RECEIVED, DONE, FAILED, IN_WORK, SECONDS, SILENT)

# Upper bounds of SECONDS.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


def cumulated(bounds: Sequence[str], counts: Sequence[float], total: float) -> Spread:
    """A Spread from how many fell under each bound and over the one before; the last count is of what is over all."""
    under, so_far = [], 0.0
    for bound, count in zip((*bounds, "+Inf"), counts, strict=True):
        so_far += count
        under.append((bound, so_far))
    return Spread(under, total)
