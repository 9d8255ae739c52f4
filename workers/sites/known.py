"""The sites that we know, each by an explicit import, and the plain site that stands for any other host."""

from __future__ import annotations

from workers.core.countries import zone_of
from workers.core.urls import host_of, name_above
from workers.sites.identity import UnderOneName
from workers.sites.profiles.apnews import ap_news
from workers.sites.profiles.euronews import euronews
from workers.sites.profiles.interfax import interfax_ukraine
from workers.sites.profiles.liga import liga
from workers.sites.profiles.pravda import ukrainska_pravda
from workers.sites.profiles.srf import srf
from workers.sites.profiles.tagesschau import tagesschau
from workers.sites.profiles.ukrinform import ukrinform
from workers.sites.profiles.unian import unian
from workers.sites.site import Pager, Scope, Site, feed, listing, sitemap

SITES: tuple[Site, ...] = (
    *(interfax_ukraine, ukrainska_pravda, ukrinform, unian, liga),
    *(ap_news, euronews, srf, tagesschau),
)

# A segment that is a headline in words. What stands below the name of a list and ends so is an article's, more likely.
_SLUG = r"(?:[^/-]*-){4}"
_LISTINGS = (
    r"^/?$",
    rf"/(?:tags?|topics?|themes?|categor(?:y|ies)|sections?|rubrics?|authors?)/(?!(?:[^/]*/)*{_SLUG}[^/]*/?$)",
    rf"/(?:archiv(?:es?|o|io|um)?|archiwum|arquivos?|arhiva?|arkiv|arkhiv|arsiv)/(?!(?:[^/]*/)*{_SLUG}[^/]*/?$)(?!(?!(?:19|20)\d\d/?$)\d+/?$)",
    r"/page/\d+/?$",
    r"^/(?:news|latest|articles|[a-z]{2}(?:[-_][A-Za-z]{2})?)/?$",
)
_NEVER = (
    r"\.(?i:jpe?g|png|gif|webp|svg|ico|css|js|pdf|zip|mp[34]|avi|mov|docx?|xlsx?|apk|woff2?)$",
    r"(?<!/feed)\.(?i:json)$",
    r"/print(?:pdf|mail)?/\d+/?$",
    r"[^/]/print/?$",
    r"/(?:wp-admin|wp-json|cdn-cgi|search)(?:\.\w{2,4})?(?:/|$)",
    rf"/(?:login|signin|register|logout|cart|checkout|wp-login)(?:\.\w{{2,4}})?(?:/(?!{_SLUG})|$)",
)

# Of a listing so many are followed at most, and those after the first few while they show something new.
_ANY_PAGER = Pager(limit=50)
_ANY_STARTS = (listing("/"), feed("/rss"), feed("/feed"), sitemap("/sitemap.xml"))
_ANY_SCOPE = Scope(listings=_LISTINGS, feeds=(*Scope().feeds, r"/feed\.json$"), never=_NEVER)


def by_name(name: str, sites: tuple[Site, ...] = SITES) -> Site | None:
    """The known site of this name."""
    return next((site for site in sites if site.name == name), None)


def site_for_host(host: str, sites: tuple[Site, ...] = SITES) -> Site | None:
    """The known site that a host (`host` or `host:port`) belongs to."""
    return next((site for site in sites if host in site.hosts or host in site.aliases), None)


def site_for_url(url: str, sites: tuple[Site, ...] = SITES) -> Site | None:
    """The known site that a URL belongs to."""
    return site_for_host(host_of(url), sites)


def any_site(url: str) -> Site:
    """A site without a profile for the URL's host: read by the generic reader, scoped to that host and those below it.

    With `www.` and without, an address leads to one article: that under the name that was given. A clock without an
    offset is taken for that of the host's country.
    """
    host = host_of(url)
    bare = host.removeprefix("www.")
    alias = bare if bare != host else f"www.{bare}"
    return Site(
        name=bare,
        hosts=(host,),
        aliases=(alias,),
        above=bare if name_above(bare) else "",
        scheme="http" if url.lower().startswith("http:") else "https",
        starts=_ANY_STARTS,
        identity=UnderOneName(host, frozenset((alias,))),
        scope=_ANY_SCOPE,
        pager=_ANY_PAGER,
        timezone=zone_of(host) or "UTC",
    )
