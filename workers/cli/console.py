"""`wireroom console`: the web page and the JSON API over the ledger."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from workers.cli import options
from workers.cli.output import print_line

Listen = Annotated[str, typer.Option(help="Address to listen on; other than loopback it needs a token.")]
Port = Annotated[int, typer.Option(min=0, max=65_535, help="Port to listen on; 0 takes a free one.")]


def console(listen: Listen = "127.0.0.1", port: Port = 8321, state: options.State = None) -> None:
    """Serve the console until Ctrl-C; its address is the first line of the output.

    Examples:

      wireroom console                                   http://127.0.0.1:8321/

      wireroom console --port 0                          on a free port

      wireroom console --listen 0.0.0.0                  for others too; WIREROOM_CONSOLE_TOKEN must be set
    """
    from workers.console.serve import address_of, bound, check, serve
    from workers.ledger import Ledger

    knobs = options.knobs(state)
    check(knobs, listen)
    Ledger.open(knobs.ledger).close()  # first, so that no address is shown of a console that cannot start
    with bound(listen, port) as made:
        print_line(address_of(made))
        sys.stdout.flush()
        serve(knobs, made)
