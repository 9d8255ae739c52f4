"""Who wrote the article, told at its end: no part of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.core.text import fold
from workers.sites.generic.bylines.people import LONGEST_NAME
from workers.sites.generic.text.outline import Outline, Piece
from workers.sites.generic.text.trim import SENTENCE_END

_LAST = 6  # pieces of a body among which a biography may stand
_FEWEST, _MOST_IN_BOX = 5, 4
_LONGEST = 1_500
_FIRST, _LONGEST_SIGNATURE, _MOST_BESIDE = 3, 80, 2
_TELLS = re.compile(
    r"(?:,|\(.{0,40}\)|\b(?:is|was|has|writes|covers|reports|joined|works|worked|serves|leads|holds|lives|loves"
    r"|ist|schreibt|arbeitet|studierte|leitet|est|écrit|es|escribe|è|scrive|jest|pisze))\b"
)
_ROLE = re.compile(
    r"^(?:(?:dr|prof)\.? )?(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w.'’-]+(?:, [\w. ]{2,20},)?,?"
    r" is (?:an?|the|our|currently)\b.{0,90}?"
    r"\b(?:editor|writer|reporter|journalist|correspondent|columnist|author|contributor|blogger|freelancer"
    r"|founder|co-founder|strategist|marketer|marketing manager|specialist|consultant|director|fellow|professor)\b",
    re.I,
)
_TITLES = re.compile(
    r"^(?:about |by |von |über |dr\.? |prof\.? |(?:korrespondent|redakteur|reporter|autor)(?:in)? |\.\.\.\s*)+", re.I
)


def without_biography(outline: Outline, pieces: list[Piece], authors: Sequence[str]) -> list[Piece]:
    """The pieces without those at the end that begin with an author's name and tell about them, and his signature."""
    names = tuple(fold(name) for name in authors if " " in name)
    pieces = _before_box(outline, pieces, names)
    if len(pieces) < _FEWEST:
        return pieces
    last = len(pieces) - _LAST
    kept = [piece for i, piece in enumerate(pieces) if i < last or not _tells_about(piece.text, names)]
    return [piece for i, piece in enumerate(kept) if i >= _FIRST or not names or not _is_signature(piece.text, names)]


def _before_box(outline: Outline, pieces: list[Piece], names: tuple[str, ...]) -> list[Piece]:
    """The pieces before a box at the end that an author's name heads, in which nothing else of the text stands.

    Several such boxes are the entries of a live blog; one set like the box before it is an opinion beside another.
    """
    short = [i for i, piece in enumerate(pieces) if len(piece.text) <= LONGEST_NAME] if names else []
    heads = [i for i in short if fold(pieces[i].text) in names]
    if len(heads) != 1 or not 0 < len(pieces) - heads[0] <= _MOST_IN_BOX or not heads[0]:
        return pieces
    box = outline.parents[pieces[heads[0]].element]
    before, last = pieces[heads[0] - 1].element, pieces[-1].element
    head, beside = pieces[heads[0]], outline.parents[before]
    one, other = outline.elements[box], outline.elements[beside]
    is_like = (one.tag, one.names) == (other.tag, other.names) and any(
        each.kind == "heading" == head.kind and outline.parents[each.element] == beside for each in pieces[: heads[0]]
    )
    is_box = outline.is_around(box, last) and not outline.is_around(box, before) and not is_like
    return pieces[: heads[0]] if is_box else pieces


def _is_signature(text: str, names: tuple[str, ...]) -> bool:
    """True for an author's name with a word or two around it, which are no sentence."""
    if len(text) > _LONGEST_SIGNATURE or text.endswith(SENTENCE_END):
        return False
    rest = fold(text)
    for name in names:
        rest = rest.replace(name, "")
    return len(rest) < len(text) and len(rest.split()) <= _MOST_BESIDE


def _tells_about(text: str, names: tuple[str, ...]) -> bool:
    if len(text) > _LONGEST:
        return False
    if " is " in text and _ROLE.match(text):
        return True
    if not names:
        return False
    start = _TITLES.sub("", fold(text[:120]))
    name = next((name for name in names if start.startswith(name)), None)
    return name is not None and (start == name or _TELLS.match(start[len(name) :].lstrip()) is not None)
