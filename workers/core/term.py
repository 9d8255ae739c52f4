"""A term: one of a closed set of words, as links, blocks and states have them."""

from __future__ import annotations

from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING


class Term(StrEnum):
    """The base of such sets. Writing JSON reads the `value` of each: here without a function of Python's own."""

    if not TYPE_CHECKING:  # which takes it for a member
        value = property(attrgetter("_value_"))
