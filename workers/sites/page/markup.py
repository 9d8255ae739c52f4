"""A page's tags and their attributes, found in its bytes before any parser sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workers.core.errors import HostilePage

# A tag from its name on, and its attributes as browsers part them: by spaces, slashes or nothing; only what follows a
# `=` is quoted, and a `>` in there ends no tag.
SPACES = rb" \t\n\r\f"
TAG_NAME = re.compile(rb"<[a-zA-Z][^%b/>]*+" % SPACES)
ATTRIBUTE = re.compile(
    rb"(?<![ \t\n\r\f/])[ \t\n\r\f/]*+(?:=[^ \t\n\r\f/>=]*+|[^ \t\n\r\f/>=]++)"
    rb"(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\r\f>\"'][^ \t\n\r\f>]*+|[\"'])?+)?+"
)
ATTRIBUTES = re.compile(rb"(?:%b|[ \t\n\r\f/]++)*+" % ATTRIBUTE.pattern)
_BETWEEN_ATTRIBUTES = SPACES + b"/\"'"
_OVERLAP = 3


def number_of(attributes: bytes) -> int:
    """How many attributes there are in what follows a tag's name."""
    return len(ATTRIBUTE.findall(attributes)) if attributes else 0


def at_most(attributes: bytes) -> int:
    """A number that is quickly told, and never less than that of the attributes: they are parted by one of these."""
    return len(attributes) - len(attributes.translate(None, _BETWEEN_ATTRIBUTES))


def attributes_at(html: bytes, ends_of_names: Iterable[int]) -> Iterator[bytes]:
    """The attributes of the tags whose names end there.

    Raises HostilePage where so many tags stand in each other's attributes that looking through them takes long.
    """
    read = 0
    for end in ends_of_names:
        found = ATTRIBUTES.match(html, end)
        if found is not None:
            read = checked_overlap(html, read + len(found[0]))
            yield found[0]


def counted(html: bytes, at: int, most: int) -> tuple[int, int]:
    """How many attributes the tag has whose name ends there, and where they end; no more once `most` pairs of them."""
    number = 0
    while number * number <= most and (found := ATTRIBUTE.match(html, at)) is not None:
        at = found.end()
        number += 1
    return number, at


def checked_overlap(html: bytes, read: int) -> int:
    """How much of tags was read, where that is not many times the page: tags that stand in each other's attributes."""
    if read > _OVERLAP * len(html):
        raise HostilePage("Its tags stand in the attributes of others.")
    return read
