"""Beat's scheduler: it looks whether there is anything to do before it wakes a worker.

On an idle system nearly every message of the timetable says that there is nothing to do, and a message costs beat and
a worker several times what the look costs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from celery.beat import ScheduleEntry, Scheduler

from workers.adapters.heartbeat import looked

log = logging.getLogger(__name__)

_looks: list[Callable[[str], bool]] = []


def look_before_sending(is_idle: Callable[[str], bool]) -> None:
    """Let the beat of this process ask whether a task has nothing to do, instead of sending its message."""
    _looks[:] = [is_idle]


class LookingScheduler(Scheduler):  # type: ignore[misc]  # Celery has no types
    """Sends what is due, except what a look tells to be without use. In memory, as its base is.

    Where it cannot look, it sends: whoever does the task says what is wrong.
    """

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        """Send the entry's task, if it may have something to do."""
        if _is_idle(entry.task):
            looked.send(sender=entry.task)
        else:
            super().apply_entry(entry, producer)


def _is_idle(task: str) -> bool:
    try:
        return any(look(task) for look in _looks)
    except Exception as error:  # noqa: BLE001  # whatever it was: beat goes on
        log.debug("beat could not look: %s", error)
        return False
