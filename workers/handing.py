"""From pages at hand to messages for parse: bodies into the hand-off, keys and leases into batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workers import publish
from workers.core.page import Page
from workers.core.work import Lease
from workers.stages.messages import Parcel, ParseMessage
from workers.stages.reading import pack_page
from workers.wiring import Room

# Bodies of one message lie in the memory of parse together: a batch ends with the page that brings it to so many bytes.
LARGEST = 4_000_000


def hand_in(room: Room, pages: Sequence[tuple[Lease, Page]]) -> None:
    """Bodies into the hand-off, keys and leases to parse in batches; a page on a later attempt travels alone (P3)."""
    for batch in batches(pages, room.settings.batch):
        keys = room.handoff.put(pack_page(page) for _, page in batch)
        parcels = tuple(Parcel(key=key, lease=lease) for key, (lease, _) in zip(keys, batch, strict=True))
        publish.parse(ParseMessage(parcels=parcels))


def batches(pages: Sequence[tuple[Lease, Page]], most: int) -> Iterator[list[tuple[Lease, Page]]]:
    """The pages that travel together, at most so many."""
    batch: list[tuple[Lease, Page]] = []
    size = 0
    for lease, page in pages:
        if lease.attempt > 1:
            yield [(lease, page)]
            continue
        batch.append((lease, page))
        size += sum(len(each.body) for each in (page, *page.parts))
        if len(batch) == most or size >= LARGEST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
