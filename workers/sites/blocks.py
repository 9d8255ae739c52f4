"""The visible lines of a part of a page: what a reader sees as one paragraph, heading, quote or list item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from workers.core.article import Block, BlockKind, as_blocks
from workers.core.text import clean
from workers.sites.page.document import Document, following
from workers.sites.page.tags import LARGEST, TEXT, number, numbers
from workers.sites.reader import Found, Reader, pattern, selector

_SILENT = frozenset(
    {"script", "style", "template", "noscript", "iframe", "svg", "button", "select", "textarea", "form", "head"}
    | {"object", "video", "audio", "canvas", "math", "dialog", "-comment"}
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("p", "figcaption"), BlockKind.PARAGRAPH),
    "blockquote": BlockKind.QUOTE,
    "li": BlockKind.ITEM,
}
_WRAPPERS = frozenset(
    {"div", "section", "article", "header", "footer", "aside", "nav", "main", "figure", "ul", "ol", "dl", "dt", "dd"}
    | {"table", "thead", "tbody", "tr", "td", "th", "pre", "address", "details", "summary", "hr", "img", "amp-img"}
    | {"picture", "center", "body", "html", "fieldset"}
)
_SILENT_NUMBERS, _BREAK = numbers(_SILENT), number("br")
_BLOCKS = {number(tag): tag for tag in (*_KINDS, *_WRAPPERS) if "-" not in tag}
_MOST_HOLDERS = 5
_INNER = (BlockKind.QUOTE, BlockKind.ITEM)

# What follows so many elements and texts is left out: the whole of a large page has some ten thousand.
_MOST_NODES = 25_000

# A selector and a pattern that match nothing.
_NOTHING = "nothing"
NEVER = r"(?!)"


class Line(NamedTuple):
    """A block that is not yet one of an article: most of them never are, and a block is validated."""

    text: str
    kind: BlockKind


def lines_of(
    root: LexborNode, is_junk: Callable[[LexborNode], bool] = lambda _: False, cut: frozenset[int] = frozenset()
) -> Iterator[Line]:
    """The lines under an element in the page's order, without scripts and junk; two `<br>` end a line.

    `cut` are ids in memory of elements and texts that are left out, as `outside` gives them.
    """
    words: list[str] = []
    around: list[tuple[int, BlockKind]] = []  # the blocks that we are in: how deep each is, and the kind outside of it
    node: LexborNode | None = root
    depth, kind = 0, BlockKind.PARAGRAPH
    for _ in range(_MOST_NODES):
        if node is None:
            break
        tag, inner = node.tag_id, None
        if cut and node.mem_id in cut:
            pass
        elif tag == TEXT:
            words.append(node.text_content or "")
        elif tag == _BREAK:
            words.append("\0")
        elif tag not in _SILENT_NUMBERS and not is_junk(node):
            inner = node.first_child
            name = _BLOCKS.get(tag) if tag < LARGEST else node.tag
            if name in _KINDS or name in _WRAPPERS:
                yield from _finished(words, kind)
                around.append((depth, kind))
                kind = _kind_inside(name, kind)
        if inner is None:
            inner, depth = following(node, depth)
            while around and around[-1][0] >= depth:
                yield from _finished(words, kind)
                kind = around.pop()[1]
        else:
            depth += 1
        node = inner
    yield from _finished(words, BlockKind.PARAGRAPH)  # what was begun where the page was cut


def paragraphs(
    *holders: str,
    junk: str = "script, style",
    dropped: str = NEVER,
    ends: str = NEVER,
    after: str = "",
    before: str = "",
) -> Reader[tuple[Block, ...]]:
    """The blocks of the first holder that has any, without the elements of `junk` and the blocks that match `dropped`.

    The body ends before the first block that matches `ends`. Both patterns are matched from a block's beginning.
    `after` and `before` select elements in the holder between which the body stands: what is in them is no part of it.
    """
    after, before = selector(after or _NOTHING), selector(before or _NOTHING)
    holders, unwanted = tuple(map(selector, holders)), selector(junk)
    drop, end = pattern(dropped), pattern(ends)

    def read(document: Document) -> Found[tuple[Block, ...]] | None:
        for css in holders:
            for node in document.tree.css(css)[:_MOST_HOLDERS]:
                junk_ids = {each.mem_id for each in node.css(unwanted)}
                cut = outside(node, after, before)
                inside = lines_of(node, lambda each, ids=junk_ids: each.mem_id in ids, cut)  # type: ignore[misc]
                found = _until(inside, end)
                if kept := [line for line in found if not drop.match(line.text)]:
                    return Found(blocks_of(kept), f"profile:{css}")
        return None

    return Reader(f"paragraphs of {', '.join(holders)}", read)


def outside(root: LexborNode, after: str, before: str) -> frozenset[int]:
    """Ids of what stands in the root up to the first element `after`, or from the first `before` that follows it."""
    first = root.css_first(after)
    last = next((node for node in root.css(before) if first is None or not _precedes(node, first, root)), None)
    cut = [*_beside(first, root, "prev"), *_beside(last, root, "next")]
    return frozenset(node.mem_id for node in cut)


def _beside(node: LexborNode | None, root: LexborNode, side: str) -> Iterator[LexborNode]:
    """The element, and on each level up to the root all that stands on this side of it."""
    if node is not None:
        yield node
    while node is not None and node.mem_id != root.mem_id:
        sibling = getattr(node, side)
        while sibling is not None:
            yield sibling
            sibling = getattr(sibling, side)
        node = node.parent


def _precedes(node: LexborNode, other: LexborNode, root: LexborNode) -> bool:
    """True when the element is the other one or stands before it."""
    return node.mem_id in {each.mem_id for each in _beside(other, root, "prev")}


def blocks_of(lines: Iterable[Line]) -> tuple[Block, ...]:
    """The lines as the blocks of an article."""
    return as_blocks((line.text, line.kind) for line in lines)


def _until(found: Iterator[Line], end: re.Pattern[str]) -> Iterator[Line]:
    return takewhile(lambda line: not end.match(line.text), found)


def _kind_inside(tag: str, outer: BlockKind) -> BlockKind:
    """A paragraph in a quote is a quote, one in a list item is an item."""
    kind = _KINDS.get(tag, outer)
    return outer if kind is BlockKind.PARAGRAPH and outer in _INNER else kind


def _finished(words: list[str], kind: BlockKind) -> list[Line]:
    if not words:
        return []
    text = "".join(words)
    words.clear()
    if "\0" in text:
        return [Line(part, kind) for part in _parts(text)]
    text = clean(text)
    return [Line(text, kind)] if text else []


def _parts(text: str) -> Iterator[str]:
    """The text cut at two or more breaks in a row; a single break is a space."""
    part: list[str] = []
    for line in [*map(clean, text.split("\0")), ""]:
        if line:
            part.append(line)
        elif part:
            yield " ".join(part)
            part = []
