"""The generic reader: every field of an article from any news page, each with its source."""

from __future__ import annotations

from typing import Any

from workers.core.article import Block, BlockKind
from workers.sites.document import Document
from workers.sites.generic.authors import authors_of
from workers.sites.generic.body import body_of
from workers.sites.generic.details import image_of, language_of, paywalled_of, publisher_of, section_of, tags_of
from workers.sites.generic.evidence import Evidence
from workers.sites.generic.headline import headline_of
from workers.sites.generic.outline import Piece, outline_of
from workers.sites.generic.published import modified_of, published_of
from workers.sites.generic.story import Story
from workers.sites.readers import Found

Fields = dict[str, Found[Any]]

_KINDS = {"heading": BlockKind.HEADING, "quote": BlockKind.QUOTE, "item": BlockKind.ITEM}


def generic_read(document: Document, *, zone: str | None = None, body: bool = True) -> Fields:
    """What the page itself tells: article field → value and source. Fields not found are left out.

    `zone` is the site's time zone, for dates without an offset. `body=False` leaves out the costly part.
    """
    story = Story(document)
    headline = headline_of(document, story)
    publisher = publisher_of(document, story)
    authors = authors_of(document, story, publisher.value if publisher else None)
    found: dict[str, Found[Any] | None] = {"headline": headline, "publisher": publisher, "authors": authors}
    if body:
        found["body"] = read_body(document, story, headline.value if headline else None)
    text = " ".join(block.text for block in found["body"].value) if found.get("body") else ""  # type: ignore[union-attr]
    language = found["language"] = language_of(document, story, text)
    told = document.lang or (language.value if language else None)
    found["published"] = published_of(document, story, zone, told)
    found["modified"] = modified_of(document, story, zone, told)
    found["section"] = section_of(document, story)
    found["tags"] = tags_of(document, story)
    found["image"] = image_of(document, story)
    found["paywalled"] = paywalled_of(document, story)
    return {name: value for name, value in found.items() if value is not None}


def read_body(document: Document, story: Story, headline: str | None) -> Found[tuple[Block, ...]] | None:
    """The article's text as blocks, or None."""
    evidence = Evidence(story)
    blocks = tuple(map(_block, body_of(outline_of(document.root), headline, evidence)))
    if evidence and sum(len(block.text) for block in blocks) < 0.3 * evidence.size:
        return Found(tuple(Block(text=line) for line in evidence.lines), "json-ld:articleBody")
    return Found(blocks, "generic:text") if blocks else None


def _block(piece: Piece) -> Block:
    return Block(text=piece.text, kind=_KINDS.get(piece.kind, BlockKind.PARAGRAPH))
