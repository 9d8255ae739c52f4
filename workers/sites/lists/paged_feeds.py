"""The next page of a feed in parts: `rel=next` or `rel=prev-archive` (RFC 5005), `next_url` of a JSON Feed."""

from __future__ import annotations

import json
import re
from html import unescape

from workers.core.link import Kind, Label, Link
from workers.core.urls import join
from workers.sites.site import Site

# What a feed says of itself stands before its entries, and that of JSON Feed before its items or behind them.
_BEGINNING = 50_000
_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_LINK = re.compile(r"<(?:\w{1,20}:)?link\s([^<>]{1,3000})>", re.IGNORECASE)
_ONWARD = re.compile(r"\brel\s*=\s*[\"'](?:next|prev-archive)[\"']", re.IGNORECASE)
_ADDRESS = re.compile(r"\bhref\s*=\s*([\"'])([^\"']{1,2000})\1", re.IGNORECASE)
_TOLD = re.compile(r"\"next_url\"\s*:\s*(\"[^\"]{1,2000}\")")


def next_feed(body: bytes, url: str, site: Site, depth: int) -> tuple[Link, ...]:
    """The page of a feed that follows this one, where it names one of its site; `depth` counts the steps from a start.

    Only of a site without a profile, whose pager bounds it: a profile's feeds are read for what is new.
    """
    if site.scope.articles or depth + 1 >= site.pager.limit:
        return ()
    address = _of_json(body) if body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _of_xml(body)
    target = join(url, address) if address else None
    if target is None or target == url or not site.reaches(target):
        return ()
    return (Link(url=target, label=Label.FEED, kind=Kind.FEED),)


def _of_xml(body: bytes) -> str | None:
    beginning = body[:_BEGINNING]
    entry = _ENTRY.search(beginning)
    head = beginning[: entry.start() if entry else None].decode("utf-8", "replace")
    for link in _LINK.finditer(head):
        address = _ADDRESS.search(link[1]) if _ONWARD.search(link[1]) else None
        if address:
            return unescape(address[2])
    return None


def _of_json(body: bytes) -> str | None:
    ends = (part.decode("utf-8", "replace") for part in (body[:_BEGINNING], body[-_BEGINNING:]))
    told = next(filter(None, map(_TOLD.search, ends)), None)
    try:
        return str(json.loads(told[1], strict=False)) if told else None
    except ValueError:
        return None
