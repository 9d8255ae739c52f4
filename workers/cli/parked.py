"""`wireroom parked`: URLs that were set aside with a reason; nothing is ever dropped silently."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from workers.cli import options
from workers.cli.output import exactly, moment, print_json, print_line, print_result, print_table
from workers.core.errors import BadInput

parked = typer.Typer(add_completion=False, help="URLs that were set aside: list, replay, drop.")

Reason = Annotated[str | None, typer.Option("--reason", help="Only those parked for this reason.")]
Ids = Annotated[
    list[int] | None, typer.Argument(callback=options.ids, help="Ids; without any, all that fit the options.")
]
All = Annotated[bool, typer.Option("--all", help="Every parked URL.")]
_NONE = "Nothing that is parked fits."


@parked.callback(invoke_without_command=True)
def default(context: typer.Context, as_json: options.AsJson = False, state: options.State = None) -> None:
    """URLs that were set aside: list, replay, drop. Without a further word, the list."""
    if context.invoked_subcommand is None:
        list_(as_json=as_json, state=state)


@parked.command("list")
def list_(
    reason: Reason = None,
    site: options.Site = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Maximum number of rows.")] = 50,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """What was set aside and why, newest first.

    Examples:

      wireroom parked list --reason layout-changed

      wireroom parked list --json | jq -r .url
    """
    with options.open_ledger(state) as ledger:
        found = ledger.parked(reason=reason, site=site, limit=limit)
    if as_json:
        for row in found:
            print_json({**asdict(row), "at": exactly(row.at)})
    elif found:
        rows = [(row.id, moment(row.at), row.site, row.reason, row.url, row.detail or "") for row in found]
        print_table(("#id", "since (UTC)", "site", "reason", "url", "detail"), rows)
    else:
        print_line("Nothing is parked.")


@parked.command()
def replay(
    ids: Ids = None,
    reason: Reason = None,
    site: options.Site = None,
    everything: All = False,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """Hand parked URLs out again, each with fresh attempts.

    Examples:

      wireroom parked replay --reason layout-changed --site interfax-ukraine

      wireroom parked replay 17 18
    """
    _refuse_by_accident("replay", ids, reason, site, everything)
    with options.open_ledger(state) as ledger:
        count = ledger.replay(reason=reason, site=site, ids=ids or None)
    said = f"{count} URL(s) wait again." if count else _NONE
    print_result({"replayed": count}, said, as_json=as_json)


@parked.command()
def drop(
    ids: Ids = None,
    reason: Reason = None,
    site: options.Site = None,
    everything: All = False,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """Give parked URLs up: they are skipped as `dropped`, and stay known.

    Examples:

      wireroom parked drop --reason not-whole

      wireroom parked drop 17
    """
    _refuse_by_accident("drop", ids, reason, site, everything)
    with options.open_ledger(state) as ledger:
        count = ledger.drop(reason=reason, site=site, ids=ids or None)
    said = f"{count} URL(s) dropped." if count else _NONE
    print_result({"dropped": count}, said, as_json=as_json)


def _refuse_by_accident(
    word: str, ids: list[int] | None, reason: str | None, site: str | None, everything: bool
) -> None:
    if not (ids or reason or site or everything):
        raise BadInput(f"Say which: ids, --reason, --site, or --all. `wireroom parked {word} --help` shows examples.")
