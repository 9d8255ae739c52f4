"""`wireroom migrate`: make the ledger, or bring it up to date."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from workers.cli import options
from workers.cli.output import print_result
from workers.core.errors import Unavailable
from workers.ledger import Ledger

# Seconds between two tries.
TRY_EVERY = 1.0

Wait = Annotated[
    float,
    typer.Option(
        min=0, max=86_400, callback=options.finite, help="Wait so many seconds for a database that is not there yet."
    ),
]


def migrate(
    wait: Wait = 0,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """Make the ledger, or bring its tables up to date; safe to run while workers run, and twice.

    Examples:

      wireroom migrate

      WIREROOM_LEDGER_URL=postgresql://wireroom@db/wireroom wireroom migrate --wait 60
    """
    url, give_up = options.knobs(state).ledger, time.monotonic() + wait
    while True:
        try:
            ledger = Ledger.open(url, migrate=True)
            ledger.close()
            break
        except Unavailable:  # a wrong password or name is no reason to wait
            if time.monotonic() + TRY_EVERY > give_up:
                raise
            time.sleep(TRY_EVERY)
    print_result({"ledger": ledger.place, "current": True}, "The ledger is up to date.", as_json=as_json)
