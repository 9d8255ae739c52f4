"""wireroom top and wireroom metrics: the figures of a ledger as tables, as JSON, as Prometheus reads them."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from workers.adapters.redis import Transit
from workers.cli.app import BAD_INPUT, OK, UNAVAILABLE, run
from workers.cli.top_view import Rates, View, draw
from workers.core import metric
from workers.core.article import Article, Block
from workers.core.link import Kind, Label
from workers.core.work import Candidate, HostReport, Outcome, Robots, State
from workers.figures import Gatherer, robots_of
from workers.ledger import Intake, Ledger
from workers.settings import load


@pytest.fixture
def state(sqlite_url: str, tmp_path: Path) -> Path:
    """A ledger with an article, a torn page, a waiting page and a host in trouble."""
    ledger = Ledger.open(sqlite_url)
    ledger.put_site("wire", "", ["a.test"], settings={"delay": 0.0, "places": 9})
    pages = [
        Candidate("wire", key, f"https://a.test/{key}", "a.test", Kind.PAGE, Label.LATEST, 1, 1.0)
        for key in ("1", "2", "3")
    ]
    ledger.admit(pages)
    [turn] = ledger.lease("w", urls=2, hosts=1, per_host=2, hold=10, lease=10)
    first, second = turn.leases
    must = ("headline", "body")
    article = Article(site="wire", key="1", url="https://a.test/1", headline="One", body=(Block(text="Text."),))
    ledger.commit(
        [Intake(article, "https://a.test/1", 1.0)],
        [
            Outcome(first.id, 1, State.STORED, required=must),
            Outcome(second.id, 1, State.PARKED, "layout-changed", required=must, missing=("headline",)),
        ],
    )
    robots = Robots(200, "", 3600.0)
    report = HostReport("a.test", 90.0, failures=6, throttled=2, robots=robots, reason="timeout", crawl_delay=2.0)
    ledger.release("w", [report])
    ledger.close()
    return tmp_path


@pytest.mark.parametrize("words", [("top", "--once"), ("top", "--json"), ("metrics",), ("doctor",)])
def test_a_redis_url_that_is_none_is_bad_input(
    words: tuple[str, ...], state: Path, said: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREROOM_REDIS_URL", "foo://x")
    code, _, err = said(*words, "--state", str(state))
    assert code == BAD_INPUT
    assert "WIREROOM_REDIS_URL cannot be read" in err


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*words: str) -> tuple[int, str, str]:
        code = run(list(words))
        found = capsys.readouterr()
        return code, found.out, found.err

    return call


def test_top_shows_stages_sites_fields_and_hosts_in_trouble(said: Any, state: Path) -> None:
    code, out, _ = said("top", "--once", "--state", str(state))
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert code == OK
    assert any(line.startswith("fetch 1 0") for line in lines)
    assert any(line.startswith("wire 1 0 1") for line in lines)
    assert "fields of wire found: body 100.0%, headline 50.0%" in lines
    assert "parked: layout-changed 1" in lines
    [host] = [line for line in lines if line.startswith("a.test")]
    assert host.startswith("a.test 2 s open 1 min")
    assert host.endswith("rules 2 timeout")
    assert "Redis does not answer" in out


def test_top_gives_every_metric_as_json(said: Any, state: Path) -> None:
    code, out, _ = said("top", "--json", "--state", str(state))
    found = json.loads(out)
    assert code == OK
    assert {"site": "wire", "state": "stored", "value": 1} in found["wireroom_urls"]
    assert found["wireroom_host_breaker_open"] == [{"host": "a.test", "value": 1.0}]
    assert found["wireroom_service_up"] == [{"service": "ledger", "value": 1.0}, {"service": "redis", "value": 0.0}]
    assert found.keys() <= {made.name for made in metric.STATE}


def test_metrics_are_printed_as_prometheus_reads_them(said: Any, state: Path) -> None:
    code, out, _ = said("metrics", "--state", str(state))
    assert code == OK
    assert 'wireroom_articles_total{site="wire"} 1.0\n' in out
    assert 'wireroom_field_fill_ratio{field="headline",site="wire"} 0.5\n' in out
    assert 'wireroom_host_throttled_total{host="a.test"} 2.0\n' in out
    assert f'wireroom_disk_size_bytes{{disk="{state}"}}' in out


@pytest.mark.parametrize("command", ["top", "metrics"])
def test_without_a_ledger_it_says_so(said: Any, command: str, tmp_path: Path) -> None:
    code, out, err = said(command, "--state", str(tmp_path / "none"))
    assert (code, out) == (BAD_INPUT, "")
    assert "There is no ledger at" in err


def test_a_port_in_use_is_said_in_a_sentence(said: Any, state: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _, err = said("metrics", "--listen", f"127.0.0.1:{taken.getsockname()[1]}", "--state", str(state))
    assert code == UNAVAILABLE
    assert "already in use" in err


def test_a_place_that_is_none_is_bad_input(said: Any, state: Path) -> None:
    code, _, err = said("metrics", "--listen", "nowhere", "--state", str(state))
    assert code == BAD_INPUT
    assert "Give host:port" in err


def drawn(view: View) -> str:
    out = io.StringIO()
    Console(file=out, width=200).print(draw(view))
    return out.getvalue()


def test_top_tells_rates_and_the_queue_after_a_second_look(state: Path) -> None:
    ledger = Ledger.open(f"sqlite:///{state / 'ledger.db'}")
    rates = Rates()
    rates.note(ledger.figures())
    assert rates.finished is None
    rates.note(ledger.figures())
    redis = Transit({("fetch", 0): 2, ("fetch", 3): 1}, 4, 5, 6_000, 7_000_000, 8_000_000_000, {})
    text = drawn(View(ledger.figures(), redis, rates))
    ledger.close()
    assert "0.0 URLs/s" in text
    assert "hand-off 5 in 6 KB, Redis 7 MB of 8.0 GB" in text


def test_a_name_cannot_steer_the_terminal(state: Path) -> None:
    ledger = Ledger.open(f"sqlite:///{state / 'ledger.db'}")
    ledger.put_site("evil\x1b[2J", "", [])
    assert "\x1b[2J" not in drawn(View(ledger.figures(), None, Rates()))
    ledger.close()


def test_figures_are_counted_once_for_all_who_ask_at_once(state: Path) -> None:
    asked = []

    def open_ledger() -> Ledger:
        asked.append(1)
        return ledger

    with_ledger = load(state_dir=state, redis_url="redis://127.0.0.1:1/0")
    ledger = Ledger.open(with_ledger.ledger)
    gatherer = Gatherer(open_ledger, with_ledger, kept=60.0)
    assert gatherer.families() is gatherer.families()
    assert len(asked) == 1
    ledger.close()


def test_a_ledger_that_is_away_leaves_its_figures_out(tmp_path: Path) -> None:
    knobs = load(state_dir=tmp_path, redis_url="redis://127.0.0.1:1/0")
    told = {family.metric: family.values for family in Gatherer(lambda: Ledger.open(knobs.ledger), knobs).families()}
    assert told[metric.SERVICE_UP] == {("ledger",): 0.0, ("redis",): 0.0}
    assert metric.URLS not in told
    assert told[metric.DISK_FREE].keys() == {(str(tmp_path),)}


@pytest.mark.parametrize(
    ("status", "word"),
    [(None, "unknown"), (200, "rules"), (404, "open"), (0, "closed"), (429, "closed"), (503, "closed")],
)
def test_a_robots_txt_in_a_word(status: int | None, word: str, state: Path) -> None:
    from dataclasses import replace

    ledger = Ledger.open(f"sqlite:///{state / 'ledger.db'}")
    [host] = ledger.figures().hosts
    ledger.close()
    assert robots_of(replace(host, robots=status)) == word
