"""The authors whom JSON-LD names: people, and organisations apart from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from workers.sites.generic.story import Story, plain, types_of

_BODIES = ("organization", "corporation", "ngo", "agency")
_MOST_LISTED = 20


def author_in(story: Story) -> Any:
    return story.main.get("author") or story.main.get("creator")


def contributors_in(story: Story, near: Sequence[str]) -> Iterator[str]:
    """Who contributed, where a line below the headline names them beside an author: some systems have one author."""
    others = story.main.get("contributor")
    authors = [*islice(people_in(story, author_in(story)), _MOST_LISTED)] if others else []
    for name in islice(people_in(story, others), _MOST_LISTED) if authors else ():
        if any(name in line and any(author in line for author in authors) for line in near[:_MOST_LISTED]):
            yield name


def organisations_in(story: Story, value: Any) -> Iterator[str]:
    """The names of the authors that are no people, as they stand: one may have an `and` in it."""
    for item in islice(value, _MOST_LISTED) if isinstance(value, list) else (value,):
        item = story.resolve(item)
        if isinstance(item, dict) and _is_body(item) and isinstance(item.get("name"), str):
            yield plain(item["name"])


def _is_body(item: dict[str, Any]) -> bool:
    return any(kind.endswith(_BODIES) for kind in types_of(item))


def people_in(story: Story, value: Any, depth: int = 0) -> Iterator[str]:
    """The names of the authors that are not said to be organisations."""
    value = story.resolve(value)
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, list) and depth < 3:
        for item in value[:_MOST_LISTED]:
            yield from people_in(story, item, depth + 1)
    elif isinstance(value, dict) and not _is_body(value):
        name = value.get("name")
        if isinstance(name, (str, list)) and depth < 3:
            yield from people_in(story, name, depth + 1)
