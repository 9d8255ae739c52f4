"""The options that several commands share, and the ledger that they work on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from workers.core.since import point_in_time
from workers.settings import Settings, load

if TYPE_CHECKING:
    from workers.ledger import Ledger

State = Annotated[
    Path | None,
    typer.Option("--state", help="Folder of the embedded ledger.", show_default=".wireroom"),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON for programs.")]
Ids = TypeVar("Ids", int, list[int], None)
# The largest id that the ledger can hold.
LARGEST = 2**63 - 1


def finite(value: float | None) -> float | None:
    """A number that is one: `nan` is within any bounds."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter(f"{value} is no number of seconds.")
    return value


def ids(value: Ids) -> Ids:
    """Ids that the ledger can hold; a range in the option itself would fill half of the help."""
    for one in value if isinstance(value, list) else [value]:
        if one is not None and not 0 <= one <= LARGEST:
            raise typer.BadParameter(f"{one} is no id: the largest is {LARGEST}.")
    return value


Site = Annotated[str | None, typer.Option("--site", help="Only of this site.")]


def knobs(state: Path | None = None) -> Settings:
    """The settings, with the state folder of the command line."""
    return load() if state is None else load(state_dir=state)


def knobs_to_look(state: Path | None = None) -> Settings:
    """As `knobs`; where no Redis is named, that of the crawl which runs in the state folder is looked at."""
    from workers.adapters.valkey import running_in

    found = knobs(state)
    private = None if "redis_url" in found.model_fields_set else running_in(found.state_dir / "valkey")
    return found if private is None else load(state_dir=found.state_dir, redis_url=private)


@contextmanager
def open_ledger(state: Path | None = None) -> Iterator[Ledger]:
    """The ledger of the settings; BadInput or Unavailable, each with a sentence, when it cannot be had."""
    from workers.ledger import Ledger

    ledger = Ledger.open(knobs(state).ledger)
    try:
        yield ledger
    finally:
        ledger.close()


def since(text: str | None) -> float | None:
    """A point in time as people give it; None for none."""
    return None if text is None else point_in_time(text)
