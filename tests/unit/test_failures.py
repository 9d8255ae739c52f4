"""What a task may end in: a log line, never the worker."""

from __future__ import annotations

import errno
import re
import socket

import pytest
import redis
from kombu.exceptions import OperationalError
from structlog.testing import capture_logs

from workers.adapters.broker import is_away
from workers.core import errors
from workers.core.errors import Unavailable, WireroomError
from workers.failures import contained
from workers.measure import kind_of


@pytest.mark.parametrize("error", [MemoryError(), Unavailable("The database is away."), ConnectionError("gone")])
def test_a_task_that_lacks_something_ends_quietly_and_the_ledger_hands_its_work_out_again(error: Exception) -> None:
    @contained
    def parse() -> None:
        raise error

    with capture_logs() as told:
        parse()
    assert [(line["event"], line["stage"]) for line in told] in (
        [("memory.short", "parse")],
        [("service.away", "parse")],
    ), "it does not end in silence"


def test_a_fault_of_ours_is_told() -> None:
    @contained
    def parse() -> None:
        raise KeyError("a fault")

    with pytest.raises(KeyError):
        parse()


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (socket.gaierror(-2, "Name or service not known"), True),
        (OSError(errno.EHOSTUNREACH, "No route to host"), True),
        (redis.ConnectionError("gone"), True),
        (OperationalError("gone"), True),
        (FileNotFoundError(errno.ENOENT, "cacert.pem"), False),
        (OSError(errno.EMFILE, "Too many open files"), False),
        (KeyError("a fault"), False),
    ],
)
def test_a_file_that_is_missing_is_no_service_that_is_away(error: Exception, away: bool) -> None:
    assert is_away(error) is away
    assert (kind_of(error) == "unavailable") is away


def test_every_error_is_drawn_in_the_tree_below_what_becomes_of_its_url() -> None:
    above, drawn = {0: "WireroomError"}, dict[str, str]()
    for twigs, name in re.findall(r"^([│ ]*[├└]── )(\w+)", errors.__doc__ or "", re.M):
        depth = len(twigs) // 4
        above[depth], drawn[name] = name, above[depth - 1]
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, WireroomError)]
    assert drawn == {kind.__name__: kind.__base__.__name__ for kind in kinds if kind is not WireroomError}


def test_no_task_has_its_hard_time_limit_before_its_soft_one() -> None:
    """Celery counts the hard one from the soft one: a parser that hung was not ended before 110 s."""
    from workers.tasks import app

    limits = {
        name: (task.soft_time_limit or app.conf.task_soft_time_limit, task.time_limit or app.conf.task_time_limit)
        for name, task in app.tasks.items()
        if not name.startswith("celery.")
    }
    assert set(limits) == {"fetch", "parse", "discover", "sink", "sweep", "revisit", "nudge"}
    assert all(0 < soft < hard for soft, hard in limits.values()), limits
