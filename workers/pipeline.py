"""What the tasks do with the ledger and the caches, stage by stage; `tasks.py` shows the order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import structlog

from workers import ledger as stored
from workers import measure
from workers.adapters.packing import pack
from workers.adapters.processes import is_dead
from workers.core.article import Article
from workers.core.link import Kind, Label, Link
from workers.core.page import Page
from workers.core.seconds import DAY
from workers.core.urls import canonical, join
from workers.core.work import Candidate, Lease, Outcome, State
from workers.sites.below import is_below
from workers.sites.site import Site
from workers.stages import parse as parsing
from workers.stages import rhythm as rhythms
from workers.stages.barren import Turned
from workers.stages.discover import Reach, candidate_for, candidates_of, names_of, sought
from workers.stages.reading import Reading
from workers.stages.sink import outcome_of_reading, revisit_in
from workers.stages.twins import number_of, without_twins
from workers.stages.variants import told_apart, without_deleted
from workers.wiring import Room

log = structlog.get_logger("wireroom")

# Statements grow with the batch; a page of a million links is admitted in pieces.
ADMITTED_AT_ONCE = 1_000
# Steps from a start after which the next page of a list is only followed while it shows something new.
FAR = 4
_PAGED = (Kind.LISTING, Kind.FEED)

Name = tuple[str, str]


def read(room: Room, page: Page, lease: Lease, failed: Counter[str]) -> Reading:
    """The reading of one page; where it ends otherwise than as what it was fetched for, `failed` counts its reason."""
    with measure.page(room, "parse", lease):
        reading = parsing.parse(page, lease, room.site(lease.site))
    if reading.reason and reading.reason != lease.kind:
        failed[reading.reason] += 1
    return reading


def once(room: Room, readings: Sequence[Reading], failed: Counter[str]) -> tuple[Reading, ...]:
    """The readings, those ended whose story is stored under another address or was deleted; `failed` counts them."""
    ended = without_deleted(told_apart(readings, room.site, room.ledger.standing), room.ledger.deleted)
    ended = without_twins(ended, room.site, room.ledger.alike, room.ledger.standing)
    failed.update(new.reason for new, old in zip(ended, readings, strict=True) if new.reason and not old.reason)
    return ended


def candidates(room: Room, readings: Sequence[Reading]) -> list[Candidate]:
    """The links of the readings that may be followed, as candidates; of a list whose next page may be due all.

    Boxes show the same links on page after page: what this process knows as admitted is left out before it is made.
    """
    now = room.ledger.now()
    found: list[Candidate] = []
    for reading in readings:
        home = room.site(reading.lease.site)
        reach = Reach(room.settings.max_depth, room.follows_any(home.name))
        is_turned = reading.lease.kind is Kind.LISTING or _is_far(reading, room)
        known = None if is_turned else room.seen.knows
        found.extend(candidates_of(reading, room.owner_of, home, reach, now, room.goals, known))
    return found


def leave_barren(room: Room) -> int:
    """What waits at addresses that were found to lead to no article is left; and comes back where one was found there.

    How many wait again.
    """
    barren = room.goals.barren
    turned, back = barren.turned(), 0
    try:
        while turned:
            back += _turn_space(room, turned[0])
            turned.pop(0)
    finally:
        barren.tell_again(turned)  # the ledger may be away; a story is found for the first time only once
    return back


def _turn_space(room: Room, turned: Turned) -> int:
    if not turned.is_fruitful and room.ledger.has_story(turned.site, turned.part, turned.holds):
        turned.found()
        return 0
    if turned.is_fruitful:
        return room.ledger.come_back(turned.site, turned.part, turned.has)
    left = room.ledger.leave(turned.site, turned.part, turned.has)
    log.info("links.left", site=turned.site, path=turned.path, urls=left)
    return 0


def admit(room: Room, wanted: Sequence[Candidate]) -> set[Name]:
    """Admit candidates; those that were new, by (site, key).

    What the seen-cache knows is not asked of the ledger, and a name enters the cache only after the ledger committed.
    What a limit refused does not enter it: there may be room for it later. A link that was known from the archive is
    asked for once more when it is shown among the news: it may be wanted sooner than it was.
    """
    names = [sought(candidate, candidate.label) for candidate in wanted]
    unseen = [c for c, new in zip(wanted, room.seen.unseen(names), strict=True) if new]
    admitted: set[Name] = set()
    for start in range(0, len(unseen), ADMITTED_AT_ONCE):
        piece = unseen[start : start + ADMITTED_AT_ONCE]
        result = room.ledger.admit(
            piece, site_limit=room.settings.site_limit, pattern_limit=room.settings.pattern_limit
        )
        admitted |= result.new
        measure.admitted(room, piece, result.new)
        if result.refused:
            log.warning("links.refused", **_by_limit(result))
        committed = [c for c in piece if (c.site, c.key) not in result.refused]
        room.seen.committed({*names_of(committed), *(sought(c, c.label) for c in committed)})
    return admitted


def brought(readings: Sequence[Reading], found: Sequence[Candidate], new: Collection[Name]) -> tuple[int, ...]:
    """The ids of the URLs that were read as lists and showed something new."""
    return rhythms.brought(
        readings, frozenset(c.seen_on for c in found if (c.site, c.key) in new) if new else frozenset()
    )


def worth_turning(room: Room, found: Sequence[Candidate], readings: Sequence[Reading]) -> list[Candidate]:
    """The candidates without next pages of lists and feeds far from their start that show nothing new; the rest first.

    So a listing without a profile is followed to its end, or until a sitemap or another list has told the rest. A page
    whose reading is lost and that is read anew gives the same: its next page is admitted no later than what it shows.
    """
    far = {r.page_url for r in readings if _is_far(r, room)}
    turning = [c for c in found if c.kind in _PAGED and c.seen_on in far]
    if not turning:
        return list(found)
    lists = {c.seen_on for c in turning}
    new = room.ledger.unknown([c for c in found if c.kind is Kind.PAGE and c.seen_on in lists])
    bringing = {c.seen_on for c in found if c.kind is Kind.PAGE and (c.site, c.key) in new}
    others = [c for c in found if c.kind not in _PAGED or c.seen_on not in far]
    return [*(c for c in turning if c.seen_on in bringing), *others]


def _is_far(reading: Reading, room: Room) -> bool:
    lease = reading.lease
    return lease.kind in _PAGED and lease.depth >= FAR and not room.site(lease.site).scope.articles


def turn_pages(room: Room, readings: Sequence[Reading], found: Sequence[Candidate]) -> int:
    """The next page of a listing waits again where the page before is mostly new; how many do."""
    again = {r.page_url: r.lease for r in readings if r.lease.kind is Kind.LISTING and r.lease.visit > 1}
    shown: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in found if again else ():
        if candidate.seen_on in again:
            shown[candidate.seen_on].append(candidate)
    return room.ledger.follow(list(_next_pages(room, again, shown)))


def _next_pages(
    room: Room, again: Mapping[str, Lease], shown: Mapping[str, Sequence[Candidate]]
) -> Iterator[stored.NextPage]:
    for url, candidates in shown.items():
        place_of = room.site(again[url].site).pager.place_of
        listing, number = place_of(url)
        pages = tuple((c.site, c.key) for c in candidates if c.kind is Kind.PAGE)
        for candidate in candidates:
            if pages and candidate.kind is Kind.LISTING and place_of(candidate.url) == (listing, number + 1):
                yield stored.NextPage((again[url].site, again[url].key), (candidate.site, candidate.key), pages)


def _by_limit(result: stored.Admitted) -> dict[str, Any]:
    """How many links each limit refused, and of which sites."""
    sites = sorted({site for site, _ in result.refused})
    return {"sites": sites, **{limit.replace("-", "_"): n for limit, n in Counter(result.refused.values()).items()}}


def admit_sitemaps(room: Room, urls: Sequence[str], named_by: str) -> int:
    """Admit the sitemaps that the robots.txt of a registered site's host named, where they belong to the same site."""
    site, now = room.owner_of(named_by), room.ledger.now()
    if site is None:
        return 0
    found = []
    absolute = (join(named_by, url) for url in urls)  # some write a path, where a whole address is asked for
    for url in filter(None, (canonical(url) for url in absolute if url)):
        owner = room.owner_of(url)
        if owner is site or (owner is None and is_below(url, site.above)):
            found.append(candidate_for(site, Link(url=url, label=Label.SITEMAP, kind=Kind.SITEMAP), depth=0, now=now))
    return len(admit(room, found))


def commit(room: Room, readings: Sequence[Reading], brought: Collection[int] = ()) -> list[dict[str, Any]]:
    """Store the articles and settle the URLs in one transaction; the events to send.

    `brought` are the ids of lists that showed something new.
    """
    now = room.ledger.now()
    outcomes = [
        read_again(room, r.lease, outcome_of_reading(r, room.site(r.lease.site), now), r, brought) for r in readings
    ]
    articles = [_intake(r, r.article, room.site(r.lease.site)) for r in readings if r.article is not None]
    committed = room.ledger.commit(articles, outcomes, max_attempts=room.settings.max_attempts)
    return [event_of("stored", a) for a in committed.stored] + [event_of("updated", a) for a in committed.updated]


def _intake(reading: Reading, article: Article, site: Site) -> stored.Intake:
    return stored.Intake(
        article=article,
        asked=reading.lease.url,
        fetched_at=reading.fetched_at,
        key_of=site.identity,
        twin=number_of(article, site),
        url_id=reading.lease.id,
    )


def read_again(
    room: Room, lease: Lease, outcome: Outcome, reading: Reading | None = None, brought: Collection[int] = ()
) -> Outcome:
    """The outcome with what it means for the interval at which a list is read again; that of a page as it is."""
    if outcome.state is State.WAITING or not rhythms.is_list(lease, reading):
        return outcome
    bounds = room.bounds_of(lease)
    if bounds is None:
        return outcome
    return replace(outcome, rhythm=rhythms.rhythm(bounds, outcome, brought=lease.id in brought))


def keep_pages(room: Room, pages: Sequence[Page], readings: Sequence[Reading]) -> None:
    """Keep the pages as they were fetched, where that is asked for: those of articles, and those that are parked."""
    if room.settings.keep_days:
        pairs = zip(pages, readings, strict=True)
        room.ledger.keep_pages(
            [_kept(page, r) for page, r in pairs if r.article is not None or r.state is State.PARKED]
        )


def _kept(page: Page, reading: Reading) -> stored.KeptPage:
    article = reading.article
    name = (article.site, article.key) if article else (reading.lease.site, reading.lease.key)
    content = article.content_hash if article else ""
    return stored.KeptPage(*name, content, page.url, page.content_type or "", page.fetched_at, pack(page.body))


def event_of(kind: str, article: stored.StoredArticle) -> dict[str, Any]:
    """The event that tells of an article that was stored or updated; times in seconds since 1970."""
    return {"event": f"article.{kind}", **asdict(article)}


def sweep(room: Room) -> None:
    """Take back leases and holds that ran out or whose process on this machine is dead."""
    dead = {owner for owner in room.ledger.owners() if is_dead(owner)}
    room.ledger.sweep(max_attempts=room.settings.max_attempts, dead_owners=dead)
    room.ledger.count_refused_messages(room.refusals.take())
    room.ledger.throw_pages_away(room.settings.keep_days * DAY)


def unchanged_again_in(room: Room, leases: Sequence[Lease]) -> dict[int, float | None]:
    """For leases of re-visits, by URL id: seconds until the article is asked again if it has not changed."""
    again = [lease for lease in leases if lease.visit > 1 and lease.kind is Kind.PAGE]
    published = room.ledger.published({(lease.site, lease.key) for lease in again})
    now = room.ledger.now() if again else 0.0
    return {
        lease.id: revisit_in(room.site(lease.site), lease, published.get((lease.site, lease.key)), now)
        for lease in again
    }
