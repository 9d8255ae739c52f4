"""What we read. One door: `from workers.sites import read_page`, from bytes to an article or a drawn error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workers.sites.read import read_page

__all__ = ["read_page"]


def __getattr__(name: str) -> Any:
    # Whoever needs a profile's hosts alone does not pay for the parser.
    if name != "read_page":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from workers.sites.read import read_page

    return read_page
