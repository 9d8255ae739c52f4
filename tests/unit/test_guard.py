"""What a task may end in: a log line, never the worker."""

from __future__ import annotations

import pytest

from workers.core.errors import Unavailable
from workers.guard import guarded


@pytest.mark.parametrize("error", [MemoryError(), Unavailable("The database is away."), ConnectionError("gone")])
def test_a_task_that_lacks_something_ends_quietly_and_the_ledger_hands_its_work_out_again(error: Exception) -> None:
    @guarded
    def parse() -> None:
        raise error

    parse()


def test_a_fault_of_ours_is_told() -> None:
    @guarded
    def parse() -> None:
        raise KeyError("a fault")

    with pytest.raises(KeyError):
        parse()
