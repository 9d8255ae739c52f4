"""XML as flat records, bounded and without entities: what feeds and sitemaps are read with.

The document is decoded and read piece by piece, and each record is used up before the next, so that memory stays flat.
Expat reads on until the document ends, breaks, or has given enough; what was read before a break counts. A document
type declaration is refused, and with it every entity that a document could declare.
"""

from __future__ import annotations

import codecs
import html
import re
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, Protocol, TypeVar
from xml.parsers import expat

from workers.core.charset import codec_for
from workers.core.errors import BodyTooLarge, Unreadable

MAX_BYTES = 50 * 1024 * 1024  # what the sitemap protocol allows
_MAX_TEXT = 8_192
_MAX_DEPTH = 64
_MAX_VALUES = 200
_MAX_ELEMENTS = 1_000_000
_MAX_TAG = 256 * 1024
_PIECE = 256 * 1024
_MENDED = 20 * _PIECE
_LONGEST_ENTITY = 40
_BEFORE_ROOT = re.compile(r"[^<]{0,1000}(?:<\?xml.{0,300}?\?>)?", re.DOTALL)
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)([A-Za-z][A-Za-z0-9]{1,31};)?")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Value:
    """One element inside a record: the prefix of its name, the name without it in lower case, attributes and text."""

    prefix: str
    local: str
    attributes: dict[str, str]
    text: str


@dataclass(slots=True)
class Record:
    """One item, entry, url or sitemap element: its values in order, and the values by local name.

    `bases` are the addresses that relative ones in it are joined to, one to the other (`xml:base`).
    """

    name: str
    values: list[Value] = field(default_factory=list)
    bases: tuple[str, ...] = ()

    def get(self, *names: str) -> str:
        """The first non-empty text of these elements; the record's own prefix goes first. "" when there is none."""
        prefix, _ = _split(self.name)
        for name in names:
            other = ""
            for value in self.values:
                if value.local == name and value.text:
                    if value.prefix == prefix:
                        return value.text
                    other = other or value.text
            if other:
                return other
        return ""


@lru_cache(maxsize=64)  # a document has few names, each of them thousands of times; hostile ones have 256 KB
def _split(name: str) -> tuple[str, str]:
    prefix, _, local = name.rpartition(":")
    return prefix, local.lower()


class _EnoughError(Exception):
    """Raised inside a handler to leave the parser: the bound is reached or the document is refused."""


def unpack(body: bytes) -> bytes:
    """The body itself, or what a gzip body unpacks to, at most 50 MiB; raises BodyTooLarge or Unreadable."""
    if not body.startswith(b"\x1f\x8b"):
        return _bounded(body)
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise Unreadable(f"The gzip data cannot be unpacked: {error}.") from error
    return _bounded(data)


class Collector(Protocol):
    """What takes the records one by one."""

    def add(self, record: Record) -> bool:
        """Take a record; False when it was the last that is wanted."""

    def __len__(self) -> int: ...


C = TypeVar("C", bound=Collector)


def read_records(data: bytes, names: Collection[str], content_type: str | None, new: Callable[[], C]) -> tuple[str, C]:
    """The root's local name and a collector, as `new` makes one, that was given the records of these names.

    Raises Unreadable for what is no XML.
    """
    reader = _Reader(frozenset(names), new())
    if not reader.read(_pieces(data, content_type)):
        # Names of HTML and bare ampersands are the usual reason; replaced second, since a CDATA section may hold them.
        again = _Reader(frozenset(names), new())
        again.read(_NAMED_ENTITY.sub(_as_character, piece) for piece in _pieces(data[:_MENDED], content_type))
        reader = max(reader, again, key=lambda each: len(each.collector))
    if reader.refused:
        raise Unreadable(reader.refused)
    if not reader.root:
        raise Unreadable("The answer is no XML document.")
    return reader.root, reader.collector


class _Reader(Generic[C]):
    def __init__(self, names: frozenset[str], collector: C) -> None:
        self.names, self.collector = names, collector
        self.root = ""
        self.refused = ""
        self._record: Record | None = None
        self._open: list[tuple[str, dict[str, str]]] = []
        self._inner = 0
        self._elements = 0
        self._texts: list[str] = []
        self._size = 0

    def read(self, pieces: Iterator[str]) -> bool:
        """Reads a document; False when it broke before its end."""
        parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            for piece in pieces:
                parser.Parse(piece.encode("utf-8", "replace"), False)
            parser.Parse(b"", True)
        except _EnoughError:
            return True
        except expat.ExpatError:
            return False
        return True

    def _doctype(self, *_: object) -> None:
        self.refused = "The document declares a document type, which we do not read: it could declare entities."
        raise _EnoughError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        _, local = _split(name)
        self.root = self.root or local
        self._open.append((name, attributes))
        self._elements += 1
        if len(self._open) > _MAX_DEPTH or self._elements > _MAX_ELEMENTS:
            raise _EnoughError
        if self._record is None and local in self.names:
            bases = (attributes["xml:base"] for _, attributes in self._open if "xml:base" in attributes)
            self._record, self._inner = Record(name, bases=tuple(bases)), len(self._open) + 1
        if self._record is not None and len(self._open) >= self._inner:
            self._texts, self._size = [], 0

    def _characters(self, text: str) -> None:
        if self._record is not None and self._size < _MAX_TEXT:
            self._texts.append(text[: _MAX_TEXT - self._size])
            self._size += len(text)

    def _end(self, _: str) -> None:
        name, attributes = self._open.pop()
        if self._record is None:
            return
        if len(self._open) + 1 < self._inner:
            record, self._record = self._record, None
            if not self.collector.add(record):
                raise _EnoughError
        elif len(self._record.values) < _MAX_VALUES:
            self._record.values.append(Value(*_split(name), attributes, "".join(self._texts).strip()))
            self._texts, self._size = [], 0


def _pieces(data: bytes, content_type: str | None) -> Iterator[str]:
    """The document without its declaration (it is decoded already) and without characters that XML forbids.

    No piece ends within an entity, and what follows a tag that does not end is left out.
    """
    decoder = codecs.getincrementaldecoder(codec_for(data[:_PIECE], content_type))("replace")
    kept, unended = "", 0
    for at in range(0, len(data), _PIECE):
        text = kept + decoder.decode(data[at : at + _PIECE], at + _PIECE >= len(data))
        if at == 0:
            start = _BEFORE_ROOT.match(text)
            text = text[start.end() if start else 0 :]
        unended = _unended(text, unended)
        if unended > _MAX_TAG:
            return
        cut = text.rfind("&", max(0, len(text) - _LONGEST_ENTITY)) if at + _PIECE < len(data) else -1
        text, kept = (text[:cut], text[cut:]) if cut >= 0 else (text, "")
        yield _FORBIDDEN.sub("", text)


def _unended(text: str, before: int) -> int:
    """How many characters of a tag without an end stand at the end of the text; `before` it there were so many."""
    end = text.rfind(">")
    if end < 0 and before:
        return before + len(text)
    start = text.find("<", end + 1)
    return len(text) - start if start >= 0 else 0


def _bounded(data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise BodyTooLarge(f"The list of links is larger than {MAX_BYTES // 1024 // 1024} MiB.")
    return data


def _as_character(match: re.Match[str]) -> str:
    named = match.group(1)
    character = html.unescape(f"&{named}") if named else ""
    return character if named and not character.startswith("&") else "&amp;" + (named or "")
