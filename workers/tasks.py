"""The pipeline on one screen: fetch → parse → discover → sink, and the timetable that drives it.

A page's links are admitted (discover) before its article is committed and its URL settled (sink), so that no lost
message can lose a link. What a task cannot finish it leaves to the ledger: the lease runs out, the sweep hands it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workers import measure, pipeline, publish
from workers.celery import app, serves
from workers.failures import contained
from workers.fetching import run_fetch_loop
from workers.settings import settings
from workers.stages.messages import BatchMessage, ParseMessage, understand
from workers.stages.reading import Reading, pack_readings, unpack_page, unpack_readings
from workers.wiring import Room, room


@app.task(name="fetch")
@contained
def fetch() -> None:
    """Lease ready hosts and fetch from them; pages go to the hand-off and, in batches, to parse."""
    run_fetch_loop(room())


# Celery counts the hard limit from the soft one, so a task that has its own hard limit needs its own soft one too.
@app.task(name="parse", time_limit=settings().parse_seconds, soft_time_limit=0.8 * settings().parse_seconds)
@contained
def parse(message: Any) -> None:
    """Read a batch of pages; the readings go to discover."""
    here, parcels = room(), understand(ParseMessage, message).parcels
    keys = [parcel.key for parcel in parcels]
    pages = here.handoff.get(keys)
    found = [(parcel.lease, unpack_page(page)) for parcel, page in zip(parcels, pages, strict=True) if page is not None]
    if found:  # a page that is gone was read already (the message came twice), or its lease has long run out
        with measure.work("parse", len(found)) as failed:
            readings = pipeline.once(here, [pipeline.read(here, page, lease, failed) for lease, page in found], failed)
            pipeline.keep_pages(here, [page for _, page in found], readings)
            [key] = here.handoff.put([pack_readings(readings)])
            publish.discover(BatchMessage(key=key))
        here.handoff.drop(keys)


@app.task(name="discover")
@contained
def discover(message: Any) -> None:
    """Admit the links of a batch of readings into the ledger; only then may the batch go to sink."""
    here, batch = room(), understand(BatchMessage, message)
    [data] = here.handoff.get([batch.key])
    if data is None:
        return
    readings = unpack_readings(data)
    with measure.batch(here, "discover", [reading.lease for reading in readings]):
        found = pipeline.worth_turning(here, pipeline.candidates(here, readings), readings)
        new = pipeline.admit(here, found)
        back = pipeline.leave_barren(here) + pipeline.turn_pages(here, readings, found)
        if back or new:
            publish.fetch()
        batch = BatchMessage(key=batch.key, brought=pipeline.brought(readings, found, new))
        if not serves("sink"):
            publish.sink(batch)
            return
    _sink(here, batch, readings)  # a message to this same worker would only have it read the batch again


@app.task(name="sink")
@contained
def sink(message: Any) -> None:
    """Commit a batch: articles, versions, links and the outcome of each URL, in one transaction; then tell."""
    here, batch = room(), understand(BatchMessage, message)
    [data] = here.handoff.get([batch.key])
    if data is not None:
        _sink(here, batch, unpack_readings(data))


def _sink(here: Room, batch: BatchMessage, readings: Sequence[Reading]) -> None:
    with measure.batch(here, "sink", [reading.lease for reading in readings]):
        here.events.publish(pipeline.commit(here, readings, batch.brought))
    here.handoff.drop([batch.key])


@app.task(name="sweep")
@contained
def sweep() -> None:
    """Take back what is leased to nobody any more: leases and holds that ran out, or whose process is dead."""
    pipeline.sweep(room())
    room().rounds.note("sweep")


@app.task(name="revisit")
@contained
def revisit() -> None:
    """Starts and articles that are due again wait again."""
    if room().ledger.revisit(limit=1000):
        publish.fetch()
    room().rounds.note("revisit")


@app.task(name="nudge")
@contained
def nudge() -> None:
    """Start fetch loops while hosts are ready: the message that a crash or a lost queue has swallowed is sent again."""
    if room().ledger.ready()[0]:
        publish.fetch()
    room().rounds.note("nudge")
