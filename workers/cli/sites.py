"""`wireroom sites`: the sites that the ledger knows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from workers.cli import options
from workers.cli.output import duration, print_fields, print_json, print_line, print_table

sites = typer.Typer(add_completion=False, help="The sites of the ledger.")


@sites.callback(invoke_without_command=True)
def default(context: typer.Context, as_json: options.AsJson = False, state: options.State = None) -> None:
    """The sites of the ledger. Without a further word, the list."""
    if context.invoked_subcommand is None:
        list_(as_json=as_json, state=state)


@sites.command("list")
def list_(as_json: options.AsJson = False, state: options.State = None) -> None:
    """Every site, with what it has.

    Examples:

      wireroom sites list

      wireroom sites list --json | jq -r .name
    """
    with options.open_ledger(state) as ledger:
        found, counts = ledger.sites(), ledger.status().sites
    if as_json:
        for row in found:
            print_json(asdict(row))
    elif found:
        rows = [
            (
                row.name,
                row.profile or "generic",
                row.paused,
                counts[row.name].articles,
                counts[row.name].waiting,
                row.hosts,
            )
            for row in found
        ]
        print_table(("site", "profile", "paused", "#articles", "#waiting", "hosts"), rows)
    else:
        print_line("The ledger has no site yet. `wireroom crawl URL` enters one.")


@sites.command()
def show(
    name: Annotated[str, typer.Argument(help="The site's name.")],
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """One site: its hosts, starts, manners, and the hosts that rest.

    Examples:

      wireroom sites show interfax-ukraine
    """
    with options.open_ledger(state) as ledger:
        row, resting = ledger.site(name), ledger.resting_hosts(name)
    if as_json:
        print_json({**asdict(row), "resting": [{"host": h, "reason": r, "seconds": s} for h, r, s in resting]})
        return
    print_line(row.name, style="bold")
    print_fields(
        [
            ("profile", row.profile or "generic"),
            ("paused", row.paused),
            ("delay", f"{row.delay:g} s between two requests to one host, {row.places} open at once"),
            ("budget", "no limit" if row.budget is None else f"{row.budget} more URLs"),
            ("hosts", row.hosts),
        ]
    )
    for start in row.starts:
        print_line(f"  start  {start.kind:<8} every {duration(start.every):<10} {start.url}")
    for host, reason, seconds in resting:
        print_line(f"  rests  {host} for {duration(seconds)}: {reason}")
