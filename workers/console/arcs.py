"""The story over time as a picture: a line for each article, the oldest first, and an arc for each MORE ABOUT."""

from __future__ import annotations

from dataclasses import dataclass

from workers.console.stories import Story
from workers.ledger import StoryArticle

LINE = 44
WIDTH = 88
DOT = 76


@dataclass(frozen=True)
class Arc:
    """From one line to another; `own` where it is one of the article that is looked at."""

    path: str
    own: bool


@dataclass(frozen=True)
class Picture:
    """What the template draws; `dots` are the heights of the lines' middles."""

    articles: list[StoryArticle]
    current: int
    arcs: list[Arc]
    dots: list[int]
    width: int
    height: int


def drawn(story: Story, current: int) -> Picture:
    """The story with the current article marked."""
    articles = story.in_time
    at = {article.id: number * LINE + LINE // 2 for number, article in enumerate(articles)}
    arcs = [Arc(_path(at[a], at[b]), current in (a, b)) for a, b in sorted(story.links)]
    # Those of the current article come last, over the others.
    arcs.sort(key=lambda arc: arc.own)
    return Picture(articles, current, arcs, list(at.values()), WIDTH, LINE * len(articles))


def _path(start: int, end: int) -> str:
    """An arc to the left of the dots, wider the further it goes; it ends in an arrow at the one that is shown."""
    width = min(DOT - 6, 8 + abs(end - start) * 0.16)
    middle = DOT - width * 4 / 3
    return f"M{DOT - 5} {start} C{middle:.0f} {start} {middle:.0f} {end} {DOT - 7} {end}"
