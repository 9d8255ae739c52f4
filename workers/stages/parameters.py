"""Parameters that change nothing, learned of each site from what its pages name as their addresses, by this process.

A value is learned, not a name: `page=1` may be the page without it while `page=2` is another one. Where several
values of a name change nothing, none does: the address of the page that showed the link, for example. What a program
(`/topic.php`) tells of its parameters is of that program alone, and beside those that told its stories: `?cat=water`
may change nothing of `?id=7` and be a list by itself. Nor do links alone tell it: each region may have its report of
one day, under one headline.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workers.core.article import Article
from workers.core.errors import Duplicate
from workers.core.link import Link
from workers.core.urls import parameters_of, without_parameters
from workers.sites.lists.headlines import MANY_WORDS
from workers.sites.site import Site
from workers.stages.led_twice import LedTwice, program_of
from workers.stages.reading import Reading
from workers.stages.variants import known_by_url, original_of

# So many stories, or values, must have told the same.
_ENOUGH = 3
# A longer one is remembered by its name alone.
_LONGEST = 100
# A number that is made of all other parameters: without one of them it is wrong, and so is the address.
_SEALED = re.compile(r"[?&](?:\w*hash|hmac|checksum|signature|sig)=", re.IGNORECASE)

# A value that was drawn, as the number of a session: letters and digits by turns, and many of them.
_DRAWN = re.compile(r"(?=\w{12,64}$)\d{0,64}(?:[a-zA-Z]{1,64}\d{1,64}){3,32}[a-zA-Z]{0,64}", re.ASCII)
# The number of an article, and what is rather that of a day.
_ARTICLE = re.compile(r"\d{4,12}", re.ASCII)
_OF_DAY = re.compile(
    r"(?:19|20)?\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])|(?:[0-2]\d|3[01])(?:0\d|1[0-2])(?:19|20)?\d\d"
    r"|(?:19|20)\d\d(?:0\d|1[0-2])?|1\d{9}"
)


@dataclass(slots=True)
class _Lesson:
    """What was seen of one parameter: stories that were the same without it, and the values that it had there.

    Both by their hashes, as addresses may be long.
    """

    stories: set[int] = field(default_factory=set)
    values: set[int] = field(default_factory=set)
    # One of the stories was read under both addresses or has a name, or the values are none that anything is called.
    is_sure: bool = False

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

    MOST_SITES, MOST_OF_SITE, MOST_CLAIMS, MOST_TELLING = 500, 100, 5_000, 10

    def __init__(self) -> None:
        # What was read at another address than the one that it names, by that: its address, and a hash of what it said.
        self._claims: dict[tuple[str, str], tuple[str, str]] = {}
        self._lessons: dict[str, dict[tuple[str, str], _Lesson]] = {}  # each with the program that it is of, or ""
        self._kept: dict[str, set[str]] = {}
        # By site and program: the names of the parameters that were left, and told the story.
        self._telling: dict[str, dict[str, set[frozenset[str]]]] = {}
        self._dropped: dict[str, dict[str, frozenset[str]]] = {}
        self._led_twice = LedTwice()

    def plain(self, site: str, url: str) -> str:
        """The address without what changes nothing on this site.

        Where the path names no story its parameters may: only what this program has taught is taken from it, as lists
        may be told by the very name that tells, behind a story, in which of them it was shown.
        """
        found = self._dropped.get(site)
        if not found or "?" not in url or _SEALED.search(url):
            return url
        program = program_of(url)
        dropped = found.get(program, frozenset())
        plain = without_parameters(url, dropped) if dropped else url
        if not program or plain == url:
            return plain
        left = _names(plain)
        return plain if any(each.issubset(left) for each in self._telling[site][program]) else url

    def compare(self, links: Sequence[Link], site: Site) -> bool:
        """Take note of what the links of a page tell: one headline leads to a story by different parameters."""
        if not known_by_url(site):
            return False
        found = list(self._led_twice.differences(links, site.name))
        for story, parts in found:
            self._add(site.name, story, parts)
        return self._conclude(site.name) if found else False

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
        if program_of(bare[1]) and not _names_of(other) <= _names_of(extra):
            return False  # `?post=7` stands for `?topic=2`
        self._add(site.name, bare[1], extra, is_read=True)
        return self._conclude(site.name)

    def _add(self, site: str, story: str, parts: Iterable[str], *, is_read: bool = False) -> None:
        """One story more that is the same without these parameters."""
        lessons, program = self._of(site), program_of(story)
        is_sure = is_read or _names_one(story)
        known = self._kept[site] | self._dropped.get(site, {}).get(program, frozenset())
        for part in parts:
            name, _, value = part.partition("=")
            for each in (name, part) if name not in known else ():
                key = program, each
                if key in lessons or (len(lessons) < self.MOST_OF_SITE and len(each) <= _LONGEST):
                    lesson = lessons.setdefault(key, _Lesson())
                    lesson.add(story, value)
                    lesson.is_sure = lesson.is_sure or is_sure or _DRAWN.fullmatch(value) is not None
                    self._note_telling(site, program, story)

    def _note_telling(self, site: str, program: str, story: str) -> None:
        told = self._telling.setdefault(site, {}).setdefault(program, set())
        if program and len(told) < self.MOST_TELLING:
            told.add(frozenset(_names(story)))

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

    def _of(self, site: str) -> dict[tuple[str, str], _Lesson]:
        if site not in self._lessons and len(self._lessons) >= self.MOST_SITES:
            self._lessons.clear()
            self._kept.clear()
            self._telling.clear()
            self._dropped.clear()
        self._kept.setdefault(site, set())
        return self._lessons.setdefault(site, {})

    def _conclude(self, site: str) -> bool:
        """Work out anew what is dropped; True where that has changed."""
        kept, now = self._kept[site], defaultdict[str, set[str]](set)
        for (program, each), lesson in self._lessons[site].items():
            name = each.partition("=")[0]
            is_sure = not program or any(self._is_sure(site, program, told) for told in (name, each))
            is_learned = lesson.is_learned and is_sure and name not in kept
            if is_learned and ("=" in each or len(lesson.values) >= _ENOUGH):
                now[program].add(each)
        before = self._dropped.get(site, {})
        self._dropped[site] = {program: frozenset(names) for program, names in now.items()}
        return self._dropped[site] != before

    def _is_sure(self, site: str, program: str, each: str) -> bool:
        lesson = self._lessons[site].get((program, each))
        return lesson is not None and lesson.is_sure


def _names_one(story: str) -> bool:
    """True for an address with the number of an article, or a headline in words, in its parameters."""
    values = [each.partition("=")[2] for each in parameters_of(story)]
    numbered = (_ARTICLE.fullmatch(value) is not None and _OF_DAY.fullmatch(value) is None for value in values)
    return any(numbered) or any(value.count("-") >= MANY_WORDS for value in values)


def _names(url: str) -> list[str]:
    return [each.partition("=")[0] for each in parameters_of(url)]


def _names_of(parts: Iterable[str]) -> set[str]:
    return {part.partition("=")[0] for part in parts}
