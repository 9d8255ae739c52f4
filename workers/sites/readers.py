"""Reader operators: a profile is put together from these. A reader takes a page and gives what it found, or None.

Selectors and patterns are compiled when the profile is built, so a bad one fails at import in a sentence. What is found
carries where it was found, for provenance and for `site check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, TypeVar

from selectolax.lexbor import LexborNode

from workers.core.text import clean
from workers.sites.page.document import Document, attribute, short_text
from workers.sites.reader import Found, Reader, pattern, selector

V = TypeVar("V")
W = TypeVar("W")

_DEEPEST = 12
# Of elements that a selector finds, and of characters and nodes in one of them, no more are looked at; of values in
# JSON-LD neither. A field is a line, and a body has bounds of its own.
_MOST_FOUND, _LONGEST_TEXT, _MOST_VALUES = 200, 2_000, 1_000


def text(css: str) -> Reader[str]:
    """The text of the first element that has any."""
    return _of_first(css, lambda node, _: node_text(node), f"text {css}")


def attr(css: str, *names: str) -> Reader[str]:
    """The first of these attributes that is not empty, on the first element that has one."""
    return _of_first(css, lambda node, _: _attribute(node, names), f"attribute {'|'.join(names)} of {css}")


def link_of(css: str, *names: str) -> Reader[str]:
    """The absolute URL in the first of these attributes (`href` where none is named)."""
    return _of_first(
        css, lambda node, document: document.absolute(_attribute(node, names or ("href",))), f"link of {css}"
    )


def texts(css: str) -> Reader[tuple[str, ...]]:
    """The texts of all elements, each once, without the empty ones."""
    css = selector(css)

    def read(document: Document) -> Found[tuple[str, ...]] | None:
        return _found(unique(map(node_text, document.tree.css(css)[:_MOST_FOUND])), f"profile:{css}")

    return Reader(f"texts {css}", read)


def meta(name: str) -> Reader[str]:
    """The content of a `<meta>` by its name, property or itemprop."""
    return Reader(f"meta {name}", lambda document: _found(document.meta(name), f"meta:{name}"))


def opengraph(name: str) -> Reader[str]:
    """The content of `<meta property="og:name">`."""
    return Reader(f"opengraph {name}", lambda document: _found(document.meta(f"og:{name}"), f"opengraph:{name}"))


def html_lang() -> Reader[str]:
    """The language of `<html lang>`, without its region."""
    return Reader("html lang", lambda document: _found((document.lang or "").partition("-")[0], "html:lang"))


def json_ld(path: str, *types: str) -> Reader[tuple[str, ...]]:
    """All texts at a dotted path of the JSON-LD objects of these types, lists on the way walked into.

    A type is compared by its end, so `Article` is also `NewsArticle`; without types every object counts.
    """
    steps = path.split(".")

    def read(document: Document) -> Found[tuple[str, ...]] | None:
        for thing in document.json_ld:
            if not types or any(kind.endswith(types) for kind in _types(thing)):
                values = unique(clean(value) for value in islice(_walk(thing, steps), _MOST_VALUES))
                if values:
                    return Found(values, f"json-ld:{path}")
        return None

    return Reader(f"json-ld {path}", read)


def one(reader: Reader[tuple[V, ...]]) -> Reader[V]:
    """The first of several values."""
    return then(reader, lambda values: values[0] if values else None)


def first(*readers: Reader[V]) -> Reader[V]:
    """What the first reader that finds anything found."""

    def read(document: Document) -> Found[V] | None:
        return next(filter(None, (reader(document) for reader in readers)), None)

    return Reader(f"first({', '.join(map(str, readers))})", read)


def constant(value: V) -> Reader[V]:
    """The same value on every page of the site."""
    return Reader(f"always {value}", lambda _: Found(value, "profile"))


def all_of(*readers: Reader[tuple[V, ...]]) -> Reader[tuple[V, ...]]:
    """What all of these readers found, in their order."""

    def read(document: Document) -> Found[tuple[V, ...]] | None:
        found = [part for part in (reader(document) for reader in readers) if part]
        values = tuple(value for part in found for value in part.value)
        return _found(values, ", ".join(dict.fromkeys(part.source for part in found)))

    return Reader(f"all of ({', '.join(map(str, readers))})", read)


def once(reader: Reader[V]) -> Reader[V]:
    """The same reader, asked once a page: for a value that several fields need."""

    def read(document: Document) -> Found[V] | None:
        if reader.name not in document.notes:
            document.notes[reader.name] = reader(document)
        found: Found[V] | None = document.notes[reader.name]
        return found

    return Reader(reader.name, read)


def then(reader: Reader[V], change: Callable[[V], W | None], name: str = "") -> Reader[W]:
    """What a reader found, changed; nothing where the change gives None or something empty."""

    def read(document: Document) -> Found[W] | None:
        found = reader(document)
        return _found(change(found.value), found.source) if found else None

    return Reader(f"{reader}{' as ' + name if name else ''}", read)


def regex(reader: Reader[str], expression: str) -> Reader[str]:
    """The first group (or the whole match) of a regular expression in what a reader found."""
    compiled = pattern(expression)

    def change(value: str) -> str | None:
        match = compiled.search(value)
        return clean(match.group(match.lastindex or 0)) if match else None

    return then(reader, change, f"/{expression}/")


def without(reader: Reader[str], expression: str) -> Reader[str]:
    """What a reader found, with every match of a regular expression taken out."""
    compiled = pattern(expression)
    return then(reader, lambda value: clean(compiled.sub("", value)), f"without /{expression}/")


def tags(css: str) -> Reader[tuple[str, ...]]:
    """The texts of all elements as tags: without the leading `#` and the comma after."""
    return then(texts(css), lambda values: unique(value.strip("#,; ") for value in values), "tags")


def function(name: str, read: Callable[[Document], V | None]) -> Reader[V]:
    """The odd field: a plain function from the page to the value or None."""
    return Reader(name, lambda document: _found(read(document), f"profile:{name}"))


def node_text(node: LexborNode) -> str:
    """The element's text on one line, `<br>` as a space, without scripts and styles."""
    # Texts of inline elements belong together ("<b>A</b>B" is "AB"), so only breaks separate.
    if node.css_first("br,script,style,template") is None:
        return clean(short_text(node, _LONGEST_TEXT))
    return clean("".join(_pieces(node)))


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values in their order, each once, without the empty ones."""
    return tuple(dict.fromkeys(value for value in values if value))


def _pieces(node: LexborNode) -> Iterable[str]:
    waiting = [node]
    for _ in range(_LONGEST_TEXT):
        if not waiting:
            break
        current = waiting.pop()
        tag = current.tag
        if tag == "-text":
            yield current.text()
        elif tag == "br":
            yield " "
        elif tag not in ("script", "style", "template"):
            waiting.extend(reversed(list(current.iter(include_text=True))))


def _of_first(css: str, value_of: Callable[[LexborNode, Document], str | None], name: str) -> Reader[str]:
    css = selector(css)

    def read(document: Document) -> Found[str] | None:
        for node in document.tree.css(css)[:_MOST_FOUND]:
            value = value_of(node, document)
            if value:
                return Found(value, f"profile:{css}")
        return None

    return Reader(name, read)


def _attribute(node: LexborNode, names: tuple[str, ...]) -> str | None:
    return next(filter(None, (clean(attribute(node, name) or "") for name in names)), None)


def _found(value: V | None, source: str) -> Found[V] | None:
    return None if value is None or value in ("", ()) else Found(value, source)


def _types(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _walk(value: Any, steps: list[str], depth: int = 0) -> Iterable[str]:
    if isinstance(value, list) and depth < _DEEPEST:
        for item in value:
            yield from _walk(item, steps, depth + 1)
    elif steps and isinstance(value, dict):
        yield from _walk(value.get(steps[0]), steps[1:], depth + 1)
    elif not steps and isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)
