"""`python -m workers.demo`: the demo site in a process of its own, until it is told to stop."""

from __future__ import annotations

import argparse
import signal
import sys
from threading import Event
from types import FrameType

from workers.demo.site import FEWEST_PAGES, DemoSite


def serve_until_told(site: DemoSite) -> None:
    """Serves until SIGINT or SIGTERM; its address is the first line of the output."""
    told = Event()

    def tell(number: int, frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, tell)
    with site:
        sys.stdout.write(f"{site.url}\n")
        sys.stdout.flush()
        told.wait()


def main() -> None:
    """Reads the options and serves."""
    parser = argparse.ArgumentParser(prog="python -m workers.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 lets the kernel choose")
    parser.add_argument("--pages", type=int, default=300, help=f"articles to be found, at least {FEWEST_PAGES}")
    parser.add_argument("--rate", type=float, default=None, help="seconds between two new articles")
    parser.add_argument("--seed", type=int, default=1, help="another seed writes other articles")
    given = parser.parse_args()
    try:
        serve_until_told(DemoSite(given.seed, given.pages, given.rate, port=given.port))
    except (ValueError, OSError) as problem:
        parser.error(str(problem))


if __name__ == "__main__":
    main()
