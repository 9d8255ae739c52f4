"""A page's way is one trace: its ids are made of what its lease says, so every stage tells the same one."""

from __future__ import annotations

import builtins
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from workers.adapters.traces import WAY, Step, Traces, require
from workers.core.errors import BadInput


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    yield InMemorySpanExporter()


def traces(exporter: InMemorySpanExporter, share: float = 1.0, ledger: str = "one") -> Traces:
    return Traces(share, ledger, SimpleSpanProcessor(exporter))


def step(stage: str, key: str = "a", **more: Any) -> Step:
    times = {"begun": 1_000 + WAY.index(stage), "ended": 2_000}
    given = {"site": "demo", "visit": 1, "attempt": 0 if stage == "admit" else 1, "attributes": {}, **times, **more}
    return Step(stage=stage, key=key, **given)


def ids(span: ReadableSpan) -> tuple[int, int, int | None]:
    assert span.context is not None
    return span.context.trace_id, span.context.span_id, span.parent.span_id if span.parent else None


def test_a_pages_way_is_one_trace_each_step_the_child_of_the_one_before(exporter: InMemorySpanExporter) -> None:
    for stage in WAY:
        # Each as a process of its own would tell it.
        traces(exporter).tell(step(stage))
    spans = exporter.get_finished_spans()
    assert [span.name for span in spans] == list(WAY)
    assert len({ids(span)[0] for span in spans}) == 1
    assert [ids(span)[2] for span in spans] == [None, *(ids(span)[1] for span in spans[:-1])]
    assert [(span.start_time, span.end_time) for span in spans] == [(1_000 + n, 2_000) for n in range(5)]


def test_another_page_another_visit_and_another_ledger_have_traces_of_their_own(
    exporter: InMemorySpanExporter,
) -> None:
    traces(exporter).tell(step("fetch"))
    traces(exporter).tell(step("fetch", key="b"))
    traces(exporter).tell(step("fetch", visit=2))
    traces(exporter, ledger="two").tell(step("fetch"))
    assert len({ids(span)[0] for span in exporter.get_finished_spans()}) == 4


def test_a_second_attempt_is_a_branch_of_the_same_trace(exporter: InMemorySpanExporter) -> None:
    for one in (step("admit"), step("fetch", failed="timeout"), step("fetch", attempt=2), step("parse", attempt=2)):
        traces(exporter).tell(one)
    admit, first, second, parse = exporter.get_finished_spans()
    assert len({ids(span)[0] for span in (admit, first, second, parse)}) == 1
    assert ids(first)[2] == ids(second)[2] == ids(admit)[1]
    assert ids(parse)[2] == ids(second)[1]
    assert (first.status.is_ok, first.status.description, second.status.is_ok) == (False, "timeout", True)


def test_a_page_that_nobody_admitted_begins_with_its_fetch(exporter: InMemorySpanExporter) -> None:
    traces(exporter).tell(step("fetch", admitted=False))
    assert ids(exporter.get_finished_spans()[0])[2] is None


def test_a_share_of_pages_is_traced_each_with_its_whole_way(exporter: InMemorySpanExporter) -> None:
    fetching, storing = traces(exporter, share=0.25), traces(exporter, share=0.25)
    for number in range(400):
        fetching.tell(step("fetch", str(number)))
        storing.tell(step("sink", str(number)))
    told = [ids(span)[0] for span in exporter.get_finished_spans()]
    assert 60 < len(set(told)) < 140
    assert len(told) == 2 * len(set(told))


def test_a_step_says_which_page_it_was_part_of(exporter: InMemorySpanExporter) -> None:
    traces(exporter).tell(step("parse", attributes={"url.full": "https://a.test/a"}))
    [span] = exporter.get_finished_spans()
    assert dict(span.attributes or {}) == {
        "wireroom.site": "demo",
        "wireroom.key": "a",
        "wireroom.visit": 1,
        "wireroom.attempt": 1,
        "url.full": "https://a.test/a",
    }
    assert span.resource.attributes["service.name"] == "wireroom"


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *more: Any, **named: Any) -> Any:
        if name.startswith("opentelemetry"):
            raise ImportError(name)
        return whole(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BadInput, match=r"Install wireroom\[otel\]"):
        Traces(1.0, "one")


def test_a_worker_asks_for_the_extra_before_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    require()
    monkeypatch.setattr("workers.adapters.traces.find_spec", lambda name: None)
    with pytest.raises(BadInput, match="OpenTelemetry is not installed"):
        require()


@pytest.mark.slow
def test_where_they_are_off_no_library_is_imported() -> None:
    code = (
        "import workers.tasks, sys;"
        # redis-py imports OpenTelemetry's metrics by itself where they are installed.
        "ours = ('opentelemetry.sdk.trace', 'opentelemetry.exporter', 'prometheus_client');"
        "found = [name for name in sys.modules if name.startswith(ours)];"
        "print(*found)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")
