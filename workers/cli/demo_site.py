"""`wireroom demo-site`: the bundled news site on loopback, to crawl and to look at."""

from __future__ import annotations

from typing import Annotated

import typer

from workers.core.errors import BadInput
from workers.demo import DemoSite
from workers.demo.__main__ import serve_until_told


def demo_site(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 lets the system choose a free one.")] = 0,
    rate: Annotated[float | None, typer.Option(help="Publish a new article every so many seconds.")] = None,
    pages: Annotated[int, typer.Option(help="How many articles there are to be found at the start.")] = 300,
    seed: Annotated[int, typer.Option(help="Another seed writes other articles.")] = 1,
) -> None:
    """Serve the demo news site until Ctrl-C; its address is the first line of the output.

    Examples:

      wireroom demo-site                          on a free port

      wireroom demo-site --port 8080 --rate 2     a new article every other second
    """
    try:
        serve_until_told(DemoSite(seed, pages, rate, port=port))
    except ValueError as problem:
        raise BadInput(str(problem)) from problem
    except OSError as problem:
        raise BadInput(
            f"Port {port} cannot be used ({problem.strerror}); choose another or leave --port out."
        ) from problem
