"""Barren addresses: those of views, filters and calendars without end, of which no page ever was an article."""

from __future__ import annotations

import re

from workers.core.errors import NotArticle
from workers.core.link import Kind
from workers.core.urls import pattern_of
from workers.sites.site import Site
from workers.stages.reading import Reading

# So many pages of one path were no articles, and none was one. Fewer may be the sections of a large site.
_ENOUGH = 50
_DATED = re.compile(r"#[-/]#")


class Barren:
    """Which paths lead to no article, on sites whose article paths are not known; bounded, forgotten with the process.

    Only what endless spaces are made of is counted: addresses with a query, or with a date in their path.
    """

    MOST_SITES, MOST_OF_SITE = 500, 1_000

    def __init__(self) -> None:
        self._vain: dict[str, dict[str, int]] = {}  # 0 for a path that led to an article
        self._sites: set[str] = set()  # those that have a barren path

    def learn(self, reading: Reading, site: Site) -> bool:
        """Take note of what a page was; True where links are left out from now on."""
        if site.scope.articles or reading.lease.kind is not Kind.PAGE:
            return False
        path = _path(reading.lease.url)
        paths = self._of(site.name) if path else {}
        if reading.article is not None and path:
            was = paths.get(path, 0)
            paths[path] = 0
            return was >= _ENOUGH
        if reading.reason != NotArticle.reason or not path or paths.get(path) == 0:
            return False
        if path in paths or len(paths) < self.MOST_OF_SITE:
            paths[path] = paths.get(path, 0) + 1
        if paths.get(path) == _ENOUGH:
            self._sites.add(site.name)
            return True
        return False

    def has(self, site: str, url: str) -> bool:
        """True for an address that will be none of an article."""
        return site in self._sites and self._vain[site].get(_path(url), 0) >= _ENOUGH

    def _of(self, site: str) -> dict[str, int]:
        if site not in self._vain and len(self._vain) >= self.MOST_SITES:
            self._vain.clear()
            self._sites.clear()
        return self._vain.setdefault(site, {})


def _path(url: str) -> str:
    """What the addresses of one space have in common; "" for one that is of none."""
    path, query, _ = pattern_of(url).partition("?")
    return path if query or _DATED.search(path) else ""
