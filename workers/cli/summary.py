"""The end of a crawl or an ingest: what came of it, where it is, and what to do next."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from workers.cli.exits import OK, PROBLEMS, STOPPED
from workers.cli.output import plain_console, print_json
from workers.cli.progress import clock
from workers.core.steering import visible as safe
from workers.ledger import Counts

# Where the next command looks by itself; read now, since an embedded stack changes this process's environment.
USUAL_STATE = Path(os.environ.get("WIREROOM_STATE_DIR", ".wireroom")).absolute()


@dataclass(frozen=True)
class Summary:
    """What one crawl did. Counts are of this crawl; `articles` and `waiting` are totals of its site.

    `stored` counts articles seen for the first time, `versions` new contents of articles that were known.
    """

    stored: int
    versions: int
    skipped: dict[str, int]
    parked: dict[str, int]
    articles: int
    waiting: int
    seconds: float
    state: Path
    ledger: str
    stopped: bool = False
    troubles: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """130 when it was stopped, 1 when it found no article or met trouble that it names, else 0."""
        if self.stopped:
            return STOPPED
        return PROBLEMS if self.troubles or self.articles == 0 else OK

    def as_dict(self) -> dict[str, Any]:
        """The summary as JSON values."""
        return {
            **asdict(self),
            "state": str(self.state),
            "seconds": round(self.seconds, 2),
            "exit_code": self.exit_code,
        }


def difference(before: Counts, after: Counts) -> dict[str, Any]:
    """What changed between two looks at the ledger, as fields of Summary."""
    return {
        "stored": after.articles - before.articles,
        "versions": after.versions - before.versions - (after.articles - before.articles),
        "skipped": _more(before.skipped, after.skipped),
        "parked": _more(before.parked, after.parked),
        "articles": after.articles,
        "waiting": after.open,
    }


def _more(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    counts = {reason: count - before.get(reason, 0) for reason, count in after.items()}
    return {reason: count for reason, count in sorted(counts.items(), key=lambda item: -item[1]) if count > 0}


def print_summary(summary: Summary, *, as_json: bool, what: str, onward: str) -> None:
    """The summary of `what` was done, as one JSON object, or as a table with three next commands.

    `onward` is the third of them where all went well.
    """
    if as_json:
        print_json(summary.as_dict())
        return
    console = plain_console()
    console.print(_table(summary, what))
    for trouble in [*summary.troubles, *_nothing(summary, what, onward)]:
        console.print(safe(trouble), style="yellow", soft_wrap=True)
    for hint in summary.hints:
        console.print(safe(hint), soft_wrap=True)
    _next_steps(console, summary, onward)


def _table(summary: Summary, what: str) -> Table:
    title = f"{what} {'stopped' if summary.stopped else 'finished'}"
    table = Table(show_header=False, title=title, title_justify="left")
    table.add_row("articles stored", str(summary.stored))
    table.add_row("new versions", str(summary.versions))
    table.add_row("skipped", _reasons(summary.skipped))
    table.add_row("parked", _reasons(summary.parked))
    table.add_row("still waiting", str(summary.waiting))
    table.add_row("elapsed", clock(summary.seconds))
    table.add_row("all articles", f"{summary.articles} in {safe(_from_here(summary.ledger))}")
    return table


def _from_here(place: str) -> str:
    """The ledger's place as it may be typed here: short where its file is below this folder."""
    try:
        return str(Path(place).relative_to(Path.cwd()))
    except ValueError:
        return place


def _reasons(counts: dict[str, int]) -> str:
    total = sum(counts.values())
    return f"{total} ({', '.join(f'{reason} {count}' for reason, count in counts.items())})" if total else "0"


def _nothing(summary: Summary, what: str, onward: str) -> list[str]:
    if summary.articles or summary.stopped:
        return []
    if what == "Ingest":
        return [f"No article was found: `{program()} read FILE` says what is read of a page, or why nothing is."]
    private = "WIREROOM_ALLOW_PRIVATE=true " if "--allow-private" in onward.split() else ""
    doctor = f"`{private}{program()} doctor --url URL`"
    return [f"No article was found: look at what was skipped and parked above, and at the site with {doctor}."]


def program() -> str:
    """How the user called us, so that the next command can be typed as it is shown."""
    called = Path(sys.argv[0])
    if called.name != "wireroom":
        return "python -m workers"
    if Path(shutil.which("wireroom") or "/").resolve() == called.resolve():
        return "wireroom"
    return os.path.relpath(called)


def _next_steps(console: Console, summary: Summary, onward: str) -> None:
    third = "parked list" if summary.parked else onward if summary.articles else "doctor"
    steps = [f"{program()} {command}" for command in ("articles list", "articles search WORD", third)]
    if summary.state.absolute() != USUAL_STATE:
        steps = [f"{step} --state {shlex.quote(str(summary.state))}" for step in steps]
    console.print("Next:")
    for step in steps:
        console.print(f"  {safe(step)}", soft_wrap=True)
