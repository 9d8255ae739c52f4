"""A file as the URL of a ledger, and back: a folder may have `%`, `?` or `#` in its name."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

_SQLITE = "sqlite:///"
_ESCAPES = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "%?#"})


def url_of_file(file: Path) -> str:
    """The URL of the SQLite ledger in this file."""
    return f"{_SQLITE}{str(file.absolute()).translate(_ESCAPES)}"


def file_of_url(url: str) -> Path | None:
    """The file of a SQLite ledger's URL; None for that of another database, or of none."""
    scheme, found, rest = url.partition(":///")
    path = unquote(rest.partition("?")[0].partition("#")[0])
    is_sqlite = found and scheme.partition("+")[0] == "sqlite"
    return Path(path).absolute() if is_sqlite and path and path != ":memory:" else None
