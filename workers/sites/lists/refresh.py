"""A page that leads on by itself: `<meta http-equiv="refresh" content="0; url=…">`."""

from __future__ import annotations

import re

from workers.core.link import Label, Link
from workers.sites.page.document import Document
from workers.sites.site import Site

# After a longer time it is a page to be read, which is loaded anew or left.
REFRESH = re.compile(
    r"([0-5])(?:\.\d{0,6})?\s{0,9}[;,]\s{0,9}url\s{0,9}=\s{0,9}[\"']?([^\"'<>]{1,2000})", re.IGNORECASE
)


def refreshes_to(document: Document, site: Site) -> Link | None:
    """Where the page leads on to within five seconds: another page of its site's scope."""
    match = REFRESH.match(document.meta("refresh") or "")
    url = document.absolute(match[2].strip()) if match else None
    kind = site.place(url) if url and url != document.url else None
    return Link(url=url, label=Label.LISTING, kind=kind) if url and kind else None
