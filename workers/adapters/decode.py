"""Content codings unpacked under a bound: gzip, br and zstd, one of them, once."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli
import zstandard

from workers.core.errors import BodyTooLarge, BrokenAnswer

ACCEPT_ENCODING = "gzip, br, zstd"
_ZSTD_WINDOW = 8 * 1024 * 1024  # the most that RFC 9659 lets a web server ask for
# zstd has no output bound, but 4 bytes of it are at most one block of 128 KiB: 256 bytes at a time are at most 8 MB.
_ZSTD_SLICE = 256
_STEP = 1024 * 1024
# Of a body in several gzip members or zstd frames, which may each be empty, no more are read than a common one has.
_MOST_FRAMES = 1_000


class Unpacker(Protocol):
    """Takes a body piece by piece and gives back what it unpacks to."""

    def feed(self, chunk: bytes) -> Iterator[None]:
        """Unpacks in steps of a few megabytes at most, and pauses after each.

        Raises BodyTooLarge as soon as the bound is passed, BrokenAnswer when the coding is broken.
        """

    def result(self) -> bytes:
        """The whole body; BrokenAnswer when its end is missing."""

    @property
    def size(self) -> int:
        """Bytes unpacked so far."""

    def start(self) -> bytes:
        """What has been unpacked up to the bound, also after BodyTooLarge."""


def unpacker(content_encoding: str | None, limit: int) -> Unpacker:
    """The unpacker for a Content-Encoding header; BrokenAnswer for a coding that we did not ask for, or several."""
    codings = [coding.strip().lower() for coding in (content_encoding or "").split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    if not codings:
        return _Plain(limit)
    kind = _KINDS.get(codings[0]) if len(codings) == 1 else None
    if kind is None:
        raise BrokenAnswer(f"content coding {', '.join(codings)[:100]!r} was not asked for")
    return kind(limit)


class _Bounded:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._packed = self._frames = 0
        self._parts: list[bytes] = []
        self.size = 0

    def feed(self, chunk: bytes) -> Iterator[None]:
        """The packed bytes are bounded too: a coding may go on for ever without giving anything."""
        yield from self._unpack(chunk)
        self._packed += len(chunk)
        if self._packed > self._limit:
            raise BodyTooLarge(f"the body has more than {self._limit:,} bytes, packed")

    def _unpack(self, chunk: bytes) -> Iterator[None]:
        raise NotImplementedError

    def keep(self, part: bytes) -> None:
        self.size += len(part)
        self._parts.append(part)
        if self.size > self._limit:
            raise BodyTooLarge(f"the body unpacks to more than {self._limit:,} bytes")

    def next_frame(self) -> None:
        self._frames += 1
        if self._frames > _MOST_FRAMES:
            raise BrokenAnswer(f"the body is packed in more than {_MOST_FRAMES:,} frames")

    def start(self) -> bytes:
        return b"".join(self._parts)[: self._limit]


class _Plain(_Bounded):
    def _unpack(self, chunk: bytes) -> Iterator[None]:
        self.keep(chunk)
        yield

    def result(self) -> bytes:
        return self.start()


class _Gzip(_Bounded):
    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._stream = zlib.decompressobj(31)
        self._begun = False

    def _unpack(self, chunk: bytes) -> Iterator[None]:
        try:
            while chunk and (not self._stream.eof or self._again(chunk)):
                self._begun = True
                self.keep(self._stream.decompress(chunk, _STEP))
                chunk = self._stream.unconsumed_tail or self._stream.unused_data
                yield
        except zlib.error as error:
            raise BrokenAnswer(f"broken gzip: {error}") from None

    def _again(self, chunk: bytes) -> bool:
        """A gzip file may be several, one after the other; anything else at the end is padding of some servers."""
        if chunk.startswith(b"\x1f"):
            self.next_frame()
            self._stream = zlib.decompressobj(31)
        return not self._stream.eof

    def result(self) -> bytes:
        if self._begun and not self._stream.eof:
            raise BrokenAnswer("gzip ends too early")
        return self.start()


class _Brotli(_Bounded):
    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._stream = brotli.Decompressor()
        self._begun = False

    def _unpack(self, chunk: bytes) -> Iterator[None]:
        self._begun = True
        try:
            self.keep(self._stream.process(chunk, output_buffer_limit=_STEP))
            yield
            while not self._stream.can_accept_more_data():
                self.keep(self._stream.process(b"", output_buffer_limit=_STEP))
                yield
        except brotli.error as error:
            raise BrokenAnswer(f"broken brotli: {error}") from None

    def result(self) -> bytes:
        if self._begun and not self._stream.is_finished():
            raise BrokenAnswer("brotli ends too early")
        return self.start()


class _Zstd(_Bounded):
    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._stream = self._fresh()
        self._begun = False

    @staticmethod
    def _fresh() -> zstandard.ZstdDecompressionObj:
        return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    def _unpack(self, chunk: bytes) -> Iterator[None]:
        try:
            for start in range(0, len(chunk), _ZSTD_SLICE):
                self._feed(chunk[start : start + _ZSTD_SLICE])
                yield
        except zstandard.ZstdError as error:
            raise BrokenAnswer(f"broken zstd: {error}") from None

    def _feed(self, chunk: bytes) -> None:
        while chunk:
            if self._stream.eof:
                self.next_frame()
                self._stream = self._fresh()
            self._begun = True
            self.keep(self._stream.decompress(chunk))
            chunk = self._stream.unused_data

    def result(self) -> bytes:
        if self._begun and not self._stream.eof:
            raise BrokenAnswer("zstd ends too early")
        return self.start()


_KINDS: dict[str, Callable[[int], Unpacker]] = {"gzip": _Gzip, "x-gzip": _Gzip, "br": _Brotli, "zstd": _Zstd}
