"""Saved pages: HTML files, plain or gzipped, and the URL that each was saved from."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from workers.core.charset import decode
from workers.core.errors import BadInput, BodyTooLarge, Unreadable
from workers.core.page import Page
from workers.core.urls import canonical
from workers.sites.document import Document

_HEAD = 200_000
_GZIP = b"\x1f\x8b"
HTML = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")


def saved_files(paths: list[Path], suffixes: tuple[str, ...]) -> Iterator[Path]:
    """The files given, and those below folders that have one of the endings, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and p.name.lower().endswith(suffixes))
        elif path.exists():
            yield path
        else:
            raise BadInput(f"There is no file or folder {path}.")


def read_saved(path: Path, url: str | None, max_body: int) -> Page:
    """A saved page. Its URL is the one given, else that of its canonical link; without either, BadInput.

    The time of fetching is the file's own.
    """
    body = _unpacked(path, max_body)
    address = canonical(url) if url else _own_address(body)
    if address is None:
        raise BadInput(
            f"{path}: the page's URL is not known: it has no canonical link. Give it with --url, or a list of file "
            "names and URLs with --url-from FILE.jsonl."
        )
    return Page(asked=address, url=address, status=200, body=body, fetched_at=path.stat().st_mtime)


def _unpacked(path: Path, max_body: int) -> bytes:
    try:
        with path.open("rb") as plain, _unpacking(plain) as stream:
            body = stream.read(max_body + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Unreadable(f"{path} cannot be unpacked: {error}") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from None
    if len(body) > max_body:
        raise BodyTooLarge(f"{path} is larger than {max_body:,} bytes unpacked")
    return body


def _unpacking(plain: BufferedReader) -> BinaryIO:
    """Browsers and other tools unpack a page and keep its name, so what the file begins with decides."""
    return cast(BinaryIO, gzip.open(plain)) if plain.peek(2).startswith(_GZIP) else plain


def _own_address(body: bytes) -> str | None:
    """What the page itself says its address is; the head is in the first part of any page."""
    document = Document(decode(body[:_HEAD], None), "https://file.invalid/")
    for found in (document.canonical, document.meta("og:url")):
        address = canonical(found) if found else None
        if address is not None and "file.invalid" not in address:
            return address
    return None


def urls_from(path: Path) -> Mapping[str, str]:
    """File name → URL from JSON lines with `file` and `url`. BadInput names the line that is not such a one.

    A line without `url` leaves its page to its own canonical link.
    """
    urls: dict[str, str] = {}
    number = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                number += 1
                if line.strip():
                    row = json.loads(line)
                    if url := row.get("url"):
                        urls[str(row["file"])] = str(url)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, KeyError, AttributeError):
        raise BadInput(f"{path}, line {number}: not a JSON object with `file` and `url`.") from None
    return urls
