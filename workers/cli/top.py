"""`wireroom top`: the pipeline, its sites and hosts in a terminal, live, counted from the ledger and Redis."""

from __future__ import annotations

import sys
import time
from typing import Annotated, Any

import typer
from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from workers.cli import options
from workers.cli.embedded import interruptible
from workers.cli.output import plain_console, print_json
from workers.cli.top_view import Rates, View, draw
from workers.core.errors import Unavailable
from workers.figures import Gatherer
from workers.ledger import Ledger

Every = Annotated[float, typer.Option(min=0.5, max=3600, callback=options.finite, help="Seconds between two looks.")]
Once = Annotated[bool, typer.Option("--once", help="Look once and end.")]


def top(every: Every = 2.0, once: Once = False, as_json: options.AsJson = False, state: options.State = None) -> None:
    """The pipeline live: what waits, what is leased, the rates, each site's lag and fill rates, hosts in trouble.

    It looks once where it is not a terminal, or one that cannot draw. With --json: every metric by name, with its
    labels.

    Examples:

      wireroom top

      wireroom top --once --json | jq .wireroom_urls
    """
    with options.open_ledger(state) as ledger:
        gatherer = Gatherer(lambda: ledger, options.knobs_to_look(state), kept=0.0)
        if as_json:
            print_json(as_dict(gatherer))
        elif once or not sys.stdout.isatty() or _plain().is_dumb_terminal:
            _plain().print(draw(View(ledger.figures(), gatherer.in_redis(), Rates())))
        else:
            _live(ledger, gatherer, every)


def _plain() -> Console:
    """A console on stdout; where that is no terminal, lines are as long as they are."""
    return plain_console(width=None if sys.stdout.isatty() else 200)


def as_dict(gatherer: Gatherer) -> dict[str, Any]:
    """Every metric: a list of its values, each with its labels."""
    found: dict[str, Any] = {}
    for family in gatherer.families():
        found[family.metric.name] = [
            {**dict(zip(family.metric.labels, labels, strict=True)), **_value(value)}
            for labels, value in family.values.items()
        ]
    return found


def _value(value: Any) -> dict[str, Any]:
    if isinstance(value, int | float):
        return {"value": value}
    return {"sum": value.total, "buckets": dict(value.under)}


def _live(ledger: Ledger, gatherer: Gatherer, every: float) -> None:
    rates = Rates()
    with interruptible() as asked, Live(console=plain_console(), screen=True, auto_refresh=False) as live:
        while not asked:
            live.update(_look(ledger, gatherer, rates), refresh=True)
            again = time.monotonic() + every
            while not asked and time.monotonic() < again:
                time.sleep(0.1)


def _look(ledger: Ledger, gatherer: Gatherer, rates: Rates) -> Group | Text:
    try:
        found = ledger.figures()
    except Unavailable as error:
        return Text(f"{error} Trying again; Ctrl-C ends it.", style="red")
    rates.note(found)
    return draw(View(found, gatherer.in_redis(), rates))
