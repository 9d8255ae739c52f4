"""XML as flat records, bounded and without entities: what feeds and sitemaps are read with.

Expat reads on until the document ends, breaks, or has given enough; what was read before a break counts. A document
type declaration is refused, and with it every entity that a document could declare.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Collection
from dataclasses import dataclass, field
from xml.parsers import expat

from workers.core.charset import decode
from workers.core.errors import BodyTooLarge, Unreadable

MAX_BYTES = 50 * 1024 * 1024  # what the sitemap protocol allows
_MAX_TEXT = 8_192
_MAX_DEPTH = 64
_MAX_VALUES = 200
_BEFORE_ROOT = re.compile(r"[^<]{0,1000}(?:<\?xml.{0,300}?\?>)?", re.DOTALL)
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)([A-Za-z][A-Za-z0-9]{1,31};)?")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Value:
    """One element inside a record: its name with prefix, attributes and text."""

    name: str
    attributes: dict[str, str]
    text: str

    @property
    def local(self) -> str:
        """The name without its prefix, in lower case."""
        return self.name.rpartition(":")[2].lower()


@dataclass(slots=True)
class Record:
    """One item, entry, url or sitemap element: its values in order, and the values by local name."""

    name: str
    values: list[Value] = field(default_factory=list)

    def get(self, *names: str) -> str:
        """The first non-empty text of these elements; the record's own prefix goes first. "" when there is none."""
        prefix = self.name.rpartition(":")[0]
        for name in names:
            texts = [value for value in self.values if value.local == name and value.text]
            own = [value for value in texts if value.name.rpartition(":")[0] == prefix]
            if texts:
                return (own or texts)[0].text
        return ""


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


def read_records(body: bytes, names: Collection[str], content_type: str | None, limit: int) -> tuple[str, list[Record]]:
    """The root's local name and at most `limit` records of these names; raises Unreadable for what is no XML."""
    text = _text(unpack(body), content_type)
    reader = _Reader(frozenset(names), limit)
    if not reader.read(text):
        # Names of HTML and bare ampersands are the usual reason; replaced second, since a CDATA section may hold them.
        again = _Reader(frozenset(names), limit)
        again.read(_NAMED_ENTITY.sub(_as_character, text))
        reader = max(reader, again, key=lambda each: len(each.records))
    if reader.refused:
        raise Unreadable(reader.refused)
    if not reader.root:
        raise Unreadable("The answer is no XML document.")
    return reader.root, reader.records


class _Reader:
    def __init__(self, names: frozenset[str], limit: int) -> None:
        self.names, self.limit = names, limit
        self.records: list[Record] = []
        self.root = ""
        self.refused = ""
        self._record: Record | None = None
        self._open: list[tuple[str, dict[str, str]]] = []
        self._inner = 0
        self._texts: list[str] = []
        self._size = 0

    def read(self, text: str) -> bool:
        """Reads a document; False when it broke before its end."""
        parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(text.encode("utf-8", "replace"), True)
        except _EnoughError:
            return True
        except expat.ExpatError:
            return False
        return True

    def _doctype(self, *_: object) -> None:
        self.refused = "The document declares a document type, which we do not read: it could declare entities."
        raise _EnoughError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        self.root = self.root or local
        self._open.append((name, attributes))
        if len(self._open) > _MAX_DEPTH:
            raise _EnoughError
        if self._record is None and local in self.names:
            self._record, self._inner = Record(name), len(self._open) + 1
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
            self.records.append(self._record)
            self._record = None
            if len(self.records) >= self.limit:
                raise _EnoughError
        elif len(self._record.values) < _MAX_VALUES:
            self._record.values.append(Value(name, attributes, "".join(self._texts).strip()))
            self._texts, self._size = [], 0


def _text(data: bytes, content_type: str | None) -> str:
    """The document without its declaration (the text is decoded already) and without characters that XML forbids."""
    text = decode(data, content_type)
    start = _BEFORE_ROOT.match(text)
    return _FORBIDDEN.sub("", text[start.end() if start else 0 :])


def _bounded(data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise BodyTooLarge(f"The list of links is larger than {MAX_BYTES // 1024 // 1024} MiB.")
    return data


def _as_character(match: re.Match[str]) -> str:
    named = match.group(1)
    character = html.unescape(f"&{named}") if named else ""
    return character if named and not character.startswith("&") else "&amp;" + (named or "")
