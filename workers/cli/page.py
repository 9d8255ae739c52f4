"""One page for a command: a saved file, or what answers at a URL."""

from __future__ import annotations

import asyncio
from pathlib import Path

from workers.core.page import Page
from workers.settings import Settings


def find_page(name: str, url: str | None, knobs: Settings) -> Page:
    """The saved page of this name, or what answers at this URL."""
    if "://" not in name and (Path(name).exists() or url is not None):
        from workers.adapters.files import read_saved

        return read_saved(Path(name), url, knobs.max_body)
    from workers.cli.web import address_of, get_page

    return asyncio.run(get_page(address_of(name), knobs))
