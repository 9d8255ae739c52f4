"""WARC archives: the pages in them, one after the other, however large the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from workers.core.errors import BadInput
from workers.core.page import Page

SUFFIXES = (".warc", ".warc.gz")
_KEPT = ("content-type", "etag", "last-modified", "content-language")


def pages_of_warc(path: Path, max_body: int) -> Iterator[Page]:
    """The answered pages of an archive, in its order. BadInput where it is cut or broken; what came before is good.

    A body longer than `max_body` is cut there, which the reader of the page then refuses.
    """
    found = False
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                found = True
                if page := _page(record, max_body):
                    yield page
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError) as error:
        kept = "The pages before the break were read" if found else "Nothing was read from it"
        raise BadInput(f"{path} breaks off or is no WARC archive ({error or type(error).__name__}). {kept}.") from None


def _page(record: Any, max_body: int) -> Page | None:
    if record.rec_type not in ("response", "resource"):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    headers = record.http_headers
    status = int(headers.get_statuscode()) if headers and headers.get_statuscode().isdigit() else 200
    if status != 200 or not url.startswith(("http://", "https://")):
        return None
    kept = {name: value for name in _KEPT if headers and (value := headers.get_header(name))}
    if not headers and (content_type := record.rec_headers.get_header("Content-Type")):
        kept["content-type"] = content_type
    body = record.content_stream().read(max_body + 1)
    if len(body) <= max_body and getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError(f"the record of {url} is not whole")
    return Page(asked=url, url=url, status=200, body=body, fetched_at=_date(record), headers=kept)


def _date(record: Any) -> float:
    text = record.rec_headers.get_header("WARC-Date") or ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
