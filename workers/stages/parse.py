"""Parse: from a fetched page to a reading: the article, or why there is none, and the links that the page showed."""

from __future__ import annotations

from workers.core.charset import as_utf8
from workers.core.errors import Later, Park, Skip, WireroomError
from workers.core.link import Kind, Link
from workers.core.page import Page
from workers.core.work import Lease, State
from workers.sites.feeds import read_feed
from workers.sites.guard import guarded
from workers.sites.listings import read_listing
from workers.sites.read import read_page
from workers.sites.site import Site
from workers.sites.sitemaps import read_sitemap
from workers.stages.outcomes import outcome_of
from workers.stages.reading import Reading

# Blogs and companies often give no date: the article is stored, and the gap is counted, so that a site that loses its
# dates is seen.
UNDATED = "undated"
_UNDATED = "The page does not say when it was published."


def parse(page: Page, lease: Lease, site: Site) -> Reading:
    """Read one page for what it was fetched for. Raises nothing on purpose: every fate is in the reading."""
    try:
        if lease.kind is Kind.PAGE:
            return _article(page, lease, site)
        return _reading(page, lease, State.SKIPPED, lease.kind.value, links=_links(page, lease.kind, site))
    except (Later, Skip, Park) as error:
        return _failed(page, lease, site, error)


def _article(page: Page, lease: Lease, site: Site) -> Reading:
    article = read_page(page.body, page.url, content_type=page.content_type, site=site)
    reading = _reading(page, lease, State.STORED).model_copy(update={"article": article})
    if article.published is not None or site.requires:
        return reading
    return reading.model_copy(update={"reason": UNDATED, "detail": _UNDATED, "missing": ("published",)})


def _links(page: Page, kind: Kind, site: Site) -> tuple[Link, ...]:
    if kind is Kind.FEED:
        return read_feed(page.body, page.url, site, page.content_type)
    if kind is Kind.SITEMAP:
        return read_sitemap(page.body, page.url, site, page.content_type)
    return read_listing(guarded(as_utf8(page.body, page.content_type), page.url), site)


def _failed(page: Page, lease: Lease, site: Site, error: WireroomError) -> Reading:
    """No article; its links are followed all the same where they can be read."""
    outcome = outcome_of(lease, error)
    links: tuple[Link, ...] = ()
    if lease.kind is Kind.PAGE and isinstance(error, Skip):
        links = _links_of_page(page, site)
    reading = _reading(page, lease, outcome.state, error.reason, detail=error.detail, links=links)
    return reading.model_copy(update={"missing": error.missing}) if isinstance(error, Park) else reading


def _links_of_page(page: Page, site: Site) -> tuple[Link, ...]:
    try:
        return _links(page, Kind.LISTING, site)
    except WireroomError:
        return ()


def _reading(
    page: Page,
    lease: Lease,
    state: State,
    reason: str | None = None,
    *,
    detail: str | None = None,
    links: tuple[Link, ...] = (),
) -> Reading:
    return Reading(
        lease=lease,
        page_url=page.url,
        fetched_at=page.fetched_at,
        status=page.status,
        etag=page.headers.get("etag"),
        last_modified=page.headers.get("last-modified"),
        state=state,
        reason=reason,
        detail=detail,
        links=links,
    )
