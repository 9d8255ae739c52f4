"""`wireroom demo-site`: the bundled news site, to crawl and to look at."""

from __future__ import annotations

from typing import Annotated

import typer

from workers.cli import options
from workers.cli.output import print_line
from workers.core.errors import BadInput
from workers.demo import DemoSite
from workers.demo.__main__ import serve_until_told
from workers.target import DEMO_DOMAIN, demo_target, in_haste

# Seconds between two readings of the feeds and listings of a demo site that running workers crawl.
REGISTERED_EVERY = 2.0


def demo_site(
    port: Annotated[int, typer.Option(help="Port to listen on; 0 lets the system choose a free one.")] = 0,
    rate: Annotated[float | None, typer.Option(help="Publish a new article every so many seconds.")] = None,
    pages: Annotated[int, typer.Option(help="How many articles there are to be found at the start.")] = 300,
    seed: Annotated[int, typer.Option(help="Another seed writes other articles.")] = 1,
    listen: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 is every one.")] = "127.0.0.1",
    domain: Annotated[str, typer.Option(help="Its hosts are uk., en. and ru. of this domain.")] = DEMO_DOMAIN,
    register: Annotated[bool, typer.Option("--register", help="Enter the site into the ledger instead.")] = False,
) -> None:
    """Serve the demo news site until Ctrl-C; its address is the first line of the output.

    Examples:

      wireroom demo-site                          on a free port

      wireroom demo-site --port 8080 --rate 2     a new article every other second

      wireroom demo-site --port 8080 --register   let running workers crawl it
    """
    if register:
        _register(port, domain)
        return
    try:
        serve_until_told(DemoSite(seed, pages, rate, port=port, listen=listen, domain=domain))
    except ValueError as problem:
        raise BadInput(str(problem)) from problem
    except OSError as problem:
        raise BadInput(
            f"Port {port} of {listen} cannot be used ({problem.strerror}); choose another or leave --port out."
        ) from problem


def _register(port: int, domain: str) -> None:
    """Enter the site, or bring its entry up to date; its starts fall due at once."""
    if not port:
        raise BadInput("Say on which port the demo site is: --port 8080.")
    # Its wire is quicker than that of a real site: what it publishes shall be seen within seconds.
    target = in_haste(demo_target(str(port), domain=domain), every=REGISTERED_EVERY)
    with options.open_ledger() as ledger:
        ledger.put_site(target.name, target.profile, target.hosts, target.starts, target.settings)
        ledger.make_starts_due(target.name)
    print_line(f"The site {target.name} is in the ledger: {', '.join(target.hosts)}.")
