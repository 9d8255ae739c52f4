"""Saved pages: HTML files, plain or gzipped, or MHTML, and the URL that each was saved from."""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from workers.adapters.mhtml import SUFFIXES, is_mhtml, page_in
from workers.core.charset import as_utf8
from workers.core.errors import BadInput, BodyTooLarge, HostilePage, Unreadable
from workers.core.page import Page
from workers.core.urls import canonical
from workers.sites.page.guard import guarded

_BEGINNING = 200_000
_GZIP = b"\x1f\x8b"
STDIN = Path("-")
HTML = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", *SUFFIXES)
# What tools note in a page that they save: browsers, SingleFile, HTTrack.
_NOTED = re.compile(
    rb"<!--\s{0,9}(?:saved from url=\(\d{4}\)|Page saved with SingleFile\s{1,9}url:\s{0,9})(https?://[^\s<>\"]{1,2000})"
    rb"|<!-- Mirrored from ([\w.-]{1,200}/[^\s<>\"]{0,1800}) by HTTrack",
    re.IGNORECASE,
)


def saved_files(paths: list[Path], suffixes: tuple[str, ...]) -> Iterator[Path]:
    """The files given, and those below folders that have one of the endings, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and p.name.lower().endswith(suffixes))
        elif path.exists():
            yield path
        else:
            raise BadInput(f"There is no file or folder {path}.")


def read_saved(path: Path, url: str | None, max_body: int, *, otherwise: str | None = None) -> Page:
    """A saved page. Its URL is the one given, else that of its canonical link, else that which who saved it has noted.

    Then `otherwise`; without any, BadInput. The time of fetching is the file's own, or that which an MHTML file tells.
    """
    body = _unpacked(path, max_body)
    noted = at = content_type = None
    if is_mhtml(body):
        try:
            body, noted, at, content_type = page_in(body)
        except ValueError as error:
            raise Unreadable(f"{path} is a saved page in parts that cannot be read: {error}") from None
    address = (canonical(url) if url else _own_address(body) or _noted_address(body, noted)) or otherwise
    if address is None:
        raise BadInput(
            f"{path}: the page's URL is not known: it has no canonical link. Give it with --url, or a list of file "
            "names and URLs with --url-from FILE.jsonl."
        )
    headers = {"content-type": content_type} if content_type else {}
    return Page(address, address, 200, body, _saved_at(path) if at is None else at, headers)


def _saved_at(path: Path) -> float:
    return time.time() if path == STDIN else path.stat().st_mtime


def _unpacked(path: Path, max_body: int) -> bytes:
    try:
        with _opened(path) as plain, _unpacking(plain) as stream:
            body = stream.read(max_body + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Unreadable(f"{path} cannot be unpacked: {error}") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from None
    if len(body) > max_body:
        raise BodyTooLarge(f"{path} is larger than {max_body:,} bytes unpacked")
    return body


def _opened(path: Path) -> AbstractContextManager[BufferedReader]:
    return nullcontext(cast(BufferedReader, sys.stdin.buffer)) if path == STDIN else path.open("rb")


def _unpacking(plain: BufferedReader) -> BinaryIO:
    """Browsers and other tools unpack a page and keep its name, so what the file begins with decides."""
    return cast(BinaryIO, gzip.open(plain)) if plain.peek(2).startswith(_GZIP) else plain


def _own_address(body: bytes) -> str | None:
    """What the page itself says its address is: in its head, else in the first part of it."""
    start = body[:_BEGINNING]
    head = start.partition(b"<body")[0]
    return _address_in(head) or (_address_in(start) if head != start else None)


def _noted_address(body: bytes, noted: str | None) -> str | None:
    """The address that who saved the page has noted, in its head or beside it."""
    found = None if noted else _NOTED.search(body[:_BEGINNING])
    if found:
        noted = (found[1] or b"https://" + found[2]).decode("ascii", "replace")
    return canonical(noted) if noted else None


def _address_in(part: bytes) -> str | None:
    html = as_utf8(part)
    small = html.lower()
    if b"canonical" not in small and b"og:url" not in small:  # which spares most pages without one the parser
        return None
    try:
        document = guarded(html, "https://file.invalid/")
    except HostilePage:  # which is told when the page itself is read
        return None
    for found in (document.canonical, document.meta("og:url")):
        address = canonical(found) if found else None
        if address is not None and "file.invalid" not in address:
            return address
    return None


def urls_from(path: Path) -> Mapping[str, str]:
    """File → URL from JSON lines with `file`, a name or the end of a path, and `url`.

    BadInput names the line that is not such a one. A line without `url` leaves its page to its own canonical link.
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
                        _enter(urls, Path(str(row["file"])).as_posix(), str(url), f"{path}, line {number}")
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, KeyError, AttributeError):
        raise BadInput(f"{path}, line {number}: not a JSON object with `file` and `url`.") from None
    return urls


def _enter(urls: dict[str, str], file: str, url: str, where: str) -> None:
    if urls.setdefault(file, url) != url:
        raise BadInput(
            f"{where}: an earlier line gives {file} another URL. If they are files of the same name in two folders, "
            "write more of their paths."
        )


def urls_of(files: Iterable[Path], urls: Mapping[str, str]) -> dict[Path, str]:
    """The URL of each file that is in the list, by the longest end of its path.

    BadInput where one line is of two files, which would become one article.
    """
    found: dict[Path, str] = {}
    owners: dict[str, Path] = {}
    for path in files if urls else ():
        name = next((end for end in _ends(path) if end in urls), None)
        if name is None:
            continue
        if owners.setdefault(name, path) != path:
            raise BadInput(
                f"The list of URLs has one line for two files: {owners[name]} and {path} are both called {name}. "
                "Write a line for each, with more of its path."
            )
        found[path] = urls[name]
    return found


def _ends(path: Path) -> Iterator[str]:
    """The path, and what is left of it without its first folders."""
    end = path.absolute().as_posix()
    while end:
        yield end
        end = end.partition("/")[2]
