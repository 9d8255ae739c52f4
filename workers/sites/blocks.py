"""The visible lines of a part of a page: what a reader sees as one paragraph, heading, quote or list item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from selectolax.lexbor import LexborNode

from workers.core.article import Block, BlockKind
from workers.core.text import clean
from workers.sites.document import Document
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
_INNER = (BlockKind.QUOTE, BlockKind.ITEM)

# A pattern that matches nothing.
NEVER = r"(?!)"


def blocks(root: LexborNode, is_junk: Callable[[LexborNode], bool] = lambda _: False) -> Iterator[Block]:
    """The blocks under an element in the page's order, without scripts and junk; two `<br>` end a block."""
    words: list[str] = []
    waiting: list[tuple[LexborNode | None, BlockKind]] = [(None, BlockKind.PARAGRAPH), (root, BlockKind.PARAGRAPH)]
    while waiting:
        node, kind = waiting.pop()
        tag = node.tag if node is not None else None
        if node is None or tag is None:
            yield from _finished(words, kind)
        elif tag == "-text":
            words.append(node.text())
        elif tag == "br":
            words.append("\0")
        elif tag in _SILENT or is_junk(node):
            continue
        elif tag in _KINDS or tag in _WRAPPERS:
            yield from _finished(words, kind)
            inner = _kind_inside(tag, kind)
            waiting.append((None, inner))
            waiting.extend([(child, inner) for child in node.iter(include_text=True)][::-1])
        else:
            waiting.extend([(child, kind) for child in node.iter(include_text=True)][::-1])


def paragraphs(
    *holders: str, junk: str = "script, style", dropped: str = NEVER, ends: str = NEVER
) -> Reader[tuple[Block, ...]]:
    """The blocks of the first holder that has any, without the elements of `junk` and the blocks that match `dropped`.

    The body ends before the first block that matches `ends`. Both patterns are matched from a block's beginning.
    """
    holders, unwanted = tuple(map(selector, holders)), selector(junk)
    drop, end = pattern(dropped), pattern(ends)

    def read(document: Document) -> Found[tuple[Block, ...]] | None:
        for css in holders:
            for node in document.tree.css(css):
                junk_ids = {each.mem_id for each in node.css(unwanted)}
                found = _until(blocks(node, lambda each, ids=junk_ids: each.mem_id in ids), end)  # type: ignore[misc]
                if kept := tuple(block for block in found if not drop.match(block.text)):
                    return Found(kept, f"profile:{css}")
        return None

    return Reader(f"paragraphs of {', '.join(holders)}", read)


def _until(found: Iterator[Block], end: re.Pattern[str]) -> Iterator[Block]:
    return takewhile(lambda block: not end.match(block.text), found)


def _kind_inside(tag: str, outer: BlockKind) -> BlockKind:
    """A paragraph in a quote is a quote, one in a list item is an item."""
    kind = _KINDS.get(tag, outer)
    return outer if kind is BlockKind.PARAGRAPH and outer in _INNER else kind


def _finished(words: list[str], kind: BlockKind) -> Iterator[Block]:
    text = "".join(words)
    words.clear()
    for part in _parts(text):
        yield Block(text=part, kind=kind)


def _parts(text: str) -> Iterator[str]:
    """The text cut at two or more breaks in a row; a single break is a space."""
    lines = [clean(line) for line in text.split("\0")] if "\0" in text else [clean(text)]
    part: list[str] = []
    for line in [*lines, ""]:
        if line:
            part.append(line)
        elif part:
            yield " ".join(part)
            part = []
