"""Sink: from readings to what the ledger commits: articles and outcomes, and the events that tell of them."""

from __future__ import annotations

from typing import Any

from workers.core.article import Article
from workers.core.link import Kind
from workers.core.work import Lease, Outcome, State
from workers.sites.site import Site
from workers.stages.host import back_off
from workers.stages.reading import Reading


def outcome_of_reading(reading: Reading, site: Site, now: float) -> Outcome:
    """How the URL of the reading ends, and when it is read again."""
    lease = reading.lease
    article = reading.article
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
        revisit_in=revisit_in(site, lease, _published(article, now), now),
    )


def revisit_in(site: Site, lease: Lease, published: float | None, now: float) -> float | None:
    """Seconds until the URL is due again: a start by its own interval, an article by its age, all else never."""
    for start in site.start_urls:
        if start.where == lease.url:
            return start.every
    if lease.kind is not Kind.PAGE or published is None:
        return None
    return site.revisit_in(max(0.0, now - published))


def event_of(kind: str, article: Article, stored_at: float) -> dict[str, Any]:
    """The event that is sent when an article was stored or updated."""
    return {
        "event": f"article.{kind}",
        "site": article.site,
        "key": article.key,
        "url": article.url,
        "headline": article.headline,
        "language": article.language,
        "published": article.published.at.isoformat() if article.published else None,
        "stored_at": stored_at,
    }


def _keeps_conditions(reading: Reading) -> bool:
    return reading.state is State.STORED or reading.lease.kind is not Kind.PAGE


def _published(article: Article | None, now: float) -> float | None:
    if article is None:
        return None
    return article.published.at.timestamp() if article.published else now
