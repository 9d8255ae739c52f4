"""What the site has published: its lists, its boxes, and which version of a story is current."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from workers.demo.desk import Desk, corrected, newest_last
from workers.demo.labels import LANGUAGES
from workers.demo.story import KYIV, Story
from workers.demo.traps import TRAPS, Shown

BOX = {"more_about": 10, "hot_news": 5, "latest": 10}
# HOT NEWS is chosen from so many, and so many of the stories that came in before a restart are still there after it.
_RECENT = 40
_REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a listing: what is shown and where it leads (a path on the listing's own host)."""

    headline: str
    href: str
    stamp: datetime
    order: datetime
    picture: str | None


class Newsroom:
    """The stories of one running site, in memory.

    `start` is the opening moment: stories are dated back from it, and new ones come in every `rate` seconds after
    it, of which a site that begins at `now` remembers the last few hundred.
    """

    def __init__(self, seed: int, pages: int, rate: float | None, start: datetime, now: datetime) -> None:
        self.start = start
        self._rate = rate
        self._desk = Desk(seed, start)
        self.stories: dict[int, Story] = {}
        self._listed: dict[str, list[Story]] = {language: [] for language in LANGUAGES}
        self._topics: defaultdict[tuple[str, str], list[Story]] = defaultdict(list)
        self._shown_by: defaultdict[int, list[Story]] = defaultdict(list)
        self._fresh = 0
        self.asks: Counter[int] = Counter()
        self.revisited: set[int] = set()
        for story in self._desk.opening(pages):
            self._publish(story)
        self._last_id = max(self.stories)
        self.changed = max(story.published for story in self.stories.values())
        self._fresh = max(0, self._due(now) - _REMEMBERED)

    def come_in(self, now: datetime) -> None:
        """Publishes every story whose time has come."""
        for number in range(self._fresh, self._due(now)):
            self.changed = self.start + timedelta(seconds=(self._rate or 0) * (number + 1))
            self._publish(self._desk.fresh(number, self._last_id, self.changed))
            self._fresh = number + 1

    def listed(self, language: str) -> list[Story]:
        """The stories that lists and boxes may show, newest first."""
        return self._listed[language]

    def current(self, number: int) -> Story | None:
        """The story as it stands now: the corrected one has changed once somebody came back to it."""
        story = self.stories.get(number)
        if story is not None and story.trap == "corrected" and number in self.revisited:
            return corrected(story, self.start)
        return story

    def visit(self, number: int, *, again: bool) -> None:
        """Notes a GET of a story; `again` says that the reader has seen it earlier."""
        if again or self.asks[number]:
            self.revisited.add(number)
        self.asks[number] += 1

    def entries(self, language: str, section: str | None = None, tag: str | None = None) -> list[Entry]:
        """A listing, newest first: everything with the traps of this host, or one section, or one tag."""
        stories = self._listed[language]
        if section is not None:
            return [_entry(story) for story in stories if story.section == section]
        if tag is not None:
            return [_entry(story) for story in stories if tag in story.tags]
        lines = [*map(_entry, stories), *self._trap_entries(language)]
        return sorted(lines, key=lambda line: line.order, reverse=True)

    def more_about(self, story: Story) -> list[Story]:
        """The nearest stories of the same topic, and those that only this one shows."""
        only_here = self._shown_by[story.id]
        others = [other for other in self._topics[story.language, story.topic] if other.id != story.id]
        others.sort(key=lambda other: abs(other.published - story.published))
        chosen = [*only_here, *others[: BOX["more_about"] - len(only_here)]]
        return sorted(chosen, key=newest_last, reverse=True)

    def latest(self, story: Story) -> list[Story]:
        """The newest stories in its language."""
        newest = self._listed[story.language][: BOX["latest"] + 1]
        return [other for other in newest if other.id != story.id][: BOX["latest"]]

    def hot_news(self, story: Story) -> list[Story]:
        """Five of the recent stories, the same on every page of the language."""
        recent = self._listed[story.language][:_RECENT]
        return sorted(recent, key=lambda other: other.id * 2654435761 % 2**32)[: BOX["hot_news"]]

    def sitemap(self, language: str) -> list[Story]:
        """What the sitemap names: the listed stories and the one that stands nowhere else."""
        hidden = [self.stories[trap.id] for trap in TRAPS if trap.shown is Shown.SITEMAP and trap.id is not None]
        return [*self._listed[language], *(story for story in hidden if story.language == language)]

    def _due(self, now: datetime) -> int:
        """How many new stories should have come in by `now`."""
        return int((now - self.start).total_seconds() / self._rate) if self._rate else 0

    def _publish(self, story: Story) -> None:
        self.stories[story.id] = story
        if story.shown_by is not None:
            self._shown_by[story.shown_by].append(story)
        elif story.trap is None or story.id in _EVERYWHERE:
            self._listed[story.language].insert(0, story)
            self._topics[story.language, story.topic].append(story)

    def _trap_entries(self, language: str) -> list[Entry]:
        lines = []
        for trap in TRAPS:
            if trap.id is None:
                continue
            story, when = self.stories[trap.id], self.start - timedelta(hours=trap.age)
            if trap.shown is Shown.LISTING and trap.host == language:
                lines.append(_line(story, trap.path, when))
            # Other addresses stand lower down than the proper one, so that it is met first.
            lower = when - timedelta(hours=40)
            lines += [_line(story, path, lower) for host, path in trap.also if host == language]
        return lines


_EVERYWHERE = frozenset(trap.id for trap in TRAPS if trap.shown is Shown.EVERYWHERE)


def _entry(story: Story) -> Entry:
    return Entry(story.headline, story.path, story.stamp, story.published, story.picture)


def _line(story: Story, path: str, when: datetime) -> Entry:
    return Entry(story.headline, path, when.astimezone(KYIV), when.astimezone(UTC), None)
