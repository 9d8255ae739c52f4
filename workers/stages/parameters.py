"""Parameters that change nothing, learned of each site from what its pages name as their addresses, by this process.

A value is learned, not a name: `page=1` may be the page without it while `page=2` is another one. Where several
values of a name change nothing, none does: the address of the page that showed the link, for example.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from workers.core.article import Article
from workers.core.errors import Duplicate
from workers.core.urls import parameters_of, path_of, without_parameters
from workers.sites.site import Site
from workers.stages.reading import Reading
from workers.stages.variants import known_by_url, names_story, original_of

# So many stories, or values, must have told the same.
_ENOUGH = 3
# A longer one is remembered by its name alone.
_LONGEST = 100
# A number that is made of all other parameters: without one of them it is wrong, and so is the address.
_SEALED = re.compile(r"[?&](?:\w*hash|hmac|checksum|signature|sig)=", re.IGNORECASE)


@dataclass(slots=True)
class _Lesson:
    """What was seen of one parameter: stories that were the same without it, and the values that it had there.

    Both by their hashes, as addresses may be long.
    """

    stories: set[int] = field(default_factory=set)
    values: set[int] = field(default_factory=set)

    def add(self, story: str, value: str) -> None:
        """One more story; more than enough are not kept."""
        if len(self.stories) < _ENOUGH:
            self.stories.add(hash(story))
        if len(self.values) < _ENOUGH:
            self.values.add(hash(value))

    @property
    def is_learned(self) -> bool:
        """True where enough stories have told it."""
        return len(self.stories) >= _ENOUGH


class Parameters:
    """Which parameters of a site change nothing; bounded, and forgotten with the process."""

    MOST_SITES, MOST_OF_SITE, MOST_CLAIMS = 500, 100, 5_000

    def __init__(self) -> None:
        # What was read at another address than the one that it names, by that: its address, and a hash of what it said.
        self._claims: dict[tuple[str, str], tuple[str, str]] = {}
        self._lessons: dict[str, dict[str, _Lesson]] = {}
        self._kept: dict[str, set[str]] = {}
        self._dropped: dict[str, frozenset[str]] = {}

    def plain(self, site: str, url: str) -> str:
        """The address without what changes nothing on this site.

        Where the path names no story, a number may: what addresses with names have taught is not taken from those.
        """
        dropped = self._dropped.get(site)
        if not dropped or "?" not in url or _SEALED.search(url):
            return url
        if not names_story(path_of(url).strip("/").rpartition("/")[2]):
            dropped -= _numbered(url)
        return without_parameters(url, dropped)

    def learn(self, reading: Reading, site: Site) -> bool:
        """Take note of what the reading tells; True where links lead elsewhere from now on."""
        article = reading.article
        if not known_by_url(site):
            return False
        if article is None:
            found = reading.detail if reading.reason == Duplicate.reason else None
            return bool(found) and self._same(site, reading.page_url, found or "")
        told = article.canonical_url
        if told and told != article.url and reading.reason != Duplicate.reason and original_of(article, site):
            return self._keep(site.name, {*_names(article.url), *_names(told)})  # it names another story
        if reading.reason == Duplicate.reason and reading.detail:
            self._claim(site, reading.detail, article)
        claimed = self._claims.pop((site.name, article.url), None)
        changed = reading.lease.url != article.url and self._same(site, reading.lease.url, article.url)
        if claimed and claimed[1] == article.content_hash:
            changed = self._same(site, claimed[0], article.url) or changed
        return (self._keep(site.name, {*_names(told)}) if told and "?" in told else False) or changed

    def _claim(self, site: Site, original: str, article: Article) -> None:
        """A page names this address as its own: what stands there is read later, and tells whether it is the same."""
        if len(self._claims) >= self.MOST_CLAIMS:
            self._claims.clear()
        self._claims[site.name, original] = article.url, article.content_hash

    def _same(self, site: Site, url: str, original: str) -> bool:
        """Both addresses have led to one story."""
        ours, theirs = Counter(parameters_of(url)), Counter(parameters_of(original))
        extra, other = ours - theirs, theirs - ours
        bare = without_parameters(url, extra.keys()), without_parameters(original, other.keys())
        if not extra or site.identity(bare[0]) != site.identity(bare[1]):
            return False
        lessons = self._of(site.name)
        known = self._kept[site.name] | self._dropped.get(site.name, frozenset())
        for part in extra:
            name, _, value = part.partition("=")
            for each in (name, part) if name not in known else ():
                if each in lessons or (len(lessons) < self.MOST_OF_SITE and len(each) <= _LONGEST):
                    lessons.setdefault(each, _Lesson()).add(bare[1], value)
        return self._conclude(site.name)

    def _keep(self, site: str, names: set[str]) -> bool:
        """These parameters tell pages apart."""
        if not names:
            return False
        self._of(site)
        kept = self._kept[site]
        if names <= kept or len(kept) > self.MOST_OF_SITE:
            return False
        kept |= names
        return self._conclude(site)

    def _of(self, site: str) -> dict[str, _Lesson]:
        if site not in self._lessons and len(self._lessons) >= self.MOST_SITES:
            self._lessons.clear()
            self._kept.clear()
            self._dropped.clear()
        self._kept.setdefault(site, set())
        return self._lessons.setdefault(site, {})

    def _conclude(self, site: str) -> bool:
        """Work out anew what is dropped; True where that has changed."""
        kept, before = self._kept[site], self._dropped.get(site, frozenset())
        now = frozenset(
            each
            for each, lesson in self._lessons[site].items()
            if lesson.is_learned
            and each.partition("=")[0] not in kept
            and ("=" in each or len(lesson.values) >= _ENOUGH)
        )
        self._dropped[site] = now
        return now != before


def _numbered(url: str) -> set[str]:
    """The names of the parameters that are numbers."""
    parted = (each.partition("=") for each in parameters_of(url))
    return {name for name, _, value in parted if value.isdecimal()}


def _names(url: str) -> list[str]:
    return [each.partition("=")[0] for each in parameters_of(url)]
