"""What an answer says that it is by its beginning: a feed and a sitemap are told by their root."""

from __future__ import annotations

import re

from workers.core.link import Kind

_BEGINNING = 5_000
# Atomic, since there are very many ways to part comments that follow each other.
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s++|<\?[^>]{0,500}>|<!--.{0,2000}?-->)*+"
    rb"<(?:[\w-]{1,20}:)?(rss|feed|rdf|urlset|sitemapindex)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_SITEMAPS = (b"urlset", b"sitemapindex")
_JSON_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+\{.{0,1000}?\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org\\?/", re.DOTALL
)


def told_kind(body: bytes) -> Kind | None:
    """FEED or SITEMAP for a body that begins as one; None for all else, also for what is packed."""
    beginning = body[:_BEGINNING]
    if root := _ROOT.match(beginning):
        return Kind.SITEMAP if root[1].lower() in _SITEMAPS else Kind.FEED
    return Kind.FEED if _JSON_FEED.match(beginning) else None
