"""What the ledger takes in and hands out: candidates, leases, turns and outcomes."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from workers.core.link import Kind, Label
from workers.core.term import Term

# The stages that a page goes through; each word is a task, its queue and its metric.
STAGES = ("discover", "fetch", "parse", "sink")
# Attempts of one visit before its URL is parked, and work that a host's turn holds, in seconds of its delay.
MAX_ATTEMPTS, TURN_SECONDS = 5, 5.0


class State(Term):
    """Where a URL stands. `waiting` and `leased` are open; the other three are settled."""

    WAITING = "waiting"
    LEASED = "leased"
    STORED = "stored"
    SKIPPED = "skipped"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link that may be admitted: in scope, canonical, with its identity within the site.

    `wanted` orders what waits: seconds since 1970, larger is sooner. `seen_on` is the URL of the page that showed it.
    """

    site: str
    key: str
    url: str
    host: str
    kind: Kind
    label: Label
    depth: int
    wanted: float
    seen_on: str | None = None
    headline: str | None = None
    pattern: str = ""


class Lease(BaseModel):
    """A URL that one worker may fetch now. `visit` counts re-visits, `attempt` the hand-outs in this visit (from 1).

    `second_part` is where the second part of its story is, where this visit has found that it has parts; "" where none
    may be fetched.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int
    site: str
    key: str
    url: str
    host: str
    kind: Kind
    label: Label
    depth: int
    visit: int
    attempt: int
    etag: str | None = None
    last_modified: str | None = None
    second_part: str | None = None


@dataclass(frozen=True, slots=True)
class Robots:
    """What we know of a host's robots.txt. `expires_in` is in seconds.

    `status` is the HTTP status, or 0 when the host could not be reached; `body` is then the reason.
    """

    status: int
    body: str
    expires_in: float


@dataclass(frozen=True, slots=True)
class Turn:
    """One host held by one worker, with the leases it may fetch there.

    Nobody else asks the host while it is held, so pacing is exact and local. `delay` is the least gap between two
    starts and `places` the allowed open requests. `hold` seconds after it was handed out (or last held), the worker
    must start nothing more.
    """

    host: str
    leases: tuple[Lease, ...]
    delay: float
    places: int
    hold: float
    robots: Robots | None = None
    failures: int = 0
    slowdowns: int = 0


@dataclass(frozen=True, slots=True)
class HostReport:
    """What a worker learned of a host during its turn; it goes back with the host.

    `next_in`: seconds until the host may be asked again. `failures`: consecutive failures (0 after a success);
    `slowdowns`: consecutive 429/503, `throttled`: how many of them came in this turn. `robots`: only when it was read
    anew. `reason` says why the host rests, if so.
    """

    host: str
    next_in: float
    failures: int = 0
    slowdowns: int = 0
    robots: Robots | None = None
    crawl_delay: float | None = None
    reason: str | None = None
    throttled: int = 0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How the seconds between two readings of a list change: times `factor`, but from `least` to `most`.

    They begin with `first`.
    """

    factor: float
    first: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a leased URL ends: settled (stored, skipped, parked) or back to waiting in `retry_in` seconds.

    `visit` fences it: an outcome of an older visit changes nothing. `revisit_in` makes a settled URL due again.
    `rhythm` changes the interval after which a list is read again; without one it stays as it is.
    `moved_to` with State.WAITING: the row keeps its identity and waits under this address in that host's line.
    `required` are the fields that the page of an article must have, `missing` those of them that were not found.
    """

    id: int
    visit: int
    state: State
    reason: str | None = None
    detail: str | None = None
    retry_in: float | None = None
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    revisit_in: float | None = None
    moved_to: str | None = None
    required: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    rhythm: Rhythm | None = None
