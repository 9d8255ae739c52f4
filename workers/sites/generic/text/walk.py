"""The walk over a page's tree that makes its outline: from nodes to blocks and the texts in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, TypeAlias

from selectolax.lexbor import LexborNode

from workers.core.text import clean
from workers.sites.generic.names import furniture_of, is_hidden, names_of, with_told
from workers.sites.generic.page_names import PageNames
from workers.sites.generic.text.controls import asks, is_tab, opened_by, shows_others
from workers.sites.generic.text.lines import is_glued, paragraphs_in
from workers.sites.generic.text.notes import is_footnote, is_said_twice
from workers.sites.generic.text.outline import Element, Outline, Piece
from workers.sites.generic.text.roles import ANY_BLOCK, KINDS, ROLES, ROLES_WITH_NOSCRIPT, SILENT_AMP, is_block_by_place
from workers.sites.page.tags import TEXT

# Deeper than this the rest of an element is taken as one text: ordinary pages are some thirty elements deep.
_DEEPEST = 200
# Nor is one text of a block longer than this: what follows is left out.
_LONGEST = 200_000
# So long is a text of several paragraphs that are no elements.
_TYPED = 200
_FEW_NODES = 30
# Nor are the names of more inline elements looked at.
_MOST_NAMED = 10_000
# Nor has a page more blocks: of two thousand saved ones the largest has two fifths of them.
_MOST_BLOCKS = 20_000
_MOST_CONTROLS = 300

_JOINERS = frozenset(("\u200d", "\u200c"))  # what editors leave in an empty paragraph
_MAY_BE_SEVERAL = frozenset(("paragraph", "cell", "code"))  # an item or a quote is one, however many lines it has
_NEVER_TEXT = frozenset(("caption", "hidden", "references", "embed", "login", "share"))
# So many characters of a sentence stand before, and a word or a comma follows.
_BEGUN = 15
_GOES_ON = re.compile(r"[,;]?\s+\w|[,;]\s|[.!?…]")
_SENTENCE = 40

# The block that a text stands in: its element's number, the kind of its texts, and its tag.
_Block: TypeAlias = tuple[int, str, str]
_NO_BLOCK = (-1, "paragraph", "")
_LATER: Any = None  # stands in an element's place until what is in it is known
_UNKNOWN = ("unknown", "")


def outline_of(root: LexborNode, *, noscript: bool = False) -> Outline:
    """The outline below an element, which is left as it is; with what `<noscript>` holds where that is asked for."""
    walker = _Walker(ROLES_WITH_NOSCRIPT if noscript else ROLES)
    walker.enter(root, root.tag or "", _NO_BLOCK, 0)
    return walker.outline


class _Walker:
    """Walks from block to block. What began to run belongs to the block that is named where it ends."""

    def __init__(self, roles: Mapping[int, tuple[str, str]]) -> None:
        self.roles = roles
        self.outline = Outline()
        self.elements, self.pieces = self.outline.elements, self.outline.pieces
        self.controls = self.outline.controls
        self.began = False  # whether anything below is not as it is here
        self.runs: list[str] = []
        self.linked = 0
        self.links = 0
        self.breaks = 0
        self.strong = False
        self.noted = False
        self.without_blocks = 0
        self.around_blocks: set[int] = set()
        self.asked = 0
        self.opened: set[str] = set()  # the ids of what readers open
        self.others: set[str] = set()  # and of what shows comments or other articles
        self.room = _LONGEST
        self.names = PageNames()

    def enter(self, node: LexborNode, tag: str, around: _Block, depth: int, in_link: bool = False) -> None:
        """Walk through one block element."""
        if self.began:
            self.flush(around)
        elements, pieces = self.elements, self.pieces
        index, before = len(elements), len(pieces)
        child = node.first_child
        if child is None or index >= _MOST_BLOCKS:
            return
        elements.append(_LATER)
        block = (index, KINDS.get(tag, around[1]), tag)
        self.walk(node, child, block, depth, in_link)
        if self.began:
            self.flush(block)
        if len(pieces) == before:
            elements.pop()  # without any text it tells nothing
            if self.controls and self.controls[-1][0] >= index:
                self.hand_on_controls(index, around[0])
        else:
            elements[index] = self.element(index, around[0], tag, node, depth)

    def hand_on_controls(self, index: int, around: int) -> None:
        """What stood in an element that is no more stands in the one around it."""
        controls, place = self.controls, len(self.controls) - 1
        while place >= 0 and controls[place][0] >= index:
            controls[place] = around, controls[place][1]
            place -= 1

    def element(self, index: int, parent: int, tag: str, node: LexborNode, depth: int) -> Element:
        attributes, end = node.attributes, len(self.elements)
        if not attributes:
            return Element(index, end, parent, tag, "", node, False, depth)
        if "data-testid" in attributes or "data-component" in attributes:
            names = self.names.known(with_told(names_of(attributes), attributes))
        else:
            names = self.names.of(attributes)
        if "itemprop" in attributes and attributes["itemprop"] == "author":
            names = self.names.known(f"{names} author".strip())
        hidden = ("style" in attributes or "hidden" in attributes) and is_hidden(attributes)
        if hidden and (attributes.get("role") == "tabpanel" or attributes.get("id") in self.opened):
            hidden = any(attributes.get(name) in self.others for name in ("id", "aria-labelledby"))
        return Element(index, end, parent, tag, names, node, hidden, depth)

    def walk(self, node: LexborNode, child: LexborNode | None, block: _Block, depth: int, in_link: bool) -> None:
        """Walk through what stands in an element, from its first child on."""
        if depth > _DEEPEST:
            self.text(node.text(), in_link)
            return
        role_of, runs = self.roles.get, self.runs
        while child is not None:
            number = child.tag_id
            if number == TEXT:
                if not child.is_empty_text_node:
                    self.text(child.text_content, in_link)
                elif runs:
                    runs.append(" ")
            else:
                role, tag = role_of(number, _UNKNOWN)
                if role == "block":
                    self.enter(child, tag, block, depth + 1, in_link)
                elif role == "inline":
                    self.inline(child, tag, block, depth, in_link)
                elif role != "silent":
                    self.other(child, role, block, depth, in_link)
            child = child.next

    def other(self, node: LexborNode, role: str, block: _Block, depth: int, in_link: bool) -> None:
        """A picture, a line break, or a tag that HTML does not know: that is a block where it holds one."""
        if role == "picture":
            place = len(self.pieces) + bool(self.runs)
            self.outline.after_picture.add(place)
            self.outline.pictures.append((place, node))
        elif role == "break":
            self.line_break(block)
        elif role == "control":
            self.control(node, block, depth, in_link)
        else:
            self.unknown(node, node.tag or "", block, depth, in_link)

    def control(self, node: LexborNode, block: _Block, depth: int, in_link: bool) -> None:
        """What readers fill in or press; the words of one that opens a part of the text may be that part's heading."""
        if len(self.controls) < _MOST_CONTROLS:
            self.controls.append((block[0], node))
        if self.opens(node, block):
            self.inline(node, "button", block, depth, in_link)

    def opens(self, node: LexborNode, block: _Block) -> bool:
        """True for the words of a heading that opens what it heads; what that is, is no longer hidden."""
        opened = opened_by(node)
        if opened is None:
            return False
        heads = block[1] == "heading" or block[2] == "dt" or asks(node)
        if is_tab(node) and shows_others(node):
            self.others.update(filter(None, (opened, node.attributes.get("id"))))
        elif heads or is_tab(node):
            self.opened.add(opened)
        return heads

    def unknown(self, node: LexborNode, tag: str, block: _Block, depth: int, in_link: bool) -> None:
        """A tag that HTML does not know: of AMP, or one that is a block where it holds one or stands among such."""
        if tag.startswith("amp-"):
            if tag == "amp-img" or tag == "amp-anim":
                self.other(node, "picture", block, depth, in_link)
                return
            if tag in SILENT_AMP:
                return
        if "-" in tag and is_block_by_place(node, self.roles):
            self.custom(node, tag, block, depth, in_link)
        elif self.without_blocks or not self.holds_block(node):
            self.without_blocks += 1  # nor do those that stand in it hold one
            self.inline(node, tag, block, depth, in_link)
            self.without_blocks -= 1
        else:
            self.custom(node, tag, block, depth, in_link)

    def custom(self, node: LexborNode, tag: str, block: _Block, depth: int, in_link: bool) -> None:
        """A site's own element, whose tag tells what it is as class names do."""
        index = len(self.elements)
        self.enter(node, tag, block, depth + 1, in_link)
        if index < len(self.elements):
            element = self.elements[index]
            element.names = self.names.known(f"{element.names} {tag}".strip())

    def holds_block(self, node: LexborNode) -> bool:
        """Most such elements are small, and a search of the parser's begins with reading its selector."""
        number = 0
        for each in islice(node.traverse(), _FEW_NODES):
            number += 1
            if self.roles.get(each.tag_id, _UNKNOWN)[0] == "block":
                return True
        if number < _FEW_NODES or node.mem_id in self.around_blocks:
            return number == _FEW_NODES
        block = node.css_first(ANY_BLOCK)
        around = block
        while around is not None and around.mem_id not in self.around_blocks:  # else each level would be searched anew
            self.around_blocks.add(around.mem_id)
            around = around.parent if around.mem_id != node.mem_id else None
        return block is not None

    def inline(self, node: LexborNode, tag: str, block: _Block, depth: int, in_link: bool) -> None:
        attributes = node.attributes
        if attributes:
            if ("style" in attributes or "hidden" in attributes) and is_hidden(attributes):
                return
            self.asked += 1
            furniture = furniture_of(self.names.of(attributes)) if tag != "a" and self.asked < _MOST_NAMED else ""
            if furniture and not self.goes_on(node, furniture):
                if furniture != "hidden" or not is_said_twice(node):
                    self.enter(node, tag, block, depth + 1, in_link)
                return
        if tag == "a":
            is_within = (attributes.get("href") or "").startswith("#")
            if is_within and is_footnote(node, self.runs):
                # brackets of which nothing is left
                self.noted = bool(self.runs) and self.runs[-1].rstrip().endswith("[")
                return
            self.began = True
            in_link = not (is_within and self.opens(node, block)) and "href" in attributes
            self.links += in_link or not is_within
        elif (tag == "strong" or tag == "b") and not self.runs:
            self.began = self.strong = True
        child = node.first_child
        if child is None:
            return
        if child.tag_id == TEXT and child.next is None and not child.is_empty_text_node:  # as most have one text
            self.text(child.text_content, in_link)
        else:
            self.walk(node, child, block, depth + 1, in_link)

    def goes_on(self, node: LexborNode, furniture: str) -> bool:
        """True where a sentence goes on around an inline element, or begins or ends with it: it is a part of it."""
        if furniture in _NEVER_TEXT:
            return False
        following = node.next
        after = (following.text_content or "") if following is not None and following.tag == "-text" else ""
        if sum(map(len, self.runs[:_BEGUN])) < _BEGUN:
            is_begun = len(after) > _SENTENCE and after[0].isspace() and after.lstrip()[:1].islower()
            return is_begun and furniture != "meta"  # a day may stand before `by Ann Hill`
        return _GOES_ON.match(after) is not None

    def text(self, text: str | None, in_link: bool) -> None:
        runs = self.runs
        if not text or text.isspace():  # spaces that are not those of ASCII
            if runs:
                runs.append(" ")
            return
        self.began = True
        self.breaks = 0
        if len(runs) == 1 and is_glued(runs[0], text):
            runs.append(" ")
        self.room -= len(text)
        if self.room < 0:
            text = text[: self.room]
            self.room = 0
        runs.append(text)
        if in_link:
            self.linked += len(text.strip())
            self.links = self.links or 1  # the link may have begun around the block

    def line_break(self, block: _Block) -> None:
        self.began = True
        self.breaks += 1
        if self.breaks > 1:
            self.flush(block)
        elif self.runs:
            self.runs.append("\n")

    def flush(self, block: _Block) -> None:
        """End the running text: it becomes a piece of the block that we are in."""
        runs = self.runs
        may_be = len(runs) > 2 or block[2] == "pre" or (runs and len(runs[0]) >= _TYPED and "\n" in runs[0])
        if may_be and not self.links and block[1] in _MAY_BE_SEVERAL:
            self.flush_paragraphs(block)
        if runs:
            text = clean("".join(runs) if len(runs) > 1 else runs[0])
            if self.noted:
                text = clean(text.replace(" []", "").replace("[]", ""))
            if text and text not in _JOINERS:
                index, kind, tag = block
                pieces, linked = self.pieces, self.linked and min(self.linked, len(text))
                pieces.append(Piece(text, kind, tag, index, linked, self.links, self.strong, len(pieces)))
            runs.clear()
            self.room = _LONGEST
        self.linked = self.links = self.breaks = 0
        self.began = self.strong = self.noted = False

    def flush_paragraphs(self, block: _Block) -> None:
        """End the running text where it is several paragraphs: each becomes a piece."""
        index, kind, tag = block
        for text in map(clean, paragraphs_in(self.runs, tag)):
            self.pieces.append(Piece(text, kind, tag, index, 0, 0, self.strong, len(self.pieces)))
            self.runs.clear()
