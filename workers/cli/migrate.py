"""`wireroom migrate`: make the ledger, or bring it up to date."""

from __future__ import annotations

from workers.cli import options
from workers.cli.output import print_line
from workers.ledger import Ledger


def migrate(state: options.State = None) -> None:
    """Make the ledger, or bring its tables up to date; safe to run while workers run, and twice.

    Examples:

      wireroom migrate

      WIREROOM_LEDGER_URL=postgresql://wireroom@db/wireroom wireroom migrate
    """
    ledger = Ledger.open(options.knobs(state).ledger, migrate=True)
    ledger.close()
    print_line("The ledger is up to date.")
