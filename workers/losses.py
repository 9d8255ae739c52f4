"""A process that dies with a batch: its worker's first process tells the ledger, so nobody waits for the lease's end.

It is a hint like any other. Where the worker dies whole, or the ledger is away, the leases run out by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog

from workers.adapters.redis import REDIS_ERRORS, Handoff, connect
from workers.core.errors import BadInput, BadMessage, Unavailable
from workers.core.work import Lease
from workers.ledger import Ledger
from workers.settings import Settings, settings
from workers.stages.messages import BatchMessage, ParseMessage, understand
from workers.stages.reading import unpack_readings

log = structlog.get_logger("wireroom")

_UNTOLD: tuple[type[Exception], ...] = (BadMessage, BadInput, Unavailable, *REDIS_ERRORS)


def process_lost(stage: str, message: Any, why: str) -> None:
    """Log it, and tell the ledger."""
    log.error("process.lost", stage=stage, why=why)
    tell(settings(), stage, message)


def tell(knobs: Settings, stage: str, message: Any) -> None:
    """End the leases of the batch that a process died with; the next sweep hands its URLs out again.

    Everything is opened for this and closed: this process forks the others, which must not inherit a connection.
    """
    try:
        leases = _leases(knobs, stage, message)
        if leases:
            ledger = Ledger.open(knobs.ledger)
            try:
                ledger.end_leases([lease.id for lease in leases], respite(knobs, leases))
            finally:
                ledger.close()
    except _UNTOLD as error:
        log.warning("process.lost.untold", stage=stage, why=str(error))


def respite(knobs: Settings, leases: Sequence[Lease]) -> float:
    """Seconds until the URLs are handed out again: none after a first attempt, nearly a lease before the last.

    What kills processes may be the machine (its memory is short) and not the page: then attempts must not be used up
    within seconds.
    """
    return knobs.lease_seconds * (max(lease.attempt for lease in leases) - 1) / knobs.max_attempts


def _leases(knobs: Settings, stage: str, message: Any) -> list[Lease]:
    if stage == "parse":
        return [parcel.lease for parcel in understand(ParseMessage, message).parcels]
    if stage not in ("discover", "sink"):
        return []
    with connect(knobs.redis_url) as redis:
        [data] = Handoff(redis, knobs.handoff_ttl).get([understand(BatchMessage, message).key])
    return [reading.lease for reading in unpack_readings(data)] if data else []
