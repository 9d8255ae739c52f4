"""What beat asks the ledger before it sends a task of the timetable."""

from __future__ import annotations

from workers.wiring import Room, room


def is_idle(task: str) -> bool:
    """True, and noted as done, where a look tells that the task has nothing to do."""
    here = room()
    if _has_work(here, task):
        return False
    here.rounds.note(task)
    return True


def _has_work(here: Room, task: str) -> bool:
    if task == "nudge":
        return here.ledger.ready()[0] > 0
    if task == "revisit":
        return here.ledger.is_due()
    return True
