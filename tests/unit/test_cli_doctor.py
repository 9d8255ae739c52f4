"""`wireroom doctor`: what it finds on a machine that is right, and what it advises on one that is not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from newsdesk import Desk

from workers.adapters.valkey import ValkeyServer
from workers.cli import checks
from workers.cli.doctor import masked
from workers.settings import Settings, load


@pytest.fixture
def knobs(tmp_path: Path) -> Settings:
    return load(state_dir=tmp_path)


def test_a_machine_that_has_everything_is_well(desk: Desk) -> None:
    done = desk("doctor", "--json")
    assert done.code == 0
    found = {row["name"]: row for row in done.rows}
    assert found["Robots name"]["found"] == "robots.txt means us by 'wireroom', or by *"
    assert {"Python", "Disk", "State folder", "SQLite", "Ledger"} < set(found)
    assert found["Ledger"]["found"].startswith("3 articles; its clock is 0.")
    assert {row["state"] for row in done.rows} == {"ok"}


def test_a_ledger_that_is_not_there_yet_is_no_fault(desk: Desk, tmp_path: Path) -> None:
    done = desk("doctor", "--state", str(tmp_path / "new"))
    assert done.code == 0
    assert "the first crawl makes it" in done.out


def test_a_damaged_ledger_fails_with_advice(desk: Desk) -> None:
    (desk.state / "ledger.db").write_bytes(b"x" * 5_000)
    done = desk("doctor")
    assert done.code == 1
    assert "FAILED  Ledger" in done.out


def test_an_old_python_fails(knobs: Settings) -> None:
    assert checks.python(knobs, (3, 9, 2)).state == checks.FAILED
    assert checks.python(knobs, (3, 13, 0)).state == checks.OK


@pytest.mark.parametrize(("free", "state"), [(10**8, "failed"), (10**9, "warning"), (10**11, "ok")])
def test_a_disk_that_fills_up_is_told_in_time(knobs: Settings, free: int, state: str) -> None:
    found = checks.disk(knobs, free)
    assert found.state == state
    assert bool(found.advice) == (state != "ok")


def test_the_disk_of_a_server_is_not_ours_to_look_at(knobs: Settings) -> None:
    assert checks.disk(knobs.model_copy(update={"ledger_url": "postgresql://db/wireroom"}), 0) is None


def test_a_state_folder_that_is_a_file_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert checks.folder(load(state_dir=tmp_path / "file")).state == checks.FAILED


def test_sqlite_must_be_able_to_search(knobs: Settings) -> None:
    found = checks.sqlite(knobs)
    assert found is not None
    assert found.found == f"{sqlite3.sqlite_version} with FTS5"
    assert checks.sqlite(load(ledger_url="postgresql://u@h/d")) is None


def test_a_clock_that_is_off_is_a_warning() -> None:
    assert checks._clock(-300.0, 0).state == checks.WARNING
    assert "300.0 s behind" in checks._clock(-300.0, 0).found
    assert checks._clock(0.2, 0).state == checks.OK


def test_a_named_redis_that_is_away_fails(tmp_path: Path) -> None:
    knobs = load(state_dir=tmp_path, redis_url=f"unix://{tmp_path / 'none.sock'}")
    assert checks.server(knobs) is None
    found = checks.queue(knobs)
    assert found is not None
    assert found.state == checks.FAILED
    assert "WIREROOM_REDIS_URL" in found.advice


def test_a_named_redis_that_answers_is_well(tmp_path: Path) -> None:
    server = ValkeyServer(tmp_path)
    server.start()
    try:
        found = checks.queue(load(redis_url=server.url))
        broker = checks.broker(load(broker_url=server.url))
    finally:
        server.stop()
    assert found is not None
    assert found.state == checks.OK
    assert "noeviction" in found.found
    assert broker is not None
    assert broker.state == checks.OK


def test_a_broker_that_is_away_fails(tmp_path: Path) -> None:
    found = checks.broker(load(broker_url="amqp://u:p@127.0.0.1:9//"))
    assert found is not None
    assert found.state == checks.FAILED


def test_settings_are_listed_without_their_secrets(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_BROKER_URL", "redis://user:p@ss:w/rd@127.0.0.1:6379/0")
    [row] = desk("doctor", "--settings", "--json").rows
    assert row["WIREROOM_BROKER_URL"] == "redis://user:***@127.0.0.1:6379/0"
    assert set(row) == {f"WIREROOM_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://h/d?user=u&password=s3cret", "postgresql://h/d?user=u&password=***"),
        ("postgresql://h/d?sslpassword=s3cret&sslmode=require", "postgresql://h/d?sslpassword=***&sslmode=require"),
        ("postgresql://h/d?pass%77ord=s3cret", "postgresql://h/d?pass%77ord=***"),
        ("postgresql://u:s3cret@h/d?password=s3cret", "postgresql://u:***@h/d?password=***"),
        ("redis://h:6379/0?Password=s3@c:r/e?t", "redis://***"),
        ("redis://u:p?pass=ab@h", "redis://***"),
        ("unix:///run/x.sock?db=1&password=s3cret", "unix:///run/x.sock?db=1&password=***"),
    ],
)
def test_a_password_among_the_parameters_is_no_more_shown_than_one_before_the_host(url: str, shown: str) -> None:
    assert masked(url) == shown


def test_a_redis_url_that_cannot_be_read_is_not_repeated_with_its_password(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREROOM_REDIS_URL", "redis://:s3c/ret@h:port/0")
    done = desk("doctor")
    assert "s3c" not in done.out + done.err
    assert "percent-encoded" in done.err
    assert done.code == 2


@pytest.mark.parametrize(
    "url", ["", "redis://127.0.0.1:6379/0", "unix:///run/valkey.sock", "wireroom/0.1 (+https://x.test/)"]
)
def test_a_value_without_a_password_is_shown_as_it_is(url: str) -> None:
    assert masked(url) == url


def test_a_variable_that_is_no_setting_is_warned_of_by_name(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_FETCH_DEADLIN", "20")
    monkeypatch.setenv("WIREROOM_REDIS_URL_FILE", "")
    monkeypatch.setenv("WIREROOM_CONSOLE_SERVICE_HOST", "10.0.0.1")
    done = desk("doctor")
    assert done.code == 0
    assert "warning Variables       no setting is called WIREROOM_FETCH_DEADLIN\n" in done.out
    assert "Did you mean WIREROOM_FETCH_DEADLINE?" in done.out
