"""The article's text as JSON-LD has it: evidence, often cut short; the text itself only where the page shows none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.core.article import Block
from workers.core.runs import spaced_words
from workers.core.text import clean, clean_lines, unescaped
from workers.sites.generic.story import Story
from workers.sites.generic.text.outline import Outline, Piece, text_size

_ENOUGH = 250
# No article of two thousand saved pages has half as much text.
_LONGEST, _MOST_LINES = 300_000, 5_000
_MOST_ASKED = 3_000_000  # letters of a page's pieces
_SENTENCE_END = tuple(".!?。！？।۔؟\"”»“’')」』）")
_TAG = re.compile(r"<(?:/p|br|/h\d|/li|/div)[^<>]{0,200}>|\n+", re.I)
_MARKUP = re.compile(r"<[a-zA-Z/][^<>]{0,500}>")


class Evidence:
    """The text that JSON-LD gives; `lines` are its paragraphs, and empty where there is too little to tell anything."""

    def __init__(self, story: Story) -> None:
        value = story.main.get("articleBody") or story.main.get("text")
        value = value[:_LONGEST] if isinstance(value, str) else ""
        text = lines_of(value)
        self.lines = clean_lines(text) if len(text) >= _ENOUGH else ()
        self.size = sum(map(len, self.lines))
        self._runs = _runs(*self.lines)
        self._known: dict[str, set[tuple[str, ...]]] = {}
        self._room = _MOST_ASKED

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def is_cut(self) -> bool:
        """True where it ends in the middle of a sentence."""
        return bool(self.lines) and not self.lines[-1].removesuffix("...").endswith(_SENTENCE_END)

    def knows(self, text: str) -> bool:
        """True when most of a text's runs of words stand in the evidence."""
        runs = self._runs_of(text)
        return bool(runs) and len(runs & self._runs) > 0.6 * len(runs)

    def covered(self, pieces: Sequence[Piece | Block]) -> float:
        """The share of the evidence that these pieces hold."""
        left = self._runs.difference(*[self._runs_of(piece.text) for piece in pieces])
        return (len(self._runs) - len(left)) / len(self._runs) if self._runs else 0.0

    def _runs_of(self, text: str) -> set[tuple[str, ...]]:
        if text not in self._known:
            self._room -= len(text)
            self._known[text] = _runs(text) if self._room > 0 else set()
        return self._known[text]


def lines_of(value: str) -> str:
    """The text of a piece of markup, a line for each of its blocks."""
    parts = _TAG.split(plain_markup(value), maxsplit=_MOST_LINES)[:_MOST_LINES]
    return "\n".join(clean(unescaped(_MARKUP.sub(" ", part))) for part in parts)


def plain_markup(value: str) -> str:
    """The text with its escaped markup made visible, so that it can be cut out."""
    return value.replace("&lt;", "<").replace("&gt;", ">") if "&lt;" in value else value


def _runs(*lines: str) -> set[tuple[str, ...]]:
    """Every three words in a row of a text, whatever their case."""
    words = [word for line in lines for word in spaced_words(line[:_LONGEST].lower())]
    return set(zip(words, words[1:], words[2:], strict=False)) if len(words) > 2 else {tuple(words)} if words else set()


def holder_of(evidence: Evidence, outline: Outline) -> int | None:
    """The tightest element that holds nearly all that the evidence knows, or None where the page shows little of it."""
    known = [piece for piece in outline.pieces if len(piece.text) > 40 and evidence.knows(piece.text)]
    sums = outline.summed(known, text_size)
    total = sums[0] if sums else 0
    if total < 0.5 * evidence.size:
        return None
    return max((e for e in outline.elements if sums[e.index] >= 0.9 * total), key=lambda e: (e.depth, -e.index)).index
