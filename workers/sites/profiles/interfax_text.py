"""What an Interfax-Ukraine page shows, as lines: the part of the profile that needs no class names.

The order of the visible text is older than any of its markup: label, stamp, headline, reading time, credit, body, tags,
boxes. Readers of the profile share one view of a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode

from workers.core.article import Block, BlockKind, Moment
from workers.core.link import Label
from workers.core.text import fold
from workers.sites.blocks import Line, blocks_of, lines_of
from workers.sites.boxes import heading_key
from workers.sites.page.document import Document, attribute
from workers.sites.stamps import cut_stamp, find_stamp

KYIV = "Europe/Kyiv"
ROOT = "article.article-content-view"

HEADINGS = {
    Label.MORE_ABOUT: ("MORE ABOUT", "ЩЕ ЗА ТЕМОЮ", "БІЛЬШЕ ЗА ТЕМОЮ", "ЕЩЕ ПО ТЕМЕ", "ЕЩЁ ПО ТЕМЕ", "БОЛЬШЕ ПО ТЕМЕ"),
    Label.HOT_NEWS: (
        *("HOT NEWS", "ГАРЯЧІ НОВИНИ", "ГОЛОВНІ НОВИНИ", "ГАРЯЧЕ", "ГОЛОВНЕ"),
        *("ГОРЯЧИЕ НОВОСТИ", "ГЛАВНЫЕ НОВОСТИ", "ГОРЯЧЕЕ", "ГЛАВНОЕ"),
    ),
    Label.LATEST: ("LATEST", "LATEST NEWS", "ОСТАННЄ", "ОСТАННІ НОВИНИ", "ПОСЛЕДНЕЕ", "ПОСЛЕДНИЕ НОВОСТИ"),
}

_READ = r"min(?:ute)?s?\.?\s+(?:to\s+)?read|хв\.?\s+(?:читати|читання)|мин\.?\s+(?:читать|чтения)"
_READING = re.compile(rf"\b(\d{{1,3}})\s*(?:{_READ})", re.I)
_CREDIT = re.compile(r"(?:Photos?|Фото)(?:\s+by)?\s*:\s*(\S.*)", re.I)
_TAGS = re.compile(r"(?:Tags|Теги|Тэги|Мітки)\s*:?\s*(?=#|$)", re.I)
_TAG = re.compile(r"#([^\s#,;]+)")
_CORRECTED = re.compile(r"\((?:updated|corrected|оновлено|доповнено|виправлено|обновлено|дополнено|исправлено)\)", re.I)
_NOISE = frozenset(
    {"ad", "ads", "advertising", "advertisement", "реклама", "loading", "загрузка", "завантаження", "share"}
    | {"поділитися", "поделиться", "interfax-ukraine", "інтерфакс-україна", "интерфакс-украина"}
)
_JUNK = frozenset({"ad", "ads", "fb-comments", "subscribe-us", "social-links", "art-follow"})
_HEADER = frozenset({"article-content-header", "article-content-secondary-header", "article-time", "category-title"})
_BOX_KEYS = frozenset(heading_key(text) for texts in HEADINGS.values() for text in texts)
# Words that may also head a part of an article: they end it only where they are written as the boxes' headings are.
_AMBIGUOUS = frozenset({"головне", "главное", "гаряче", "горячее"})
_BODIES = (f"{ROOT} div.article-content", "div.article-content", "[itemprop=articleBody]")
_WIDER_BODIES = (ROOT, "article", "main", "body")
_SHORT = 80
_MOST_BODIES = 5


@dataclass(frozen=True)
class View:
    """The visible text of one page, from which fields are read when their markup is unknown."""

    document: Document
    headline: str
    section: str

    @cached_property
    def root(self) -> LexborNode:
        """The article's element, or the closest thing to it."""
        found = (self.document.tree.css_first(css) for css in _WIDER_BODIES)
        return next((node for node in found if node is not None), self.document.root)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the article in order, down to the first box after its headline."""
        lines: list[str] = []
        begun = False
        for block in lines_of(self.root, _is_junk):
            begun = begun or self._is_headline(block.text)
            if begun and _is_box_heading(block.text):
                break
            lines.append(block.text)
        return lines

    @cached_property
    def header(self) -> list[str]:
        """The short lines around the headline, nearest first."""
        at = next((place for place, line in enumerate(self.lines) if self._is_headline(line)), 0)
        near = sorted(range(max(0, at - 6), min(len(self.lines), at + 7)), key=lambda place: abs(place - at))
        return [self.lines[place] for place in near if len(self.lines[place]) < _SHORT]

    @cached_property
    def stamp(self) -> Moment | None:
        """The article's own stamp."""
        node = self.document.tree.css_first(f"{ROOT} div.article-time")
        lines = ([node.text(separator=" ")] if node is not None else []) + self.header
        return next(filter(None, (find_stamp(line, KYIV) for line in lines)), None)

    @cached_property
    def reading_minutes(self) -> int | None:
        """The N of `N min read`."""
        found = (_READING.search(line) for line in self.lines if len(line) < _SHORT)
        return next((int(match.group(1)) for match in found if match), None)

    @cached_property
    def credit(self) -> str | None:
        """What stands after `Photo:`, also where that is a bare URL."""
        found = (_CREDIT.match(line) for line in self.lines if len(line) < 4 * _SHORT)
        return next((match.group(1) for match in found if match), None)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags of the line `Tags: #a #b`."""
        line = next((line for line in self.lines if _TAGS.match(line)), "")
        return tuple(dict.fromkeys(_TAG.findall(line)))

    @cached_property
    def body(self) -> tuple[tuple[Block, ...], str]:
        """The blocks of the body and the selector of the element that held them."""
        for css in _BODIES:
            found = map(self._body_of, self.document.tree.css(css)[:_MOST_BODIES])
            if body := next(filter(None, found), None):
                return body, css
        return self._body_of(self.root), "visible text"

    def _body_of(self, node: LexborNode) -> tuple[Block, ...]:
        kept: list[Line] = []
        for block in lines_of(node, _is_header_or_junk):
            if block.kind is BlockKind.HEADING and self._is_headline(block.text):
                kept.clear()  # what stands before it is a header, or a box in another column
            elif kept and (_is_box_heading(block.text) or _TAGS.match(block.text)):
                break
            elif not self._is_furniture(block, first=not kept):
                kept.append(block)
        return blocks_of(kept)

    def _is_headline(self, text: str) -> bool:
        return text == self.headline or (abs(len(text) - len(self.headline)) < 9 and fold(text) == self._folded)

    @cached_property
    def _folded(self) -> str:
        return fold(self.headline)

    def _is_furniture(self, block: Line, first: bool) -> bool:
        text = block.text
        if first and self._is_headline(text):
            return True
        if _CREDIT.match(text) and len(text) < 4 * _SHORT:
            return True
        if len(text) >= _SHORT:
            return False
        rest = cut_stamp(text)[1]
        noise = text.casefold().strip(".… ") in _NOISE or _READING.fullmatch(text) or not _CORRECTED.sub("", rest)
        return bool(noise) or (first and fold(rest) == fold(self.section))

    @property
    def corrected(self) -> bool:
        """True when the headline or the body carries `(Updated)` or its like."""
        body = (block.text for block in self.body[0])
        return any(_CORRECTED.search(text) for text in (self.headline, *self.lines, *body))


def _is_box_heading(text: str) -> bool:
    key = heading_key(text) if len(text) < _SHORT else ""
    return key in _BOX_KEYS and (key not in _AMBIGUOUS or text.isupper())


def _is_junk(node: LexborNode) -> bool:
    return not _JUNK.isdisjoint((attribute(node, "class") or "").split())


def _is_header_or_junk(node: LexborNode) -> bool:
    return not (_JUNK | _HEADER).isdisjoint((attribute(node, "class") or "").split())
