"""Makes the stories: those of the opening day, those of the traps, and the ones that come in while the site runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from workers.demo.labels import LANGUAGES
from workers.demo.story import KYIV, Story
from workers.demo.traps import BY_NAME, ONLY_BY_REDIRECT, TRAPS
from workers.demo.world import PEOPLE, Topic
from workers.demo.writer import WIRES, reading_minutes, topic_for, write

FIRST_ID = 1_100_000
OLDEST = timedelta(days=150)
NEWEST = timedelta(minutes=4)
CHAIN = 3
_CREDIT_URL = "https://photos.demo.localhost/archive/4711?size=l"
_CORRECTION = "The figures in this paragraph were corrected after the council had published the full table."


class Desk:
    """Writes stories from a seed. Two desks with the same seed and start write the same ones; no headline repeats."""

    def __init__(self, seed: int, start: datetime) -> None:
        self._seed = seed
        self._start = start
        self._headlines: set[str] = set()

    def opening(self, pages: int) -> list[Story]:
        """The stories of the start, oldest first: `pages` that must be stored, and those that only traps need."""
        trapped = self._trapped()
        ordinary = self._ordinary(pages - sum(1 for story in trapped if kept(story)))
        return sorted([*trapped, *_chained(ordinary)], key=newest_last)

    def fresh(self, number: int, last_id: int, published: datetime) -> Story:
        """The story that comes in as `number` (from 0) after the start, whose last id was `last_id`."""
        return self._story(last_id + 3 * (number + 1), LANGUAGES[number % 3], self._topic(number), published)

    def _ordinary(self, wanted: int) -> list[Story]:
        rng = Random(f"{self._seed}:ids")  # noqa: S311 - it must repeat, not surprise
        number, stories = FIRST_ID, []
        for place in range(wanted):
            number += rng.randint(3, 40)
            age = NEWEST + OLDEST * (1 - place / wanted) ** 3
            stories.append(self._story(number, LANGUAGES[place % 3], self._topic(place), self._start - age))
        return stories

    def _topic(self, place: int) -> str:
        """Topics in turn; every 25th story of a language announces an event."""
        turn = place // 3
        return "announcement" if turn % 25 == 12 else WIRES["en"].topics[turn % 7].name

    def _trapped(self) -> list[Story]:
        stories = [
            self._trap_story(trap.name, trap.id, trap.host, trap.path, trap.age)
            for trap in TRAPS
            if trap.id is not None
        ]
        host, path = ONLY_BY_REDIRECT
        number = int(path.rpartition("/")[2].removesuffix(".html"))
        old = BY_NAME["known-by-old-address"]
        return [*stories, self._trap_story(old.name, number, host, path, old.age)]

    def _trap_story(self, trap: str, number: int, language: str, path: str, age: float) -> Story:
        section = path.split("/")[2]
        topic = topic_for(language, section)
        story = self._story(number, language, topic.name, self._start - timedelta(hours=age))
        story = replace(story, section=section, trap=trap, dated=True, credit=None, minutes=story.minutes or 1)
        match trap:
            case "no-reading-time":
                return replace(story, minutes=None)
            case "credit-is-url":
                return replace(story, picture=_token(number), credit=_CREDIT_URL)
        return story

    def _story(self, number: int, language: str, topic_name: str, when: datetime) -> Story:
        rng = Random(f"{self._seed}:{number}")  # noqa: S311 - it must repeat, not surprise
        topic = _topic_named(language, topic_name)
        published = _unambiguous(when)
        event = _event(published, rng) if topic_name == "announcement" else None
        draft = next(
            draft for _ in count() if self._is_new((draft := write(language, topic, published, rng, event)).headline)
        )
        return Story(
            id=number,
            language=language,
            section=topic.section,
            topic=topic.name,
            headline=draft.headline,
            paragraphs=draft.paragraphs,
            tags=draft.tags,
            published=published,
            event=event,
            picture=_token(number) if rng.random() < 0.8 else None,
            credit=_credit(language, rng) if rng.random() < 0.3 else None,
            minutes=reading_minutes(draft.paragraphs) if rng.random() < 0.9 else None,
            dated=event is not None or rng.random() < 0.8,
        )

    def _is_new(self, headline: str) -> bool:
        new = headline not in self._headlines
        self._headlines.add(headline)
        return new


def newest_last(story: Story) -> tuple[datetime, int]:
    """The order of publication."""
    return story.published, story.id


def kept(story: Story) -> bool:
    """Whether an article of this id must be stored."""
    return story.trap is None or BY_NAME[story.trap].stored == f"id:{story.id}"


def corrected(story: Story, at: datetime) -> Story:
    """The second version of a story: its second paragraph differs and it is marked as updated."""
    first, _, *rest = story.paragraphs
    return replace(story, paragraphs=(first, _CORRECTION, *rest), corrected=_minute(at))


def _chained(stories: Sequence[Story]) -> Iterable[Story]:
    """Takes every seventh story of a topic off the lists: only a listed story, or the one taken before it, shows it."""
    topics: defaultdict[tuple[str, str], list[Story]] = defaultdict(list)
    for story in stories:
        topics[story.language, story.topic].append(story)
    for group in topics.values():
        deep, listed = group[2::7], [story for place, story in enumerate(group) if place % 7 != 2]
        yield from listed
        for place, story in enumerate(deep):
            before = listed[place // CHAIN] if place % CHAIN == 0 else deep[place - 1]
            yield replace(story, shown_by=before.id)


def _topic_named(language: str, name: str) -> Topic:
    wire = WIRES[language]
    return next(topic for topic in (*wire.topics, wire.announcement) if topic.name == name)


def _event(published: datetime, rng: Random) -> datetime:
    """On the hour, three to nine days ahead."""
    return _unambiguous(published.replace(minute=0) + timedelta(days=rng.randint(3, 9), hours=1))


def _unambiguous(when: datetime) -> datetime:
    """`when` in UTC, to the minute; moved out of the hour that Kyiv has twice when summer time ends."""
    local = _minute(when).astimezone(KYIV)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return _minute(when) - timedelta(hours=2 if twice else 0)


def _minute(when: datetime) -> datetime:
    return when.astimezone(UTC).replace(second=0, microsecond=0)


def _credit(language: str, rng: Random) -> str:
    return " ".join(rng.choice(PEOPLE)[0][language])


def _token(number: int) -> str:
    """The name of a story's picture."""
    return f"{number * 2654435761 % 2**32:08x}"
