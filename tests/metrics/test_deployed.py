"""The dashboards and alerts that are deployed: well formed, of metrics that exist, each alert proven by promtool."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from workers.core import metric

ROOT = Path(__file__).resolve().parents[2]
PROMETHEUS = ROOT / "deploy/prometheus"
GRAFANA = ROOT / "deploy/grafana"
DASHBOARDS = sorted((GRAFANA / "dashboards").glob("*.json"))
# What a histogram is made of, and what Prometheus tells of itself.
PARTS = r"_(?:bucket|count|sum)$"


def yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text("utf-8"))


def board(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def rules() -> list[dict[str, Any]]:
    return [rule for group in yaml(PROMETHEUS / "alerts.yml")["groups"] for rule in group["rules"]]


def promtool(*arguments: str) -> None:
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("promtool is not installed (Debian: apt-get install prometheus)")
    done = subprocess.run([found, *arguments], cwd=PROMETHEUS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def strangers(text: str) -> set[str]:
    """Names of our form in the text that are no metric's."""
    known = {made.name: made for made in (*metric.STATE, *metric.EVENTS)}
    found = set()
    for name in re.findall(r"\bwireroom_[a-z_]+\b(?!-)", text):
        whole = re.sub(PARTS, "", name)
        is_part = whole != name and whole in known and known[whole].kind is metric.MetricType.HISTOGRAM
        if name not in known and not is_part:
            found.add(name)
    return found


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_a_dashboard_is_one_that_grafana_takes(path: Path) -> None:
    found = board(path)
    assert found["uid"] == f"wireroom-{path.stem}"
    assert found["title"] and found["description"]
    ids = [panel["id"] for panel in found["panels"]]
    assert len(set(ids)) == len(ids)
    for panel in found["panels"]:
        place = panel["gridPos"]
        assert place["x"] >= 0 and place["x"] + place["w"] <= 24
        for target in panel.get("targets", ()):
            assert target["datasource"] == {"type": "prometheus", "uid": "wireroom"}
            assert target["expr"]


def test_panels_do_not_lie_on_each_other() -> None:
    for path in DASHBOARDS:
        taken: set[tuple[int, int]] = set()
        for panel in board(path)["panels"]:
            at = panel["gridPos"]
            cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
            assert not taken & cells, f"{path.stem}: {panel['title']}"
            taken |= cells


def test_the_three_dashboards_are_there() -> None:
    assert {board(path)["title"] for path in DASHBOARDS} == {"Pipeline", "Sites", "Hosts"}


def test_the_source_and_the_folder_that_are_provisioned_are_those_of_the_dashboards() -> None:
    [source] = yaml(GRAFANA / "provisioning/datasources/prometheus.yml")["datasources"]
    assert (source["uid"], source["type"], source["url"]) == ("wireroom", "prometheus", "http://prometheus:9090")
    [provider] = yaml(GRAFANA / "provisioning/dashboards/wireroom.yml")["providers"]
    mounts = yaml(ROOT / "docker-compose.yml")["services"]["grafana"]["volumes"]
    assert f"./deploy/grafana/dashboards:{provider['options']['path']}:ro" in mounts


@pytest.mark.parametrize(
    "path",
    [*DASHBOARDS, *sorted(PROMETHEUS.glob("*.yml")), ROOT / "docs/metrics.md", ROOT / "deploy/README.md"],
    ids=lambda path: path.name,
)
def test_every_metric_that_is_named_exists(path: Path) -> None:
    assert strangers(path.read_text("utf-8")) - FILES == set()


# Files of the secrets' volumes, which begin alike.
FILES = {"wireroom_console_token", "wireroom_ledger_url", "wireroom_redis_url"}


def test_a_metric_that_nobody_tells_is_caught() -> None:
    assert strangers("rate(wireroom_pages_total[5m])") == {"wireroom_pages_total"}
    assert strangers("wireroom_stage_seconds_bucket + wireroom_urls") == set()
    assert strangers("wireroom_urls_count") == {"wireroom_urls_count"}


def test_every_metric_is_documented_with_its_labels() -> None:
    page = (ROOT / "docs/metrics.md").read_text("utf-8")
    for made in (*metric.STATE, *metric.EVENTS):
        labels = ", ".join(made.labels) or ""
        assert f"| `{made.name}` | {labels} |" in page, made.name


def test_the_rules_and_the_configuration_are_valid() -> None:
    promtool("check", "rules", "alerts.yml")
    promtool("check", "config", "--syntax-only", "prometheus.yml")


@pytest.mark.slow
def test_each_alert_fires_when_it_must_and_not_before() -> None:
    promtool("test", "rules", "alerts.test.yml")


@pytest.mark.slow
def test_what_lasts_for_days_is_told_until_it_ends() -> None:
    promtool("test", "rules", "days.test.yml")


def test_each_alert_is_proven_and_says_what_to_do() -> None:
    proof = (PROMETHEUS / "alerts.test.yml").read_text("utf-8")
    for rule in rules():
        assert rule["alert"] in proof
        assert rule["annotations"].keys() == {"summary", "action"}
        assert rule["labels"]["severity"] in ("warning", "critical")


def test_whatever_must_wake_somebody_has_an_alert() -> None:
    assert {rule["alert"] for rule in rules()} >= {
        "WireroomOldestWaiting",
        "WireroomSiteSilent",
        "WireroomFieldMissing",
        "WireroomParkedGrows",
        "WireroomBreakerOpen",
        "WireroomWorkersGone",
        "WireroomTimetableStalled",
        "WireroomLagOverTarget",
        "WireroomDiskFills",
        "WireroomHandoffFills",
    }


def test_prometheus_looks_for_the_workers_where_compose_has_them() -> None:
    services = yaml(ROOT / "docker-compose.yml")["services"]
    jobs = {job["job_name"]: job for job in yaml(PROMETHEUS / "prometheus.yml")["scrape_configs"]}
    [found] = jobs["wireroom-workers"]["dns_sd_configs"]
    assert set(found["names"]) < services.keys()
    for name in found["names"]:
        assert services[name]["environment"]["WIREROOM_METRICS_LISTEN"] == f"0.0.0.0:{found['port']}"
    [console] = jobs["wireroom-console"]["static_configs"]
    assert console["targets"] == ["console:8321"]
    mounts = services["prometheus"]["volumes"]
    assert "prometheus-secrets:/run/secrets:ro" in mounts
    assert jobs["wireroom-console"]["authorization"]["credentials_file"] == "/run/secrets/console_token"
