"""The live view of a crawl: its rate."""

from __future__ import annotations

import io

from rich.console import Console

from workers.cli.progress import Figures, Progress
from workers.ledger import Counts


def test_a_rate_is_never_negative() -> None:
    """What was finished may be due again: then fewer are finished than before."""
    progress = Progress(Console(file=io.StringIO()), "a crawl")
    progress.update(Figures.of(Counts(stored=3)))
    progress.update(Figures.of(Counts(stored=1, waiting=2)))
    assert progress.rate == 0.0
