"""More reader operators: lists of attributes, text filters, dates and pictures. The first of them are in readers.py."""

from __future__ import annotations

import re

from workers.core.article import Block, Image, Moment
from workers.core.dates import parse
from workers.core.errors import BadInput
from workers.core.text import clean, fold
from workers.sites.page.document import Document, attribute
from workers.sites.reader import Found, Reader, pattern, selector, time_zone
from workers.sites.readers import first, json_ld, meta, node_text, one, then, unique

# Where lazy pictures keep their address until they are seen.
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")
_MOST_PICTURES = 60


def attrs(css: str, *names: str) -> Reader[tuple[str, ...]]:
    """The first of these attributes that is not empty, of every element, each value once."""
    css = selector(css)

    def read(document: Document) -> Found[tuple[str, ...]] | None:
        values = ([clean(attribute(node, name) or "") for name in names] for node in document.tree.css(css))
        found = unique(next(filter(None, of_one), "") for of_one in values)
        return Found(found, f"profile:{css}") if found else None

    return Reader(f"attributes {'|'.join(names)} of {css}", read)


def split(reader: Reader[str], expression: str = r"\s*[,;]\s*") -> Reader[tuple[str, ...]]:
    """A text cut into several, at every match of a regular expression (commas and semicolons)."""
    compiled = pattern(expression)
    return then(reader, lambda value: unique(map(clean, compiled.split(value))), f"split at /{expression}/")


def replaced(reader: Reader[str], expression: str, by: str) -> Reader[str]:
    """What a reader found, with every match of a regular expression replaced (`\\1` is its first group)."""
    compiled = pattern(expression)
    _check_template(compiled, by)
    return then(reader, lambda value: clean(compiled.sub(by, value)), f"with /{expression}/ as {by!r}")


def _check_template(compiled: re.Pattern[str], by: str) -> None:
    also_nothing = re.compile(f"{compiled.pattern}\n|", compiled.flags)  # what replaces is looked at in a match alone
    try:
        also_nothing.sub(by, "")
    except (re.error, IndexError) as error:
        raise BadInput(
            f"The pattern {compiled.pattern!r} of a site profile cannot be replaced by {by!r}: {error}. "
            r"Name only groups that it has, `\1` for the first."
        ) from None


def matching(reader: Reader[tuple[str, ...]], expression: str) -> Reader[tuple[str, ...]]:
    """Those of several texts that a regular expression is found in."""
    compiled = pattern(expression)
    return then(reader, lambda values: tuple(filter(compiled.search, values)), f"matching /{expression}/")


def other_than(reader: Reader[tuple[str, ...]], expression: str) -> Reader[tuple[str, ...]]:
    """Those of several texts that a regular expression does not match as a whole."""
    compiled = pattern(expression)
    return then(reader, lambda values: _others(values, compiled), f"other than /{expression}/")


def _others(values: tuple[str, ...], compiled: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(value for value in values if not compiled.fullmatch(value))


def at(reader: Reader[str], zone: str, *formats: str) -> Reader[Moment]:
    """A text as a moment; `zone` holds where it has no offset, `formats` are `strptime` forms of the site."""
    zone = time_zone(zone)
    return then(reader, lambda written: parse(written, zone=zone, formats=formats), "date")


def published_in(zone: str, *others: Reader[str]) -> Reader[Moment]:
    """When JSON-LD, then `<meta>`, then the other readers say that the article was published."""
    said = (one(json_ld("datePublished", "Article")), meta("article:published_time"), meta("datePublished"), *others)
    return first(*(at(reader, zone) for reader in said))


def modified_in(zone: str) -> Reader[Moment]:
    """When JSON-LD, then `<meta>` say that the article was changed."""
    said = (one(json_ld("dateModified", "Article")), meta("article:modified_time"), meta("dateModified"))
    return first(*(at(reader, zone) for reader in said))


def led_by(lead: Reader[str], body: Reader[tuple[Block, ...]]) -> Reader[tuple[Block, ...]]:
    """A body with the lead that the page shows above it as its first paragraph, where it does not begin with it."""

    def read(document: Document) -> Found[tuple[Block, ...]] | None:
        above, found = lead(document), body(document)
        if found is None or above is None or fold(found.value[0].text) == fold(above.value):
            return found
        return Found((Block(text=above.value), *found.value), found.source)

    return Reader(f"{lead}, then {body}", read)


def picture(*holders: str) -> Reader[Image]:
    """The first picture in one of these elements, with the caption of its figure; else the one that the head names."""
    inside = [(css, selector(f"{css} img")) for css in holders]

    def read(document: Document) -> Found[Image] | None:
        for css, images in inside:
            for node in document.tree.css(images)[:_MOST_PICTURES]:
                # A lazy picture's `src` may hold a placeholder as data, which is no address.
                url = next(filter(None, (document.absolute(attribute(node, name)) for name in _SOURCES)), None)
                if url:
                    alt = clean(attribute(node, "alt") or "") or None
                    return Found(Image(url=url, alt=alt, caption=_caption(document, css)), f"profile:{css} img")
        url = document.absolute(document.meta("og:image"))
        return Found(Image(url=url), "opengraph:image") if url else None

    return Reader(f"picture in {', '.join(holders)}", read)


def _caption(document: Document, css: str) -> str | None:
    node = document.tree.css_first(f"{css} figcaption")
    return (node_text(node) or None) if node is not None else None
