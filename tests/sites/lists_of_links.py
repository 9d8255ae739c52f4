"""Lists of a site without a profile, and the links that are found on them."""

from __future__ import annotations

from workers.core.link import Label, Link
from workers.sites.known import any_site
from workers.sites.lists.listings import read_listing
from workers.sites.page.document import Document

HOST = "https://mill.example"
SITE = any_site(f"{HOST}/")


def listed(html: str, path: str, depth: int = 1) -> tuple[Link, ...]:
    return read_listing(Document(html, HOST + path), SITE, depth)


def paths(links: tuple[Link, ...] | list[Link], label: Label | None = None) -> list[str]:
    return [link.url.removeprefix(HOST) for link in links if label in (None, link.label)]
