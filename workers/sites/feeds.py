"""Feeds: RSS 0.9 to 2.0, RDF and Atom as links, in the order of the feed."""

from __future__ import annotations

import re

from workers.core.dates import parse
from workers.core.link import Kind, Label, Link
from workers.core.text import clean, unescaped
from workers.core.urls import join
from workers.sites.records import Record, read_records, unpack
from workers.sites.site import Site

MAX_ENTRIES = 1_000
_ITEMS = ("item", "entry")
_MARKUP = re.compile(r"<[^<>]{1,500}>")
_DATES = ("pubdate", "published", "date", "issued", "updated", "modified")


def read_feed(body: bytes, url: str, site: Site, content_type: str | None = None) -> tuple[Link, ...]:
    """The entries of a feed as links: absolute URL, headline, time as written and in UTC. At most 1,000 entries.

    Raises Unreadable where the body is no XML, and BodyTooLarge beyond 50 MiB. Entries without a usable URL are left
    out; a feed that breaks off gives what came before.
    """
    _, entries = read_records(unpack(body), _ITEMS, content_type, lambda: _Entries(url, site))
    return tuple(entries.links.values())


class _Entries:
    """The links of a feed's entries, each URL once."""

    def __init__(self, url: str, site: Site) -> None:
        self.links: dict[str, Link] = {}
        self._url, self._site, self._taken = url, site, 0

    def __len__(self) -> int:
        return self._taken

    def add(self, record: Record) -> bool:
        self._taken += 1
        target = _target(record, self._url)
        if target and target not in self.links:
            self.links[target] = _link(record, target, self._site, len(self.links))
        return self._taken < MAX_ENTRIES


def _link(record: Record, url: str, site: Site, position: int) -> Link:
    written = clean(record.get(*_DATES))[:100]
    moment = parse(written, zone=site.timezone) if written else None
    return Link(
        url=url,
        label=Label.FEED,
        kind=site.place(url) or Kind.PAGE,
        headline=plain(record.get("title")) or None,
        shown_text=written or None,
        shown_at=moment.at if moment else None,
        position=position,
    )


def plain(text: str) -> str:
    """A title without markup: feeds write it escaped once or twice."""
    return clean(_MARKUP.sub("", unescaped(text))) if "&" in text or "<" in text else clean(text)


def _target(record: Record, base: str) -> str | None:
    """Where an entry leads: the publisher's own address, the link's text, its `href`, or a guid that is an address."""
    for address in (record.get("origlink"), _own_link(record), _atom_link(record), _guid(record)):
        if address and (url := join(base, clean(address))):
            return url
    return None


def _own_link(record: Record) -> str:
    return next((value.text for value in record.values if value.local == "link" and value.text), "")


def _atom_link(record: Record) -> str:
    links = [value.attributes for value in record.values if value.local == "link" and value.attributes.get("href")]
    alternate = [each for each in links if each.get("rel", "alternate") == "alternate"]
    return next((each["href"] for each in alternate), "")


def _guid(record: Record) -> str:
    """The guid or id where it is a whole web address."""
    for value in record.values:
        address = value.local in ("guid", "id") and value.attributes.get("isPermaLink", "true").lower() != "false"
        if address and value.text.startswith(("http://", "https://")):
            return value.text
    return ""
