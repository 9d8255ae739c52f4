"""Sink: from readings to the outcomes that the ledger commits together with their articles."""

from __future__ import annotations

from workers.core.article import Article
from workers.core.errors import Gone, NotHtml, Refused
from workers.core.link import Kind
from workers.core.seconds import DAY
from workers.core.work import Lease, Outcome, State
from workers.sites.site import Site
from workers.sites.whole import ROBOT_CHECK
from workers.stages.outcomes import back_off, look_again_in
from workers.stages.reading import Reading

FIRST = 1
# What the generic reader gives no article without, and what it is to find on nearly every one.
WHOLE = ("headline", "body")
LOOKED_FOR = (*WHOLE, "published")


def outcome_of_reading(reading: Reading, site: Site, now: float) -> Outcome:
    """How the URL of the reading ends, and when it is read again."""
    lease = reading.lease
    return Outcome(
        id=lease.id,
        visit=lease.visit,
        state=reading.state,
        reason=reading.reason,
        detail=reading.detail,
        retry_in=back_off(lease.attempt) if reading.state is State.WAITING else None,
        status=reading.status,
        # A page without an article is read anew each time: a 304 would not say what it was.
        etag=reading.etag if _keeps_conditions(reading) else None,
        last_modified=reading.last_modified if _keeps_conditions(reading) else None,
        revisit_in=_again_in(reading, site, now),
        required=required(reading, site),
        missing=reading.missing,
    )


def _again_in(reading: Reading, site: Site, now: float) -> float | None:
    for error in (NotHtml, Gone):
        if reading.reason == error.reason:
            return look_again_in(reading.lease, error)
    if reading.detail == ROBOT_CHECK:  # a refusal in other words
        return look_again_in(reading.lease, Refused)
    return revisit_in(site, reading.lease, _published(reading.article, now), now)


def required(reading: Reading, site: Site) -> tuple[str, ...]:
    """The fields that the page had to have as that of an article: those of its profile, or what makes an article.

    Of an article without a profile the date is counted too, though it is stored without one.
    """
    if reading.article is None and not reading.missing:
        return ()
    return site.requires or (WHOLE if reading.article is None else LOOKED_FOR)


def revisit_in(site: Site, lease: Lease, published: float | None, now: float) -> float | None:
    """Seconds until an article is due again, by its age; a start has its own interval in the ledger, all else none."""
    if lease.kind is not Kind.PAGE or published is None:
        return None
    age = max(0.0, now - published)
    if lease.visit == FIRST and site.second_look is not None and age < DAY:
        return site.second_look
    return site.revisit_in(age)


def _keeps_conditions(reading: Reading) -> bool:
    return reading.state is State.STORED or reading.lease.kind is not Kind.PAGE


def _published(article: Article | None, now: float) -> float | None:
    if article is None:
        return None
    return article.published.at.timestamp() if article.published else now
