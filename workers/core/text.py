"""Clean text: one Unicode form, no litter, plain spaces. What is stored and compared has passed through here."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Literal

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

# Soft hyphens, zero-width spaces and joins that only steer line breaks, byte order marks, icons of private fonts,
# bidirectional overrides (they make a text read otherwise than it is stored), interlinear marks.
_LITTER = [0x00AD, 0x034F, 0x061C, 0x180E, 0x200B, 0x2060, 0xFEFF, 0xFFFC, *range(0xFFF9, 0xFFFC)]
_LITTER += [*range(0x202A, 0x202F), *range(0x2061, 0x2070), *range(0xE000, 0xF900), *range(0xE0000, 0xE0080)]
_CONTROLS = [
    code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85"
]
_SURROGATES = range(0xD800, 0xE000)
_DROPPED = frozenset(map(chr, (*_LITTER, *_CONTROLS, *_SURROGATES)))
_DROPPED_WITH_MARKS = _DROPPED | {"\u200e", "\u200f"}


_SAFE, _MOST_MARKS = 1_000, 50
_MANY_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS},}}")
_ENDLESS_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{10,};?")


def clean(text: str) -> str:
    """The text on one line, in NFC, without NUL, lone surrogates, soft hyphens, zero-width litter or bidi overrides.

    Joiners inside words (Persian, Indic scripts, emoji) stay; direction marks stay beside right-to-left letters.
    """
    # Of all that is space only the plain one is printable, so nearly every text needs no more than its ends cut.
    text = text.strip()
    printable = text.isprintable()
    if not printable or "  " in text:
        text = " ".join(text.split())
        printable = text.isprintable()
    if printable and text.isascii():
        return text
    # Nearly every text is printable, which is told a hundred times sooner than a search for all that is dropped; of
    # that these two alone are printable.
    if not printable or "\u034f" in text or "\ufffc" in text:
        dropped = _DROPPED if _RIGHT_TO_LEFT.search(text) else _DROPPED_WITH_MARKS
        if not dropped.isdisjoint(text):  # which takes a sixth of what a pattern of all these takes
            text = " ".join("".join([char for char in text if char not in dropped]).split())
    return text if text.isascii() else normal("NFC", text)


def normal(form: Literal["NFC", "NFD", "NFKC"], text: str) -> str:
    """The text in this form of Unicode, with no more than fifty marks on one letter.

    To put a run of marks in order takes the square of its length: 100,000 of them would take seconds.
    """
    if len(text) > _SAFE and max(map(len, text.split(" "))) > _SAFE:
        text = _MANY_MARKS.sub(lambda match: match[0][:_MOST_MARKS], text)
    return unicodedata.normalize(form, text)


def unescaped(text: str) -> str:
    """The text with the character references of HTML written out; a number of too many digits stands for nothing."""
    return html.unescape(_ENDLESS_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def clean_lines(text: str) -> tuple[str, ...]:
    """The lines of a text, each clean, without the empty ones."""
    return tuple(line for line in map(clean, text.splitlines()) if line)


_SHORT = 300
_ALIKE = (*((mark, "'") for mark in "’‘ʼ"), *((mark, '"') for mark in "“”„«»"), *((mark, "-") for mark in "–—"))


def fold(text: str) -> str:
    """A form for comparing what people see as equal: case, quotes and dashes do not matter. Never stored."""
    return _folded_again(text) if len(text) < _SHORT else _folded(text)


def _folded(text: str) -> str:
    text = clean(text)
    if not text.isascii():
        text = normal("NFKC", text)
        for mark, plain in _ALIKE:  # which takes a twentieth of what `translate` takes
            text = text.replace(mark, plain)
    return text.casefold()


_folded_again = lru_cache(maxsize=512)(_folded)  # a page's titles are compared with one another again and again
