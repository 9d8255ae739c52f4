"""Twins: a story that its site shows under two addresses, of which neither names the other, is stored once.

The ledger sees to it when it commits, also where two workers read both at the same moment. What is seen here already is
a lesson for the addresses of its site (parameters.py), and its links are not followed a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from workers.core.article import Article
from workers.core.same import are_twins, twin_number
from workers.core.work import State
from workers.sites.site import Site
from workers.stages.reading import Reading
from workers.stages.variants import Standing, duplicate, known_by_url

Number = tuple[str, int]
Alike = Callable[[Collection[Number]], Mapping[Number, Sequence[Article]]]


def number_of(article: Article, site: Site) -> int | None:
    """Its twin number; None on a site that knows its stories by more than their addresses."""
    return twin_number(article) if known_by_url(site) else None


def without_twins(
    readings: Sequence[Reading], site_of: Callable[[str], Site], alike: Alike, standing: Standing
) -> tuple[Reading, ...]:
    """The readings, those of stories that are stored under another address, or read there before, as duplicates.

    What is stored under its own address stays, and so does what was asked for where it is stored: it has moved.
    """
    numbers = _numbers(readings, site_of)
    stored = alike(set(numbers.values())) if numbers else {}
    read: defaultdict[Number, list[Article]] = defaultdict(list)
    found: dict[int, Article] = {}
    for place, number in numbers.items():
        article, asked = readings[place].article, readings[place].lease.key
        assert article is not None
        others = (other for other in (*stored.get(number, ()), *read[number]) if other.key != article.key)
        twin = next((other for other in others if are_twins(article, other)), None)
        if twin is None:
            read[number].append(article)
        elif twin.key != asked:
            found[place] = twin
    return _ended(readings, found, standing)


def _numbers(readings: Sequence[Reading], site_of: Callable[[str], Site]) -> dict[int, Number]:
    """The site and number of each article that is to be stored, by its place."""
    numbers: dict[int, Number] = {}
    for place, reading in enumerate(readings):
        if reading.article and reading.state is State.STORED:
            number = number_of(reading.article, site_of(reading.lease.site))
            if number is not None:
                numbers[place] = (reading.lease.site, number)
    return numbers


def _ended(readings: Sequence[Reading], found: Mapping[int, Article], standing: Standing) -> tuple[Reading, ...]:
    names = {place: (article.site, article.key) for place in found if (article := readings[place].article)}
    kept = standing(set(names.values())) if names else {}
    return tuple(
        duplicate(reading, found[place].url) if place in found and names[place] not in kept else reading
        for place, reading in enumerate(readings)
    )
