"""One page for a command: a saved file, or what answers at a URL."""

from __future__ import annotations

import asyncio
from pathlib import Path

from workers.core.errors import BadInput
from workers.core.page import Page
from workers.core.urls import refuse_credentials
from workers.settings import Settings

# No host's name ends in these.
_ENDINGS = (".html", ".htm", ".mhtml", ".mht", ".gz", ".warc")


def find_page(name: str, url: str | None, knobs: Settings) -> Page:
    """The saved page of this name, or what answers at this URL; BadInput for the name of a file that is not there."""
    if "://" not in name and (Path(name).exists() or url is not None):
        from workers.adapters.files import read_saved

        return read_saved(Path(name), url, knobs.max_body)
    if _is_of_a_file(name):
        refuse_credentials(name)
        raise BadInput(f"There is no file {name}. Check its name, or begin the address of a page with https://.")
    from workers.cli.web import address_of, get_page

    return asyncio.run(get_page(address_of(name), knobs))


def _is_of_a_file(name: str) -> bool:
    """Whether a name without a scheme is one that a person gives a file, and no host's."""
    return "://" not in name and ("/" in name or "." not in name or name.lower().endswith(_ENDINGS))
