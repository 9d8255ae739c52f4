"""The lead picture, and the caption that stands under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborNode

from workers.core.article import Image
from workers.core.text import clean, fold
from workers.sites.document import Document, ancestors, attribute, short_text
from workers.sites.generic.story import Story, plain
from workers.sites.reader import Found

_MOST_PICTURES = 60
_MOST_LABELS = 4
_LONGEST_CAPTION = 600
_LONGEST_SRCSET = 10_000
_LONGEST_SIZE = 60
_PICTURE_ATTRIBUTES = ("src", "srcset", "data-src", "data-srcset")
_LISTED = re.compile(r"[\s,]+")
_SIZE = re.compile(r"(?:[-_]\d+x\d+|[-_]scaled|@\dx)+$")
_UNSEEN = re.compile(r"visually-?hidden|sr-only|screen-?reader", re.I)
# Where pictures belong to something else: a link leads to its article.
_OTHERS = frozenset(("a", "aside", "nav", "footer"))


def image_of(document: Document, story: Story) -> Found[Image] | None:
    """The lead picture with its alt text, and the caption that stands under it."""
    told = (
        ("opengraph:image", document.meta("og:image") or document.meta("og:image:url")),
        ("json-ld:image", _picture(story, story.main.get("image"))),
        ("twitter:image", document.meta("twitter:image") or document.meta("twitter:image:src")),
    )
    for source, href in told:
        if url := document.absolute(href):
            caption = _caption(document, story, url)
            return Found(Image(url=url, alt=document.meta("og:image:alt"), caption=caption), source)
    return _shown_image(document, story)


def _picture(story: Story, value: Any, depth: int = 0) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    value = story.resolve(value)
    if isinstance(value, dict) and depth < 3:
        return _picture(story, value.get("url") or value.get("contentUrl"), depth + 1)
    return value if isinstance(value, str) else None


def _shown_image(document: Document, story: Story) -> Found[Image] | None:
    """The first picture in a `<figure>` below the headline that leads to no other page."""
    below = False
    for node in document.tree.css("h1,figure img")[:_MOST_PICTURES]:
        below = below or node.tag == "h1"
        if node.tag == "h1" or not below or _OTHERS.intersection(parent.tag for parent in ancestors(node)):
            continue
        if url := document.absolute(attribute(node, "src")) or document.absolute(attribute(node, "data-src")):
            image = Image(url=url, alt=attribute(node, "alt"), caption=_caption(document, story, url))
            return Found(image, "generic:figure")
    return None


def _caption(document: Document, story: Story, url: str) -> str | None:
    """What stands under this picture, else what JSON-LD says of it, else the first caption below the headline."""
    lead, first, others = _file_of(url), None, set[int]()
    for box, node in islice(_captions(document), _MOST_PICTURES):
        if box.mem_id not in others and _shows(box, lead):
            return _caption_text(node)
        others.add(box.mem_id)
        first = first or node
    return _told_caption(story) or (_caption_text(first) if first else None)


def _told_caption(story: Story) -> str | None:
    """The caption in JSON-LD, where it is more than the headline again or the name of a file."""
    value = story.main.get("image")
    picture = story.resolve(value[0] if isinstance(value, list) and value else value)
    told = picture.get("caption") if isinstance(picture, dict) else None
    text = plain(told) if isinstance(told, str) else ""
    is_caption = " " in text and len(text) < _LONGEST_CAPTION and fold(text) != fold(story.text("headline") or "")
    return text if is_caption else None


def _captions(document: Document) -> Iterator[tuple[LexborNode, LexborNode]]:
    """The captions and the boxes they stand in with their pictures: those below the headline first."""
    marks = document.marks
    start = next((place for place, mark in enumerate(marks) if mark[1] == "h1"), 0)
    for node, tag, _ in (*marks[start:], *marks[:start]):
        box = (
            next((parent for parent in ancestors(node) if parent.tag == "figure"), None)
            if tag == "figcaption"
            else None
        )
        if box is not None:
            yield box, node
    for node in document.tree.css("p.wp-caption-text"):
        if node.parent is not None:
            yield node.parent, node


def _caption_text(node: LexborNode) -> str | None:
    """The caption without what only those hear who do not see it (`Image caption,`)."""
    text = clean(short_text(node, 2 * _LONGEST_CAPTION, " "))
    for label in node.css("span[class]")[:_MOST_LABELS]:
        if _UNSEEN.search(attribute(label, "class") or ""):
            text = clean(text.replace(clean(short_text(label, _LONGEST_CAPTION, " ")), "", 1))
    return text if 0 < len(text) < _LONGEST_CAPTION else None


def _shows(box: LexborNode, lead: str) -> bool:
    """True where a picture in the box is this file, in any size."""
    for attributes in [node.attributes for node in box.css("img,source")]:
        for text in filter(None, map(attributes.get, _PICTURE_ATTRIBUTES)):
            if lead in text and len(text) < _LONGEST_SRCSET and lead in map(_file_of, _LISTED.split(text)):
                return True
    return False


def _file_of(url: str) -> str:
    """The name of a picture's file, which all its sizes share."""
    name = url.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    name = name.rpartition(".")[0] or name
    return name[:-_LONGEST_SIZE] + _SIZE.sub("", name[-_LONGEST_SIZE:])
