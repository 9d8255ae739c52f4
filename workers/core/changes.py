"""What changed from one version of an article to the next: by field, by paragraph and, inside a paragraph, by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from workers.core.article import Article, Moment

# Two paragraphs that share less are no older and newer form of one.
_KIN = 0.5
# Longer texts are shown as a whole, and so are more paragraphs at one place than 20 beside 20.
_MOST_WORDS = 1_500
_MOST_PAIRS = 400
# What one comparison may cost: each look for the longest common run takes, for every word, one step and as many as it
# stands in the other text. A million are about a third of a second; a long article that was edited takes some thousand.
_MOST_STEPS = 1_000_000
_MOST_KEPT = 8_000_000


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


class TooMuch(Exception):  # noqa: N818  # says what it is about, as those of core/errors.py
    """The comparison would cost more than may be spent."""


class Effort:
    """Steps that may still be spent on comparing; what they do not suffice for is shown as a whole."""

    def __init__(self, steps: int = _MOST_STEPS) -> None:
        self._left = steps
        self.suffices = True

    def spend(self, steps: int) -> None:
        """TooMuch when there are not so many left."""
        if steps > self._left:
            self.suffices = False
            raise TooMuch
        self._left -= steps


class _Matcher(SequenceMatcher[str]):
    """Compares as far as the effort goes: where words are repeated, the time grows with the cube of their number."""

    b2j: dict[str, list[int]]

    def __init__(self, old: Sequence[str], new: Sequence[str], effort: Effort) -> None:
        effort.spend(len(old) + len(new))
        super().__init__(None, old, new, autojunk=False)
        self._old, self._effort = old, effort

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        among = self._old[alo:ahi]
        self._effort.spend(len(among))  # also what stands nowhere in the other text is looked at each time
        self._effort.spend(sum(len(self.b2j.get(word, ())) for word in among))
        return super().find_longest_match(alo, ahi, blo, bhi)


class Comparisons:
    """Compares each two contents once, and keeps what it found as long as all together is not too long."""

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._kept: dict[tuple[str, str], tuple[Change, ...]] = {}
        self._size = 0

    def changes(self, names: tuple[str, str], before: Article, after: Article, effort: Effort) -> tuple[Change, ...]:
        """As `changes`; `names` are the hashes of the two contents."""
        found = self._kept.get(names)
        if found is None:
            found = changes(before, after, effort)
            if effort.suffices:
                self._keep(names, found)
        return found

    def _keep(self, names: tuple[str, str], found: tuple[Change, ...]) -> None:
        size = 1_000 + sum(len(piece.text) for change in found for piece in change.pieces)
        if self._size + size > self._most:
            self._kept, self._size = {}, 0
        if size <= self._most:
            self._kept[names] = found
            self._size += size


def changes(before: Article, after: Article, effort: Effort | None = None) -> tuple[Change, ...]:
    """Everything that makes `after` another version, in the order of reading; boxes and the like are no part of it."""
    effort = effort or Effort()
    fields = (
        ("headline", before.headline, after.headline),
        ("published", _written(before.published), _written(after.published)),
        ("corrected", _marked(before), _marked(after)),
    )
    changed = [Change(name, _words(old, new, effort)) for name, old, new in fields if old != new]
    old_kinds, new_kinds = ([block.kind for block in article.body] for article in (before, after))
    body = tuple(_paragraphs([b.text for b in before.body], [b.text for b in after.body], effort))
    if not body and old_kinds != new_kinds:
        body = (Change("form", (Piece(Mark.KEPT, "the same words in other paragraphs, headings or lists"),)),)
    return (*changed, *body)


def _written(moment: Moment | None) -> str:
    return f"{moment.at:%Y-%m-%d %H:%M:%S} UTC" if moment else ""


def _marked(article: Article) -> str:
    return "marked as corrected" if article.corrected else ""


def _paragraphs(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Change]:
    for what, a, b, c, d in _opcodes(old, new, effort):
        if what != "equal":
            yield from _replaced(list(enumerate(old[a:b], a + 1)), list(enumerate(new[c:d], c + 1)), effort)


def _opcodes(old: Sequence[str], new: Sequence[str], effort: Effort) -> Sequence[tuple[str, int, int, int, int]]:
    try:
        return _Matcher(old, new, effort).get_opcodes()
    except TooMuch:
        return [("replace", 0, len(old), 0, len(new))]


def _replaced(old: list[tuple[int, str]], new: list[tuple[int, str]], effort: Effort) -> Iterator[Change]:
    """Each new paragraph beside the old one that it comes from; the order of both is kept."""
    for number, text in new:
        place = _origin(text, old, effort) if len(old) * len(new) <= _MOST_PAIRS else None
        for gone, lost in old[:place] if place is not None else ():
            yield Change(f"paragraph {gone}", (Piece(Mark.REMOVED, lost),))
        if place is None:
            yield Change(f"paragraph {number}", (Piece(Mark.ADDED, text),))
        else:
            yield Change(f"paragraph {number}", _words(old[place][1], text, effort))
            old = old[place + 1 :]
    for gone, lost in old:
        yield Change(f"paragraph {gone}", (Piece(Mark.REMOVED, lost),))


def _origin(text: str, old: Sequence[tuple[int, str]], effort: Effort) -> int | None:
    """The place of the first older paragraph that shares at least half of its words with this text."""
    words = text.split()
    for place, (_, candidate) in enumerate(old):
        if _are_kin(candidate.split(), words, effort):
            return place
    return None


def _are_kin(old: Sequence[str], new: Sequence[str], effort: Effort) -> bool:
    if max(len(old), len(new)) > _MOST_WORDS:
        return False
    try:
        matcher = _Matcher(old, new, effort)
        return matcher.quick_ratio() >= _KIN <= matcher.ratio()
    except TooMuch:
        return False


def _words(old: str, new: str, effort: Effort) -> tuple[Piece, ...]:
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > _MOST_WORDS:
        return _without_nothing((Piece(Mark.REMOVED, old), Piece(Mark.ADDED, new)))
    pieces: list[Piece] = []
    for what, a, b, c, d in _opcodes(before, after, effort):
        if what == "equal":
            pieces.append(Piece(Mark.KEPT, " ".join(before[a:b])))
        else:
            pieces += [Piece(Mark.REMOVED, " ".join(before[a:b])), Piece(Mark.ADDED, " ".join(after[c:d]))]
    return _without_nothing(pieces)


def _without_nothing(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)
