"""A site as data: where it lives, where it starts, what belongs to it, how it is read and how it is treated."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from typing import Any

from workers.core.errors import BadInput
from workers.core.link import Kind
from workers.core.seconds import DAY, HOUR, MINUTE
from workers.core.urls import canonical, host_of, join, path_of
from workers.sites.below import may_show_news
from workers.sites.reader import Readers, pattern, time_zone

Identity = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Start:
    """Where links of a site begin. A path stands for this path on each of the site's hosts; `every` is in seconds."""

    where: str
    kind: Kind
    every: float


def feed(where: str, every: float = MINUTE) -> Start:
    """An RSS or Atom feed to read every `every` seconds."""
    return Start(where, Kind.FEED, every)


def listing(where: str, every: float = 5 * MINUTE) -> Start:
    """A page that lists articles, to read every `every` seconds."""
    return Start(where, Kind.LISTING, every)


def sitemap(where: str, every: float = HOUR) -> Start:
    """An XML sitemap, a sitemap index or a news sitemap, to read every `every` seconds."""
    return Start(where, Kind.SITEMAP, every)


def by_url(url: str) -> str:
    """The identity of a page that has no better one: its canonical URL."""
    return canonical(url) or url


def url_id(expression: str) -> Identity:
    """Identity `id:<groups>` by a regular expression on the path, whatever host and query; else the canonical URL."""
    compiled = pattern(expression, re.NOFLAG)
    if not compiled.groups:
        raise BadInput(
            f"The pattern {expression!r} of url_id has no group: all articles would be one. "
            r"Put what tells them apart in brackets, as in r'/(\d+)\.html$'."
        )

    def identity(url: str) -> str:
        match = compiled.search(path_of(url))
        groups = [group for group in match.groups() if group] if match else []
        return "id:" + ":".join(groups) if groups else by_url(url)

    return identity


@dataclass(frozen=True)
class Scope:
    """Which paths of the site's hosts are what, as regular expressions on the path; the first that matches counts.

    Order: `never`, `articles`, `feeds`, `sitemaps`, `listings`. Where `articles` is empty, every other path is a page.
    """

    articles: tuple[str, ...] = ()
    listings: tuple[str, ...] = (r"^/$",)
    feeds: tuple[str, ...] = (r"\.(?:rss|atom|rdf)$", r"/(?:rss|feed)/?$")
    sitemaps: tuple[str, ...] = (r"/sitemap[^/]*\.xml(?:\.gz)?$",)
    never: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self._kinds  # noqa: B018 - compiled now, so that a bad pattern fails when the profile is built

    @cached_property
    def _kinds(self) -> tuple[tuple[re.Pattern[str], Kind | None], ...]:
        kinds = (
            (self.never, None),
            (self.articles, Kind.PAGE),
            (self.feeds, Kind.FEED),
            (self.sitemaps, Kind.SITEMAP),
            (self.listings, Kind.LISTING),
        )
        return tuple((pattern(each, re.NOFLAG), kind) for patterns, kind in kinds for each in patterns)

    def kind_of(self, path: str) -> Kind | None:
        """What a path is fetched for, or None when it is out of scope."""
        for compiled, kind in self._kinds if path else ():
            if compiled.search(path):
                return kind
        return None if self.articles or not path else Kind.PAGE


@dataclass(frozen=True, slots=True)
class Manners:
    """How the site's hosts are treated: least seconds between two requests, and open requests at once."""

    delay: float = 1.0
    places: int = 1


@dataclass(frozen=True)
class Pager:
    """Next pages of a listing: the pattern whose group is a page's number, and how many pages are followed.

    The pattern is searched in path and query and reaches to their end; what stands before it names the listing.
    """

    number: str = r"(?:-|/page/|[?&](?:page|p)=)(\d{1,5})(?:\.html|/)?$"
    limit: int = 5

    def __post_init__(self) -> None:
        pattern(self.number, re.NOFLAG)

    def place_of(self, url: str) -> tuple[str, int]:
        """Which listing the URL is a page of, and which page; without a number it is page 1."""
        target = url.partition("#")[0]
        match = re.search(self.number, target)
        if match:
            return target[: match.start()].rstrip("/"), int(match.group(1))
        return target.removesuffix(".html").rstrip("/"), 1


@dataclass(frozen=True)
class Layout:
    """The readers of an earlier layout, for saved pages: of articles published before `until` (a day, in ISO 8601)."""

    until: str
    readers: Readers

    def __post_init__(self) -> None:
        self.end  # noqa: B018 - read now, so that a bad day fails when the profile is built

    @cached_property
    def end(self) -> datetime:
        """The end of its validity."""
        try:
            return datetime.combine(date.fromisoformat(self.until), datetime.min.time(), UTC)
        except ValueError:
            raise BadInput(
                f"An earlier layout of a site profile ends on {self.until!r}, which is no day. Write it as 2026-03-04."
            ) from None


_NO_READERS = Readers()


@dataclass(frozen=True)
class Site:
    """One news site. Frozen, so that it can be shared; `replace` makes a changed copy.

    `hosts` are `host` or `host:port`, each of them starts; `aliases` belong to the site and start nothing, and neither
    do the hosts right below the name `above`.
    `requires` names the fields without which a page's layout must have changed. `alone` names those that only the
    profile reads: where it finds none there is none. `revisits` are the ages in seconds at which an article is read
    again; on its first day a `second_look` comes before them, so many seconds after the first reading. `items` selects
    what holds the items of a listing page; `pager` bounds how far listings are followed. `older` are earlier layouts,
    the newest first: a page that lacks what is required is tried with those.
    """

    name: str
    hosts: tuple[str, ...]
    starts: tuple[Start, ...] = ()
    aliases: tuple[str, ...] = ()
    above: str = ""
    scheme: str = "https"
    timezone: str = "UTC"
    identity: Identity = by_url
    scope: Scope = Scope()
    readers: Readers = _NO_READERS
    requires: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    manners: Manners = Manners()
    revisits: tuple[float, ...] = (10 * MINUTE, HOUR, 6 * HOUR, DAY)
    second_look: float | None = None
    items: str = "body"
    pager: Pager = Pager()
    older: tuple[Layout, ...] = ()

    def __post_init__(self) -> None:
        time_zone(self.timezone)
        layouts = (self.readers, *(layout.readers for layout in self.older))
        unknown = {name for readers in layouts for name in set(self.requires) - set(readers.names())}
        if unknown:
            raise BadInput(f"The profile {self.name} requires {', '.join(sorted(unknown))} but has no reader for it.")
        if "published" in self.alone and any(layout.readers.published is None for layout in self.older):
            raise BadInput(
                f"An earlier layout of the profile {self.name} has no reader for `published`, which the profile alone "
                "reads: no page would be of that layout. Give it one, or take `published` out of `alone`."
            )

    def replace(self, **changes: Any) -> Site:
        """The same site with other hosts, starts or anything else."""
        return dataclasses.replace(self, **changes)

    @cached_property
    def _owned(self) -> frozenset[str]:
        return frozenset((*self.hosts, *self.aliases))

    def owns(self, url: str) -> bool:
        """True when the URL lies on one of the site's hosts."""
        return host_of(url) in self._owned

    def reaches(self, url: str) -> bool:
        """True when the URL lies on one of the site's hosts, or on one below its name that may show its news."""
        return self.owns(url) or may_show_news(url, self.above)

    def place(self, url: str) -> Kind | None:
        """What the URL is fetched for when it is in scope: a host that we reach and a path that the scope knows."""
        return self._placed(url)

    @cached_property
    def _placed(self) -> Callable[[str], Kind | None]:
        return lru_cache(maxsize=4_096)(self._place)  # a site shows the same links on many pages

    def _place(self, url: str) -> Kind | None:
        if not self.reaches(url):
            return None
        start, path = self._addresses.get(url), path_of(url)
        if start is None and path == "/" and "?" in url and not self.scope.articles:
            return Kind.PAGE  # `/?p=12` may be anything, and its page says what
        return start.kind if start else self.scope.kind_of(path)

    def in_scope(self, url: str) -> bool:
        """True when the URL may be followed."""
        return self.place(url) is not None

    def is_article(self, url: str) -> bool:
        """True when the URL is in scope and its path is one of an article."""
        return self.place(url) is Kind.PAGE

    def kind_of(self, url: str) -> Kind:
        """What the URL is fetched for; a start is what it was declared, and a page is what nothing else matches."""
        return self.place(url) or Kind.PAGE

    @cached_property
    def _addresses(self) -> dict[str, Start]:
        found: dict[str, Start] = {}
        for host in self.hosts:
            for start in self.starts:
                url = canonical(join(f"{self.scheme}://{host}/", start.where) or "")
                if url:
                    found.setdefault(url, start)
        return found

    @cached_property
    def start_urls(self) -> tuple[Start, ...]:
        """The starts with absolute, canonical URLs, each once, in the order of the hosts."""
        return tuple(dataclasses.replace(start, where=url) for url, start in self._addresses.items())

    def revisit_in(self, age: float) -> float | None:
        """Seconds until an article of this age (in seconds) is read again, or None when it is old enough to rest."""
        due = [moment for moment in self.revisits if moment > age]
        return min(due) - age if due else None
