"""Careful reading: other libraries are asked for the body too, and the text that agrees most with the others is taken.

They come with the extra `careful`, and are imported when first asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from workers.core.article import Block, BlockKind
from workers.core.errors import BadInput
from workers.core.text import clean, fold
from workers.sites.generic.evidence import Evidence
from workers.sites.generic.story import Story
from workers.sites.page.document import Document
from workers.sites.reader import Found

Body = Found[tuple[Block, ...]]
Runs = Counter[tuple[str, ...]]

# Ours knows headings and furniture by the page's markup: another text must agree clearly better to replace it.
_OURS_FIRST = 0.08
# Nor do two others that share less than this with each other say anything against it.
_AT_ODDS = 0.5
# Two that agree on a fragment of our text have both lost the rest of it more often than we have found what is none.
_FRAGMENT = 0.3
_LONGEST = 3_000_000
# Of two thousand saved pages none has more: they would take the others seconds.
_MOST_TAGS = 20_000
# A body that holds what JSON-LD says needs no other opinion.
_WELL_COVERED = 0.8
_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"^[-•*]\s+")


def careful_body(document: Document, ours: Body | None) -> Body | None:
    """The best of three bodies. BadInput where the extra is not installed."""
    trafilatura, plain_text = libraries()
    html = document.tree.raw_html.decode("utf-8", "replace") if document.tree.raw_html else ""
    if not html or len(html) > _LONGEST or html.count("<") > _MOST_TAGS:
        return ours
    if ours and (evidence := Evidence(Story(document))) and evidence.covered(ours.value) > _WELL_COVERED:
        return ours
    theirs = _trafilatura(trafilatura, html, document.url)
    known = {fold(block.text): block for block in ours.value} if ours else {}
    blocks = tuple(_block(line, known) for line in map(clean, theirs.splitlines()) if line)
    if not blocks:
        return ours
    if ours is None:
        return Found(blocks, "trafilatura")
    return _chosen(ours, Found(blocks, "trafilatura"), _runs([_resiliparse(plain_text, html)]))


def libraries() -> tuple[Any, Any]:
    """The two that are asked. BadInput where they are not installed."""
    try:
        import trafilatura
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError as error:
        raise BadInput(
            f"Careful reading needs the library {error.name}. Install it with: pip install 'wireroom[careful]'"
        ) from None
    return trafilatura, extract_plain_text


def _trafilatura(library: Any, html: str, url: str) -> str:
    try:
        found = library.bare_extraction(html, url=url or None, fast=True, include_comments=False, with_metadata=False)
    except Exception:  # noqa: BLE001 - what a library raises on a strange page is no reason to lose our own reading
        return ""
    return (found.text or "") if found else ""


def _resiliparse(plain_text: Any, html: str) -> str:
    try:
        return str(plain_text(html, main_content=True, alt_texts=False, links=False, list_bullets=False))
    except Exception:  # noqa: BLE001 - as above
        return ""


def _chosen(ours: Body, theirs: Body, third: Runs) -> Body:
    mine, other = (_runs(block.text for block in body.value) for body in (ours, theirs))
    if other.total() < _FRAGMENT * mine.total():
        return ours
    agreed = _agreement(other, third)
    return theirs if agreed > max(_AT_ODDS, _agreement(mine, third) + _OURS_FIRST) else ours


def _runs(texts: Iterable[str]) -> Runs:
    words = _WORD.findall(fold(" ".join(texts)))
    return Counter(zip(words, words[1:], words[2:], strict=False))


def _agreement(one: Runs, other: Runs) -> float:
    shared = sum((one & other).values())
    return 2 * shared / ((one.total() + other.total()) or 1)


def _block(line: str, known: dict[str, Block]) -> Block:
    text = _ITEM.sub("", line)
    kind = BlockKind.ITEM if text != line else BlockKind.PARAGRAPH
    return known.get(fold(text)) or Block(text=text, kind=kind)
