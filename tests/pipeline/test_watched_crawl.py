"""A crawl of the demo site under the eyes of a real Prometheus: dashboards have something to show, figures are true."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from stack import ROOT
from truth import both, told
from watching import Prometheus
from workforce import Workforce, at_work

from workers.adapters.prometheus import CONTENT_TYPE
from workers.adapters.scrape import serve
from workers.core import metric
from workers.demo import DemoSite
from workers.figures import Gatherer, of_ledger
from workers.settings import load
from workers.target import demo_target, in_haste

pytestmark = pytest.mark.slow

STAGES = ("discover", "fetch", "parse", "sink")
DASHBOARDS = sorted((ROOT / "deploy/grafana/dashboards").glob("*.json"))
DICE = random.Random(4)


def expressions() -> list[Any]:
    found = []
    for path in DASHBOARDS:
        for panel in json.loads(path.read_text("utf-8"))["panels"]:
            for target in panel.get("targets", ()):
                name = f"{path.stem}-{panel['title']}-{target['refId']}".replace(" ", "_")
                found.append(pytest.param(target["expr"], id=name))
    return found


def filled_in(expr: str) -> str:
    """As Grafana fills a panel's variables in."""
    plain = expr.replace("$__rate_interval", "10s").replace("$__range", "5m")
    return re.sub(r"\$(site|host)\b", ".*", plain)


@dataclass
class Watched:
    """What is left of the crawl: the server that saw it, when it began, and where figures and SQL did not agree."""

    prometheus: Prometheus
    begun: float
    compared: int
    differences: list[str]
    killed: int


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    url = f"sqlite:///{folder / 'ledger.db'}"
    with at_work(url, WIREROOM_METRICS_LISTEN="127.0.0.1:0") as force, DemoSite(pages=60, rate=0.5) as demo:
        for stage in STAGES[1:]:
            force.worker(stage, processes=2 if stage == "parse" else 1)
        target = in_haste(demo_target(str(demo.port)), every=1.0)
        force.ledger.put_site(target.name, target.profile, target.hosts, target.starts, target.settings)
        knobs = load(redis_url=force.valkey.url, ledger_url=url, state_dir=folder)
        console = serve("127.0.0.1:0", Gatherer(lambda: force.ledger, knobs, kept=0.5).exposition, CONTENT_TYPE)
        force.until(lambda: all(where(force, stage) for stage in STAGES))
        prometheus = Prometheus(folder, {stage: where(force, stage) for stage in STAGES} | {"console": console.where})
        prometheus.start()
        try:
            yield _crawl(force, prometheus)
        finally:
            prometheus.stop()
            console.stop()


def _crawl(force: Workforce, prometheus: Prometheus) -> Watched:
    force.until(lambda: len(prometheus.now('up{job=~"wireroom.*"} == 1')) == 5)
    begun = time.time()
    force.ledger.make_starts_due("demo")
    seen = Watched(prometheus, begun, 0, [], 0)
    force.until(lambda: _compare(force, seen) and force.ledger.status().total.articles >= 20)
    # A process of parse ends in the middle of it all; its counts do not.
    parent, *children = sorted(force.pids("parse"))
    os.kill(DICE.choice(children), signal.SIGKILL)
    seen.killed = parent
    force.until(lambda: _compare(force, seen) and force.ledger.status().total.articles >= 66)
    scraped = time.time()
    force.until(lambda: all(float(v["value"][1]) > scraped + 4 for v in prometheus.now('timestamp(up{job=~"w.*"})')))
    return seen


def _compare(force: Workforce, seen: Watched) -> bool:
    """Compare all figures with SQL in one state of the database."""
    now, found, said = force.ledger._database.read(both)
    shown = told(list(of_ledger(found)))
    seen.compared += 1
    for name, values in said.items():
        for labels, value in values.items():
            figure = shown.get(name, {}).get(labels)
            if figure is None or figure != pytest.approx(value, rel=1e-6, abs=0.05):
                seen.differences.append(f"{now}: {name} {labels} is {figure}, and by SQL {value}")
        more = {labels for labels, figure in shown.get(name, {}).items() if figure and labels not in values}
        seen.differences += [f"{now}: {name} {labels} is told, and SQL has none" for labels in more]
    return True


def where(force: Workforce, stage: str) -> str:
    """At what address the worker of a stage says that it serves its metrics."""
    events = [json.loads(line) for line in force.log(stage).splitlines() if line.startswith("{")]
    return next((event["where"] for event in events if event["event"] == "metrics.served"), "")


def test_every_figure_is_what_sql_says_at_that_moment(watched: Watched) -> None:
    assert watched.compared >= 10
    assert watched.differences == []


@pytest.mark.parametrize("expr", expressions())
def test_a_panel_has_something_to_show(expr: str, watched: Watched) -> None:
    assert watched.prometheus.since(watched.begun, filled_in(expr)) != []


def test_counts_only_grow_although_a_process_was_killed(watched: Watched) -> None:
    for name in ("received", "done"):
        found = watched.prometheus.now(f"resets(wireroom_stage_{name}_total[10m])")
        assert len(found) == len(STAGES)
        assert {float(one["value"][1]) for one in found} == {0.0}


def test_every_stage_tells_what_went_through_it(watched: Watched) -> None:
    [stored] = watched.prometheus.now("sum(wireroom_articles_total)")
    for stage in STAGES:
        [done] = watched.prometheus.now(f'wireroom_stage_done_total{{stage="{stage}"}}')
        assert float(done["value"][1]) >= float(stored["value"][1])
        assert done["metric"]["service"] == stage
        [timed] = watched.prometheus.now(f'wireroom_stage_seconds_count{{stage="{stage}"}}')
        assert float(timed["value"][1]) > 0


def test_every_metric_of_the_list_is_told(watched: Watched) -> None:
    scraped = watched.prometheus.ask("label/__name__/values")
    names = {re.sub(r"_(bucket|count|sum)$", "", name) for name in scraped if name.startswith("wireroom_")}
    # A worker here has no heartbeat, and no limit was reached.
    unseen = {metric.SILENT.name, metric.LINKS_REFUSED.name}
    known = {made.name for made in (*metric.STATE, *metric.EVENTS)}
    assert names - known == set()
    assert known - names <= unseen


def test_no_alert_fires_while_all_is_well(watched: Watched) -> None:
    assert watched.prometheus.now('ALERTS{alertstate="firing"}') == []


def test_the_rules_are_evaluated_without_an_error(watched: Watched) -> None:
    groups = watched.prometheus.ask("rules")["groups"]
    assert [rule["name"] for group in groups for rule in group["rules"] if rule["health"] != "ok"] == []
    assert len(groups) == 4
    assert Path(groups[0]["file"]).name == "alerts.yml"
