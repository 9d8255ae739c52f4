"""What we read. One door: `from workers.sites import read_page`, from bytes to an article or a drawn error.

read.py        the one door
page/          a page: from bytes to a tree that is safe to have
generic/       the generic reader: any news page, without a profile
kinds/         what kind of page it is: an article, a list, an error, a wall
lists/         what lists link to, and where they go on
profiles/      the sites that we know, a file each
proposed/      a profile proposed from a few pages of a site
known.py       the profiles, each by an explicit import, and the plain site of any other host
whole.py       is it whole? A teaser, a wall, an error, a video or a list is no article
parts.py       stories in parts, and how their texts become one
careful.py     other libraries are asked for the text too
cases.py       the saved cases of a profile
speech.py      what a text says itself, and what it quotes

What profiles are made of:

site.py        a site as data: hosts, starts, scope, manners, readers
reader.py      what a reader is, and what readers a profile has
readers.py     the operators that readers are put together from
operators.py   more of them: lists of attributes, filters, dates, pictures
selectors.py   selectors that the parser reads otherwise than meant
blocks.py      the visible lines of a part of a page
boxes.py       labelled boxes, found by the text of their headings
stamps.py      local stamps such as `20:23 31.05.2024`
identity.py    one key for a page under several names of a host
below.py       hosts below a site's name
profile.py     reads a page by a profile
"""

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
