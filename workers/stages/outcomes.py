"""What becomes of a URL: the fate of an error, a page that has not changed, the wait before another attempt."""

from __future__ import annotations

from workers.core.errors import Later, Park, Skip, WireroomError
from workers.core.link import Kind
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
    look = look_again_in(lease, error) if isinstance(error, Skip) else None
    return Outcome(lease.id, lease.visit, state, error.reason, error.detail, revisit_in=look)


def look_again_in(lease: Lease, error: Skip | type[Skip]) -> float | None:
    """Seconds until a page that was refused is looked at again; None when that was often enough.

    A list has its interval.
    """
    return error.looks[lease.visit - 1] if lease.kind is Kind.PAGE and lease.visit <= len(error.looks) else None


def back_off(attempt: int) -> float:
    """Seconds before the next attempt: 1, 2, 4 … up to 5 minutes."""
    return float(min(300, 2 ** min(attempt - 1, 10)))


def unchanged(lease: Lease, revisit_in: float | None) -> Outcome:
    """The server says that nothing changed: a page stays stored, a list is finished until its next visit."""
    if lease.kind is Kind.PAGE:
        return Outcome(lease.id, lease.visit, State.STORED, "unchanged", revisit_in=revisit_in, status=304)
    return Outcome(lease.id, lease.visit, State.SKIPPED, lease.kind.value, revisit_in=revisit_in, status=304)
