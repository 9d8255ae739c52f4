"""Sitemaps: urlset, news sitemaps and indexes of sitemaps, as XML (plain or gzip) or as a list of lines."""

from __future__ import annotations

from workers.core.dates import parse
from workers.core.errors import Unreadable
from workers.core.link import Kind, Label, Link
from workers.core.text import clean
from workers.core.urls import canonical, join
from workers.sites.records import Record, read_records, unpack
from workers.sites.site import Site

MAX_ENTRIES = 50_000  # what the sitemap protocol allows
_LINES = ("http://", "https://")


def read_sitemap(body: bytes, url: str, site: Site, content_type: str | None = None) -> tuple[Link, ...]:
    """The entries of a sitemap as links, at most 50,000: pages of a urlset, further sitemaps of an index.

    An index that names itself gives no link to itself. Raises Unreadable where the body is no sitemap, and
    BodyTooLarge where it unpacks to more than 50 MiB.
    """
    data = unpack(body)
    if data.lstrip()[:8].startswith((b"http://", b"https://")):
        return _links([(line, None) for line in data.decode("utf-8", "replace").splitlines()[:MAX_ENTRIES]], url, site)
    root, records = read_records(data, ("url", "sitemap"), content_type, MAX_ENTRIES)
    if not records and root not in ("urlset", "sitemapindex"):
        raise Unreadable(f"The document is no sitemap: its root is <{root}>.")
    return _links([(record.get("loc"), record) for record in records], url, site)


def _links(entries: list[tuple[str, Record | None]], url: str, site: Site) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    own = canonical(url)
    for address, record in entries:
        target = join(url, clean(address)) if address else None
        if target and target not in links and canonical(target) != own:
            links[target] = _link(target, record, site, len(links))
    return tuple(links.values())


def _link(url: str, record: Record | None, site: Site, position: int) -> Link:
    written = clean(record.get("publication_date", "lastmod"))[:100] if record else ""
    moment = parse(written, zone=site.timezone) if written else None
    nested = record is not None and record.name.rpartition(":")[2].lower() == "sitemap"
    return Link(
        url=url,
        label=Label.SITEMAP,
        kind=Kind.SITEMAP if nested else site.place(url) or Kind.PAGE,
        headline=(clean(record.get("title")) or None) if record else None,
        shown_text=written or None,
        shown_at=moment.at if moment else None,
        position=position,
    )
