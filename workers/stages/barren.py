"""Barren addresses: those of views, filters and calendars without end, of which no page ever was an article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from workers.core.errors import Incomplete, NotArticle
from workers.core.link import Kind, Label, Link
from workers.core.seconds import DAY
from workers.core.urls import parameters_of, pattern_of
from workers.sites.lists.headlines import LONG_HEADLINE, letters
from workers.sites.site import Site
from workers.stages.reading import Reading

# So many pages of one path were no articles and showed nothing new. Fewer may be the sections of a large site.
_ENOUGH = 50
_DATED = re.compile(r"#[-/.]#")
_DAY_ASKED = re.compile(r"[?&][\w-]{1,40}=(?:19|20)\d\d-?[01]\d")
_MOST_NAMES = 200
# What a person gave is asked for, and a feed names no views.
_SURE = frozenset((Label.SEED, Label.FEED))


@dataclass(slots=True)
class _Space:
    """What was seen of the pages of one path."""

    vain: int = 0
    is_fruitful: bool = False  # one was an article
    names: set[str] = field(default_factory=set)  # of their parameters
    at: float = 0.0  # when the last one was read

    def is_barren(self, now: float) -> bool:
        """True until a day after the last page in vain: then one more is read, as what was true may have changed."""
        return not self.is_fruitful and self.vain >= _ENOUGH and now - self.at <= DAY

    def may_tell(self, url: str, headline: str | None) -> bool:
        """True for a headline at an address with parameters of its own: that of a story, more likely."""
        return letters(headline or "") >= LONG_HEADLINE and not _names(url) <= self.names


@dataclass(frozen=True, slots=True)
class Turned:
    """A space of a site that was found to be barren, or not to be after all."""

    site: str
    path: str
    space: _Space

    @property
    def is_fruitful(self) -> bool:
        """True where a story was found in it."""
        return self.space.is_fruitful

    @property
    def part(self) -> str:
        """What all of its addresses have in common."""
        return re.split(r"[#*…]", self.path, maxsplit=1)[0]

    def has(self, url: str, headline: str | None) -> bool:
        """True for an address of this space that is left while it is barren; each comes back once it is not."""
        return (self.is_fruitful or not self.space.may_tell(url, headline)) and self.holds(url)

    def holds(self, url: str) -> bool:
        """True for an address of this space."""
        return _path_of(pattern_of(url)) == self.path

    def found(self) -> None:
        """Take note that another process, or one before, has found a story in it."""
        self.space.is_fruitful = True


class Barren:
    """Which paths lead to no article, on sites whose article paths are not known; bounded, forgotten with the process.

    Only what endless spaces are made of is counted: addresses with a query, or with a date in their path; and of their
    pages those that lead to nothing that may be new. The lists of a hundred towns lead to stories.
    """

    MOST_SITES, MOST_OF_SITE, MOST_SHOWN = 500, 1_000, 50_000

    def __init__(self) -> None:
        self._spaces: dict[str, dict[str, _Space]] = {}
        # Whether a page at an address of this pattern ever was an article.
        self._patterns: defaultdict[str, dict[str, bool]] = defaultdict(dict)
        self._shown: set[int] = set()
        self._sites: set[str] = set()  # those that have a barren path
        self._turned: list[tuple[str, str]] = []
        self._now = 0.0

    def learn(self, reading: Reading, site: Site) -> None:
        """Take note of what a page was."""
        if site.scope.articles or reading.lease.kind is not Kind.PAGE:
            return
        self._now = max(self._now, reading.fetched_at)
        is_article, pattern = reading.article is not None, pattern_of(reading.lease.url)
        spaces = self._of(site.name)
        patterns = self._patterns[site.name]
        if pattern in patterns or len(patterns) < self.MOST_OF_SITE:
            patterns[pattern] = patterns.get(pattern, False) or is_article
        path = _path_of(pattern)
        if not path or (path not in spaces and len(spaces) >= self.MOST_OF_SITE):
            return
        space = spaces.setdefault(path, _Space())
        if is_article:
            if not space.is_fruitful:  # another process, or one before, may have left what waited there
                self._turned.append((site.name, path))
            space.is_fruitful = True
        elif not space.is_fruitful and _is_in_vain(reading) and not self._leads_on(reading, site.name, path, space):
            self._note(reading, site.name, path, space)

    def has(self, site: str, url: str, link: Link) -> bool:
        """True for an address that will be none of an article, nor of a list that shows one."""
        if site not in self._sites or link.label in _SURE or link.kind not in (Kind.PAGE, Kind.LISTING):
            return False
        space = self._spaces[site].get(_path_of(pattern_of(url)))
        if space is None or not space.is_barren(self._now):
            return False
        return link.kind is Kind.LISTING or not space.may_tell(url, link.headline)

    def turned(self) -> list[Turned]:
        """What was found to be barren, or not to be after all, since this was asked last."""
        turned, self._turned = self._turned, []
        return [Turned(site, path, self._spaces[site][path]) for site, path in turned if path in self._of(site)]

    def tell_again(self, turned: Sequence[Turned]) -> None:
        """Take back what could not be dealt with: it is told once more."""
        self._turned = [(each.site, each.path) for each in turned] + self._turned

    def _note(self, reading: Reading, site: str, path: str, space: _Space) -> None:
        space.vain += 1
        space.at = reading.fetched_at
        if len(space.names) < _MOST_NAMES:
            space.names |= _names(reading.lease.url)
        if space.vain % _ENOUGH == 0:
            self._sites.add(site)
            self._turned.append((site, path))

    def _leads_on(self, reading: Reading, site: str, path: str, space: _Space) -> bool:
        """True for a page with a link that may be one to a new story."""
        new = [link for link in reading.shown if link.kind is Kind.PAGE and self._is_new(site, link.url)]
        return any(self._may_be_story(link, site, path, space) for link in new)

    def _is_new(self, site: str, url: str) -> bool:
        """True for what was not shown in such a space before."""
        shown = hash((site, url))
        if shown in self._shown:
            return False
        if len(self._shown) >= self.MOST_SHOWN:
            self._shown.clear()
        self._shown.add(shown)
        return True

    def _may_be_story(self, link: Link, site: str, path: str, space: _Space) -> bool:
        """True where nothing has been read, or an article."""
        pattern = pattern_of(link.url)
        if _path_of(pattern) == path:
            return space.may_tell(link.url, link.headline)
        patterns = self._patterns[site]
        return patterns.get(pattern, len(patterns) < self.MOST_OF_SITE)

    def _of(self, site: str) -> dict[str, _Space]:
        if site not in self._spaces and len(self._spaces) >= self.MOST_SITES:
            self._spaces.clear()
            self._patterns.clear()
            self._sites.clear()
        return self._spaces.setdefault(site, {})


def _is_in_vain(reading: Reading) -> bool:
    """A day of a calendar may have no text at all."""
    if reading.reason == Incomplete.reason:
        return _DAY_ASKED.search(reading.lease.url) is not None
    return reading.reason == NotArticle.reason


def _path_of(pattern: str) -> str:
    """What the addresses of one space have in common; "" for one that is of none."""
    path, _, query = pattern.partition("?")
    return path if query or _DATED.search(path) else ""


def _names(url: str) -> set[str]:
    return {each.partition("=")[0] for each in parameters_of(url)}
