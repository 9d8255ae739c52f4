"""What commands say of a service that is not there, not there yet, closed to us, or of another version."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawls import environment
from postgres import Postgres
from sqlalchemy import text
from test_stack_by_hand import with_password

from workers.cli.app import run
from workers.ledger import Ledger
from workers.ledger.database import Database


class Said:
    """A command of ours, run in this process: its exit code and the one sentence it ended with."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, *words: str, ledger: str = "") -> tuple[int, str]:
        if ledger:
            self._monkeypatch.setenv("WIREROOM_LEDGER_URL", ledger)
        code = run(words)
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        assert len(said.err.splitlines()) <= 1, "one sentence"
        return code, said.err or said.out


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    return Said(capsys, monkeypatch)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Postgres, str]]:
    """A server that asks for a password, and the URL of its empty database."""
    from postgres import _programs_or_skip, running

    with running(_programs_or_skip()) as server:
        yield server, with_password(server, "right")


@pytest.mark.parametrize("command", [("migrate",), ("status",), ("sites", "list")])
def test_a_wrong_password_is_bad_input_and_stays_secret(
    command: tuple[str, ...], guarded: tuple[Postgres, str], said: Said
) -> None:
    code, sentence = said(*command, ledger=guarded[1].replace(":right@", ":wr0ng@"))
    assert code == 2
    assert "authentication failed" in sentence
    assert "Check the user, password and database name." in sentence
    assert "wr0ng" not in sentence


def test_a_missing_password_is_bad_input(guarded: tuple[Postgres, str], said: Said) -> None:
    code, sentence = said("migrate", ledger=guarded[1].replace(":right@", "@"))
    assert code == 2
    assert "no password supplied" in sentence


def test_waiting_does_not_help_a_wrong_password(guarded: tuple[Postgres, str], said: Said) -> None:
    code, _ = said("migrate", "--wait", "600", ledger=guarded[1].replace(":right@", ":wr0ng@"))
    assert code == 2


def test_a_database_without_a_ledger_is_told_what_makes_one(guarded: tuple[Postgres, str], said: Said) -> None:
    code, sentence = said("status", ledger=guarded[1])
    assert code == 2
    assert "no ledger" in sentence
    assert "wireroom migrate" in sentence


def test_a_database_that_is_not_there_is_waited_for_and_then_told(said: Said) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    code, sentence = said("migrate", "--wait", "1.5", ledger=f"postgresql://u:secret@127.0.0.1:{port}/wireroom")
    assert code == 3
    assert "Is the server running?" in sentence
    assert "secret" not in sentence


def test_a_database_that_comes_while_it_is_waited_for_is_migrated(own_postgres: Postgres, said: Said) -> None:
    own_postgres.sql("CREATE DATABASE late TEMPLATE template0")
    url = own_postgres.url("late")
    own_postgres.stop()
    ended: list[tuple[int, str]] = []
    # The command in a thread: the server would end with a thread that started it.
    command = threading.Thread(target=lambda: ended.append(said("migrate", "--wait", "30", ledger=url)))
    command.start()
    command.join(1.0)
    assert command.is_alive(), "it waits"
    own_postgres.start()
    command.join()
    assert ended == [(0, "The ledger is up to date.\n")]


@pytest.mark.parametrize(("found", "advice"), [("0001", "Run `wireroom migrate`"), ("9999", "install the version")])
def test_a_ledger_of_another_version_is_refused_by_all_but_migrate(
    found: str, advice: str, tmp_path: Path, said: Said
) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    Ledger.open(url, migrate=True).close()
    database = Database(url)
    database.write(lambda tx: tx.connection.execute(text(f"UPDATE alembic_version SET version_num = '{found}'")))
    database.close()
    code, sentence = said("sites", "schedule", ledger=url)
    assert code == 2
    assert f"has schema {found}" in sentence
    assert advice in sentence


def test_a_ledger_of_a_newer_version_is_not_taken_back(tmp_path: Path, said: Said) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    Ledger.open(url, migrate=True).close()
    database = Database(url)
    database.write(lambda tx: tx.connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    database.close()
    code, sentence = said("migrate", ledger=url)
    assert code == 2
    assert "made by a newer version" in sentence


def test_a_port_in_use_is_told_with_its_number(said: Said) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, sentence = said("demo-site", "--port", str(port))
    assert code == 2
    assert f"Port {port} of 127.0.0.1 cannot be used" in sentence


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"WIREROOM_REDIS_URL": "redis://cache.example:6379/0"}, ("has no password", "WIREROOM_ALLOW_OPEN_REDIS")),
        ({"WIREROOM_LEDGER_URL_FILE": "/nowhere/ledger"}, ("WIREROOM_LEDGER_URL_FILE", "cannot be read")),
        ({"WIREROOM_METRICS_LISTEN": "nowhere"}, ("no place to serve metrics at", "Give host:port")),
    ],
)
def test_a_worker_with_settings_that_cannot_be_used_ends_with_a_sentence(
    variables: dict[str, str], words: tuple[str, ...]
) -> None:
    command = [sys.executable, "-m", "celery", "-A", "workers", "worker", "-Q", "fetch", "-c", "1"]
    done = subprocess.run(command, env=environment(**variables), capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    [sentence] = done.stderr.splitlines()
    for word in words:
        assert word in sentence
