"""How often a list is read again: sooner when it brought something new, ever more rarely when it did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workers.core.errors import NotArticle
from workers.core.link import Kind
from workers.core.seconds import DAY, HOUR, MINUTE
from workers.core.work import Lease, Outcome, Rhythm, State
from workers.sites.whole import FRONT_PAGE, LIST
from workers.stages.reading import Reading

SOONER, LATER = 0.5, 2.0
# A page that shows fewer links than this is no list that is worth a second reading.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which intervals a list is read again, in seconds; `failing` is the longest of one that cannot be read."""

    first: float
    least: float
    most: float
    failing: float


# A list that was found is read about as often as it has news: with every second reading in vain its interval stays what
# it is, so all lists of a site together take at most two requests for each new article, and one each a day. What falls
# off a list is lost, so a day is the longest; nothing falls off a sitemap, and those of an archive are long.
LEARNED = Bounds(HOUR, 5 * MINUTE, DAY, 7 * DAY)
LEARNED_SITEMAP = Bounds(HOUR, 5 * MINUTE, 7 * DAY, 7 * DAY)


def guessed(every: float) -> Bounds:
    """Those of a start that a site without a profile may have. It is what the site is followed by: hourly at least."""
    return Bounds(every, every, max(every, HOUR), DAY)


def learned(kind: Kind) -> Bounds:
    """Those of a list of this kind that was found on a site."""
    return LEARNED_SITEMAP if kind is Kind.SITEMAP else LEARNED


def rhythm(bounds: Bounds, outcome: Outcome, *, brought: bool) -> Rhythm:
    """How the interval of a list changes by this outcome of its reading; `brought` says whether it had new links."""
    read = outcome.state is State.SKIPPED and (outcome.reason in tuple(Kind) or outcome.reason == NotArticle.reason)
    most = bounds.most if read else bounds.failing
    return Rhythm(SOONER if brought else LATER, bounds.first, bounds.least, most)


def is_list(lease: Lease, reading: Reading | None = None) -> bool:
    """Whether a URL is read for its links: as it was fetched for, or as its page turned out."""
    if lease.kind is not Kind.PAGE:
        return True
    return reading is not None and reading.detail in (LIST, FRONT_PAGE) and _shows_many(reading)


def _shows_many(reading: Reading) -> bool:
    return sum(link.kind is Kind.PAGE for link in reading.links) >= _FEW


def brought(readings: Sequence[Reading], new_on: frozenset[str | None]) -> tuple[int, ...]:
    """The ids of the URLs whose readings as lists showed something new; `new_on` are the pages that did."""
    return tuple(r.lease.id for r in readings if is_list(r.lease, r) and r.page_url in new_on)
