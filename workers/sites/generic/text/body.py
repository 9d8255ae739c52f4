"""The article's text: which element holds it, and which of the pieces in it are text and not furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter

from workers.core.text import fold
from workers.sites.generic.dates.date_words import is_dated_byline, is_only_date
from workers.sites.generic.evidence import Evidence, holder_of
from workers.sites.generic.lead_picture.captions import without_captions
from workers.sites.generic.names import names_body
from workers.sites.generic.phrases import furniture_lines
from workers.sites.generic.text.biography import without_biography
from workers.sites.generic.text.cards import without_cards
from workers.sites.generic.text.ending import before_end, before_wall
from workers.sites.generic.text.furniture import real_furniture
from workers.sites.generic.text.headed import without_headed_boxes
from workers.sites.generic.text.lead import with_lead
from workers.sites.generic.text.left_over import without_left_over
from workers.sites.generic.text.outline import Outline, Piece, below_headline, text_size
from workers.sites.generic.text.own_article import own_article
from workers.sites.generic.text.own_column import own_column
from workers.sites.generic.text.quotes import unquoted
from workers.sites.generic.text.rows import linked_cells
from workers.sites.generic.text.trim import trimmed
from workers.sites.generic.text.updates import with_updates
from workers.sites.generic.text.weight import may_be_dense, running, weigh
from workers.sites.generic.text.widgets import without_widgets

_REPEATED = 60
_SHORTEST, _LONGEST_LABEL, _MOST_WORDS = 25, 30, 3
_ENDS, _MOST_DATED = 3, 100  # pieces
_ENOUGH = 250
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?:\s?(?:uhr|h|[ap]\.?m\.?))?", re.I)
_LONGEST_CLOCK, _SEVERAL_CLOCKS = 10, 2
_ADDRESS = re.compile(r"[^@\s]{1,60}@[^@\s]{1,60}")


def body_of(
    outline: Outline,
    headline: str | None,
    evidence: Evidence,
    summary: str | None = None,
    authors: Sequence[str] = (),
) -> list[Piece]:
    """The pieces that make up the article's body, in order; `summary` is what the page's head says it is about."""
    dense = may_be_dense(outline.pieces)
    for piece in outline.pieces:
        piece.weight = weigh(piece, dense=dense)
    furniture = real_furniture(outline, headline)
    shown = [piece for piece in outline.pieces if not furniture[piece.element]]
    kept = []
    if shown:
        sums = outline.summed(shown, attrgetter("weight"))
        column = own_column(outline, shown, sums, _holder(outline, sums), headline, evidence)
        holder = own_article(outline, column, headline)
        kept = _cleaned(outline, _inside(outline, shown, holder), headline)
    kept = kept or _named(outline, shown, headline)
    if evidence and evidence.covered(kept) < 0.5:
        kept = _by_evidence(outline, headline, evidence) or kept
    if evidence:
        kept = _agreeing(kept, evidence)
    kept = with_updates(outline, without_biography(outline, kept, authors))
    return with_lead(outline, kept, headline, summary)


def _named(outline: Outline, shown: list[Piece], headline: str | None) -> list[Piece]:
    """A text of links alone, where the page's own names say that it is the article's."""
    size = outline.summed(shown, text_size)
    named = [
        element.index for element in outline.elements if size[element.index] > _ENOUGH and names_body(element.names)
    ]
    if not named:
        return []
    pieces = _inside(outline, shown, max(named, key=lambda index: size[index]))
    return _without_furniture_lines(_after_headline(pieces, headline))


def _cleaned(outline: Outline, pieces: list[Piece], headline: str | None) -> list[Piece]:
    before = _after_headline(pieces, headline)
    kept = without_cards(outline, _without_clocks(before))
    kept = _without_link_boxes(outline, kept)
    kept = without_left_over(outline, before, kept)
    kept = without_headed_boxes(outline, kept)
    kept = without_captions(outline, without_widgets(outline, before_end(outline, kept)))
    return before_wall(_undated(trimmed(outline, _once(unquoted(outline, _without_furniture_lines(kept))))))


def _without_clocks(pieces: list[Piece]) -> list[Piece]:
    """Without the lines that are the time of day alone, as the entries of a live blog have; tables have their own."""
    clocks = {
        piece.order
        for piece in pieces
        if len(piece.text) <= _LONGEST_CLOCK and piece.kind != "cell" and _CLOCK.fullmatch(piece.text)
    }
    return [piece for piece in pieces if piece.order not in clocks] if len(clocks) >= _SEVERAL_CLOCKS else pieces


def _without_furniture_lines(pieces: list[Piece]) -> list[Piece]:
    dropped = furniture_lines([piece.text for piece in pieces])
    return [piece for piece in pieces if piece.text not in dropped or _is_figure(piece)]


def _is_figure(piece: Piece) -> bool:
    """True for `12,310 votes` in a table, which is a count of readers' votes elsewhere."""
    return piece.kind == "cell" and piece.text[0].isdigit()


def _undated(pieces: list[Piece]) -> list[Piece]:
    """Without the dates and the addresses that stand at the ends of the text, where there is more of it.

    Dates that are set as others in the middle of the text are those of a timeline.
    """
    ends = {piece.order for piece in (*pieces[:_ENDS], *pieces[-_ENDS:]) if piece.kind == "paragraph"}
    notes = {piece.order: (piece.tag, piece.strong) for piece in pieces if piece.order in ends and _is_note(piece.text)}
    middle = pieces[_ENDS:-_ENDS][:_MOST_DATED] if notes else []
    others = {(piece.tag, piece.strong) for piece in middle if is_only_date(piece.text)}
    return [piece for piece in pieces if piece.order not in notes or notes[piece.order] in others] or pieces


def _is_note(text: str) -> bool:
    return is_only_date(text) or _ADDRESS.fullmatch(text) is not None or is_dated_byline(text)


def _once(pieces: list[Piece]) -> list[Piece]:
    """Without what stands there a second time: pages carry a text once for each size of screen."""
    seen: set[str] = set()
    kept = []
    for piece in pieces:
        if len(piece.text) < _REPEATED or piece.text not in seen:
            kept.append(piece)
            seen.add(piece.text)
    return kept


def _by_evidence(outline: Outline, headline: str | None, evidence: Evidence) -> list[Piece]:
    """The text around what the evidence knows, whatever the names of its elements say."""
    holder = holder_of(evidence, outline)
    return _cleaned(outline, _inside(outline, outline.pieces, holder), headline) if holder is not None else []


def _agreeing(pieces: list[Piece], evidence: Evidence) -> list[Piece]:
    """Without what stands before, between and after the text, where the evidence knows nearly all of it."""
    known = [piece.kind != "heading" and evidence.knows(piece.text) for piece in pieces]
    total = sum(len(piece.text) for piece in pieces)
    agreed = sum(len(piece.text) for piece, is_known in zip(pieces, known, strict=True) if is_known)
    if not agreed or agreed < 0.8 * total:
        return pieces
    first, last = known.index(True), len(known) - known[::-1].index(True)
    last = len(known) if evidence.is_cut else last
    return [piece for i, piece in enumerate(pieces) if first <= i < last and (known[i] or piece.kind != "paragraph")]


def _inside(outline: Outline, pieces: Sequence[Piece], holder: int) -> list[Piece]:
    end = outline.elements[holder].end
    return [piece for piece in pieces if holder <= piece.element < end]


def _after_headline(pieces: list[Piece], headline: str | None) -> list[Piece]:
    """What follows the headline, where most of the text does; the headline itself is no part of the body."""
    title = fold(headline or "")
    if not title:
        return pieces
    total = running(pieces)
    after = 0.0
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        if after > 0.7 * total and piece.kind == "heading" and fold(piece.text) == title:
            pieces = pieces[place + 1 :]
            break
        after += max(0.0, piece.weight)
    pieces = [piece for piece in pieces if not _is_headline(piece.text, title)]
    return pieces[1:] if pieces and below_headline(pieces[0].text, headline or "") else pieces


def _is_headline(text: str, title: str) -> bool:
    return abs(len(text) - len(title)) < 5 and fold(text) == title


def _without_link_boxes(outline: Outline, pieces: list[Piece]) -> list[Piece]:
    """Without the elements whose text is mostly links, and without single links that stand as a line."""
    links = outline.summed([piece for piece in pieces if piece.links], attrgetter("links"))
    several = [index for index, number in enumerate(links) if number > 2]
    cells = linked_cells(outline, pieces)
    size = outline.summed(pieces, text_size) if several else []
    linked = (
        outline.summed([piece for piece in pieces if piece.order not in cells], attrgetter("linked")) if several else []
    )
    full = {index for index in several if linked[index] > 0.75 * size[index]}
    dropped = outline.inside(full)
    kept = (piece for piece in pieces if not dropped[piece.element])
    return [piece for piece in kept if not piece.linked or piece.order in cells or not _is_link_line(piece)]


def _is_link_line(piece: Piece) -> bool:
    return (piece.linked > 0.8 * len(piece.text) and piece.kind != "heading") or _is_labelled_link(piece)


def _is_labelled_link(piece: Piece) -> bool:
    """True for a word or two, a colon and a headline that is a link: to read also, in any language."""
    if piece.links != 1 or piece.kind != "paragraph" or piece.linked < _SHORTEST or "://" in piece.text:
        return False
    label = piece.text[: len(piece.text) - piece.linked].rstrip()
    return 0 < len(label) <= _LONGEST_LABEL and label.endswith((":", "：")) and len(label.split()) <= _MOST_WORDS


def _holder(outline: Outline, sums: Sequence[float]) -> int:
    """The tightest element that holds nearly all running text of the page's main part; `sums` are their weights."""
    least = 0.95 * max(sums)
    close = [outline.elements[index] for index, weight in enumerate(sums) if weight >= least]
    tight = [element for element in close if element.tag not in ("p", "span")]
    return max(tight, key=lambda element: (element.depth, -element.index)).index if tight else 0
