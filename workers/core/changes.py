"""What changed from one version of an article to the next: by field, by paragraph and, inside a paragraph, by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from workers.core.article import Article, Moment

# Two paragraphs that share less are no older and newer form of one.
_KIN = 0.5
# Longer texts are shown as a whole: comparing takes the square of the words.
_MOST_WORDS = 1_500
_MOST_PAIRS = 400


class Mark(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """Some words of one mark."""

    mark: Mark
    text: str


class Change(NamedTuple):
    """One field or paragraph that changed. `where` is `headline`, `published`, `corrected` or `paragraph 3`.

    A paragraph has its number in the newer version; a removed one that of the older.
    """

    where: str
    pieces: tuple[Piece, ...]


def changes(before: Article, after: Article) -> tuple[Change, ...]:
    """Everything that makes `after` another version, in the order of reading; boxes and the like are no part of it."""
    fields = (
        ("headline", before.headline, after.headline),
        ("published", _written(before.published), _written(after.published)),
        ("corrected", _marked(before), _marked(after)),
    )
    changed = [Change(name, _words(old, new)) for name, old, new in fields if old != new]
    old_kinds, new_kinds = ([block.kind for block in article.body] for article in (before, after))
    body = tuple(_paragraphs([b.text for b in before.body], [b.text for b in after.body]))
    if not body and old_kinds != new_kinds:
        body = (Change("form", (Piece(Mark.KEPT, "the same words in other paragraphs, headings or lists"),)),)
    return (*changed, *body)


def _written(moment: Moment | None) -> str:
    return f"{moment.at:%Y-%m-%d %H:%M:%S} UTC" if moment else ""


def _marked(article: Article) -> str:
    return "marked as corrected" if article.corrected else ""


def _paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield from _replaced(list(enumerate(old[a:b], a + 1)), list(enumerate(new[c:d], c + 1)))


def _replaced(old: list[tuple[int, str]], new: list[tuple[int, str]]) -> Iterator[Change]:
    """Each new paragraph beside the old one that it comes from; the order of both is kept."""
    for number, text in new:
        place = _origin(text, old) if len(old) * len(new) <= _MOST_PAIRS else None
        for gone, lost in old[:place] if place is not None else ():
            yield Change(f"paragraph {gone}", (Piece(Mark.REMOVED, lost),))
        if place is None:
            yield Change(f"paragraph {number}", (Piece(Mark.ADDED, text),))
        else:
            yield Change(f"paragraph {number}", _words(old[place][1], text))
            old = old[place + 1 :]
    for gone, lost in old:
        yield Change(f"paragraph {gone}", (Piece(Mark.REMOVED, lost),))


def _origin(text: str, old: Sequence[tuple[int, str]]) -> int | None:
    """The place of the first older paragraph that shares at least half of its words with this text."""
    words = text.split()
    for place, (_, candidate) in enumerate(old):
        other = candidate.split()
        matcher = SequenceMatcher(None, other, words, autojunk=False)
        if max(len(words), len(other)) <= _MOST_WORDS and matcher.quick_ratio() >= _KIN <= matcher.ratio():
            return place
    return None


def _words(old: str, new: str) -> tuple[Piece, ...]:
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > _MOST_WORDS:
        return _without_nothing((Piece(Mark.REMOVED, old), Piece(Mark.ADDED, new)))
    pieces: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece(Mark.KEPT, " ".join(before[a:b])))
        else:
            pieces += [Piece(Mark.REMOVED, " ".join(before[a:b])), Piece(Mark.ADDED, " ".join(after[c:d]))]
    return _without_nothing(pieces)


def _without_nothing(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)
