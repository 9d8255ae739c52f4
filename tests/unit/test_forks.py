"""A forked child: it begins with what is imported here, ends with its exit code, and is told when we are gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workers.adapters.forks import Fork

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks are used on Linux only")


def fork(run: Callable[[], int], log: Path, **environment: str) -> Fork:
    with log.open("ab") as file:
        return Fork(run, environment, file)


def test_a_fork_ends_with_the_code_of_what_it_ran(tmp_path: Path) -> None:
    assert fork(lambda: 7, tmp_path / "log").wait(10) == 7


def test_a_fork_writes_to_its_log_and_has_its_own_environment(tmp_path: Path) -> None:
    def say() -> int:
        print(os.environ["WIREROOM_FORK_TEST"], os.getsid(0) == os.getpid())
        return 0

    assert fork(say, tmp_path / "log", WIREROOM_FORK_TEST="in the fork").wait(10) == 0
    assert (tmp_path / "log").read_text() == "in the fork True\n"
    assert "WIREROOM_FORK_TEST" not in os.environ


def test_a_fault_in_a_fork_is_in_its_log(tmp_path: Path) -> None:
    def fail() -> int:
        raise KeyError("a fault")

    assert fork(fail, tmp_path / "log").wait(10) == 1
    assert "KeyError: 'a fault'" in (tmp_path / "log").read_text()


@pytest.mark.parametrize(("end", "code"), [(SystemExit(3), 3), (SystemExit(None), 0), (SystemExit("why"), 1)])
def test_an_exit_in_a_fork_is_its_code(end: SystemExit, code: int, tmp_path: Path) -> None:
    def leave() -> int:
        raise end

    assert fork(leave, tmp_path / "log").wait(10) == code


def test_a_fork_that_runs_on_is_waited_for_and_can_be_killed(tmp_path: Path) -> None:
    child = fork(lambda: time.sleep(60) or 0, tmp_path / "log")
    assert child.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(0.05)
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait(10) == -signal.SIGKILL


def test_the_input_of_a_fork_ends_with_the_process_that_made_it(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from workers.adapters.forks import Fork\n"
        "def wait():\n    print(os.read(0, 1) == b'', flush=True)\n    return 0\n"
        "for _ in range(2):\n    Fork(wait, {}, Path(sys.argv[1]).open('ab'))\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "log")], check=True, timeout=20)
    give_up = time.monotonic() + 10
    while (tmp_path / "log").read_text() != "True\nTrue\n" and time.monotonic() < give_up:
        time.sleep(0.01)
    assert (tmp_path / "log").read_text() == "True\nTrue\n", "also where another fork was made later"
