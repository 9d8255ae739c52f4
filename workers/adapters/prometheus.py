"""Metrics as Prometheus reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from prometheus_client import generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from workers.core.metric import Family, MetricType, Spread

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def render(families: Iterable[Family]) -> bytes:
    """The text format of the exposition."""
    return generate_latest(_Collected(families))


class _Collected(Collector):
    def __init__(self, families: Iterable[Family]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        """As prometheus_client takes it."""
        return map(_converted, self._families)


def _converted(family: Family) -> Metric:
    metric = family.metric
    made: Any = _KINDS[metric.kind](metric.name, metric.help, labels=metric.labels)
    for labels, value in family.values.items():
        if isinstance(value, Spread):
            made.add_metric(labels, list(value.under), value.total)
        else:
            made.add_metric(labels, value)
    return made  # type: ignore[no-any-return]


_KINDS = {
    MetricType.GAUGE: GaugeMetricFamily,
    MetricType.COUNTER: CounterMetricFamily,
    MetricType.HISTOGRAM: HistogramMetricFamily,
}
