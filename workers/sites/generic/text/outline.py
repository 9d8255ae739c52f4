"""The outline of a page: its texts in order, each with the elements it stands in, and what those are."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from selectolax.lexbor import LexborNode

from workers.core.text import fold
from workers.sites.generic.names import furniture_of
from workers.sites.generic.phrases import ends_article, opens_related

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
_SHORTEST_LINE, _LONGEST_LINE = 5, 60
_WORD, _SHORT_WORD = re.compile(r"[^\W_]+"), 3
# Subheadings have names of their header, their kicker or their place in the table of contents.
_NO_HEADINGS = frozenset(("meta", "navigation"))


class Element:
    """One block element; `names` are its class names and its id, in lower case.

    `end` is the index of the first element behind all that stand in it.
    """

    __slots__ = ("_furniture", "depth", "end", "hidden", "index", "names", "node", "parent", "tag")

    def __init__(
        self, index: int, end: int, parent: int, tag: str, names: str, node: LexborNode, hidden: bool, depth: int
    ):
        self.index = index
        self.end = end
        self.parent = parent
        self.tag = tag
        self.names = names
        self.node = node
        self.hidden = hidden
        self.depth = depth
        self._furniture: str | None = None

    @property
    def furniture(self) -> str:
        """What its tag or names tell that it is, "" for nothing; worked out when first asked for."""
        if self._furniture is None:
            self._furniture = _furniture_of(self)
        return self._furniture

    def is_text(self) -> None:
        """From now on it is no furniture, whatever its names tell."""
        self._furniture = ""


def _furniture_of(element: Element) -> str:
    if element.tag in _WHOLE:
        return ""
    named = _TAG_FURNITURE.get(element.tag) or (furniture_of(element.names) if element.names else "")
    if named and ((named in _NO_HEADINGS and element.tag in _HEADINGS) or _is_told_by_slug(element.node)):
        named = ""
    return named or ("hidden" if element.hidden else "")


def _is_told_by_slug(node: LexborNode) -> bool:
    """True where only the id tells it, and that is made of the words of the element's own heading."""
    slug = node.id  # told sooner than all attributes
    if not slug or furniture_of((node.attributes.get("class") or "").lower()):
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
    """All block elements (parents before children) and all pieces of a page, in document order.

    `after_picture` are the places of the pieces that a picture stands before, with no other piece between them;
    `pictures` are the pictures, each with such a place; `controls` what readers fill in or press, each with the
    innermost element around it that has a text. `headline` is the piece that shows the page's headline.
    """

    elements: list[Element] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    after_picture: set[int] = field(default_factory=set)
    pictures: list[tuple[int, LexborNode]] = field(default_factory=list)
    controls: list[tuple[int, LexborNode]] = field(default_factory=list)
    headline: Piece | None = None

    @cached_property
    def parents(self) -> list[int]:
        """For each element the index of the one it stands in; -1 for the first, which holds all others."""
        return [element.parent for element in self.elements]

    @cached_property
    def all_names(self) -> str:
        """All names, each once: to look for a word in these takes a hundredth of looking through the elements."""
        return "\n".join({element.names for element in self.elements})

    def kinds_around(self, index: int) -> Iterator[str]:
        """What kinds of furniture an element and those around it are, from the innermost out."""
        while index >= 0:
            if kind := self.elements[index].furniture:
                yield kind
            index = self.elements[index].parent

    def summed(self, pieces: Iterable[Piece], number: Callable[[Piece], float]) -> list[float]:
        """For each element the sum of a number of the pieces that stand in it, however deep."""
        sums = [0.0] * len(self.elements)
        for piece in pieces:
            sums[piece.element] += number(piece)
        return self.with_inner(sums)

    def with_inner(self, own: Sequence[float]) -> list[float]:
        """For each element its own number and those of all elements in it."""
        sums = list(own)
        inner_first = zip(reversed(sums), reversed(self.parents[1:]), strict=False)  # the first stands in no other
        for number, parent in inner_first:
            if number:
                sums[parent] += number
        return sums

    def is_around(self, outer: int, index: int) -> bool:
        """True for an element and for those it stands in; -1 is around all."""
        return outer < 0 or outer <= index < self.elements[outer].end

    def inside(self, chosen: Collection[int]) -> list[bool]:
        """For each element whether it is one of those chosen, or stands in one."""
        found = [False] * len(self.elements)
        for index in chosen:
            if not found[index]:
                end = self.elements[index].end
                found[index:end] = [True] * (end - index)
        return found


def headline_in(outline: Outline, title: str | None) -> Piece | None:
    """The first heading of the first level, else the first that says the title, else any piece that does.

    One that has no word of the title is the site's name or the section's, where a smaller heading says the title.
    """
    first = next((piece for piece in outline.pieces if piece.tag == "h1"), None)
    folded = fold(title) if title else ""
    if not folded or (
        first is not None and any(len(word) > _SHORT_WORD for word in _words(folded) & _words(first.text))
    ):
        return first
    found = next((each for each in outline.pieces if each.kind == "heading" and fold(each.text) == folded), first)
    if found is None:
        same = (each for each in outline.pieces if len(each.text) == len(title or ""))
        found = next((each for each in same if fold(each.text) == folded), None)
    return found


def below_headline(text: str, headline: str) -> str | None:
    """What a piece says after the headline with which it begins, where it is no more than a line with a number.

    Old pages set the headline in bold letters, and the day and the author in small ones after a single `<br>`.
    """
    rest = text[len(headline) :].strip() if headline and text.startswith(headline) else ""
    return rest if _SHORTEST_LINE < len(rest) < _LONGEST_LINE and any(map(str.isdigit, rest)) else None
