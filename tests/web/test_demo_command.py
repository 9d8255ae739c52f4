"""The demo site as a process: it says where it is, serves, and ends when told."""

from __future__ import annotations

import signal
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import typer
from typer.testing import CliRunner

from workers.cli.demo_site import demo_site
from workers.core.errors import BadInput
from workers.demo import DemoSite

MODULE = ("-m", "workers.demo")
COMMAND = ("-c", "import typer; from workers.cli.demo_site import demo_site; typer.run(demo_site)")

app = typer.Typer()
app.command()(demo_site)


@pytest.mark.parametrize("program", [MODULE, COMMAND], ids=["module", "command"])
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_serves_and_ends_well(program: tuple[str, ...], told: signal.Signals) -> None:
    call = [sys.executable, "-W", "error", *program, "--pages", "60", "--rate", "5"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        parts = urlsplit(process.stdout.readline().strip())
        connection = HTTPConnection("127.0.0.1", parts.port or 0, timeout=5)
        connection.request("GET", "/news/latest.html", headers={"Host": parts.netloc})
        with connection.getresponse() as answer:
            assert (answer.status, b"articles-section-view" in answer.read()) == (200, True)
        process.send_signal(told)
        _, complaints = process.communicate(timeout=10)
        connection.close()
    assert (process.returncode, complaints) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--pages", "3"], "at least 60 pages"),
        (["--rate", "0"], "more than 0 seconds"),
        (["--port", "70000"], "0 to 65535"),
    ],
)
def test_an_impossible_option_is_bad_input(arguments: list[str], sentence: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, BadInput)
    assert sentence in str(result.exception)


def test_a_port_that_is_taken_is_bad_input() -> None:
    with DemoSite(pages=60) as other:
        result = CliRunner().invoke(app, ["--port", str(other.port)])
    assert isinstance(result.exception, BadInput)
    assert str(other.port) in str(result.exception)


def test_the_module_refuses_what_cannot_be_in_one_line() -> None:
    call = [sys.executable, *MODULE, "--pages", "3"]
    done = subprocess.run(call, capture_output=True, text=True, timeout=10, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("at least 60 pages, not 3.")
