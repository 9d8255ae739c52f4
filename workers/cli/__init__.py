"""The commands of `wireroom`: a file each, imported when it is called. Start at app.py."""

from __future__ import annotations

import sys


def main() -> None:
    """The `wireroom` command. Exit codes: 0 done, 1 ended with problems, 2 bad input, 3 unavailable, 130 stopped."""
    from workers.cli.app import run

    sys.exit(run(sys.argv[1:]))
