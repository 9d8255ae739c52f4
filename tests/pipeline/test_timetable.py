"""The timetable while everything runs: stale messages are dropped, two beats do no harm, sites are added and paused."""

from __future__ import annotations

import json
import subprocess
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from test_strange_messages import call
from witness import Witness
from workforce import Workforce, at_work, pages

from workers.adapters.notes import Rounds
from workers.adapters.redis import connect
from workers.cli.app import run
from workers.settings import Settings

TIMED = tuple(Settings().timetable)
PILE = 1_000
STALE = "2020-01-01T00:00:00+00:00"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Witness, Workforce, str]]:
    """A whole pipeline at work, with two beats; a web server; and the URL of the ledger."""
    url = f"sqlite:///{tmp_path_factory.mktemp('timetable') / 'ledger.db'}"
    with Witness() as witness, at_work(url) as force:
        force.start("beat-2", "beat", "--loglevel", "WARNING")
        force.worker("parse,sink")
        force.worker("fetch")
        force.until(lambda: all("ready" in force.log(name) for name in ("discover", "parse", "fetch")))
        with connect(force.valkey.url) as client:
            force.until(lambda: set(Rounds(client).last()) == set(TIMED))
        yield witness, force, url


def cpu_seconds(force: Workforce, name: str) -> float:
    """CPU that all processes of a worker have used so far."""
    pids = ",".join(map(str, force.pids(name)))
    listed = subprocess.run(["ps", "-o", "cputimes=", "-p", pids], capture_output=True, text=True, check=True).stdout
    return float(sum(map(int, listed.split())))


def test_a_pile_of_stale_timed_messages_is_dropped_and_costs_little(
    working: tuple[Witness, Workforce, str],
) -> None:
    _, force, _ = working
    with connect(force.valkey.url) as client:
        before = cpu_seconds(force, "discover")
        pile = [json.dumps(call(task=TIMED[n % 3], expires=STALE)) for n in range(PILE)]
        # At the head of the queue: what beat sends meanwhile has to wait for them.
        client.rpush("discover", *pile)
        begun, waited_since = time.monotonic(), time.time()
        force.until(lambda: force.log("discover").count("revoked") >= PILE)
        force.until(lambda: min(Rounds(client).last().values()) > waited_since)
        assert cpu_seconds(force, "discover") - before <= 5, "it takes about 1 ms a message"
        assert time.monotonic() - begun < 40
        assert client.hlen("unacked") <= 3, "nothing of it comes back"
        assert force.ledger.status().messages_refused == 0


def test_a_pile_of_fresh_timed_messages_and_two_beats_do_no_harm(
    working: tuple[Witness, Workforce, str],
) -> None:
    witness, force, _ = working
    with connect(force.valkey.url) as client:
        client.lpush("discover", *(json.dumps(call(task=TIMED[n % 3])) for n in range(PILE)))
    force.ledger.put_site("s", "", settings={"delay": 0.02})
    force.ledger.admit(pages("s", witness.host(1), range(60)))
    force.until(lambda: force.ledger.status().total.open == 0)
    asked = Counter(one.path for one in witness.of(witness.host(1)))
    assert len(asked) == 60
    assert set(asked.values()) == {1}, "every page was asked for once"
    assert force.ledger.status().messages_refused == 0


def test_a_site_is_added_paused_and_read_at_once_while_everything_runs(
    working: tuple[Witness, Workforce, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    witness, force, url = working
    monkeypatch.setenv("WIREROOM_LEDGER_URL", url)
    monkeypatch.setenv("WIREROOM_REDIS_URL", force.valkey.url)
    host = witness.host(0)

    def say(*words: str) -> str:
        assert run(["sites", *words]) == 0
        return capsys.readouterr().out

    def read(times: int) -> bool:
        fronts = sum(one.path == "/" for one in witness.of(host))
        return fronts == times and force.ledger.status().total.open == 0

    say("add", f"http://{host}/", "--delay", "0")
    force.until(lambda: read(1))
    found = json.loads(say("schedule", "--json", "--site", host))
    assert {start["state"] for start in found["starts"]} <= {"skipped", "parked", "stored"}
    assert all(start["visited_at"] < start["due_at"] for start in found["starts"])
    assert all(task["last_at"] is not None for task in found["tasks"]), "who did it noted when"

    say("crawl-now", host)
    force.until(lambda: read(2))
    say("pause", host)
    assert "not asked for while the site is paused" in say("crawl-now", host)
    wait_for_a_round(force)
    assert sum(one.path == "/" for one in witness.of(host)) == 2, "a paused site is left alone"
    say("resume", host)
    force.until(lambda: read(3))


def wait_for_a_round(force: Workforce) -> None:
    """Until every timed task was begun and done anew, so that fetch has been woken in vain."""
    with connect(force.valkey.url) as client:
        for _ in range(2):
            since = time.time()
            force.until(lambda since=since: min(Rounds(client).last().values()) > since)
