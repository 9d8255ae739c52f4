"""The versions of an article on the screen: when each was read, and what it changed, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from workers.cli.output import moment, print_line, print_pieces, print_table
from workers.core.changes import Change, Mark, changes

if TYPE_CHECKING:
    from workers.ledger import ArticleFile

_STYLES = {Mark.KEPT: "", Mark.REMOVED: "red strike", Mark.ADDED: "green"}
# Also where colours are lost, it shows what went and what came.
_SIGNS = {Mark.KEPT: ("", ""), Mark.REMOVED: ("[-", "-]"), Mark.ADDED: ("{+", "+}")}


def print_versions(found: ArticleFile) -> None:
    """Each distinct content of the article as of when it was first read, then what each changed in the one before.

    One that the article has gone back to comes once more at the end, as of when it was last read.
    """
    contents = [*(version.content_hash[:8] for version in found.versions), f"{found.content_hash[:8]} again"]
    history = list(zip(found.history, contents, strict=False))
    print_line(found.article.headline, style="bold")
    rows = [
        (moment(v.fetched_at), content, "yes" if v.article.corrected else "", len(v.article.text), v.article.headline)
        for v, content in history
    ]
    print_table(("fetched (UTC)", "content", "corrected", "#characters", "headline"), rows, wide="headline")
    for (before, was), (after, content) in pairwise(history):
        print_line()
        print_line(f"{was} → {content}, read {moment(after.fetched_at)} UTC", "bold")
        for change in changes(before.article, after.article):
            print_pieces(_pieces(change))


def as_lines(found: ArticleFile) -> list[list[str]]:
    """For each version what it changed in the one before, in plain lines; nothing for the first."""
    told = [
        ["".join(text for text, _ in _pieces(change)) for change in changes(before.article, after.article)]
        for before, after in pairwise(found.versions)
    ]
    return [[], *told]


def _pieces(change: Change) -> Iterator[tuple[str, str]]:
    """The change as texts with their styles."""
    yield f"{change.where}:", "dim"
    for piece in change.pieces:
        opening, closing = _SIGNS[piece.mark]
        yield " ", ""
        yield f"{opening}{piece.text}{closing}", _STYLES[piece.mark]
