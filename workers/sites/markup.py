"""A page's tags and their attributes, found in its bytes before any parser sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workers.core.errors import HostilePage

TAG = re.compile(rb"<(/?[a-zA-Z][^\s/>]{0,40}+)")
# A tag from its name on, and its attributes as browsers part them: by spaces, slashes or nothing; only what follows a
# `=` is quoted, and a `>` in there ends no tag.
TAG_NAME = re.compile(rb"<[a-zA-Z][^\s/>]*+")
ATTRIBUTE = re.compile(
    rb"(?<![\s/])[\s/]*+(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|[\"'])?+)?+"
)
ATTRIBUTES = re.compile(rb"(?:%b|[\s/]++)*+" % ATTRIBUTE.pattern)
# What is not read as tags: comments, scripts and the like. One that never ends hides the rest from the parser as well.
# In drawings and formulas only comments are not.
_RAW = re.compile(
    rb"<!--.*?(?:-->|$)|(<(svg|math)\b.*?(?:</\2|$))"
    rb"|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</\3|$)",
    re.S | re.I,
)
_OVERLAP = 3


def without_raw(html: bytes) -> bytes:
    """The page without what no parser reads as tags."""
    return _RAW.sub(lambda match: match[1] or b"", html)


def number_of(attributes: bytes) -> int:
    """How many attributes there are in what follows a tag's name."""
    return len(ATTRIBUTE.findall(attributes)) if attributes else 0


def attributes_at(html: bytes, ends_of_names: Iterable[int]) -> Iterator[bytes]:
    """The attributes of the tags whose names end there.

    Raises HostilePage where so many tags stand in each other's attributes that looking through them takes long.
    """
    read = 0
    for end in ends_of_names:
        found = ATTRIBUTES.match(html, end)
        if found is not None:
            read += len(found[0])
            if read > _OVERLAP * len(html):
                raise HostilePage("Its tags stand in the attributes of others.")
            yield found[0]


def signed(tag: bytes, step: int) -> int:
    """The step of a start tag, negative for an end tag."""
    return -step if tag.startswith(b"/") else step


def name_of(tag: bytes) -> str:
    """The name of a tag (`name attributes` or `/name`), in lower case."""
    return re.split(rb"[\s/]", tag.lstrip(b"/"), maxsplit=1)[0].lower().decode("ascii", "replace")
