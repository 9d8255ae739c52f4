"""The outline of a page: its texts in order, each with the elements it stands in, from one walk over the tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.text import clean
from workers.sites.generic.names import furniture_of, is_hidden, names_of
from workers.sites.generic.phrases import ends_article, opens_related
from workers.sites.tags import number

# Deeper than this the rest of an element is taken as one text: ordinary pages are some thirty elements deep.
_DEEPEST = 200
# Nor is one text of a block longer than this: what follows is left out.
_LONGEST = 200_000
_FEW_NODES = 30
# Nor has a page more blocks: of two thousand saved ones the largest has two fifths of them.
_MOST_BLOCKS = 20_000

_SILENT_NAMES = (
    "-comment applet audio button canvas datalist embed frameset head iframe img input link map math meta meter "
    "nav noframes noscript object option progress script select source style svg template textarea title video"
)
_SILENT = frozenset(_SILENT_NAMES.split())
_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr picture q rb rp rt ruby "
    "s samp small span strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frame h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol optgroup p pre search section "
    "slot summary table tbody td tfoot th thead tr ul"
)
_BLOCK = frozenset(_BLOCK_NAMES.split())
_ANY_BLOCK = ",".join(sorted(_BLOCK))
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("blockquote", "q"), "quote"),
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    "pre": "code",
    "figcaption": "caption",
}
_WHOLE = frozenset(("html", "body", "main"))
_TAG_FURNITURE = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "aside",
    "figcaption": "caption",
    "header": "header",
    "address": "author",
    "dialog": "overlay",
    "caption": "caption",
    "form": "login",
}
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
# The id of a heading, or of the section below it, is often made of the heading's words.
_LONGEST_SLUG = 200
_WORD = re.compile(r"[^\W_]+")
# Subheadings have names of their header, their kicker or their place in the table of contents.
_NO_HEADINGS = frozenset(("meta", "navigation"))


_NEVER_TEXT = frozenset(("caption", "hidden", "references", "embed", "login", "share"))
# So many characters of a sentence stand before, and a word or a comma follows.
_BEGUN = 15
_GOES_ON = re.compile(r"[,;]?\s+\w|[,;]\s")


def _roles(silent: frozenset[str]) -> dict[int, tuple[str, str]]:
    """What the walk does at each kind of node, and its tag, by the parser's number for it."""
    roles = {"silent": silent, "block": _BLOCK, "break": ("br",), "inline": _INLINE, "text": ("-text",)}
    return {number(tag): (role, tag) for role, tags in roles.items() for tag in tags}


_ROLES, _ROLES_WITH_NOSCRIPT = _roles(_SILENT), _roles(_SILENT - {"noscript"})
_UNKNOWN = ("unknown", "")


class Element:
    """One block element; `names` are its class names and its id, in lower case."""

    __slots__ = ("_furniture", "depth", "hidden", "index", "names", "node", "parent", "tag")

    def __init__(self, index: int, parent: int, tag: str, names: str, node: LexborNode, hidden: bool, depth: int):
        self.index, self.parent, self.tag, self.names = index, parent, tag, names
        self.node, self.hidden, self.depth = node, hidden, depth
        self._furniture: str | None = None

    @property
    def furniture(self) -> str:
        """What its tag or names tell that it is, "" for nothing; worked out when first asked for."""
        if self._furniture is None:
            self._furniture = _furniture_of(self)
        return self._furniture


def _furniture_of(element: Element) -> str:
    if element.tag in _WHOLE:
        return ""
    named = _TAG_FURNITURE.get(element.tag) or (furniture_of(element.names) if element.names else "")
    if named and ((named in _NO_HEADINGS and element.tag in _HEADINGS) or _is_told_by_slug(element.node)):
        named = ""
    return named or ("hidden" if element.hidden else "")


def _is_told_by_slug(node: LexborNode) -> bool:
    """True where only the id tells it, and that is made of the words of the element's own heading."""
    slug, names = node.attributes.get("id"), node.attributes.get("class")
    if not slug or furniture_of((names or "").lower()):
        return False
    heading = node if node.tag in _HEADINGS else node.css_first("h2,h3,h4,h5,h6")
    text = heading.text()[:_LONGEST_SLUG] if heading is not None else ""
    return bool(text) and not opens_related(text) and not ends_article(text) and _words(slug) <= {*_words(text), "h"}


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


@dataclass(slots=True, eq=False)
class Piece:
    """One run of text in one block. `linked` counts the characters inside links, `links` the links.

    `weight` says how much it looks like running text; whoever reads the body works it out.
    """

    text: str
    kind: str
    tag: str
    element: int
    linked: int
    links: int
    strong: bool = False
    order: int = 0
    weight: float = 0.0


def text_size(piece: Piece) -> int:
    """How many characters it has."""
    return len(piece.text)


@dataclass
class Outline:
    """All block elements (parents before children) and all pieces of a page, in document order."""

    elements: list[Element] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    @cached_property
    def parents(self) -> list[int]:
        """For each element the index of the one it stands in; -1 for the first, which holds all others."""
        return [element.parent for element in self.elements]

    def summed(self, pieces: Iterable[Piece], number: Callable[[Piece], float]) -> list[float]:
        """For each element the sum of a number of the pieces that stand in it, however deep."""
        sums = [0.0] * len(self.elements)
        for piece in pieces:
            sums[piece.element] += number(piece)
        parents = self.parents
        for index in range(len(sums) - 1, 0, -1):
            sums[parents[index]] += sums[index]
        return sums

    def inside(self, chosen: Container[int]) -> list[bool]:
        """For each element whether it is one of those chosen, or stands in one."""
        found: list[bool] = []
        for index, parent in enumerate(self.parents):
            found.append(index in chosen or (parent >= 0 and found[parent]))
        return found


def outline_of(root: LexborNode, *, noscript: bool = False) -> Outline:
    """The outline below an element, which is left as it is; with what `<noscript>` holds where that is asked for."""
    walker = _Walker(_ROLES_WITH_NOSCRIPT if noscript else _ROLES)
    walker.enter(root, root.tag or "", -1, "paragraph", 0)
    walker.flush()
    return walker.outline


class _Walker:
    def __init__(self, roles: Mapping[int, tuple[str, str]]) -> None:
        self.roles = roles
        self.outline = Outline()
        self.runs: list[str] = []
        self.linked = 0
        self.links = 0
        self.breaks = 0
        self.strong = 0
        self.room = _LONGEST
        self.place = (-1, "paragraph", "")

    def enter(self, node: LexborNode, tag: str, parent: int, kind: str, depth: int, in_link: bool = False) -> None:
        """Walk through one block element."""
        self.flush()
        elements, pieces = self.outline.elements, self.outline.pieces
        index, before = len(elements), len(pieces)
        if index >= _MOST_BLOCKS or node.first_child is None:
            return
        attributes = node.attributes
        names = names_of(attributes) if attributes else ""
        hidden = ("style" in attributes or "hidden" in attributes) and is_hidden(attributes)
        kind = _KINDS.get(tag, kind)
        elements.append(Element(index, parent, tag, names, node, hidden, depth))
        self.place = (index, kind, tag)
        self.walk(node, index, kind, tag, depth, in_link)
        self.flush()
        if len(elements) == index + 1 and len(pieces) == before:
            elements.pop()  # without any text it tells nothing

    def walk(self, node: LexborNode, index: int, kind: str, block: str, depth: int, in_link: bool) -> None:
        if depth > _DEEPEST:
            self.text(node.text(), in_link)
            return
        child, role_of, runs = node.first_child, self.roles.get, self.runs
        while child is not None:
            role, tag = role_of(child.tag_id, _UNKNOWN)
            if role == "text":
                if not child.is_empty_text_node:
                    self.text(child.text_content, in_link)
                elif runs:
                    runs.append(" ")
            elif role == "inline":
                self.inline(child, tag, index, kind, block, depth, in_link)
            elif role == "break":
                self.line_break()
            elif role == "block":
                self.enter(child, tag, index, kind, depth + 1, in_link)
                self.place = (index, kind, block)
            elif role == "unknown":
                self.unknown(child, index, kind, block, depth, in_link)
            child = child.next

    def unknown(self, node: LexborNode, index: int, kind: str, block: str, depth: int, in_link: bool) -> None:
        """A tag that HTML does not know is a block where it holds one."""
        tag = node.tag or ""
        if not self.holds_block(node):
            self.inline(node, tag, index, kind, block, depth, in_link)
        else:
            self.enter(node, tag, index, kind, depth + 1, in_link)
            self.place = (index, kind, block)

    def holds_block(self, node: LexborNode) -> bool:
        """Most such elements are small, and a search of the parser's begins with reading its selector."""
        number = 0
        for each in islice(node.traverse(), _FEW_NODES):
            number += 1
            if self.roles.get(each.tag_id, _UNKNOWN)[0] == "block":
                return True
        return number == _FEW_NODES and node.css_first(_ANY_BLOCK) is not None

    def inline(self, node: LexborNode, tag: str, index: int, kind: str, block: str, depth: int, in_link: bool) -> None:
        attributes = node.attributes
        if attributes:
            if ("style" in attributes or "hidden" in attributes) and is_hidden(attributes):
                return
            names = names_of(attributes) if tag != "a" else ""
            if names and (furniture := furniture_of(names)) and not self.goes_on(node, furniture):
                self.enter(node, tag, index, kind, depth + 1, in_link)
                self.place = (index, kind, block)
                return
        if tag == "a":
            self.links += 1
            in_link = "href" in attributes
        elif (tag == "strong" or tag == "b") and not self.runs:
            self.strong = 1
        self.walk(node, index, kind, block, depth + 1, in_link)

    def goes_on(self, node: LexborNode, furniture: str) -> bool:
        """True where a sentence goes on before and after an inline element, which is a part of it whatever its name."""
        if furniture in _NEVER_TEXT or sum(map(len, self.runs)) < _BEGUN:
            return False
        following = node.next
        after = (following.text_content or "") if following is not None and following.tag == "-text" else ""
        return _GOES_ON.match(after) is not None

    def text(self, text: str | None, in_link: bool) -> None:
        if not text or text.isspace():  # spaces that are not those of ASCII
            if self.runs:
                self.runs.append(" ")
            return
        self.breaks = 0
        self.room -= len(text)
        if self.room < 0:
            text = text[: self.room]
            self.room = 0
        self.runs.append(text)
        if in_link:
            self.linked += len(text.strip())
            self.links = self.links or 1  # the link may have begun around the block

    def line_break(self) -> None:
        self.breaks += 1
        if self.breaks > 1:
            self.flush()
        elif self.runs:
            self.runs.append("\n")

    def flush(self) -> None:
        """End the running text: it becomes a piece of the block that we are in."""
        runs = self.runs
        if runs:
            text = clean("".join(runs) if len(runs) > 1 else runs[0])
            if text:
                index, kind, tag = self.place
                pieces = self.outline.pieces
                linked = min(self.linked, len(text))
                pieces.append(Piece(text, kind, tag, index, linked, self.links, bool(self.strong), len(pieces)))
            runs.clear()
            self.room = _LONGEST
        self.linked = self.links = self.breaks = self.strong = 0
