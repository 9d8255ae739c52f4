"""`wireroom sites schedule`: what is due when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from workers.adapters.notes import Rounds
from workers.adapters.redis import REDIS_ERRORS, connect
from workers.cli import options
from workers.cli.output import duration, exactly, print_json, print_line, print_table
from workers.core.work import State
from workers.ledger import ListDue, Schedule, StartDue
from workers.settings import Settings

# What a timed task is there for.
_TASKS = {
    "sweep": "takes back leases that ran out",
    "revisit": "lets starts and articles that are due wait again",
    "nudge": "wakes fetch while hosts are ready",
}


@dataclass(frozen=True)
class Timed:
    """A task of beat's timetable; `last_at` is None where nobody knows, since Redis is away or new."""

    task: str
    every: float
    last_at: float | None
    purpose: str


def schedule(
    site: options.Site = None,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """What is due when: starts of every site, its other lists, pages that are looked at again, and beat's own tasks.

    With --site, the other lists that are read next are told one by one.

    Examples:

      wireroom sites schedule

      wireroom sites schedule --site interfax-ukraine --json | jq '.starts[].due_at'
    """
    knobs = options.knobs(state)
    with options.open_ledger(state) as ledger:
        if site is not None:
            ledger.site(site)
        found = ledger.schedule()
    starts = [start for start in found.starts if site in (None, start.site)]
    revisits = [row for row in found.revisits if site in (None, row.site)]
    lists = [row for row in found.lists if site in (None, row.site)]
    shown = Schedule(found.now, starts, revisits, lists)
    print_json(_as_dict(shown, timed(knobs))) if as_json else _print(shown, timed(knobs), each=site is not None)


def timed(knobs: Settings) -> list[Timed]:
    """Beat's timetable, and when each of its tasks was last done."""
    last = _last(knobs)
    return [Timed(name, seconds, last.get(name), _TASKS[name]) for name, seconds in knobs.timetable.items()]


def _last(knobs: Settings) -> dict[str, float]:
    try:
        with connect(knobs.redis_url) as client:
            return Rounds(client).last()
    except REDIS_ERRORS:
        return {}


def _print(found: Schedule, tasks: list[Timed], *, each: bool) -> None:
    if not found.starts:
        print_line("No site has a start. `wireroom sites add URL` enters one.")
    else:
        columns = ("site", "start", "every", "last visit", "outcome", "next")
        print_table(columns, [_row(found.now, start) for start in found.starts])
    for lists in found.lists:
        due = _due(found.now, lists.due, lists.next[0].due_at)
        print_line(f"{lists.site}: {lists.lists} other list(s), found there or given by hand, are read again, {due}.")
        if each:
            print_table(
                ("list", "every", "last read", "next"), [_list(found.now, one) for one in lists.next], wide="list"
            )
    for row in found.revisits:
        due = _due(found.now, row.due, row.first_at)
        print_line(f"{row.site}: {row.pages} page(s) are looked at again, {due}.")
    rows = [(task.task, duration(task.every), _ago(found.now, task.last_at), task.purpose) for task in tasks]
    print_line()
    print_table(("task", "every", "last done", "what it does"), rows)


def _row(now: float, start: StartDue) -> tuple[str, ...]:
    every = duration(start.every) if start.every else "when asked"
    return (start.site, start.url, every, _ago(now, start.visited_at), start.outcome or "-", _next(now, start))


def _next(now: float, start: StartDue) -> str:
    if start.paused:
        return "paused"
    if start.state is State.LEASED:
        return "being read"
    if start.due_at is None:
        return "not entered yet" if start.state is None else "when asked"
    late = now - start.due_at
    if start.state is State.WAITING:
        return f"waits for {duration(late)}" if late >= 0 else f"in {duration(-late)}"
    return "now" if late >= 0 else f"in {duration(-late)}"


def _list(now: float, one: ListDue) -> tuple[str, ...]:
    after = f"in {duration(one.due_at - now)}" if one.due_at > now else "now"
    return (one.url, duration(one.every), _ago(now, one.read_at), after)


def _due(now: float, number: int, first_at: float) -> str:
    return f"{number} of them now" if number else f"the first in {duration(first_at - now)}"


def _ago(now: float, at: float | None) -> str:
    return "never" if at is None else f"{duration(max(0.0, now - at))} ago"


def _as_dict(found: Schedule, tasks: list[Timed]) -> dict[str, Any]:
    return {
        "now": exactly(found.now),
        "starts": [_timed(asdict(start)) for start in found.starts],
        "revisits": [_timed(asdict(row)) for row in found.revisits],
        "lists": [{**asdict(row), "next": [_timed(asdict(one)) for one in row.next]} for row in found.lists],
        "tasks": [_timed(asdict(task)) for task in tasks],
    }


def _timed(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its moments as programs read them."""
    return dict(_moments(row))


def _moments(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        yield name, exactly(value) if name.endswith("_at") else value
