"""Bytes to text as a browser would: byte order mark, HTTP header, what the page declares, UTF-8, then a guess.

Only the labels of the WHATWG Encoding Standard are known: `latin-1` means windows-1252, and names that Python knows but
no browser does (utf-7, zlib, hex, idna …) mean nothing.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

_DECLARED_WITHIN = 8 * 1024  # browsers prescan 1,024 bytes, but take a later declaration too when they meet it
_SAMPLE = 16 * 1024

# codec of Python: labels of the WHATWG. GBK, Big5, Shift_JIS and EUC-KR mean the larger sets that browsers use.
_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e"
    " iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7"
    " iso_8859-7:1987 sun_eu_greek",
    "iso8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8"
    " iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac_roman": "csmacintosh mac macintosh x-mac-roman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1"
    " iso_8859-1:1987 l1 latin1 latin-1 us-ascii windows-1252 x-cp1252 x-user-defined",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5"
    " windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601"
    " windows-949",
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
_UTF8_MARK = b"\xef\xbb\xbf"
_MARKS = ((_UTF8_MARK, "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CYRILLIC = ["cp1251", "koi8_r", "koi8_u", "cp866"]
_LATIN = ["cp1252", "cp1250", "iso8859_2", "cp1254"]
_ASIAN = ["gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874"]
_GUESSED = [*_CYRILLIC, *_LATIN, *_ASIAN, "cp1253", "cp1255", "cp1256"]

_UNICODE = frozenset(("utf-8", "utf-16-le", "utf-16-be"))
_MANY_BYTES = frozenset(("gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"))
_SUBSTITUTE = b"\x1a"
# Letters beyond ASCII from which on valid UTF-8 is no chance. Pairs of bytes hit on its form far more easily.
_BEYOND_CHANCE = 10
_BEYOND_CHANCE_IN_PAIRS = 30

_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META = re.compile(rb"<meta\s[^>]{0,1000}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.+-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.+-]{1,40})[\"']")
_TAG_EDGE = re.compile(rb"[<>]")


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page. Never raises: what cannot be read becomes U+FFFD."""
    return _decoded(body, content_type)[0]


def as_utf8(body: bytes, content_type: str | None = None) -> bytes:
    """What `decode` gives, in UTF-8; a page that is valid in it, as nearly all are, is not written anew."""
    if _is_told_in_utf8(body, content_type) and _is_utf8(body):
        return body.removeprefix(_UTF8_MARK)
    return decode(body, content_type).encode("utf-8", "replace")


def codec_for(start: bytes, content_type: str | None = None) -> str:
    """The codec in which `decode` would read a text that begins so."""
    return _decoded(start, content_type)[1]


def _decoded(body: bytes, content_type: str | None) -> tuple[str, str]:
    for mark, marked in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(marked, "replace"), marked
    for codec in _told(body, content_type):
        if codec and codec not in _UNICODE and _is_plainly_utf8(body, in_pairs=codec in _MANY_BYTES):
            codec = "utf-8"
        if codec and (text := _readable(body, codec)) is not None:
            return text, codec
    guess = _guess(body)
    return body.decode(guess, "replace"), guess


def _is_told_in_utf8(body: bytes, content_type: str | None) -> bool:
    told = next((codec for mark, codec in _MARKS if body.startswith(mark)), None)
    return (told or next(filter(None, _told(body, content_type)))) == "utf-8"


def _is_utf8(body: bytes) -> bool:
    """True for valid UTF-8. Read piece by piece: the text of all of it is not wanted, and takes twice as long."""
    view, read = memoryview(body), 0
    try:
        while read < len(body):
            end = read + _SAMPLE
            read += codecs.utf_8_decode(view[read:end], "strict", end >= len(body))[1]
    except UnicodeDecodeError:
        return False
    return True


def _told(body: bytes, content_type: str | None) -> Iterator[str | None]:
    """What is said of the page's encoding, the most trusted first."""
    yield _from_header(content_type)
    yield _from_page(body)
    yield "utf-8"


def codec_of(label: str) -> str | None:
    """Python's name of the encoding that a WHATWG label means, None for any other label."""
    return _CODECS.get(label.strip().lower())


def _from_header(content_type: str | None) -> str | None:
    match = _HEADER.search(content_type or "")
    return codec_of(match[1]) if match else None


def _from_page(body: bytes) -> str | None:
    start = body[:_DECLARED_WITHIN]
    if start[:2] in (b"<\0", b"\0<"):
        return "utf-16-le" if start[1] == 0 else "utf-16-be"
    match = _XML.match(start) or _META.search(_COMMENT.sub(b"", start))
    codec = codec_of(match[1].decode("ascii")) if match else None
    # A declaration that can be read as ASCII cannot stand in UTF-16: the WHATWG takes it for UTF-8.
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def _readable(body: bytes, codec: str) -> str | None:
    """The text, unless most of what is not ASCII turns out unreadable: then the label was wrong, not some byte."""
    try:
        return body.decode(codec)
    except UnicodeDecodeError:
        text = _replaced(body, codec)
    damage = text.count("\ufffd") if "\ufffd" in text else 0  # to look for one takes a third of counting none
    if damage and damage > (len(text) - len(text.encode("ascii", "ignore"))) // 3:
        return None
    return text


def _replaced(body: bytes, codec: str) -> str:
    """The text with a mark for each byte that has no meaning; of one byte a letter, in one go for all of them."""
    unknown = _unknown_bytes(codec)
    if not unknown:
        return body.decode(codec, "replace")
    return body.translate(bytes.maketrans(unknown, _SUBSTITUTE * len(unknown))).decode(codec).replace("\x1a", "\ufffd")


@lru_cache(maxsize=64)
def _unknown_bytes(codec: str) -> bytes:
    """The bytes that an encoding with one byte a letter has no letter for; none for other encodings."""
    if codec in _UNICODE or codec in _MANY_BYTES:
        return b""
    return bytes(byte for byte in range(256) if not bytes([byte]).decode(codec, "ignore"))


def _is_plainly_utf8(body: bytes, *, in_pairs: bool) -> bool:
    """True for a text that is valid UTF-8 beyond chance: a page saved or served anew under its old label.

    Browsers show such a page as litter; nothing that was written in another encoding reads as UTF-8 throughout. The
    last character may be cut. `in_pairs` is for labels of encodings with two bytes a letter.
    """
    try:
        text, read = codecs.utf_8_decode(body, "strict", False)
    except UnicodeDecodeError:
        return False
    if in_pairs:
        return len(text) - len(text.encode("ascii", "ignore")) >= _BEYOND_CHANCE_IN_PAIRS
    return read - len(text) >= _BEYOND_CHANCE


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes  # it takes 30 ms to import, and few pages need it

    parts = _TAG_EDGE.split(body[: 4 * _SAMPLE])
    sample = b" ".join(part for part in parts if not part.isascii())[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_GUESSED, steps=2, chunk_size=4096).best()
    return best.encoding if best else "cp1252"
