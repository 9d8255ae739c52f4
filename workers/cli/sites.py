"""`wireroom sites`: the sites that the ledger knows; add, pause and resume one, crawl it now, see what is due when.

What they change stands in the ledger, so it holds for every worker at once, and they may be run twice.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from workers.cli import options
from workers.cli.course import moved_sentence, start_leads_to
from workers.cli.output import duration, print_fields, print_json, print_line, print_result, print_table
from workers.cli.schedule import schedule
from workers.core.errors import BadInput
from workers.ledger import Ledger, SiteRow

sites = typer.Typer(add_completion=False, help="The sites of the ledger: add, pause, resume, crawl now, timetable.")
sites.command()(schedule)

Name = Annotated[str, typer.Argument(help="The site's name.")]


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
        print_line("The ledger has no site yet. `wireroom sites add URL` enters one.")


@sites.command()
def show(
    name: Name,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """One site: its hosts, starts, manners, and the hosts that rest.

    Examples:

      wireroom sites show interfax-ukraine
    """
    with options.open_ledger(state) as ledger:
        row, resting = ledger.site(name), ledger.resting_hosts(name)
        moved = start_leads_to(ledger, row)
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
    if moved:
        print_line(moved_sentence(row, moved))


@sites.command()
def add(
    site: Annotated[str, typer.Argument(help="The name of a site that we have a profile for, or a URL.")],
    delay: Annotated[
        float | None, typer.Option(min=0, max=3600, callback=options.finite, help="Seconds between two requests.")
    ] = None,
    follow_any: Annotated[bool, typer.Option("--follow-any", help="Also follow links to other sites.")] = False,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """Enter a site: running workers begin with its starts at once, and read them again whenever they are due.

    Examples:

      wireroom sites add interfax-ukraine

      wireroom sites add https://news.example/ --delay 2
    """
    from workers.target import target_named

    target = target_named(site, options.knobs(state), follow_any=follow_any)
    settings = {**target.settings, **({} if delay is None else {"delay": delay})}
    with options.open_ledger(state) as ledger:
        had = _found(ledger, target.name)
        ledger.put_site(target.name, target.profile, target.hosts, target.starts, settings)
        # An address that is new is asked for, also one of a site that is there already.
        known = had == ledger.site(target.name) and all(ledger.trace(url, target.name) for url in target.seeds)
        if not known:
            ledger.ask(target.candidates(ledger.now()))
            ledger.make_starts_due(target.name)
    word, starts = "changed" if had else "added", len(target.starts)
    values = {"site": target.name, "done": "nothing" if known else word, "hosts": target.hosts, "starts": starts}
    said = (
        f"The site {target.name} is there already, as it was; nothing has changed. "
        f"`wireroom sites crawl-now {target.name}` reads its starts now."
        if known
        else f"The site {target.name} is {word}: its {starts} start(s) wait, hosts {', '.join(target.hosts)}."
    )
    print_result(values, said, as_json=as_json)


def _found(ledger: Ledger, name: str) -> SiteRow | None:
    try:
        return ledger.site(name)
    except BadInput:
        return None


@sites.command()
def pause(name: Name, as_json: options.AsJson = False, state: options.State = None) -> None:
    """Send a site no more requests until it is resumed; what is on its way is still stored.

    Examples:

      wireroom sites pause interfax-ukraine
    """
    with options.open_ledger(state) as ledger:
        was = ledger.site(name).paused
        ledger.pause(name)
    said = "is paused already" if was else "is paused"
    said = f"The site {name} {said}. Resume it with `wireroom sites resume {name}`."
    print_result({"site": name, "paused": True, "changed": not was}, said, as_json=as_json)


@sites.command()
def resume(name: Name, as_json: options.AsJson = False, state: options.State = None) -> None:
    """Resume a site that was paused, or whose page budget an earlier crawl has spent.

    Examples:

      wireroom sites resume interfax-ukraine
    """
    with options.open_ledger(state) as ledger:
        was = ledger.site(name)
        ledger.resume(name)
    changed = was.paused or was.is_spent
    said = f"The site {name} goes on." if changed else f"The site {name} was not paused; nothing has changed."
    print_result({"site": name, "paused": False, "changed": changed}, said, as_json=as_json)


@sites.command("crawl-now")
def crawl_now(name: Name, as_json: options.AsJson = False, state: options.State = None) -> None:
    """Read the starts of a site now, whatever the schedule says.

    Examples:

      wireroom sites crawl-now interfax-ukraine
    """
    with options.open_ledger(state) as ledger:
        site = ledger.site(name)
        due = ledger.make_starts_due(name)
    if not site.starts:
        raise BadInput(f"The site {name} has no start. `wireroom sites add {name}` enters those of its profile.")
    said = [f"{due} start(s) of {name} wait." if due else f"The starts of {name} wait already."]
    why = "paused" if site.paused else "budget" if site.is_spent else None
    if why is not None:
        told = "is paused" if site.paused else "has spent its page budget"
        said.append(f"They are not asked for while the site {told}: `wireroom sites resume {name}`.")
    print_result({"site": name, "due": due, "held_back": why}, *said, as_json=as_json)
