"""What the address, the size and the names of a picture tell: which picture it is, and whether it is one to look at."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from workers.sites.generic.names import names_of
from workers.sites.page.document import Document

_LONGEST_SRCSET = 10_000
_LONGEST_SIZE, _LONGEST_SOURCE = 60, 2_000
# Pictures of one box, each in several sizes, that are looked at: boxes of thousands may stand in each other.
_MOST_FILES = 500
_SMALLEST = 200
_PICTURE_ATTRIBUTES = ("src", "srcset", "data-src", "data-srcset")
_LISTED = re.compile(r"[\s,]+")
_SIZE = re.compile(r"(?:[-_]\d+x\d+|[-_]scaled|@\dx)+$")
# The number of a picture, which its cuts share under other names; that of a day is none.
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d{6}(?!\d))\d{7,}(?!\d)")
# What is drawn rather than seen, by its file's name or its own.
_DRAWN = re.compile(
    r"\.(?:svg|gif)(?:$|[?#\s])|logo|icon|avatar|gravatar|pixel|spacer|blank|placeholder|emoji|badge|button|banner"
    r"|loading|profile|author|1x1|/ads?[/._-]",
    re.I,
)


def source_of(document: Document, node: LexborNode) -> str | None:
    """The picture's address: what scripts put there later comes before what stands there until then."""
    return _source(document, node.attributes)


def _source(document: Document, told: Mapping[str, str | None]) -> str | None:
    given = map(told.get, ("data-src", "data-lazy-src", "src"))
    return next((url for url in map(document.absolute, given) if url), None)


def is_large(document: Document, node: LexborNode) -> bool:
    """False for what is drawn, such as logos, and for what has no address or says that it is small."""
    told = node.attributes  # read once: the addresses of a picture's sizes may be long
    if _is_under(told.get("width") or "", _SMALLEST) or _is_under(told.get("height") or "", _SMALLEST // 2):
        return False
    source = _source(document, told)
    return source is not None and not is_drawn(source) and not is_drawn(names_of(told))


def _is_under(size: str, least: int) -> bool:
    return size.isdecimal() and int(size[:6]) < least


def is_drawn(name: str) -> bool:
    """True for the address or the name of a logo, an icon, a portrait, or of what counts readers."""
    return _DRAWN.search(name[-_LONGEST_SOURCE:]) is not None


def shows(box: LexborNode, url: str) -> bool:
    """True where a picture in the box is the one at this address, in any size."""
    return any(is_at(node, url) for node in box.css("img,source")[:_MOST_FILES])


def is_at(picture: LexborNode, url: str) -> bool:
    """True where this picture is the one at this address, in any size."""
    lead, number = file_of(url), _number_of(url)
    for text in filter(None, map(picture.attributes.get, _PICTURE_ATTRIBUTES)):
        if len(text) >= _LONGEST_SRCSET:
            continue
        if lead in text and lead in map(file_of, _LISTED.split(text)):
            return True
        if number and number in text and number in map(_number_of, _LISTED.split(text)):
            return True
    return False


def telling_part(url: str) -> str:
    """What the addresses of all sizes of a picture have in common."""
    return _number_of(url) or file_of(url)


def file_of(url: str) -> str:
    """The name of a picture's file, which all its sizes share."""
    name = url.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    name = name.rpartition(".")[0] or name
    return name[:-_LONGEST_SIZE] + _SIZE.sub("", name[-_LONGEST_SIZE:])


def _number_of(url: str) -> str:
    """The long number in the file's name, or in that of its folder."""
    names = "/".join(url.partition("?")[0].rsplit("/", 2)[1:])
    found = _NUMBER.findall(names[-_LONGEST_SOURCE:])
    return found[-1] if found else ""
