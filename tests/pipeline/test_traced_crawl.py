"""Real workers send their traces over HTTP: each stored article's way, through four processes, is one trace."""

from __future__ import annotations

import gzip
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from workforce import at_work

from workers.demo import DemoSite
from workers.target import demo_target

WAY = ["admit", "fetch", "parse", "discover", "sink"]


class Collector(BaseHTTPRequestHandler):
    """Takes spans in as a collector of OpenTelemetry does."""

    spans: list[Span]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        request = ExportTraceServiceRequest.FromString(body)
        for resource in request.resource_spans:
            self.spans.extend(span for scope in resource.scope_spans for span in scope.spans)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def collecting() -> Iterator[tuple[str, list[Span]]]:
    spans: list[Span] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Collector,), {"spans": spans}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", spans
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ways(spans: list[Span]) -> dict[str, list[Span]]:
    """The steps of each page's first visit, by its key, in the order of the stages."""
    found: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        says = {one.key: one.value for one in span.attributes}
        if says["wireroom.visit"].int_value == 1:
            found[says["wireroom.key"].string_value].append(span)
    return {key: sorted(steps, key=lambda step: WAY.index(step.name)) for key, steps in found.items()}


@pytest.mark.slow
def test_the_way_of_each_article_is_one_trace(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with collecting() as (endpoint, spans), DemoSite(pages=60) as demo:
        sending = {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_BSP_SCHEDULE_DELAY": "200"}
        with at_work(url, WIREROOM_TRACES="1", **sending) as force:
            for stage in ("fetch", "parse", "sink"):
                force.worker(stage)
            target = demo_target(str(demo.port))
            force.ledger.put_site(target.name, target.profile, target.hosts, target.starts, target.settings)
            force.ledger.make_starts_due(target.name)
            force.until(lambda: force.ledger.status().total.articles >= 30)
            stored = [row.key for row in force.ledger.articles(limit=30)]
            force.until(lambda: all([s.name for s in ways(spans).get(key, ())] == WAY for key in stored))
    for key in stored:
        steps = ways(spans)[key]
        assert len({step.trace_id for step in steps}) == 1
        assert [step.parent_span_id for step in steps] == [b"", *(step.span_id for step in steps[:-1])]
        assert all(step.start_time_unix_nano <= step.end_time_unix_nano for step in steps)
    assert len({step.trace_id for steps in ways(spans).values() for step in steps}) == len(ways(spans))
