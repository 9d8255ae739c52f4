"""`wireroom metrics`: the figures as Prometheus reads them, once, or served until it is stopped."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from workers.cli import options
from workers.cli.embedded import interruptible

Listen = Annotated[str | None, typer.Option(help="Serve them at host:port or unix:/path until it is stopped.")]


def metrics(listen: Listen = None, state: options.State = None) -> None:
    """Every figure of the ledger, the queue and the disks, counted now, in the format of Prometheus.

    Examples:

      wireroom metrics

      wireroom metrics --listen 127.0.0.1:9464
    """
    from workers.adapters.prometheus import CONTENT_TYPE
    from workers.adapters.scrape import serve
    from workers.figures import Gatherer

    knobs = options.knobs_to_look(state)
    with options.open_ledger(state) as ledger:
        gatherer = Gatherer(lambda: ledger, knobs)
        if listen is None:
            sys.stdout.write(gatherer.exposition().decode())
            return
        with interruptible() as asked:
            served = serve(listen, gatherer.exposition, CONTENT_TYPE)
            typer.echo(f"Metrics are served at {served.where}; Ctrl-C ends it.")
            while not asked:
                asked.wait(60)
            served.stop()
