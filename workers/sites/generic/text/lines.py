"""Paragraphs that are no elements: sentences on lines of their own, in spans, and between empty lines of `<pre>`."""

from __future__ import annotations

import re
from itertools import groupby

from workers.sites.generic.text.trim import SENTENCE_END

_ONE = frozenset(("pre", "p", "span", "li", "td", "th", "a"))
LINE_BREAK = "\n"  # as a run of its own it stands for `<br>`
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_FEWEST, _SHORTEST, _MEAN = 3, 30, 60
_MOSTLY, _LONG = 0.6, 300  # of the paragraphs between empty lines: the others are headings
# The end of a paragraph's first element, to which the next one's text would be glued: `Hanoi` and `The storm`.
# Further on, names are written in two elements.
_GLUED, _GLUE = re.compile(r"[^\W\d_]{2}[a-zà-ÿа-я]$"), 3
_DATE = re.compile(r"\d{1,2}(?:[./-]\s?\d{1,2}[./-]|:\d\d)|(?:19|20)\d\d[./-]\s?\d")


def paragraphs_in(runs: list[str], tag: str) -> list[str]:
    """The texts of these runs where each is a paragraph: all of them sentences, and most longer than a line of a poem.

    An empty list where they are one text.
    """
    if tag not in _ONE and (texts := _between_empty_lines(runs)):
        return texts
    if tag == "pre":
        texts = _EMPTY_LINE.split("".join(runs))
    elif LINE_BREAK in runs:
        texts = ["".join(line) for is_break, line in groupby(runs, LINE_BREAK.__eq__) if not is_break]
    else:
        texts = runs if all(map(_is_bare, runs)) else []
    texts = [stripped for text in texts if (stripped := text.strip())]
    are_long = len(texts) >= _FEWEST and sum(map(len, texts)) >= _MEAN * len(texts)
    return texts if are_long and all(map(_is_said_whole, texts)) else []


def _between_empty_lines(runs: list[str]) -> list[str]:
    """The paragraphs of a text that was put there as it had been typed, with nothing but empty lines between them."""
    if LINE_BREAK in runs or not any(map(_EMPTY_LINE.search, runs)):
        return []
    texts = [stripped for text in _EMPTY_LINE.split("".join(runs)) if (stripped := text.strip())]
    whole = [place for place, text in enumerate(texts) if text.endswith(SENTENCE_END)]
    if len(whole) < max(_FEWEST, _MOSTLY * len(texts)) or sum(map(len, texts)) < _LONG:
        return []
    last = whole[-1]  # lines that end it would be taken for what stands below a text
    return [*texts[:last], " ".join(texts[last:])]


def _is_bare(run: str) -> bool:
    """True for a run with no space at its ends: several such stand beside each other only where each is a block."""
    return len(run) >= _SHORTEST and not run[0].isspace() and not run[-1].isspace()


def _is_said_whole(text: str) -> bool:
    return len(text) >= _SHORTEST and text.endswith(SENTENCE_END)


def is_glued(before: str, text: str) -> bool:
    """True for a new sentence or a date right behind a letter: `Hanoi` and `The storm`, `Ann Hill` and `01.09.2026`."""
    if text[0].isupper():
        return text[1:2].islower() and _GLUED.search(before[-_GLUE:]) is not None
    return text[0].isdigit() and before[-1].isalpha() and _DATE.match(text) is not None
