"""Tables on a terminal of any width: everything can be read, nothing is pressed to nothing."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest
from newsdesk import Desk
from rich.console import Console

from workers.cli.tables import fitting

WORDS = ("published", "wire", "versions", "2026")


def on_terminal(columns: int, desk: Desk, *arguments: str) -> list[str]:
    """The lines that a terminal of so many columns shows of a command."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    command = [sys.executable, "-m", "workers", *arguments, "--state", str(desk.state)]
    running = subprocess.Popen(command, stdout=theirs, env={**environment, "TERM": "xterm"})
    os.close(theirs)
    said = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    assert running.wait(timeout=30) == 0
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", said.decode()).splitlines()]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # how Linux says that nobody writes any more
        return b""


@pytest.mark.parametrize("columns", [40, 80, 100, 200])
def test_every_column_can_be_read_at_any_width(desk: Desk, columns: int) -> None:
    lines = on_terminal(columns, desk, "articles", "list")
    for word in WORDS:
        assert any(word in line for line in lines), (word, lines)


def test_a_long_headline_is_cut_and_not_what_stands_beside_it() -> None:
    columns, row = ("#id", "published (UTC)", "headline"), ("300", "2026-11-25 12:50", "word " * 50)
    table = fitting(columns, [row], 80, "headline")
    assert table is not None
    shown = io.StringIO()
    Console(file=shown, width=80).print(table)
    [_, line] = shown.getvalue().splitlines()
    assert line.startswith("300  2026-11-25 12:50  word word")
    assert line.rstrip().endswith("…")


@pytest.mark.parametrize("room", [24, 30, 40, 60])
def test_no_number_is_folded_or_cut(room: int) -> None:
    table = fitting(("site", "#articles", "why"), [("wire", "12345678", "a sentence that is long")], room, "")
    assert table is not None
    shown = io.StringIO()
    Console(file=shown, width=room).print(table)
    assert "12345678" in shown.getvalue()
    assert all(len(line) <= room for line in shown.getvalue().splitlines())


def test_a_terminal_too_narrow_for_a_table_gets_a_list(desk: Desk) -> None:
    lines = on_terminal(40, desk, "status")
    assert "articles        3" in lines
    assert "oldest waiting" in "\n".join(lines)
