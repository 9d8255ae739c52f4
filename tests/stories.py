"""Made-up stories for the tests of copies: sentences of a small grammar, the same for the same number."""

from __future__ import annotations

import random

Story = list[str]

_WHO = "The town council|A court in the north|The ministry of roads|Two researchers|The owner of the mill|Fishermen"
_DID = "approved|rejected|postponed|measured|questioned|published|repaired|inherited|sold|counted"
_WHAT = "a bridge over the river|the winter timetable|forty boats|the new tariff|an archive of maps|three warehouses"
_WHERE = "near the old harbour|in the eastern district|on the island|behind the station|at the foot of the hill"
_WHEN = "on Monday|after a long debate|during the storm|before the harvest|in the last week|at dawn"
_WHY = "because the money had run out|as the law demands|to the surprise of neighbours|although nobody asked for it"


def stories(count: int, paragraphs: int = 6) -> list[Story]:
    """So many different stories, each a list of paragraphs of some fifty words."""
    return [story(number, paragraphs) for number in range(count)]


def story(number: int, paragraphs: int = 6) -> Story:
    """The story of this number."""
    dice = random.Random(number)
    return [" ".join(_sentence(dice) for _ in range(3)) for _ in range(paragraphs)]


def _sentence(dice: random.Random) -> str:
    parts = [dice.choice(each.split("|")) for each in (_WHO, _DID, _WHAT, _WHERE, _WHEN, _WHY)]
    return " ".join([*parts[:2], str(dice.randrange(2, 900)), "times", *parts[2:]]) + "."
