"""What becomes of a URL: the fate of an error, a page that has not changed, the wait before another attempt."""

from __future__ import annotations

from workers.core.errors import Later, Park, Skip, WireroomError
from workers.core.work import Lease, Outcome, State


class Moved(Skip):
    """The page redirects to another host, which this loop does not hold: the URL waits in that host's line."""

    reason = "moved"


def outcome_of(lease: Lease, error: WireroomError) -> Outcome:
    """What becomes of a URL by the fate of the error: later, skip or park."""
    if isinstance(error, Moved):
        return Outcome(lease.id, lease.visit, State.WAITING, error.reason, retry_in=0.0, moved_to=error.detail)
    if isinstance(error, Later):
        wait = error.retry_after if error.retry_after is not None else back_off(lease.attempt)
        return Outcome(lease.id, lease.visit, State.WAITING, error.reason, error.detail, retry_in=wait)
    state = State.SKIPPED if isinstance(error, Skip) else State.PARKED
    assert isinstance(error, Skip | Park), error
    return Outcome(lease.id, lease.visit, state, error.reason, error.detail)


def back_off(attempt: int) -> float:
    """Seconds before the next attempt: 1, 2, 4 … up to 5 minutes."""
    return float(min(300, 2 ** min(attempt - 1, 10)))


def unchanged(lease: Lease, revisit_in: float | None) -> Outcome:
    """The server says that nothing changed: a page stays stored, a list is finished until its next visit."""
    if lease.kind.value == "page":
        return Outcome(lease.id, lease.visit, State.STORED, "unchanged", revisit_in=revisit_in, status=304)
    return Outcome(lease.id, lease.visit, State.SKIPPED, lease.kind.value, revisit_in=revisit_in, status=304)
