"""A parsed page: the tree, built once, and what its head says, read when first asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any, TypeAlias

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode, SelectolaxError

from workers.core.errors import HostilePage
from workers.core.text import clean
from workers.core.urls import host_of, join, path_of
from workers.sites.page.tags import TEXT

# JSON-LD beyond these bounds is ignored: real pages carry a few kilobytes.
_MAX_JSON_LD = 1_000_000
_MAX_OBJECTS = 500
_LONGEST_TITLE = 2_000
_LONGEST_CONTENT = 10_000
_MOST_METAS, _MOST_FOUND = 2_000, 20_000
_LONGEST_LANGUAGE = 35

# Comment and CDATA marks around a script, from the days when browsers showed scripts they did not know.
_OPENING = re.compile(r"(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)\s*")
_CLOSING = re.compile(r"\s*(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)$")
_LONGEST_MARK = 40
_JSON = json.JSONDecoder(strict=False)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")

# What readers of any page look for by its markup.
_MARKED = (
    "base[href],link[rel][href],meta[content],script[type],title"
    ',h1,time,figcaption,[itemprop],[rel~="author"],[rel~="tag"],.fn,.vcard'
)
_META_NAMES = ("name", "property", "itemprop", "http-equiv")
_HEAD = frozenset(("base", "link", "meta", "script", "title"))
# Of two thousand saved pages the one with the most of them has half as many.
_MOST_MARKS = 1_500
# None of those pages has an element that stands in more than 150 others.
_MOST_ANCESTORS = 200


# An element whose tag or attributes say what it is, with both.
Mark: TypeAlias = tuple[LexborNode, str, dict[str, str | None]]


class Document:
    """One page as a tree. `url` is the address that answered; nothing here changes the tree, so readers can share it.

    The caller knows the encoding and refuses hostile markup first: the parser itself has no limits.
    """

    def __init__(self, html: str | bytes, url: str) -> None:
        """`html` is text, or UTF-8. Raises HostilePage where there is not memory enough for it."""
        self.url = url
        self.notes: dict[str, Any] = {}  # what the readers of one profile work out once and share
        self.tree = parsed(html.encode("utf-8", "replace") if isinstance(html, str) else html)

    @cached_property
    def root(self) -> LexborNode:
        """The `<html>` element; the parser makes one for every text, so it is always there."""
        root = self.tree.root
        assert root is not None
        return root

    @cached_property
    def base(self) -> str:
        """The URL that relative links are joined to: `<base href>` where it is usable, else the page's own."""
        href = next((attributes["href"] for _, _, attributes in self._marked("base") if "href" in attributes), None)
        return join(self.url, href or self.url) or self.url

    @cached_property
    def marks(self) -> list[Mark]:
        """Every `<h1>`, `<time>`, `<figcaption>`, itemprop, rel of author or tag, and hCard's name, in their order."""
        found = (mark for mark in self._all if mark[1] not in _HEAD or "itemprop" in mark[2])
        return list(islice(found, _MOST_MARKS))

    @cached_property
    def _all(self) -> list[Mark]:
        """Those and what tells machines of the page: found at once, as each search goes through the whole page."""
        found: list[Mark] = []
        last = 0
        for node in self.tree.css(_MARKED)[:_MOST_FOUND]:
            if node.mem_id != last:  # an element comes once for each selector that it matches
                last = node.mem_id
                found.append((node, node.tag or "", node.attributes))
        return found

    @cached_property
    def _by_tag(self) -> dict[str, list[Mark]]:
        found: dict[str, list[Mark]] = {}
        for mark in self._all:
            found.setdefault(mark[1], []).append(mark)
        return found

    def _marked(self, tag: str) -> list[Mark]:
        return self._by_tag.get(tag, [])

    def absolute(self, href: str | None) -> str | None:
        """The absolute http or https URL of a link on this page, or None."""
        return join(self.base, href) if href else None

    def meta(self, name: str) -> str | None:
        """The first non-empty `<meta content>` of this name, property, itemprop or http-equiv (in lower case)."""
        values = self._metas.get(name.lower())
        return values[0] if values else None

    def metas(self, name: str) -> tuple[str, ...]:
        """All non-empty `<meta content>` of this name (in lower case), in the page's order."""
        return tuple(self._metas.get(name.lower(), ()))

    def told(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """What the metas of these names (in lower case) say, where the page has any, each with its source."""
        return ((f"meta:{name}", values[0]) for name in names if (values := self._metas.get(name)))

    def meta_names(self) -> tuple[str, ...]:
        """The names of all `<meta>` that have content, in lower case."""
        return tuple(self._metas)

    @cached_property
    def _metas(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for _, _, attributes in self._marked("meta")[:_MOST_METAS]:
            content = clean((attributes.get("content") or "")[:_LONGEST_CONTENT])
            names = [attributes[key] or "" for key in _META_NAMES if key in attributes] if content else ()
            for name in set(names) if len(names) > 1 else names:
                found.setdefault(name.strip().lower(), []).append(content)
        return found

    @cached_property
    def canonical(self) -> str | None:
        """The absolute URL of `<link rel=canonical>`, else an `og:url` of this host, or None.

        Some sites put the front page or the section there: what the page's own address lies below is not the page.
        """
        return self.link("canonical") or self._social_url()

    def _social_url(self) -> str | None:
        told = self.meta("og:url") or ""
        url = self.absolute(told) if told.startswith(("http://", "https://", "//")) else None
        if url is None or _host(url) != _host(self.url):
            return None
        own, path = (path_of(address).strip("/") for address in (self.url, url))
        return url if path and not own.startswith(path + "/") else None

    @property
    def links(self) -> list[Mark]:
        """Every `<link>` with a relation and an address."""
        return self._marked("link")

    def link(self, rel: str) -> str | None:
        """The absolute URL of the first `<link>` with this relation, or None."""
        for _, _, attributes in self._marked("link"):
            if "href" in attributes and rel in (attributes.get("rel") or "").lower().split():
                return self.absolute(attributes["href"])
        return None

    @cached_property
    def lang(self) -> str | None:
        """What `<html lang>` says, in lower case as written (`uk`, `en-us`), or None."""
        value = attribute(self.root, "lang") or attribute(self.root, "xml:lang") or ""
        return value[:_LONGEST_LANGUAGE].strip().lower() or None

    @cached_property
    def title(self) -> str | None:
        """The text of `<title>` in the head, cut where it is endless, or None."""
        titles = [node for node, _, _ in self._marked("title")]  # a drawing may have one too
        node = next((node for node in titles if node.parent and node.parent.tag == "head"), None)
        node = node or next(iter(titles), None)
        return (clean(node.text()[:_LONGEST_TITLE]) or None) if node else None

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """All JSON-LD objects of the page, lists and `@graph` flattened; what cannot be read is left out."""
        found: list[dict[str, Any]] = []
        for node, _, attributes in self._marked("script"):
            if "ld+json" in (attributes.get("type") or "").lower():
                room = max(0, _MAX_OBJECTS - len(found))
                found.extend(islice(_objects(_parse_json(node.text())), room))
        return found


def parsed(html: bytes) -> LexborHTMLParser:
    """The tree of a page in UTF-8. Raises HostilePage where there is not memory enough for it."""
    try:  # without events, because with them a large <select> is quadratic
        return LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)
    except SelectolaxError:
        raise HostilePage("The parser needs more memory for it than it may have.") from None


def _host(url: str) -> str:
    return host_of(url).removeprefix("www.")


def attribute(node: LexborNode, name: str) -> str | None:
    """The attribute's value, or None where it is missing or empty."""
    return node.attributes.get(name) or None


def lists(attributes: dict[str, str | None], name: str, word: str) -> bool:
    """True when the word is one of those in the attribute of this name."""
    return word in (attributes.get(name) or "").split()


def ancestors(node: LexborNode, most: int = _MOST_ANCESTORS) -> Iterator[LexborNode]:
    """The elements that an element stands in, from its parent to the root, or so many of them."""
    parent = node.parent
    for _ in range(most):
        if parent is None:
            return
        yield parent
        parent = parent.parent


def only_text(node: LexborNode) -> str | None:
    """The text of an element that holds one and nothing else, as most headings and links do; None for any other."""
    only = node.first_child
    if only is None or only.tag_id != TEXT or only.next is not None:
        return None
    return only.text_content or ""


def short_text(node: LexborNode, most: int, separator: str = "") -> str:
    """What stands at the beginning of an element, up to so many characters: a large one is not read as a whole."""
    if (only := only_text(node)) is not None:
        return only[:most]
    nodes = islice(node.traverse(include_text=True), most)
    return separator.join([text[:most] for each in nodes if (text := each.text_content)])[:most]


def following(node: LexborNode, depth: int) -> tuple[LexborNode | None, int]:
    """What stands after an element so deep below some other, and how deep that is; None, 0 after all that is in it."""
    after = node.next if depth else None
    while after is None and depth > 1 and (parent := node.parent) is not None:
        node, depth = parent, depth - 1
        after = node.next
    return after, depth if after is not None else 0


def _parse_json(text: str) -> Any:
    if len(text) > _MAX_JSON_LD:
        return None
    text = _without_marks(text.strip()).strip().rstrip(";")
    try:
        return _JSON.decode(text)
    except RecursionError:
        return None
    except ValueError:
        return _parse_broken_json(text)


def _without_marks(text: str) -> str:
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, max(0, len(text) - _LONGEST_MARK))
    return text[opening.end() if opening else 0 : closing.start() if closing else len(text)]


def _parse_broken_json(text: str) -> Any:
    """Commas before a closing bracket dropped, and what follows the first whole value ignored."""
    try:
        return _JSON.raw_decode(_TRAILING_COMMA.sub("", text))[0]
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < 5:
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph") if depth < 5 else None, depth + 1)
