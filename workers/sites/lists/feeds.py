"""Feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed as links, in the order of the feed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from workers.core.charset import as_utf8
from workers.core.dates import parse
from workers.core.errors import Unreadable
from workers.core.link import Kind, Label, Link
from workers.core.text import clean, unescaped
from workers.core.urls import join
from workers.sites.lists.records import Record, read_records, unpack
from workers.sites.site import Site

MAX_ENTRIES = 1_000
_ITEMS = ("item", "entry")
_MARKUP = re.compile(r"<[^<>]{1,500}>")
_JSON_DATES = ("date_published", "date_modified")
_MOST_JSON = 5_000_000  # bytes; read as a whole, it takes some ten times as much memory
_DATES = ("pubdate", "published", "date", "issued", "updated", "modified")


def read_feed(body: bytes, url: str, site: Site, content_type: str | None = None) -> tuple[Link, ...]:
    """The entries of a feed as links: absolute URL, headline, time as written and in UTC. At most 1,000 entries.

    Raises Unreadable where the body is neither XML nor a JSON Feed, and BodyTooLarge beyond 50 MiB. Entries without a
    usable URL are left out; a feed that breaks off gives what came before.
    """
    if body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return tuple(_json_links(body, url, site, content_type))
    _, entries = read_records(unpack(body), _ITEMS, content_type, lambda: _Entries(url, site))
    return tuple(entries.links.values())


def _json_links(body: bytes, url: str, site: Site, content_type: str | None) -> Iterator[Link]:
    taken: set[str] = set()
    for item in islice(_json_items(body, content_type), MAX_ENTRIES):
        target = next((join(url, clean(item[key])) for key in ("url", "external_url") if _is_text(item.get(key))), None)
        if target and target not in taken:
            taken.add(target)
            written = next((item[key] for key in _JSON_DATES if _is_text(item.get(key))), "")
            title = item["title"] if _is_text(item.get("title")) else ""
            yield _link_of(target, title, written, site, len(taken) - 1)


def _json_items(body: bytes, content_type: str | None) -> Iterator[dict[str, Any]]:
    try:
        told = json.loads(as_utf8(body, content_type), strict=False) if len(body) <= _MOST_JSON else None
    except (ValueError, RecursionError):
        told = None
    items = told.get("items") if isinstance(told, dict) else None
    if not isinstance(items, list):
        raise Unreadable("The answer is no JSON Feed that can be read.")
    return (item for item in items if isinstance(item, dict))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


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
    return _link_of(url, record.get("title"), record.get(*_DATES), site, position)


def _link_of(url: str, title: str, date: str, site: Site, position: int) -> Link:
    written = clean(date)[:100]
    moment = parse(written, zone=site.timezone) if written else None
    return Link(
        url=url,
        label=Label.FEED,
        kind=site.place(url) or Kind.PAGE,
        headline=plain(title) or None,
        shown_text=written or None,
        shown_at=moment.at if moment else None,
        position=position,
    )


def plain(text: str) -> str:
    """A title without markup: feeds write it escaped once or twice."""
    return clean(_MARKUP.sub("", unescaped(text))) if "&" in text or "<" in text else clean(text)


def _target(record: Record, url: str) -> str | None:
    """Where an entry leads: the publisher's own address, the link's text, its `href`, or a guid that is an address."""
    base = url
    for each in record.bases:
        base = join(base, clean(each)) or base
    for address in (record.get("origlink"), _own_link(record), _atom_link(record), _guid(record)):
        if address and (target := join(base, clean(address))):
            return target
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
