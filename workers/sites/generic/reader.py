"""The generic reader: every field of an article from any news page, each with its source."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Any

from workers.core.article import Block, BlockKind, as_blocks
from workers.core.text import fold
from workers.sites.generic.bylines.authors import authors_of, is_labelled
from workers.sites.generic.bylines.placed_authors import placed_names
from workers.sites.generic.bylines.signature import signature_of
from workers.sites.generic.corrected import corrected_of
from workers.sites.generic.dates.date_words import is_only_date
from workers.sites.generic.dates.published import modified_of, published_of
from workers.sites.generic.details import language_of, order_of_dates, paywalled_of, publisher_of, section_of, tags_of
from workers.sites.generic.evidence import Evidence
from workers.sites.generic.headline import headline_of
from workers.sites.generic.lead_picture.pictures import image_of
from workers.sites.generic.others import is_in_card, is_in_row, is_of_another
from workers.sites.generic.related import links_of
from workers.sites.generic.story import Story
from workers.sites.generic.text.body import body_of
from workers.sites.generic.text.embedded import embedded_text, text_in_template
from workers.sites.generic.text.outline import Outline, Piece, below_headline, headline_in
from workers.sites.generic.text.rows import JOINT, cells_of, in_rows
from workers.sites.generic.text.told_parts import tell_parts
from workers.sites.generic.text.walk import outline_of
from workers.sites.page.document import Document
from workers.sites.reader import Found

Fields = dict[str, Found[Any]]

_NEAR, _LABEL, _PLACEHOLDER, _LINE, _HEADLINE = 12, 16, 25, 200, 25
_DATE_LINE, _MOST_DATED = 40, 1_000
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d")
_DATE_FIRST = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d\b|(?:19|20)\d\d-\d\d-\d\d\b")

_POSTS = ("tweet", "instagram", "tiktok", "bluesky", "fb-post", "fbpost")
_OTHERS, _BYLINES = frozenset(("related", "comments", "footer")), frozenset(("meta", "author"))

_KINDS = {"heading": BlockKind.HEADING, "quote": BlockKind.QUOTE, "item": BlockKind.ITEM}


def generic_read(document: Document, *, zone: str | None = None) -> Fields:
    """What the page itself tells: article field → value and source. Fields not found are left out.

    `links` are as the page shows them, whatever their site. `zone` is the site's time zone, for dates without an
    offset.
    """
    story = document.notes["story"] = Story(document)
    outline = document.notes["outline"] = outline_of(document.root)  # also for whoever asks whether it is an article
    headline = headline_of(document, story)
    publisher = publisher_of(document, story)
    title: str | None = document.notes.get("shown headline") or (headline.value if headline else None)
    outline.headline = headline_in(outline, title)
    after, before = _around_headline(outline, title or "")
    texts = (each.text if each.links < 2 else _before_links(each) for each in outline.pieces if _may_name(each))
    beside = [_before_links(piece) for piece in after if _may_name(piece) or not is_labelled(piece.text)]
    placed = placed_names(document, outline, after)
    authors = authors_of(document, story, publisher.value if publisher else None, beside, texts, placed)
    found: dict[str, Found[Any] | None] = {"headline": headline, "publisher": publisher, "authors": authors}
    summary = document.meta("og:description") or document.meta("description")
    names = document.notes["authors"] = authors.value if authors else ()
    blocks = read_body(outline, story, title, summary, names)
    if blocks is None and document.tree.css_first("noscript"):  # some show all to browsers without scripts alone
        outline = document.notes["outline"] = outline_of(document.root, noscript=True)
        outline.headline = headline_in(outline, title)
        blocks = read_body(outline, story, title, summary, names)
    if _is_hardly_any(blocks, document) and (lines := embedded_text(document)):
        blocks = Found(tuple(Block(text=line) for line in lines), "generic:script-data")
    if authors is None and blocks is not None:
        authors, blocks = signature_of(outline, blocks)
        found["authors"] = authors
    found["body"] = blocks
    language = found["language"] = language_of(
        document, story, " ".join(block.text for block in blocks.value) if blocks else ""
    )
    told = order_of_dates(document, language)
    end = _end_of(outline, blocks.value if blocks else ())
    may_be_own = _Own(outline, end, document)
    dated = islice((piece for piece in outline.pieces if _is_date_line(piece.text)), _MOST_DATED)
    dates = (piece.text for piece in dated if may_be_own(piece))
    near = [piece.text for piece in after + before if may_be_own(piece)]
    published = found["published"] = published_of(document, story, near, zone, told, dates)
    found["modified"] = modified_of(document, story, zone, told, near, published)
    found["section"] = section_of(document, story)
    found["tags"] = tags_of(document, story)
    document.notes["body"] = blocks.value if blocks else ()
    found["image"] = image_of(document, story, _elements_of(outline, blocks.value if blocks else ()))
    found["links"] = links_of(document, outline, end)
    found["paywalled"] = paywalled_of(document, story)
    found["corrected"] = corrected_of(headline, blocks)
    return {name: value for name, value in found.items() if value is not None}


def _is_hardly_any(blocks: Found[tuple[Block, ...]] | None, document: Document) -> bool:
    """True for no text, and for what pages show until their scripts have run."""
    if blocks is None or len(blocks.value) > 1:
        return blocks is None
    size = len(blocks.value[0].text)
    return size < _PLACEHOLDER or (size < _LINE and bool(text_in_template(document)))


def _may_name(piece: Piece) -> bool:
    """Several links beside a name are of anything; those that are names have no more than a label beside them."""
    return piece.links < 2 or len(piece.text) - piece.linked < _LABEL or _before_links(piece) is not piece.text


def _before_links(piece: Piece) -> str:
    """A labelled name up to the bar behind which all links stand: `نویسنده: … | Print | Send`."""
    if piece.links < 2 or "|" not in piece.text or not is_labelled(piece.text):
        return piece.text
    before, *after = piece.text.split("|")
    return before.strip() if sum(len(part.strip()) for part in after) <= piece.linked else piece.text


def _around_headline(outline: Outline, headline: str) -> tuple[list[Piece], list[Piece]]:
    """The short pieces after the headline and those right before it: where pages write date and author."""
    title = fold(headline)
    pieces = outline.pieces
    headings = [(i, piece.text) for i, piece in enumerate(pieces) if piece.kind == "heading"]
    place = next((i for i, text in headings if fold(text) == title), None)
    if place is None:  # one with a kicker is in parts
        parts = ((i, fold(text)) for i, text in headings)
        place = next((i for i, text in parts if len(text) > 0.4 * len(title) and title.endswith(text)), None)
    if place is None:  # old pages set it in large letters
        place = next(
            (i for i, piece in enumerate(pieces) if len(piece.text) == len(headline) and fold(piece.text) == title),
            None,
        )
    if place is None:
        return _short(_in_one(pieces, headline)), []
    after, before = _until_other_article(pieces[place + 1 : place + _NEAR]), pieces[max(0, place - 5) : place]
    return _short(after), _short(before)


def _in_one(pieces: list[Piece], headline: str) -> list[Piece]:
    """The line that stands in one piece with the headline, and the pieces after it."""
    lines = ((i, below_headline(piece.text, headline)) for i, piece in enumerate(pieces))
    place, line = next(((i, line) for i, line in lines if line), (0, None))
    return [replace(pieces[place], text=line), *pieces[place + 1 : place + _NEAR]] if line else []


def _until_other_article(pieces: list[Piece]) -> list[Piece]:
    """The pieces before a headline that is a link; shorter ones are the authors' names."""
    headings = ((i, piece) for i, piece in enumerate(pieces) if piece.kind == "heading" and piece.links)
    other = (i for i, piece in headings if piece.linked > max(_HEADLINE * piece.links, 0.8 * len(piece.text)))
    return pieces[: next(other, None)]


def _short(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if 5 < len(piece.text) < 120 or _CLOCK.fullmatch(piece.text)]


def _end_of(outline: Outline, body: tuple[Block, ...]) -> int:
    """The place of the text's last piece."""
    lasts = (body[-1].text, cells_of(body[-1].text)[-1]) if body else ()
    places = (piece.order for last in lasts for piece in reversed(outline.pieces) if piece.text == last)
    return next(places, len(outline.pieces))


def _elements_of(outline: Outline, body: tuple[Block, ...]) -> range:
    """The numbers of the elements from where the text begins to where it ends, without a lead in a place of its own."""
    told = {block.text for block in (*body[:2], *body[-1:])}
    ends = told.union(*map(cells_of, told))
    places = [piece.element for piece in outline.pieces if piece.text in ends]
    if not places:
        return range(0)
    first = places[:2] if body[0].text != body[-1].text else places[:1]
    apart = outline.parents[first[0]] != outline.parents[first[-1]]
    return range(first[-1 if apart else 0], max(places) + 1)


class _Own:
    """False for posts of elsewhere, for what stands after the text among other articles, and for reserved rights."""

    def __init__(self, outline: Outline, end: int, document: Document) -> None:
        self.outline, self.end, self.document = outline, end, document
        self.known: dict[int, bool] = {}  # many lines may stand in one element
        self.has_posts = any(map(outline.all_names.__contains__, _POSTS))

    def __call__(self, piece: Piece) -> bool:
        if piece.text.startswith(("©", "(c)", "Copyright")):
            return False
        is_linked = piece.linked == len(piece.text) or (
            piece.linked >= _HEADLINE and (piece.kind == "item" or is_only_date(piece.text[piece.linked :]))
        )
        if piece.linked and is_linked and any(map(str.isdigit, piece.text)):
            return not is_in_card(self.outline.elements[piece.element].node, self.document)
        if self._is_day_above(piece) and is_in_row(self.outline.elements[piece.element].node, self.document):
            return False
        if piece.order <= self.end:
            return not (self.has_posts and "embed" in self.outline.kinds_around(piece.element))
        if piece.element not in self.known:
            self.known[piece.element] = self._is_own(piece.element)
        return self.known[piece.element]

    def _is_day_above(self, piece: Piece) -> bool:
        headline = self.outline.headline
        return headline is not None and piece.order < headline.order and is_only_date(piece.text)

    def _is_own(self, element: int) -> bool:
        kinds = set(self.outline.kinds_around(element))
        if "embed" in kinds or not kinds.isdisjoint(_OTHERS) or ("aside" in kinds and kinds.isdisjoint(_BYLINES)):
            return False
        return not is_of_another(self.outline.elements[element].node, self.document)


def _is_date_line(text: str) -> bool:
    """True for a line that may be a date and little else, or that begins with a whole one."""
    if 5 < len(text) < _DATE_LINE:
        return any(map(str.isdigit, text))
    return text[:1].isdigit() and _DATE_FIRST.match(text) is not None


def read_body(
    outline: Outline,
    story: Story,
    headline: str | None,
    summary: str | None = None,
    authors: tuple[str, ...] = (),
) -> Found[tuple[Block, ...]] | None:
    """The article's text as blocks, or None."""
    evidence = Evidence(story)
    tell_parts(outline, story)
    pieces = body_of(outline, headline, evidence, summary, authors)
    if evidence and sum(len(piece.text) for piece in pieces) < 0.3 * evidence.size:
        return Found(tuple(Block(text=line) for line in evidence.lines), "json-ld:articleBody")
    rows = in_rows(outline, pieces) if any(piece.kind == "cell" for piece in pieces) else [[piece] for piece in pieces]
    blocks = as_blocks(
        (JOINT.join([piece.text for piece in row]), _KINDS.get(row[0].kind, BlockKind.PARAGRAPH)) for row in rows
    )
    return Found(blocks, "generic:text") if blocks else None
