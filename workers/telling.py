"""A worker tells its metrics: counted by all of its processes, served by the first of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import structlog

from workers import measure
from workers.adapters.pool import at_process_end, watch_pool
from workers.adapters.scrape import Served, address_of, serve
from workers.adapters.traces import require
from workers.core import metric
from workers.core.errors import WireroomError
from workers.core.metric import Family
from workers.core.work import STAGES
from workers.health import silence_of
from workers.settings import Settings
from workers.wiring import room

log = structlog.get_logger("wireroom")


def tell_metrics(knobs: Settings) -> None:
    """Let workers count and serve where the settings say so, and send the last of their traces when they end.

    BadInput where a setting cannot be obeyed.
    """
    if knobs.metrics_listen:
        address_of(knobs.metrics_listen)
        telling = Telling(knobs)
        watch_pool(measure.begin, telling.serve, telling.take_slot)
    if knobs.traces:
        require()
        at_process_end(_close_traces)


def _close_traces() -> None:
    if traces := room().traces:
        traces.close()


class Telling:
    """One worker's metrics: of its first process, which serves them, and of each process that it forks."""

    def __init__(self, knobs: Settings) -> None:
        self._knobs = knobs
        self._served: Served | None = None
        self._stages: tuple[str, ...] = ()

    def serve(self, queues: tuple[str, ...]) -> None:
        """Serve from now on; a place that is taken costs the metrics, not the work."""
        from workers.adapters.prometheus import CONTENT_TYPE, render

        self._stages = tuple(stage for stage in STAGES if stage in queues)
        try:
            self._served = serve(self._knobs.metrics_listen, lambda: render(self.families()), CONTENT_TYPE)
        except WireroomError as error:
            log.error("metrics.not_served", why=str(error))
        else:
            log.info("metrics.served", where=self._served.where)

    def take_slot(self, number: int) -> None:
        """In a process of the worker: count in its slot, and leave the serving to the first process."""
        measure.take_slot(number)
        if self._served is not None:
            self._served.let_go()

    def families(self) -> Iterator[Family]:
        """What this worker has to tell."""
        yield from measure.families(self._stages)
        silence = silence_of(Path(self._knobs.heartbeat)) if self._knobs.heartbeat else None
        if silence is not None:
            yield Family(metric.SILENT, {(): silence})
