"""Readers of a site's text to propose: the elements around it, without those in them that are none of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborNode

from workers.core.text import fold
from workers.sites.blocks import paragraphs
from workers.sites.page.document import Document
from workers.sites.proposed.given_names import around, given_names
from workers.sites.proposed.quoted import quoted
from workers.sites.reader import Found, Reader

_WORD = re.compile(r"\w+")
# Tags that tell by themselves that what is in them may be none of the text.
_ASIDE = frozenset(("aside", "figure", "figcaption", "nav", "footer", "header", "form", "section", "details", "table"))
_MOST_HOLDERS = 8
_MOST_NODES = 5_000
_LONGEST_JUNK = 80  # characters

Pages = list[tuple[Document, Any]]


def body_candidates(pages: Pages) -> Iterator[tuple[str, Reader[Any]]]:
    """Code and reader of what holds most paragraphs of the text, each without its junk and as it is."""
    counts: Counter[str] = Counter()
    for document, body in pages:
        wanted = {fold(block.text) for block in body}
        for node in document.tree.css("p,h2,h3,li,blockquote"):
            if fold(node.text()) in wanted:
                counts.update(dict.fromkeys(around(node), 1))
    for css, _ in counts.most_common(_MOST_HOLDERS):
        if junk := _junk(css, pages):
            yield f"paragraphs({quoted(css)}, junk={quoted(junk)})", paragraphs(css, junk=junk)
        yield f"paragraphs({quoted(css)})", paragraphs(css)


def shared_words(found: Found[Any] | None, body: Any) -> float:
    """The share of words that the blocks and the body have in common, 1 when there are no more and no fewer."""
    if found is None:
        return 0.0
    ours, theirs = (Counter(_WORD.findall(fold(" ".join(b.text for b in blocks)))) for blocks in (found.value, body))
    return 2 * (ours & theirs).total() / ((ours.total() + theirs.total()) or 1)


def _junk(css: str, pages: Pages) -> str:
    """A selector of what stands in the holder beside the text, and on no page around any of it."""
    kept: set[str] = set()
    beside: Counter[str] = Counter()
    for document, body in pages:
        holder = document.tree.css_first(css)
        if holder is not None:
            own, others = _sorted_names(holder, {fold(block.text) for block in body})
            kept |= own
            beside.update(others)
    chosen = ""
    for name, _ in beside.most_common():
        longer = f"{chosen}, {name}" if chosen else name
        if name not in kept and len(longer) <= _LONGEST_JUNK:
            chosen = longer
    return chosen


def _sorted_names(holder: LexborNode, wanted: set[str]) -> tuple[set[str], set[str]]:
    """The names of the elements in a holder that have a text of the body in them, and of those beside them."""
    nodes = list(islice(holder.css("*"), _MOST_NODES))
    longest = 2 * max(map(len, wanted), default=0) + 50
    around_text = {holder.mem_id}
    for node in nodes:
        if len(text := node.text()) <= longest and fold(text) in wanted:
            inner: LexborNode | None = node
            while inner is not None and inner.mem_id not in around_text:
                around_text.add(inner.mem_id)
                inner = inner.parent
    own = {name for node in nodes if node.mem_id in around_text for name in _told(node)}
    others: set[str] = set()
    for node in nodes:
        parent = node.parent
        is_beside = node.mem_id not in around_text and parent is not None and parent.mem_id in around_text
        if is_beside and parent is not None and fold(parent.text()) not in wanted and node.text().strip():
            others.update(islice(_told(node), 1))
    return own, others


def _told(node: LexborNode) -> Iterator[str]:
    """The names of an element by which it may be left out."""
    yield from (name for name in given_names(node) if "." in name or "#" in name)
    if node.tag in _ASIDE:
        yield str(node.tag)
