"""Sketch: what of a text is kept to find its copies: a MinHash over runs of words, some 200 bytes for any length.

Two sketches agree in as many places as their texts share runs of words (Jaccard). A band is a few places together:
texts with one band in common are looked at, so that nothing else of the ledger has to be.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import cached_property
from struct import Struct

from rensa import RMinHash

from workers.core.article import Article
from workers.core.runs import runs_of

# A shorter text says too little to call another one its copy.
_FEWEST = 20
_PLACES, _BANDS, _IN_BAND, _SEED = 96, 16, 3, 1
_LOW_HALF = 0xFFFF
_PACKED = Struct(f"<{_PLACES}H")
# How much two texts must share. On one site texts that are alike are often a series, so more is asked there.
_ALIKE, _ALIKE_ON_ONE_SITE = 0.5, 0.6
# Or the shorter text is a piece of the longer one, which is not much longer.
_PIECE, _PIECE_SHARES = 0.85, 0.35


@dataclass(frozen=True)
class Sketch:
    """The sketch of one text; `size` is the number of its different runs of words."""

    size: int
    places: tuple[int, ...]

    @cached_property
    def bands(self) -> tuple[int, ...]:
        """Numbers for the index, each of its own range."""
        return tuple(band << 48 | self._band(band * _IN_BAND) for band in range(_BANDS))

    def _band(self, at: int) -> int:
        first, second, third = self.places[at : at + _IN_BAND]
        return first << 32 | second << 16 | third

    def alike(self, other: Sketch) -> float:
        """The estimated share of common runs of words, from 0 to 1; the error is 0.05 in the middle."""
        same = sum(mine == theirs for mine, theirs in zip(self.places, other.places, strict=True))
        return same / _PLACES

    def is_copy(self, other: Sketch, *, one_site: bool) -> bool:
        """True when one text is a copy of the other: nearly the same, or a piece of it."""
        share = self.alike(other)
        if share >= (_ALIKE_ON_ONE_SITE if one_site else _ALIKE):
            return True
        common = share * (self.size + other.size) / (1 + share)
        return share >= _PIECE_SHARES and common >= _PIECE * min(self.size, other.size)

    def pack(self) -> str:
        """The sketch as text for the database; `unpack` gives an equal one."""
        return f"{self.size}:{b64encode(_PACKED.pack(*self.places)).decode('ascii')}"

    @classmethod
    def unpack(cls, packed: str) -> Sketch:
        """The sketch that was packed."""
        size, _, places = packed.partition(":")
        return cls(int(size), _PACKED.unpack(b64decode(places)))


def sketch_of(article: Article) -> Sketch | None:
    """The sketch of the article's body, without its headline, which others rewrite; None for a very short text."""
    runs = runs_of(article.text)
    if len(runs) < _FEWEST:
        return None
    hashes = RMinHash(num_perm=_PLACES, seed=_SEED)
    hashes.update(list(runs))
    return Sketch(len(runs), tuple(number & _LOW_HALF for number in hashes.digest()))
