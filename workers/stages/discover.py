"""Discover: from the links that pages showed to candidates for the ledger: scope, canonical form, identity, wish."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from workers.core.link import Kind, Label, Link
from workers.core.seconds import DAY, HOUR, MINUTE
from workers.core.urls import canonical, host_of, pattern_of
from workers.core.work import Candidate
from workers.sites.lists.views import is_view, says_view
from workers.sites.site import Site
from workers.stages.barren import Barren
from workers.stages.parameters import Parameters
from workers.stages.reading import Reading

# How old a link is taken to be when no time was shown beside it: what a LATEST box shows is minutes old, while a link
# in a body or a sitemap may lead anywhere in the archive.
ASSUMED_AGE = {
    Label.FEED: 10 * MINUTE,
    Label.LATEST: 10 * MINUTE,
    Label.HOT_NEWS: 2 * HOUR,
    Label.LISTING: 6 * HOUR,
    Label.MORE_ABOUT: DAY,
    Label.BODY: 7 * DAY,
    Label.SITEMAP: 30 * DAY,
    Label.TAG: 90 * DAY,
    Label.MENU: 120 * DAY,
}
# Lists of links go first: they show what is newest. Each step away from a start counts as this much age.
LIST_BONUS = DAY
# What a person gave goes before everything, also before lists that are found some time later.
SEED_BONUS = 30 * DAY
DEPTH_AGE = 10 * MINUTE
# Where a link stands that is news, and not part of the archive.
_NEWS = frozenset((Label.FEED, Label.LATEST, Label.HOT_NEWS, Label.LISTING))
# What a person gave is asked for, and a feed or a sitemap names no form of a story for printing and sending.
_SURE = frozenset((Label.SEED, Label.FEED, Label.SITEMAP))
# Where a host below the name of a site must be shown for the first time: what articles lead to may be a forum.
_SHOWN = _NEWS | {Label.MENU, Label.SITEMAP, Label.SEED}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far links are followed: `depth` steps from a start; `follow_any` also to hosts of no registered site."""

    depth: int
    follow_any: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a link leads, as the ledger names it: all of a candidate that depends on nothing but the URL."""

    site: str
    key: str
    url: str
    host: str
    kind: Kind
    pattern: str
    # Whether it is of the site whose page shows the link.
    own: bool


class Goals:
    """The goals of the links seen last, by the page's site: boxes show the same links on page after page."""

    MOST = 10_000
    # Below one site's name; a name may have a host for each of its readers.
    MOST_HOSTS = 30

    def __init__(self, before: Goals | None = None) -> None:
        """`before` are those whose lessons are kept."""
        self.parameters: Parameters = before.parameters if before else Parameters()
        self.barren: Barren = before.barren if before else Barren()
        self._hosts: defaultdict[str, set[str]] = before._hosts if before else defaultdict(set)
        self._known: defaultdict[tuple[str, bool, bool, bool, bool], dict[str, Goal | None]] = defaultdict(dict)
        # Hosts and patterns, of which many goals have the same. Not interned: Python may keep such texts for ever.
        self._texts: dict[str, str] = {}
        self._number = 0

    def of(self, link: Link, owner_of: Callable[[str], Site | None], home: Site, follow_any: bool) -> Goal | None:
        """Where the link leads; None when it is not followed."""
        named = _is_named(link, home)
        name = (home.name, follow_any, named, link.label in _SHOWN, link.kind is Kind.PAGE)
        if link.url not in self._known[name]:
            if self._number >= self.MOST:
                self._forget()
            self._known[name][link.url] = self._follow(link, owner_of, home, follow_any, named=named)
            self._number += 1
        goal = self._known[name][link.url]
        if goal and goal.kind is Kind.PAGE and self.barren.has(goal.site, goal.url, link):
            return None
        return goal

    def learn(self, reading: Reading, site: Site) -> None:
        """Take note of the parameters that change nothing on this site, and of paths that lead to no article."""
        self.barren.learn(reading, site)
        compared = self.parameters.compare(reading.shown, site)
        if self.parameters.learn(reading, site) or compared:
            self._forget()

    def _forget(self) -> None:
        self._known.clear()
        self._texts.clear()
        self._number = 0

    def _follow(
        self, link: Link, owner_of: Callable[[str], Site | None], home: Site, follow_any: bool, *, named: bool
    ) -> Goal | None:
        """`named`: as a feed or a list of its own site, which is followed wherever it stands there."""
        url = canonical(link.url)
        if url is None:
            return None
        url = link.url if url == link.url else url  # one text in memory for both
        site = home if home.owns(url) else owner_of(url)
        if site is None:
            return _goal(home, url, self._shared) if follow_any else None
        if link.kind is Kind.PAGE:  # a list is asked for as it is shown: its parameters may be all that tells it
            url = self.parameters.plain(site.name, url)
        if named and site is home and link.kind is Kind.FEED:
            return _goal(site, url, self._shared)
        if not site.owns(url) and not self._is_entered(site, host_of(url), link.label):
            return None
        is_followed = site.in_scope(url) or (named and site is home)
        return _goal(site, url, self._shared, own=site is home) if is_followed else None

    def enter(self, site: Site, host: str) -> None:
        """Take note of a host below the site's name whose pages are followed, as one of the first ones."""
        known = self._hosts[site.name]
        if host not in known and len(known) < self.MOST_HOSTS:
            known.add(host)
            self._forget()  # links to it that were left out

    def _is_entered(self, site: Site, host: str, label: Label) -> bool:
        if label in _SHOWN:
            self.enter(site, host)
        return host in self._hosts[site.name]

    def _shared(self, text: str) -> str:
        """The same text, one in memory for all goals that have it."""
        return self._texts.setdefault(text, text)


def seed(site: Site, url: str, now: float) -> Candidate:
    """The URL that a person gave, as a candidate."""
    return candidate_for(site, Link(url=url, label=Label.SEED), 0, now)


def candidates_of(
    reading: Reading,
    owner_of: Callable[[str], Site | None],
    home: Site,
    reach: Reach,
    now: float,
    goals: Goals | None = None,
    known: Callable[[str], bool] | None = None,
) -> Iterator[Candidate]:
    """The reading's links that may be followed, in the page's order, each identity once.

    `owner_of` names the registered site of a URL, `home` is the site of the page itself. `goals` remembers for as
    long as both answer alike. What is `known` by the name that it is sought under is left out.
    """
    goals = goals or Goals()
    goals.learn(reading, home)
    if home.reaches(reading.page_url) and not home.owns(reading.page_url):
        goals.enter(home, host_of(reading.page_url))
    depth = reading.lease.depth + 1
    if depth > reach.depth:
        return
    taken: set[tuple[str, str]] = set()
    for link in reading.shown:
        goal = None if _is_view(link, home) else goals.of(link, owner_of, home, reach.follow_any)
        if goal and (goal.site, goal.key) not in taken:
            taken.add((goal.site, goal.key))
            if known is None or not known(sought(goal, link.label)):
                yield _candidate(goal, link, depth, now, reading.page_url)


def _is_named(link: Link, home: Site) -> bool:
    """True for a feed; on a site whose article paths are not known for a list, which may go on in a search or in data.

    What a page calls so has been looked at when it was read.
    """
    if link.kind is Kind.FEED:
        return link.label is Label.FEED
    return link.kind is Kind.LISTING and link.label is Label.LISTING and not home.scope.articles


def _is_view(link: Link, home: Site) -> bool:
    """True for an article's form for printing and the like, on a site whose article paths are not known."""
    if home.scope.articles or link.kind is not Kind.PAGE or link.label in _SURE:
        return False
    return is_view(link.url) or says_view(link.headline)


def wanted(link: Link, kind: Kind, depth: int, now: float) -> float:
    """When the link's news happened, roughly, as seconds since 1970: what is larger is fetched sooner.

    What a person gave comes before everything else.
    """
    if link.label is Label.SEED:
        return now + SEED_BONUS
    age = ASSUMED_AGE[link.label] if link.shown_at is None else _age(link.shown_at, now)
    return now - age - depth * DEPTH_AGE + (0.0 if kind is Kind.PAGE else LIST_BONUS)


def names_of(candidates: Iterable[Candidate]) -> list[str]:
    """The names under which the seen-cache remembers candidates."""
    return [f"{candidate.site} {candidate.key}" for candidate in candidates]


def sought(goal: Goal | Candidate, label: Label) -> str:
    """The name under which the seen-cache is asked for a link; what is shown among the news has one of its own."""
    return f"{goal.site} {goal.key} news" if label in _NEWS else f"{goal.site} {goal.key}"


def _goal(site: Site, url: str, shared: Callable[[str], str] = str, *, own: bool = True) -> Goal:
    host, pattern = shared(host_of(url)), shared(pattern_of(url))
    return Goal(site.name, site.identity(url), url, host, site.kind_of(url), pattern, own)


def candidate_for(site: Site, link: Link, depth: int, now: float) -> Candidate:
    """A link of the site as a candidate."""
    return _candidate(_goal(site, canonical(link.url) or link.url), link, depth, now, None)


def _candidate(goal: Goal, link: Link, depth: int, now: float, seen_on: str | None) -> Candidate:
    # What a page of one site calls a feed or a sitemap of another could be an article there, which would be lost.
    kind = link.kind if goal.own and link.kind is not Kind.PAGE else goal.kind
    return Candidate(
        site=goal.site,
        key=goal.key,
        url=goal.url,
        host=goal.host,
        kind=kind,
        label=link.label,
        depth=depth,
        wanted=wanted(link, kind, depth, now),
        seen_on=seen_on,
        headline=link.headline,
        pattern=goal.pattern,
    )


def _age(shown: datetime, now: float) -> float:
    # A stamp in the future (a press announcement, a wrong clock) is as new as now, not newer.
    return max(0.0, now - shown.timestamp())
