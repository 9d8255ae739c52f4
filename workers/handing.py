"""From pages at hand to messages for parse: bodies into the hand-off, keys and leases into batches."""

from __future__ import annotations

from collections.abc import Sequence

from workers import publish
from workers.core.page import Page
from workers.core.work import Lease
from workers.stages.messages import Parcel, ParseMessage
from workers.stages.reading import pack_page
from workers.wiring import Room


def hand_in(room: Room, pages: Sequence[tuple[Lease, Page]]) -> None:
    """Bodies into the hand-off, keys and leases to parse in batches; a page on a later attempt travels alone (P3)."""
    keys = room.handoff.put([pack_page(page) for _, page in pages])
    parcels = [Parcel(key=key, lease=lease) for key, (lease, _) in zip(keys, pages, strict=True)]
    together = [parcel for parcel in parcels if parcel.lease.attempt == 1]
    size = room.settings.batch
    batches = [together[i : i + size] for i in range(0, len(together), size)]
    batches += [[parcel] for parcel in parcels if parcel.lease.attempt > 1]
    for batch in batches:
        publish.parse(ParseMessage(parcels=tuple(batch)))
