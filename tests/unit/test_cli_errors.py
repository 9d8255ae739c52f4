"""Bad input: one sentence on stderr, the right exit code, and no traceback without --debug."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from newsdesk import Desk

from workers.cli.app import COMMANDS, run, verdict
from workers.core.errors import BadInput, LayoutChanged, Unavailable

ROOT = Path(__file__).resolve().parents[2]
_HERE = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["crwal"], 2, "Did you mean 'crawl'?"),
        (["articles", "lst"], 2, "Did you mean 'list'"),
        (["articles", "list", "--limit", "many"], 2, "--limit"),
        (["articles", "list", "--since", "yesterday"], 2, "'yesterday' is not a valid time"),
        (["articles", "export", "--format", "xml"], 2, "--format"),
        (["articles", "list", "--after", "9" * 20], 2, "--after"),
        (["articles", "list", "--group", "9" * 20], 2, "--group"),
        (["articles", "list", "--after", "-1"], 2, "--after"),
        (["parked", "drop", "9" * 20], 2, "9223372036854775807"),
        (["parked", "replay", "9" * 20], 2, "9223372036854775807"),
        (["crawl", "--pages", "9" * 20], 2, "--pages"),
        (["crawl", "--rate", "nan"], 2, "--rate"),
        (["top", "--every", "nan"], 2, "--every"),
        (["migrate", "--wait", "nan"], 2, "--wait"),
        (["sites", "add", "https://a.test/", "--delay", "nan"], 2, "--delay"),
        (["crawl", "https://a.test/", "--delay", "inf"], 2, "WIREROOM_DELAY"),
        (["demo-site", "--rate", "nan"], 2, "more than 0 seconds"),
        (["demo-site", "--rate", "inf"], 2, "more than 0 seconds"),
        (["demo-site", "--pages", "100000000"], 2, "at most 20000 pages"),
        (["trace"], 2, "Missing argument"),
        (["doctor", "--url", "gopher://x"], 2, "no address that can be asked"),
        (["site", "check", "none.html", "--url", "https://x.test/"], 2, "none.html cannot be read"),
        (["articles", "show", "x", "--state", "nowhere"], 2, "There is no ledger at"),
    ],
)
def test_bad_input_is_one_sentence(desk: Desk, arguments: list[str], code: int, said: str) -> None:
    done = desk(*arguments)
    assert done.code == code
    assert said in done.err
    assert done.err.startswith("wireroom: ")
    assert done.err.count("\n") == 1
    assert done.out == ""


@pytest.mark.parametrize("command", [("doctor", "--url"), ("site", "check"), ("sites", "add"), ("crawl",)])
@pytest.mark.parametrize(
    "address",
    ["http://me:s3cret@a.example/x", "me:s3cret@a.example", "me:s3cret@a.example/x", "https://a:s3cret@b@c/"],
)
def test_a_password_in_an_address_is_not_said_again(desk: Desk, command: tuple[str, ...], address: str) -> None:
    done = desk(*command, address)
    assert done.code == 2
    assert "without them" in done.err
    assert "s3cret" not in done.err + done.out


@pytest.mark.parametrize(
    ("ledger", "code", "said"),
    [
        ("not a url", 2, "The ledger's URL cannot be read"),
        ("mysql://u:secret@h/x", 2, "cannot be kept in 'mysql'"),
        ("sqlite:///:memory:", 2, "needs a file"),
        ("postgresql://u:secret@127.0.0.1:9/x", 3, "cannot be reached"),
        ("postgresql://u:secret@127.0.0.1:9/x?foo=bar", 2, "URL cannot be used"),
        ("sqlite:////proc/none/ledger.db", 2, "There is no ledger"),
    ],
)
def test_a_ledger_that_cannot_be_had_is_one_sentence(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, ledger: str, code: int, said: str
) -> None:
    monkeypatch.setenv("WIREROOM_LEDGER_URL", ledger)
    done = desk("status")
    assert done.code == code
    assert said in done.err
    assert "secret" not in done.err
    assert "Traceback" not in done.err
    assert done.err.count("Is the server running") == (code == 3)


def test_a_damaged_ledger_is_one_sentence(desk: Desk) -> None:
    (desk.state / "ledger.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 4_096)
    done = desk("status")
    assert done.code == 2
    assert "cannot be used" in done.err
    assert done.err.count("\n") == 1


def test_a_ledger_of_another_version_names_both(desk: Desk) -> None:
    with sqlite3.connect(desk.state / "ledger.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    done = desk("status")
    assert done.code == 2
    assert "9999" in done.err


def test_a_bad_setting_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_DELAY", "soon")
    done = desk("status")
    assert done.code == 2
    assert "WIREROOM_DELAY" in done.err


def test_an_open_redis_elsewhere_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_REDIS_URL", "redis://queue.test:6379/0")
    done = desk("doctor")
    assert done.code == 2
    assert "has no password" in done.err


@pytest.mark.parametrize("arguments", [["--debug", "trace", "x"], ["trace", "x", "--debug"]])
def test_debug_shows_where_wherever_it_stands(desk: Desk, arguments: list[str]) -> None:
    done = desk(*arguments)
    assert done.err.startswith("Traceback")
    assert done.err.splitlines()[-1].startswith("wireroom: The ledger has never seen x")
    assert desk("articles", "search", "--", "--debug").err == ""


def test_the_real_command_says_one_sentence_and_its_code(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "workers", "status", "--state", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("wireroom: There is no ledger at")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_tells_how_it_is_used(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    out = capfd.readouterr().out
    assert "Usage: wireroom " + name in out


@pytest.mark.parametrize("command", [["articles", "list"], ["parked", "replay"]])
def test_no_help_is_filled_with_the_largest_id(command: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run([*command, "--help"]) == 0
    assert "9223372036854775807" not in capfd.readouterr().out


def test_every_command_is_in_the_list(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = capfd.readouterr().out
    assert [name for name in COMMANDS if f" {name} " not in out] == []


def test_the_list_of_commands_imports_none_of_them() -> None:
    script = """
import sys
from workers.cli.app import run
run(["--help"])
heavy = ("sqlalchemy", "celery", "selectolax", "httpx", "pydantic")
sys.stderr.write(" ".join(name for name in heavy if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (BadInput("It is wrong"), 2, "It is wrong."),
        (Unavailable("The ledger is away."), 3, "The ledger is away."),
        (LayoutChanged("No headline"), 1, "No headline."),
        (KeyboardInterrupt(), 130, "Stopped."),
        (OSError(errno.ENOSPC, "No space left on device", "out.csv"), 3, "The disk is full (out.csv)"),
        (PermissionError(errno.EACCES, "Permission denied", "out.csv"), 2, "out.csv: Permission denied."),
        (
            ZeroDivisionError("by \x1b[2Jzero"),
            1,
            "ZeroDivisionError: by \\x1b[2Jzero. Run it again with --debug",
        ),
    ],
)
def test_each_error_has_its_sentence_and_its_code(error: BaseException, code: int, said: str) -> None:
    sentence, found = verdict(error)
    assert found == code
    assert said in sentence
    assert "\n" not in sentence


def test_ctrl_c_is_told_by_the_exit_code() -> None:
    script = """
import os, signal, sys, time
import workers.cli.app as app
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
app._load = lambda name: (os.kill(os.getpid(), signal.SIGINT), time.sleep(60))
sys.exit(app.run(["status"]))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert done.stderr == ""


@pytest.mark.parametrize(
    "arguments", [["articles", "list"], ["articles", "list", "--json"], ["articles", "show", "1"], ["--help"]]
)
def test_a_reader_that_has_seen_enough_is_no_problem(desk: Desk, arguments: list[str]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "workers", *arguments]
    done = subprocess.run(command, cwd=desk.state.parent, env=_HERE, stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    assert (done.stderr, done.returncode) == (b"", 0)


def test_a_command_without_anywhere_to_write_is_no_problem(desk: Desk) -> None:
    command = ["sh", "-c", 'exec "$0" -m workers status >&-', sys.executable]
    done = subprocess.run(command, cwd=desk.state.parent, env=_HERE, stderr=subprocess.PIPE, check=False)
    assert (done.stderr, done.returncode) == (b"", 0)
