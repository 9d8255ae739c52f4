"""Discover: from the links that pages showed to candidates for the ledger: scope, canonical form, identity, wish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from workers.core.link import Kind, Label, Link
from workers.core.urls import canonical, host_of, pattern_of
from workers.core.work import Candidate
from workers.sites.site import Site
from workers.stages.reading import Reading

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR

# How old a link is taken to be when no time was shown beside it: what a LATEST box shows is minutes old, while a link
# in a body or a sitemap may lead anywhere in the archive.
ASSUMED_AGE = {
    Label.SEED: 0.0,
    Label.FEED: 10 * MINUTE,
    Label.LATEST: 10 * MINUTE,
    Label.HOT_NEWS: 2 * HOUR,
    Label.LISTING: 6 * HOUR,
    Label.MORE_ABOUT: DAY,
    Label.BODY: 7 * DAY,
    Label.SITEMAP: 30 * DAY,
    Label.TAG: 90 * DAY,
}
# Lists of links go first: they show what is newest. Each step away from a start counts as this much age.
LIST_BONUS = DAY
DEPTH_AGE = 10 * MINUTE


@dataclass(frozen=True, slots=True)
class Reach:
    """How far links are followed: `depth` steps from a start; `follow_any` also to hosts of no registered site."""

    depth: int
    follow_any: bool = False


def seed(site: Site, url: str, now: float) -> Candidate:
    """The URL that a person gave, as a candidate."""
    return candidate_for(site, Link(url=url, label=Label.SEED), 0, now)


def candidates_of(
    reading: Reading, owner_of: Callable[[str], Site | None], home: Site, reach: Reach, now: float
) -> Iterator[Candidate]:
    """The reading's links that may be followed, in the page's order, each identity once.

    `owner_of` names the registered site of a URL, `home` is the site of the page itself.
    """
    depth = reading.lease.depth + 1
    if depth > reach.depth:
        return
    taken: set[tuple[str, str]] = set()
    for link in reading.links:
        candidate = _follow(link, owner_of, home, reach, depth, now)
        if candidate and (candidate.site, candidate.key) not in taken:
            taken.add((candidate.site, candidate.key))
            yield replace(candidate, seen_on=reading.page_url)


def wanted(link: Link, kind: Kind, depth: int, now: float) -> float:
    """When the link's news happened, roughly, as seconds since 1970: what is larger is fetched sooner."""
    age = ASSUMED_AGE[link.label] if link.shown_at is None else _age(link.shown_at, now)
    return now - age - depth * DEPTH_AGE + (0.0 if kind is Kind.PAGE else LIST_BONUS)


def names_of(candidates: Iterable[Candidate]) -> list[str]:
    """The names under which the seen-cache remembers candidates."""
    return [f"{candidate.site} {candidate.key}" for candidate in candidates]


def _follow(
    link: Link, owner_of: Callable[[str], Site | None], home: Site, reach: Reach, depth: int, now: float
) -> Candidate | None:
    url = canonical(link.url)
    if url is None:
        return None
    site = home if home.owns(url) else owner_of(url)
    if site is not None and site is not home:
        # What a page of one site calls a feed or a sitemap of another could be an article there, which would be lost.
        link = link.model_copy(update={"kind": site.kind_of(url)})
    if site is not None:
        return candidate_for(site, link, depth, now, url=url) if site.in_scope(url) else None
    return candidate_for(home, link, depth, now, url=url) if reach.follow_any else None


def candidate_for(site: Site, link: Link, depth: int, now: float, *, url: str | None = None) -> Candidate:
    """A link of the site as a candidate; `url` is its canonical form where that is known already."""
    url = url or canonical(link.url) or link.url
    kind = link.kind if link.kind is not Kind.PAGE else site.kind_of(url)
    return Candidate(
        site=site.name,
        key=site.identity(url),
        url=url,
        host=host_of(url),
        kind=kind,
        label=link.label,
        depth=depth,
        wanted=wanted(link, kind, depth, now),
        headline=link.headline,
        pattern=pattern_of(url),
    )


def _age(shown: datetime, now: float) -> float:
    # A stamp in the future (a press announcement, a wrong clock) is as new as now, not newer.
    return max(0.0, now - shown.timestamp())
