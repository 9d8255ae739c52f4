"""Runs of words: what texts are compared by. Texts of one origin share most of theirs, others hardly any."""

from __future__ import annotations

import re

# Runs of five words: daily reports that differ in their numbers only share a third of them, copies nearly all.
_RUN = 5
# Bounds the cost of a very long text; copies of it begin alike.
_MOST_WORDS = 2_000
# They stand in so many characters: the rest of a text of megabytes is not looked at.
LONGEST = 100_000
# Scripts without spaces are taken letter by letter.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_LETTER = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
# The same words of a text that has no such letter, found in half the time; and of one that is all ASCII, in a quarter.
_SPACED_WORD = re.compile(r"\w+")
_ASCII_WORDS = bytes(code if chr(code).isalnum() or chr(code) == "_" else ord(" ") for code in range(128)) + b" " * 128


def runs_of(text: str) -> frozenset[str]:
    """Every run of five words of the text, whatever their case; of its first 2,000 words."""
    words = words_of(text[:LONGEST].casefold())
    return frozenset(map(" ".join, zip(*(words[start:] for start in range(_RUN)), strict=False)))


def words_of(text: str) -> list[str]:
    """The text's first 2,000 words; in scripts without spaces its letters."""
    text = text[:LONGEST]
    words = _WORD.findall(text) if not text.isascii() and _LETTER.search(text) else spaced_words(text)
    return words[:_MOST_WORDS]


def spaced_words(text: str) -> list[str]:
    """All words of a text whose words are parted by spaces and signs."""
    if text.isascii():
        return text.encode("ascii").translate(_ASCII_WORDS).decode("ascii").split()
    return _SPACED_WORD.findall(text)
