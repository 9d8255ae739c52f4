"""What a crawl is asked to do, and how the ledger is made ready for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workers.cli.course import Course
from workers.core.errors import BadInput
from workers.ledger import Ledger
from workers.settings import Settings
from workers.target import Target, target_of


@dataclass(frozen=True)
class Plan:
    """What the user asked for."""

    url: str | None
    pages: int | None
    follow: bool
    follow_any: bool
    revisit: bool
    fetch: int
    parse: int
    rate: float | None
    state: Path
    console: bool = False
    private: bool = False


def course_of(ledger: Ledger, target: Target, plan: Plan, knobs: Settings) -> Course:
    """The crawl's course. A host that private addresses were allowed to leads to no other: it was allowed alone."""

    def target_at(url: str) -> Target:
        return target_of(url, knobs, follow_any=plan.follow_any)

    def begin(target: Target) -> None:
        prepare(ledger, target, plan)

    return Course(ledger, target, begin, None if plan.private else target_at)


def prepare(ledger: Ledger, target: Target, plan: Plan) -> None:
    """Register the site and what to start from."""
    ledger.put_site(target.name, target.profile, target.hosts, target.starts, target.settings)
    if ledger.site(target.name).paused:
        raise BadInput(
            f"The site {target.name} is paused, so nothing of it is asked for. "
            f"Resume it with `wireroom sites resume {target.name}`, then crawl again."
        )
    ledger.set_budget(target.name, plan.pages)
    ledger.ask(target.candidates(ledger.now()))
    ledger.make_starts_due(target.name)
    while ledger.revisit():  # what fell due since the last crawl; all may be done before beat looks for it
        pass
    if plan.revisit:
        ledger.make_articles_due(target.name)
