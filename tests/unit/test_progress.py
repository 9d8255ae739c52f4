"""The live view of a crawl: its rate."""

from __future__ import annotations

import io

from workers.cli.output import plain_console
from workers.cli.progress import Figures, Progress
from workers.ledger import Counts


def test_a_rate_is_never_negative() -> None:
    """What was finished may be due again: then fewer are finished than before."""
    progress = Progress(plain_console(file=io.StringIO()), "a crawl")
    progress.update(Figures.of(Counts(stored=3)))
    progress.update(Figures.of(Counts(stored=1, waiting=2)))
    assert progress.rate == 0.0


def test_an_address_is_never_taken_for_markup() -> None:
    shown = io.StringIO()
    progress = Progress(plain_console(file=shown, force_terminal=True), "wireroom crawl: http://a.test/[/red]")
    with progress.shown():
        progress.update(Figures.of(Counts()))
    assert "http://a.test/[/red]" in shown.getvalue()


def test_a_terminal_that_cannot_draw_gets_lines() -> None:
    shown = io.StringIO()
    progress = Progress(plain_console(file=shown, force_terminal=True, _environ={"TERM": "dumb"}), "a crawl")
    with progress.shown():
        progress.update(Figures.of(Counts(waiting=3)))
        assert "waiting 3" in shown.getvalue()
