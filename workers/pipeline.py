"""What the tasks do with the ledger and the caches, stage by stage; `tasks.py` shows the order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workers.adapters.processes import is_dead
from workers.core.link import Kind, Label, Link
from workers.core.urls import canonical
from workers.core.work import Candidate, Lease
from workers.stages.discover import Reach, candidate_for, candidates_of, names_of, starts_of
from workers.stages.reading import Reading
from workers.stages.sink import event_of, outcome_of_reading, revisit_in
from workers.wiring import Room

# Statements grow with the batch; a page of a million links is admitted in pieces.
ADMITTED_AT_ONCE = 1_000


def candidates(room: Room, readings: Sequence[Reading]) -> list[Candidate]:
    """The links of the readings that may be followed, as candidates."""
    now = room.ledger.now()
    found: list[Candidate] = []
    for reading in readings:
        home = room.site(reading.lease.site)
        reach = Reach(room.settings.max_depth, room.follows_any(home.name))
        found.extend(candidates_of(reading, room.owner_of, home, reach, now))
    return found


def admit(room: Room, wanted: Sequence[Candidate]) -> int:
    """Admit candidates; the number that was new.

    What the seen-cache knows is not asked of the ledger, and a name enters the cache only after the ledger committed.
    """
    unseen = [c for c, new in zip(wanted, room.seen.unseen(names_of(wanted)), strict=True) if new]
    admitted = 0
    for start in range(0, len(unseen), ADMITTED_AT_ONCE):
        piece = unseen[start : start + ADMITTED_AT_ONCE]
        result = room.ledger.admit(piece, site_limit=room.settings.site_limit, pattern_limit=room.settings.pattern_limit)
        admitted += len(result.new)
        room.seen.committed(names_of(piece))
    return admitted


def admit_starts(room: Room) -> int:
    """Admit the starts of every site that is not paused; the number that was new."""
    now = room.ledger.now()
    return admit(room, [c for site in room.active_sites() for c in starts_of(site, now)])


def admit_sitemaps(room: Room, urls: Sequence[str]) -> int:
    """Admit the sitemaps that a robots.txt named, where they belong to a registered site."""
    now = room.ledger.now()
    found = []
    for url in filter(None, map(canonical, urls)):
        site = room.owner_of(url)
        if site is not None:
            found.append(candidate_for(site, Link(url=url, label=Label.SITEMAP, kind=Kind.SITEMAP), depth=0, now=now))
    return admit(room, found)


def commit(room: Room, readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """Store the articles and settle the URLs in one transaction; the events to send."""
    now = room.ledger.now()
    outcomes = [outcome_of_reading(reading, room.site(reading.lease.site), now) for reading in readings]
    articles = [(r.article, r.fetched_at, r.lease.id) for r in readings if r.article is not None]
    committed = room.ledger.commit(articles, outcomes, max_attempts=room.settings.max_attempts)
    by_key = {(article.site, article.key): article for article, _, _ in articles}
    told = [("stored", committed.stored), ("updated", committed.updated)]
    return [event_of(kind, by_key[name], now) for kind, names in told for name in names]


def sweep(room: Room) -> None:
    """Take back leases and holds that ran out or whose process on this machine is dead."""
    dead = {owner for owner in room.ledger.owners() if is_dead(owner)}
    room.ledger.sweep(max_attempts=room.settings.max_attempts, dead_owners=dead)


def unchanged_again_in(room: Room, lease: Lease) -> float | None:
    """Seconds until a URL that was answered 304 is asked again."""
    published = room.ledger.published_at(lease.site, lease.key) if lease.kind is Kind.PAGE else None
    return revisit_in(room.site(lease.site), lease, published, room.ledger.now())
