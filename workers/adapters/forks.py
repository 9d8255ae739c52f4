"""A child process that begins with all that this one has imported."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from multiprocessing.util import _run_finalizers  # type: ignore[attr-defined]
from typing import BinaryIO

_LOOK_EVERY = 0.01


@cache
def _tether() -> tuple[int, int]:
    """A pipe into which nobody writes: its end tells every fork that this process is gone."""
    return os.pipe()


class Fork:
    """A fork of this process that runs `run` and ends with the exit code that it gives; used like a Popen.

    It has a session of its own, the tether as its input, and writes to `log`. Nothing that is open here may be used by
    it: connections are to be closed before.
    """

    def __init__(self, run: Callable[[], int], environment: Mapping[str, str], log: BinaryIO) -> None:
        self.returncode: int | None = None
        reading, writing = _tether()
        sys.stdout.flush()
        sys.stderr.flush()
        gc.freeze()  # what both have is not touched by the collector, so it stays one copy
        self.pid = os.fork()
        if self.pid == 0:
            os.close(writing)
            _become(run, environment, reading, log.fileno())

    @staticmethod
    def is_safe() -> bool:
        """Whether a fork now takes no lock with it that nobody would ever release. On macOS it never is."""
        return sys.platform == "linux" and threading.active_count() == 1

    def poll(self) -> int | None:
        """The exit code, None while it runs; that of a signal is negative."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, when it has ended; subprocess.TimeoutExpired when that takes longer."""
        give_up = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if give_up is not None and time.monotonic() > give_up:
                raise subprocess.TimeoutExpired("fork", timeout or 0.0)
            time.sleep(_LOOK_EVERY)
        return code


def _become(run: Callable[[], int], environment: Mapping[str, str], stdin: int, log: int) -> None:
    code = 1
    try:
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        os.dup2(stdin, 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w", 1, closefd=False), os.fdopen(2, "w", 1, closefd=False)
        os.environ.update(environment)
        code = run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  # it is the end of this process, and the log must say why
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        with suppress(Exception):
            _run_finalizers()  # the folders that multiprocessing made here; what the parent made stays
        os._exit(code)  # not a step further: what the parent would do at its end is not ours
