"""Log lines stay lines, and nothing in them steers what shows them, whatever a page or a message says."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HARM = "a\x1b[31m\nerror: all is lost\r\u202e\u2028\x00\x9b\ud800\u061c\ufff9\U000e0041 b"
PROGRAM = f"""
import logging, structlog
from workers.logs import configure_logs
configure_logs(FORM, "INFO")
harm = {HARM!a}
structlog.get_logger("wireroom").warning("page.odd", url=harm, long="x" * 100_000)
logging.getLogger("library").warning("it says %s", harm)
"""


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_in_a_log_line_steers_or_ends_it(form: str) -> None:
    command = [sys.executable, "-c", PROGRAM.replace("FORM", repr(form))]
    said = subprocess.run(command, capture_output=True, check=True).stderr.decode(
        "ascii", "strict" if form == "json" else "replace"
    )
    assert len(said.splitlines()) == 2, said
    assert said.isascii() or form == "text"
    assert all(character.isprintable() for line in said.splitlines() for character in line.replace("\ufffd", ""))
    assert len(said) < 6_000
    if form == "json":
        assert [json.loads(line)["level"] for line in said.splitlines()] == ["warning", "warning"]


DEEP = """
import logging
from workers.logs import configure_logs
configure_logs("json", "INFO")
def down(n):
    if n:
        down(n - 1)
    elif n == 0:
        raise LookupError("what was looked for " + "x" * 100_000)
def fail():
    try:
        down(40)
    except LookupError as error:
        raise RuntimeError("at the very end") from error
def log():
    try:
        fail()
    except RuntimeError:
        logging.getLogger("library").exception("it failed")
log()
"""


def test_a_long_traceback_keeps_its_end_which_names_the_error() -> None:
    said = subprocess.run([sys.executable, "-c", DEEP], capture_output=True, check=True).stderr.decode()
    [line] = said.splitlines()
    traceback = json.loads(line)["exception"]
    assert traceback.endswith("RuntimeError: at the very end")
    assert "LookupError: what was looked for xxx" in traceback
    assert len(traceback) < 6_000
