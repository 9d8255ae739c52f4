"""Sitemaps: urlset, news sitemaps and indexes of sitemaps, as XML (plain or gzip) or as a list of lines."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

from workers.core.dates import parse
from workers.core.errors import Unreadable
from workers.core.link import Kind, Label, Link
from workers.core.text import clean
from workers.core.urls import canonical, join
from workers.sites.lists.records import Record, read_records, unpack
from workers.sites.site import Site

MAX_ENTRIES = 50_000  # what the sitemap protocol allows
_MAX_LETTERS = 10_000_000  # of all addresses and headlines together; 50,000 common ones have half of it
_MARK = b"\xef\xbb\xbf"  # of UTF-8; a parser of XML drops it by itself
_LONGEST_LINE = 8_192
# A date in words takes as long to read as all else of its entry; the protocol asks for ISO 8601.
_MAX_ODD = 5_000
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d[0-9:.]{0,12}(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)


def read_sitemap(body: bytes, url: str, site: Site, content_type: str | None = None) -> tuple[Link, ...]:
    """The entries of a sitemap as links, at most 50,000: pages of a urlset, further sitemaps of an index.

    An index that names itself gives no link to itself. Raises Unreadable where the body is no sitemap, and
    BodyTooLarge where it unpacks to more than 50 MiB.
    """
    data = unpack(body).removeprefix(_MARK)
    if data[:100].lstrip()[:8].startswith((b"http://", b"https://")):
        entries = _Entries(url, site)
        _read_lines(data, entries)
        return tuple(entries.links.values())
    root, entries = read_records(data, ("url", "sitemap"), content_type, lambda: _Entries(url, site))
    if not entries and root not in ("urlset", "sitemapindex"):
        raise Unreadable(f"The document is no sitemap: its root is <{root}>.")
    return tuple(entries.links.values())


def _read_lines(data: bytes, entries: _Entries) -> None:
    with BytesIO(data) as lines:
        while line := lines.readline(_LONGEST_LINE):
            if not entries.take(line.decode("utf-8", "replace"), None):
                break


class _Entries:
    """The links of a sitemap's entries, each URL once, but never the sitemap itself."""

    def __init__(self, url: str, site: Site) -> None:
        self.links: dict[str, Link] = {}
        self._url, self._own, self._site = url, canonical(url), site
        self._start = (self._own or url).partition("?")[0]
        self._taken = self._letters = self._odd = 0

    def __len__(self) -> int:
        return self._taken

    def add(self, record: Record) -> bool:
        return self.take(record.get("loc"), record)

    def take(self, address: str, record: Record | None) -> bool:
        """One entry; False when there are enough."""
        self._taken += 1
        target = join(self._url, clean(address)) if address else None
        if target and target not in self.links and not self._is_own(target):
            link = self.links[target] = self._link(target, record)
            self._letters += len(target) + len(link.headline or "")
        return self._taken < MAX_ENTRIES and self._letters < _MAX_LETTERS

    def _is_own(self, target: str) -> bool:
        return target.startswith(self._start) and canonical(target) == self._own

    def _link(self, url: str, record: Record | None) -> Link:
        written = clean(record.get("publication_date", "lastmod"))[:100] if record else ""
        nested = record is not None and record.name.rpartition(":")[2].lower() == "sitemap"
        return Link(
            url=url,
            label=Label.SITEMAP,
            kind=Kind.SITEMAP if nested else self._site.place(url) or Kind.PAGE,
            headline=(clean(record.get("title")) or None) if record else None,
            shown_text=written or None,
            shown_at=self._moment(written),
            position=len(self.links),
        )

    def _moment(self, written: str) -> datetime | None:
        if not _ISO.fullmatch(written):
            self._odd += bool(written)
            if not written or self._odd > _MAX_ODD:
                return None
        moment = parse(written, zone=self._site.timezone)
        return moment.at if moment else None
