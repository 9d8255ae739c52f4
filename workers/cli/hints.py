"""What a crawl tells at its end besides its figures: why the address that was given was not read, and what is left."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from workers.cli.course import leads_to
from workers.cli.summary import program
from workers.core.work import State
from workers.ledger import Ledger
from workers.settings import Settings
from workers.target import Target

# What ends a page for good and says nothing against it.
_USUAL = frozenset(("listing", "feed", "sitemap", "duplicate", "not-an-article", "barren-path"))


def hints(ledger: Ledger, target: Target, knobs: Settings) -> Iterator[str]:
    """A sentence each, with what to do."""
    for url in target.seeds:
        yield from _unread(ledger, target, url)
    waiting = ledger.status().sites.get(target.name)
    if waiting and waiting.open and ledger.site(target.name).is_spent:
        yield f"The limit of pages is reached and {waiting.open} URL(s) wait: the same command goes on with them."
    if target.seeds and _is_usual(knobs):
        yield (
            f"Sites were asked as {knobs.user_agent!r}. Set WIREROOM_USER_AGENT to a name of your own with a contact, "
            "so that whoever runs a site can reach you."
        )


def without_scheme(given: str | None, articles: int) -> Iterator[str]:
    """An address without a scheme is asked over https, and some old site answers http alone."""
    if given and "://" not in given and not articles:
        plain = shlex.quote(f"http://{given}")
        yield f"{given} was asked over https. If it answers http alone, say so: `{program()} crawl {plain}`."


def _is_usual(knobs: Settings) -> bool:
    return knobs.user_agent == Settings.model_fields["user_agent"].default and not knobs.private_hosts


def _unread(ledger: Ledger, target: Target, url: str) -> Iterator[str]:
    """Why what a person gave was not read, where it was not."""
    for trace in ledger.trace(url, target.name):
        row = trace.row
        if row["state"] not in (State.SKIPPED, State.PARKED) or row["reason"] in _USUAL:
            continue
        said = row["detail"] or "the site says no more"
        moved = leads_to(trace)
        advice = f" Crawl that one: `{program()} crawl {shlex.quote(moved)}`." if moved else ""
        yield f"{url} was not read ({row['reason']}): {str(said).rstrip('.')}.{advice}"
