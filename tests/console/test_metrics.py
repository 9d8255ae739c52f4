"""The console tells every figure as Prometheus reads it, to whoever has the token."""

from __future__ import annotations

from client import TOKEN, Client
from prometheus_client.parser import text_string_to_metric_families

from workers.adapters.prometheus import CONTENT_TYPE
from workers.core import metric
from workers.ledger import Ledger


def test_figures_are_those_of_the_ledger(client: Client, ledger: Ledger) -> None:
    answer = client.get("/metrics")
    assert (answer.status_code, answer.headers["content-type"]) == (200, CONTENT_TYPE)
    samples = [one for family in text_string_to_metric_families(answer.text) for one in family.samples]
    articles = {one.labels["site"]: one.value for one in samples if one.name == metric.ARTICLES.name}
    assert articles == {name: counts.articles for name, counts in ledger.status().sites.items()}
    waiting = sum(s.value for s in samples if s.name == metric.URLS.name and s.labels["state"] == "waiting")
    assert waiting == ledger.status().total.waiting
    up = {one.labels["service"]: one.value for one in samples if one.name == metric.SERVICE_UP.name}
    assert up == {"ledger": 1.0, "redis": 0.0}


def test_prometheus_shows_the_token(guarded: Client) -> None:
    assert guarded.get("/metrics").status_code != 200
    shown = {"authorization": f"Bearer {TOKEN}", "host": "console:8321"}
    assert guarded.get("/metrics", headers=shown).status_code == 200
