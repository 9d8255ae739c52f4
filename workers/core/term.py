"""A term: one of a closed set of words, as links, blocks and states have them."""

from __future__ import annotations

from enum import StrEnum
from operator import attrgetter


class Term(StrEnum):
    """The base of such sets. Its `value` is read without Python's own code, since JSON is written with a read for each."""

    value = property(attrgetter("_value_"))  # type: ignore[assignment]
