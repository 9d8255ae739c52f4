"""MHTML: a page that a browser saved with all its files in one, as a message in parts (RFC 2557)."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

SUFFIXES = (".mhtml", ".mht")
_BEGINNING, _FIRST_LINE = 2_000, 80
_LONGEST_HEAD, _MOST_PARTS = 20_000, 2_000


def is_mhtml(body: bytes) -> bool:
    """True for the head of a message in parts."""
    first = body[:_FIRST_LINE].partition(b"\n")[0]
    return first[:1].isalpha() and b":" in first and b"multipart/related" in body[:_BEGINNING].lower()


def page_in(body: bytes) -> tuple[bytes, str | None, float | None, str]:
    """The page in a saved message: its HTML, its URL, the moment it was saved (seconds since 1970), its content type.

    ValueError where there is none: the message is cut off, or has no HTML among its first 2,000 parts.
    """
    message, rest = _parted(body)
    boundary = message.get_boundary()
    for part in rest.split(b"--" + boundary.encode(), _MOST_PARTS) if boundary else ():
        head, content = _parted(part.lstrip(b"\r\n")) if b"text/html" in part[:_LONGEST_HEAD].lower() else (None, b"")
        if head is not None and head.get_content_type() == "text/html":
            url = message["Snapshot-Content-Location"] or head["Content-Location"]
            return _decoded(head, content), url and str(url).strip(), _moment(message), str(head["Content-Type"])
    raise ValueError("it holds no HTML")


def _parted(part: bytes) -> tuple[Message, bytes]:
    """The fields of a part's head, and what follows the first empty line; a head that is too long is cut off."""
    part = part if b"\r\n\r\n" not in part[:_LONGEST_HEAD] else part.replace(b"\r\n", b"\n")
    head, _, content = part.partition(b"\n\n")
    return BytesHeaderParser().parsebytes(head[:_LONGEST_HEAD]), content


def _decoded(head: Message, content: bytes) -> bytes:
    head.set_payload(content.decode("ascii", "surrogateescape"))
    html = head.get_payload(decode=True)
    return html if isinstance(html, bytes) else b""


def _moment(message: Message) -> float | None:
    try:
        return parsedate_to_datetime(str(message["Date"])).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
