"""Whether the text of a link is a headline, and whether an address looks like an article's."""

from __future__ import annotations

import re

from workers.core.urls import path_of, pattern_of

_LONGEST_QUERY = 200
HEADLINE = 12  # letters: on a site whose article paths are not known, a shorter text is a menu entry
LONG_HEADLINE = 25  # letters: a shorter text among others is a section or "more"
# Scripts of which a letter says what two or three of others do.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
MANY_WORDS, _NUMBER = 3, re.compile(r"\d{4}")
_ASKED_FOR = re.compile(r"[?&](?:(?:id|p|nid|aid|art|article|news|newsid|news_id|story)=|article)\d+(?:&|$)", re.I)


def letters(text: str) -> int:
    """How long a text is, in letters of an alphabet."""
    return len(text) if text.isascii() else len(text) + len(_DENSE.findall(text))


def is_headline(text: str | None) -> bool:
    """True for a text that is long enough for a headline."""
    return text is not None and letters(text) >= HEADLINE


def is_story(url: str) -> bool:
    """True for an address whose last segment is a headline in words, or has a number of an article."""
    last = path_of(url).removesuffix("/").rpartition("/")[2]
    return last.count("-") >= MANY_WORDS or _NUMBER.search(last) is not None


def asks_for_story(url: str) -> bool:
    """True for an address that asks a program for the number of an article: `spip.php?article12`."""
    return "?" in url and _ASKED_FOR.search(url[-_LONGEST_QUERY:]) is not None


def shape_of(url: str) -> str:
    """What addresses of one kind have in common, or "" for one that has neither a number nor a long word."""
    shape = pattern_of(url)
    return shape if "*" in shape or "#" in shape else ""
