"""Where nginx is not installed: the packed files from memory, by granian."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

_ROOT = Path(os.environ.get("SITE_ROOT", "."))
_FILES = {f"/{path.relative_to(_ROOT)}"[:-3]: path.read_bytes() for path in _ROOT.rglob("*.gz")}
_HEADERS = [("content-type", "text/html; charset=utf-8"), ("content-encoding", "gzip")]


async def app(scope: Any, protocol: Any) -> None:
    """An RSGI application."""
    path = "/index.html" if scope.path == "/" else scope.path
    host = dict(scope.headers.items()).get("host", "")
    body = None if host.startswith(("uk.", "ru.")) else _FILES.get(path)
    if body is None:
        protocol.response_str(404, [("content-type", "text/plain")], "")
    else:
        protocol.response_bytes(200, _HEADERS, body)
