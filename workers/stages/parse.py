"""Parse: from a fetched page to a reading: the article, or why there is none, and the links that the page showed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import accumulate, islice

from workers.core.article import Article
from workers.core.errors import Gone, Incomplete, InParts, Later, NotArticle, Park, Skip, WireroomError
from workers.core.link import Kind, Link
from workers.core.page import Page
from workers.core.work import Lease, State
from workers.sites.kinds.expected import is_front, leads_to_list, says_article
from workers.sites.kinds.told import told_kind
from workers.sites.lists.beyond import links_beyond
from workers.sites.lists.data import page_of_data
from workers.sites.lists.feeds import read_feed
from workers.sites.lists.listings import read_listing
from workers.sites.lists.named_feeds import named_feeds
from workers.sites.lists.paged_feeds import next_feed
from workers.sites.lists.refresh import refreshes_to
from workers.sites.lists.sitemaps import read_sitemap
from workers.sites.page.document import Document
from workers.sites.page.guard import MAX_TAGS
from workers.sites.parts import ATTEMPTS, joined, lacking, second_part
from workers.sites.read import open_page, read_document
from workers.sites.site import Site
from workers.stages.outcomes import outcome_of
from workers.stages.reading import Reading

# Blogs and companies often give no date: the article is stored, and the gap is counted, so that a site that loses its
# dates is seen.
UNDATED = "undated"
_UNDATED = "The page does not say when it was published."
_BEGINNING, _HTML = 200, (b"<!doctype html", b"<html")
_START = 0  # the depth of what a person gave, and of what a site starts with


def parse(page: Page, lease: Lease, site: Site) -> Reading:
    """Read one page for what it is, beginning with what it was fetched for.

    Raises nothing on purpose: every fate is in the reading.
    """
    told = told_kind(page.body)
    kind = told or lease.kind
    try:
        if told is None and kind is Kind.FEED and (feeds := _feeds_beside(page, site)):
            return _list(page, lease, kind, feeds)
        if kind in (Kind.FEED, Kind.SITEMAP):
            return _list(page, lease, kind, _records(page, kind, site, lease.depth))
        data = page_of_data(page.body, page.content_type, page.url) if kind is Kind.LISTING else None
        document = open_page(data or page.body, page.url, None if data else page.content_type)
        return _Reader(page, lease, site, document).read()
    except (Later, Skip, Park) as error:
        return _failed(page, lease, error)


def _feeds_beside(page: Page, site: Site) -> tuple[Link, ...]:
    """The feeds that a page names where a feed was looked for: large sites have one for each section."""
    if not page.body[:_BEGINNING].lstrip().lower().startswith(_HTML):
        return ()
    return tuple(named_feeds(open_page(page.body, page.url, page.content_type), site))


def _records(page: Page, kind: Kind, site: Site, depth: int) -> tuple[Link, ...]:
    if kind is Kind.SITEMAP:
        return read_sitemap(page.body, page.url, site, page.content_type)
    entries = read_feed(page.body, page.url, site, page.content_type)
    return entries + next_feed(page.body, page.url, site, depth) if entries else entries


class _Reader:
    """Reads one page of HTML."""

    def __init__(self, page: Page, lease: Lease, site: Site, document: Document) -> None:
        self._page, self._lease, self._site, self._document = page, lease, site, document

    def read(self) -> Reading:
        if self._lease.kind is not Kind.PAGE:
            return self._listing()
        try:
            return self._article()
        except (Skip, Park) as error:
            return self._no_article(error)

    def _article(self) -> Reading:
        """The page of an article; what a deleted one led to is none."""
        page, lease, site = self._page, self._lease, self._site
        if self._is_sent_away() and (site.scope.articles or is_front(page.url, site)):
            raise Gone(_SENT_AWAY)
        article = read_document(self._document, site)
        if self._is_sent_away() and not says_article(self._document, article, site):
            raise Gone(_SENT_AWAY)
        article = self._whole(article)
        links = self._beyond({link.url for link in article.links})
        return _stored(_reading(page, lease, State.STORED, links=links), article, site)

    def _whole(self, article: Article) -> Article:
        """The article with the text of all its parts. Raises InParts where they have not come with its first one."""
        if self._site.scope.articles:
            return article
        lacks = self._page.lacks
        if self._lease.second_part is None and (second := second_part(self._document, self._site)):
            if self._lease.attempt <= ATTEMPTS:
                raise InParts(second)
            lacks = second
        parts = self._readable_parts()
        if len(parts) < len(self._page.parts):
            lacks = self._page.parts[len(parts)].url
        whole = joined(article, self._read_parts(parts))
        return lacking(whole, lacks) if lacks else whole

    def _readable_parts(self) -> Sequence[Page]:
        """The parts that can be read, with the first one, at the cost that one page may have."""
        parts = self._page.parts
        tags = accumulate(map(_tags, parts), initial=_tags(self._page) if parts else 0)
        return [part for part, so_far in zip(parts, islice(tags, 1, None), strict=True) if so_far <= MAX_TAGS]

    def _read_parts(self, parts: Iterable[Page]) -> Iterator[Article]:
        for page in parts:
            with suppress(Later, Skip, Park):  # what is no whole article by itself adds nothing
                yield read_document(open_page(page.body, page.url, page.content_type), self._site)

    def _is_sent_away(self) -> bool:
        return self._lease.depth > _START and leads_to_list(self._page.url, self._lease.url, self._site)

    def _beyond(self, known: set[str]) -> tuple[Link, ...]:
        if self._site.scope.articles:
            return ()
        links = links_beyond(self._document, self._site, known)
        return links + self._shown() if self._lease.depth == _START else links

    def _no_article(self, error: Skip | Park) -> Reading:
        """Its links are followed all the same where it may be a list, or where somebody gave it."""
        page, lease = self._page, self._lease
        if isinstance(error, Gone):
            return _failed(page, lease, error)
        if target := refreshes_to(self._document, self._site):
            return _failed(page, lease, NotArticle(f"It leads on to {target.url}."), (target,))
        is_list = isinstance(error, Skip) or (lease.depth == _START and isinstance(error, Incomplete))
        links = self._shown() if is_list else ()
        if isinstance(error, NotArticle) and self._is_sent_away():
            return _failed(page, lease, Gone(_SENT_AWAY), links)
        return _failed(page, lease, error, links)

    def _listing(self) -> Reading:
        """A list; or an article, where the page of an address that let expect a list says that it is one."""
        page, lease, site = self._page, self._lease, self._site
        reading = _list(page, lease, Kind.LISTING, (*self._led_on(), *self._shown()))
        if site.scope.articles or lease.depth == _START or is_front(page.url, site):
            return reading
        try:
            article = read_document(self._document, site)
        except (Later, Skip, Park):
            return reading
        if not says_article(self._document, article, site):
            return reading
        as_page = reading.model_copy(update={"lease": lease.model_copy(update={"kind": Kind.PAGE})})
        return _stored(as_page, article, site)

    def _led_on(self) -> tuple[Link, ...]:
        """The list to which this page leads on by itself."""
        target = refreshes_to(self._document, self._site)
        return (target.model_copy(update={"kind": Kind.LISTING}),) if target else ()

    def _shown(self) -> tuple[Link, ...]:
        return read_listing(self._document, self._site, self._lease.depth, self._page.fetched_at)


def _tags(page: Page) -> int:
    return page.body.count(b"<") - page.body.count(b"</")


def _stored(reading: Reading, article: Article, site: Site) -> Reading:
    """The reading with its article; one without a date is stored with a reason, where no profile says otherwise."""
    undated = article.published is None and not site.requires
    gap = {"reason": UNDATED, "detail": _UNDATED, "missing": ("published",)} if undated else {"reason": None}
    return reading.model_copy(update={"state": State.STORED, "article": article, **gap})


_SENT_AWAY = "It leads to a list of its site, as pages do that were deleted."


def _list(page: Page, lease: Lease, kind: Kind, links: tuple[Link, ...]) -> Reading:
    """A list that was read: as a list it ends with its kind, and as what should have been a page it is no article."""
    if lease.kind is not Kind.PAGE:
        return _reading(page, lease, State.SKIPPED, lease.kind.value, links=links)
    return _failed(page, lease, NotArticle(f"It is a {kind.value}."), links)


def _failed(page: Page, lease: Lease, error: WireroomError, links: tuple[Link, ...] = ()) -> Reading:
    outcome = outcome_of(lease, error)
    reading = _reading(page, lease, outcome.state, error.reason, detail=error.detail, links=links)
    return reading.model_copy(update={"missing": error.missing}) if isinstance(error, Park) else reading


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
