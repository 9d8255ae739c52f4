"""OpenTelemetry traces: a page's whole way, from the link that was admitted to its commit, is one trace.

The context of a page needs no field in any message: its trace's and spans' ids are made of what its lease says, which
travels with it through every stage. So workers of any version run side by side, and a stage that runs again after a
crash tells the same span again. Where the spans go, OTEL_EXPORTER_OTLP_ENDPOINT and the other variables of
OpenTelemetry say.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from workers.core.errors import BadInput

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor

# The stages of a page's way, each of which is the child of the one before.
ADMITTED = "admit"
WAY = (ADMITTED, "fetch", "parse", "discover", "sink")


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a page's way: which page, which visit and attempt; times in nanoseconds since 1970."""

    stage: str
    site: str
    key: str
    visit: int
    attempt: int
    begun: int
    ended: int
    attributes: Mapping[str, str | int]
    # Whether a worker admitted the page, so that there is a step before fetch.
    admitted: bool = True
    failed: str | None = None


class Traces:
    """Tells steps as spans: of this share of all pages, each with its whole way. `ledger` is the id of their ledger."""

    def __init__(self, share: float, ledger: str, processor: SpanProcessor | None = None) -> None:
        try:
            from opentelemetry import trace
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider, sampling
        except ImportError:
            raise BadInput(MISSING) from None
        self._most = round(share * 2**64)
        self._ledger = ledger
        self._ids = _ids()
        name = {"service.name": os.environ.get("OTEL_SERVICE_NAME") or "wireroom"}
        # Whether a page is traced is decided here, for all stages alike.
        self._provider = TracerProvider(
            sampler=sampling.ALWAYS_ON, resource=Resource.create(name), id_generator=self._ids, shutdown_on_exit=False
        )
        self._provider.add_span_processor(processor or _exporter())
        self._tracer = self._provider.get_tracer("wireroom")
        self._trace = trace

    def tell(self, step: Step) -> None:
        """One step as a span."""
        trace_id = _number(16, self._ledger, step.site, step.key, step.visit)
        if trace_id % 2**64 >= self._most:
            return
        trace = self._trace
        self._ids.next = trace_id, self._span_id(trace_id, step.stage, step.attempt)
        span = self._tracer.start_span(
            step.stage,
            self._parent(trace_id, step),
            start_time=step.begun,
            attributes={
                "wireroom.site": step.site,
                "wireroom.key": step.key,
                "wireroom.visit": step.visit,
                "wireroom.attempt": step.attempt,
                **step.attributes,
            },
        )
        if step.failed:
            span.set_status(trace.Status(trace.StatusCode.ERROR, step.failed))
        span.end(step.ended)

    def _parent(self, trace_id: int, step: Step) -> Any:
        """The context of the step before; an empty one for the first."""
        from opentelemetry.context import Context

        before = WAY[max(0, WAY.index(step.stage) - 1)]
        if before == step.stage or (before == ADMITTED and not step.admitted):
            return Context()
        span_id = self._span_id(trace_id, before, 0 if before == ADMITTED else step.attempt)
        flags = self._trace.TraceFlags(self._trace.TraceFlags.SAMPLED)
        context = self._trace.SpanContext(trace_id, span_id, is_remote=True, trace_flags=flags)
        return self._trace.set_span_in_context(self._trace.NonRecordingSpan(context), Context())

    @staticmethod
    def _span_id(trace_id: int, stage: str, attempt: int) -> int:
        return _number(8, trace_id, stage, attempt)

    def close(self) -> None:
        """Send what was not sent yet."""
        self._provider.shutdown()


def require() -> None:
    """BadInput, with what to install, where OpenTelemetry is missing."""
    if find_spec("opentelemetry") is None or find_spec("opentelemetry.exporter") is None:
        raise BadInput(MISSING)


MISSING = "WIREROOM_TRACES is set, but OpenTelemetry is not installed. Install wireroom[otel], or set it to 0."


def _number(size: int, *parts: object) -> int:
    """A number of so many bytes, never 0, that is the same wherever it is made of the same parts."""
    text = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=size).digest(), "big") or 1


def _ids() -> Any:
    from opentelemetry.sdk.trace.id_generator import IdGenerator

    class Given(threading.local, IdGenerator):
        """Gives out the ids that were set as `next`."""

        next = (1, 1)

        def generate_trace_id(self) -> int:
            return self.next[0]

        def generate_span_id(self) -> int:
            return self.next[1]

    return Given()


def _exporter() -> SpanProcessor:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    return BatchSpanProcessor(OTLPSpanExporter())
