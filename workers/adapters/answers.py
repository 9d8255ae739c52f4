"""What an answer's status, headers and first bytes mean: something to read, or one of our errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from workers.core.errors import (
    BrokenAnswer,
    Gone,
    NotHtml,
    Refused,
    Removed,
    ServerError,
    Timeout,
    TooManyRequests,
)
from workers.core.files import other_file
from workers.core.link import Kind

LONGEST_RETRY_AFTER = 86_400.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})

ACCEPT = {
    Kind.PAGE: "text/html,application/xhtml+xml;q=0.9,application/xml;q=0.5",
    Kind.LISTING: "text/html,application/xhtml+xml;q=0.9,application/xml;q=0.5",
    Kind.FEED: "application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.1",
    Kind.SITEMAP: "application/xml,text/xml,application/gzip;q=0.9,*/*;q=0.1",
}

_MARKUP = re.compile(r"text/html|(text|application)/(xml|[\w.-]+\+xml)|text/xhtml")
# Lists of links are often served as the wrong kind; what they really are is told by their first bytes.
_LIST = re.compile(r"text/plain|text/rss|application/(octet-stream|rss|(x-)?gzip|x-rss|x-xml|(feed\+)?json)")

# So some servers name their pages too; what begins as a page is one, and nothing else is looked at.
_MISNAMED = re.compile(r"text/plain|application/octet-stream")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,500}?-->\s*+)?<(?:!doctype\s++html|html|head)\b",
    re.IGNORECASE | re.DOTALL,
)
BEGINNING = 1_000

_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


def check_status(status: int, headers: Mapping[str, str]) -> None:
    """Returns for 200 and 203; raises what any other final status means."""
    if status in (200, 203):
        return
    detail = f"the server answered {status}"
    if status in (429, 503):
        raise TooManyRequests(detail, retry_after=retry_after(headers))
    if status == 404:
        raise Gone(detail)
    if status == 410:
        raise Removed(detail)
    if status == 408:
        raise Timeout(detail)
    if 400 <= status < 500:
        raise Refused(detail)
    if 500 <= status < 600:
        raise ServerError(detail, retry_after=retry_after(headers))
    if status in (204, 205):
        raise NotHtml(f"{detail}: empty")
    raise BrokenAnswer(f"{detail}, which was not asked for")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds of a Retry-After header in either form, at most a day; None when it is absent or not readable."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,20}", value):
        return min(float(value), LONGEST_RETRY_AFTER)
    at = _date(value)
    if at is None:
        return None
    now = _date(headers.get("date", "")) or datetime.now(UTC)  # by the server's own clock, where it tells
    return min(max((at - now).total_seconds(), 0.0), LONGEST_RETRY_AFTER)


def _date(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def check_content_type(content_type: str | None, kind: Kind) -> bool:
    """True when the first bytes must tell whether it is a page (`check_beginning`); else it may be read.

    NotHtml when the header names something that we do not read; a missing header is left to the first bytes.
    """
    media = _media(content_type)
    is_list = kind in (Kind.FEED, Kind.SITEMAP)
    is_data = kind is Kind.LISTING and media == "application/json"
    if not media or _MARKUP.fullmatch(media) or (is_list and _LIST.fullmatch(media)) or is_data:
        return False
    if _MISNAMED.fullmatch(media) and not is_list:
        return True
    raise NotHtml(f"the server says it is {media[:80]}")


def check_beginning(start: bytes, content_type: str | None) -> None:
    """NotHtml unless what the server calls text, or just bytes, begins as a page does."""
    if not _PAGE.match(start[:BEGINNING]):
        raise NotHtml(f"the server says it is {_media(content_type)}")


def _media(content_type: str | None) -> str:
    return (content_type or "").split(";")[0].strip().lower()


def check_first_bytes(body: bytes, kind: Kind = Kind.PAGE) -> None:
    """NotHtml when a body is empty or shows itself to be a picture, an archive or another thing without text.

    A list of links may be a gzip file; its reader unpacks it under a bound.
    """
    start = body[:1024].lstrip()
    if kind in (Kind.FEED, Kind.SITEMAP) and start.startswith(b"\x1f\x8b"):
        return
    if not start:
        raise NotHtml("the body is empty")
    if name := other_file(start):
        raise NotHtml(f"it is {name}, whatever its content type says")
    if start.count(b"\0") > len(start) // 10 and not start.startswith(_UTF_16):
        raise NotHtml("it is binary data, whatever its content type says")
