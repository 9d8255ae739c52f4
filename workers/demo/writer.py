"""Writes stories: picks a place, people and a company, and fills the sentences of a topic with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from workers.demo.labels import LANGUAGES
from workers.demo.story import KYIV
from workers.demo.wire_en import ENGLISH
from workers.demo.wire_ru import RUSSIAN
from workers.demo.wire_uk import UKRAINIAN
from workers.demo.world import FIRMS, PEOPLE, PLACES, Topic, Wire

WIRES: dict[str, Wire] = dict(zip(LANGUAGES, (ENGLISH, UKRAINIAN, RUSSIAN), strict=True))

# Numbers after which Ukrainian and Russian nouns stand in the genitive plural, as the templates have them.
_COUNTS = (5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 25, 26, 28, 30, 35, 36, 40)
_AT = {"en": "at {}.{:02}", "uk": "о {}:{:02}", "ru": "в {}:{:02}"}


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a story before it has an id and a time."""

    headline: str
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]


def topic_for(language: str, section: str) -> Topic:
    """The first topic that belongs to `section`; the first of all when none does."""
    wire = WIRES[language]
    topics = (*wire.topics, wire.announcement)
    return next((topic for topic in topics if topic.section == section), topics[0])


def write(language: str, topic: Topic, published: datetime, rng: Random, event: datetime | None = None) -> Draft:
    """A story of 3 to 12 paragraphs in `language`; the same arguments and random state give the same text."""
    wire = WIRES[language]
    slots = _cast(wire, topic, published, event, rng)
    headline = _fill(wire, rng.choice(topic.headlines), slots, rng)
    lead = _fill(wire, rng.choice(topic.leads), slots, rng)
    rest = [_fill(wire, paragraph, slots, rng) for paragraph in _paragraphs(wire, topic, rng)]
    return Draft(headline, (lead, *rest), (*topic.tags, slots["firm"].lower().replace("-", "_")))


def reading_minutes(paragraphs: tuple[str, ...]) -> int:
    """Reading time at 130 words a minute, at least one."""
    return 1 + sum(len(paragraph.split()) for paragraph in paragraphs) // 130


def _cast(wire: Wire, topic: Topic, published: datetime, event: datetime | None, rng: Random) -> dict[str, str]:
    """The slots that stay the same through one story."""
    language = wire.language
    place, in_place, of_place = rng.choice(PLACES)[language]
    (person, gender), (other, _) = rng.sample(PEOPLE, 2)
    return {
        "place": place,
        "in_place": in_place,
        "of_place": of_place,
        "firm": rng.choice(FIRMS[topic.name])[language],
        "role": rng.choice(topic.roles),
        "person": " ".join(person[language]),
        "surname": person[language][1],
        "other": " ".join(other[language]),
        "day": wire.days[published.astimezone(KYIV).weekday()],
        "event": _event(wire, event) if event else "",
    } | {verb: forms[gender] for verb, forms in wire.verbs.items()}


def _event(wire: Wire, event: datetime) -> str:
    local = event.astimezone(KYIV)
    day, month = wire.days[local.weekday()].removeprefix("on "), wire.months[local.month - 1]
    date = f"{month} {local.day}" if wire.language == "en" else f"{local.day} {month}"
    return f"{day}, {date}, {_AT[wire.language].format(local.hour, local.minute)}"


def _paragraphs(wire: Wire, topic: Topic, rng: Random) -> Iterator[str]:
    """The templates that follow the lead: a quote stands alone, other sentences alone or in pairs."""
    common = () if topic is wire.announcement else wire.common
    pool = [*topic.details, *topic.quotes, *common]
    rng.shuffle(pool)
    for _ in range(rng.randint(2, 11)):
        if not pool:
            return
        sentence = pool.pop()
        if sentence not in topic.quotes and pool and pool[-1] not in topic.quotes and rng.random() < 0.45:
            sentence = f"{sentence} {pool.pop()}"
        yield sentence


def _fill(wire: Wire, template: str, slots: dict[str, str], rng: Random) -> str:
    """One template with its slots filled; every sentence has figures of its own."""
    figures = {
        "n": str(rng.choice(_COUNTS)),
        "big": f"{rng.randint(12, 980) * 100:,}".replace(",", wire.thousands),
        "money": wire.money.format(_decimal(wire, rng, 900)),
        "pct": f"{_decimal(wire, rng, 80)}%",
    }
    text = template.format_map(slots | figures)
    return text[:1].upper() + text[1:]


def _decimal(wire: Wire, rng: Random, most: int) -> str:
    return f"{rng.randint(1, most)}{wire.decimal}{rng.randint(1, 9)}"
