"""`wireroom console`: what it says when it cannot start, and that it stops when told to."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from workers.cli.app import run

COMMAND = [sys.executable, "-m", "workers", "console"]


def said(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = run(["console", *arguments])
    return code, capfd.readouterr().err


def test_a_port_in_use_is_said(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, err = said(capfd, "--port", str(port), "--state", str(folder))
    assert code == 3
    assert f"Port {port} of 127.0.0.1 is in use" in err
    assert "--port" in err


def test_others_are_not_let_in_without_a_token(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, err = said(capfd, "--listen", "0.0.0.0", "--port", "0", "--state", str(folder))
    assert code == 2
    assert "WIREROOM_CONSOLE_TOKEN" in err


def test_a_short_token_is_refused(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREROOM_CONSOLE_TOKEN", "short")
    code, err = said(capfd, "--port", "0", "--state", str(folder))
    assert code == 2
    assert "WIREROOM_CONSOLE_TOKEN" in err
    assert "at least 16" in err


def test_a_ledger_that_is_not_there_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, err = said(capfd, "--port", "0", "--state", str(tmp_path / "nothing"))
    assert code == 2
    assert "no ledger at" in err


def test_a_migration_that_is_behind_is_said(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with contextlib.closing(sqlite3.connect(folder / "ledger.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
        connection.commit()
    code, err = said(capfd, "--port", "0", "--state", str(folder))
    assert code == 2
    assert "wireroom migrate" in err


def test_an_address_that_is_none_is_said(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, err = said(capfd, "--listen", "127.0.0.300", "--port", "0", "--state", str(folder))
    assert code == 2
    assert "127.0.0.300" in err


@pytest.mark.slow
def test_it_serves_and_stops_at_once_though_somebody_listens(folder: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("WIREROOM_")}
    command = [*COMMAND, "--port", "0", "--state", str(folder)]
    running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        with urllib.request.urlopen(f"{address}api/v1/events", timeout=10) as stream:
            assert stream.readline() == b"retry: 2000\n"
            running.send_signal(signal.SIGTERM)
            _, err = running.communicate(timeout=15)
        assert running.returncode == 0
        assert "Traceback" not in err
    finally:
        running.kill()
        running.wait()
