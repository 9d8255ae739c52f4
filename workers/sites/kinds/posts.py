"""Is it a list of whole texts? Small papers and blogs show all of a story, and below it its day and a link to it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from workers.core.text import clean
from workers.sites.generic.dates.marked_dates import marked_dates
from workers.sites.kinds.teasers import page_elsewhere, pieces_of, tells_day
from workers.sites.page.document import Document, short_text
from workers.sites.reader import Found

Fields = dict[str, Found[Any]]

_FEWEST, _NEARLY_ALL, _MOST_OF_TEXT = 4, 0.8, 0.7
_LINE, _MOST_PIECES = 120, 3_000


def shows_whole_posts(fields: Fields, document: Document) -> bool:
    """True where nearly all of the text is parted by lines that have a day and lead, by one word, each to another page.

    What tells machines its own day is none.
    """
    published = fields.get("published")
    if "body" not in fields or (published is not None and not published.source.startswith("generic")):
        return False
    own, pieces = {block.text for block in fields["body"].value}, pieces_of(document)[:_MOST_PIECES]
    ends = _ends(document)
    said = Counter(text for text, _ in ends.values()).most_common(1)
    if len({page for _, page in ends.values()}) < _FEWEST or said[0][1] < _NEARLY_ALL * len(ends):
        return False
    last, first, headed = max(ends), 0, 0
    for end in sorted(ends):
        headed += any(piece.kind == "heading" for piece in pieces[first:end])
        first = end + 1
    sizes = [len(piece.text) if piece.text in own else 0 for piece in pieces]
    return headed >= _NEARLY_ALL * len(ends) and sum(sizes[:last]) > _MOST_OF_TEXT * sum(sizes)


def _ends(document: Document) -> dict[int, tuple[str, str]]:
    """The places of such lines, each with the text of its link and the page that it leads to."""
    marks = [mark.text for mark in marked_dates(document) if mark.text]
    found: dict[int, tuple[str, str]] = {}
    for place, piece in enumerate(pieces_of(document)[:_MOST_PIECES]):
        if piece.links and piece.linked < len(piece.text) < _LINE and tells_day(piece.text, None, marks):
            link = document.notes["outline"].elements[piece.element].node.css_first("a[href]")
            page = page_elsewhere(link, document)
            if page and link is not None:
                found[place] = clean(short_text(link, _LINE)), page
    return found
