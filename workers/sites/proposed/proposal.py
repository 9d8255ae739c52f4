"""A proposed profile: selectors that give, on all pages of a site at hand, what the generic reader found there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workers.core.link import Label
from workers.core.text import fold
from workers.sites.generic.phrases import opens_related
from workers.sites.generic.reader import generic_read
from workers.sites.generic.related import label_of
from workers.sites.operators import at, attrs, published_in
from workers.sites.page.document import Document
from workers.sites.proposed.given_names import around, given_names
from workers.sites.proposed.proposed_body import body_candidates, shared_words
from workers.sites.proposed.quoted import quoted
from workers.sites.reader import Found, Reader
from workers.sites.readers import json_ld, meta, one, tags, text, texts

_MOST_CANDIDATES = 60
_ENOUGH_PAGES = 3
# The share of a body's words from which a holder counts as right, and from which it is told at all.
_NEARLY_ALL, _WORTH_TELLING = 0.98, 0.3

Candidate = tuple[str, Reader[Any]]


@dataclass(frozen=True)
class Guess:
    """The code of a reader for a field, and on how many of the pages that have the field it agrees.

    `exact`: where it agrees it finds the same; else nearly the same words.
    """

    field: str
    code: str
    agrees: int
    pages: int
    exact: bool

    @property
    def sure(self) -> bool:
        """True when it agrees on every page, and there is more than one."""
        return self.agrees == self.pages > 1

    @property
    def is_proven(self) -> bool:
        """True when so many pages agree that one which does not has likely another layout: two may be of one of two."""
        return self.agrees == self.pages >= _ENOUGH_PAGES

    @property
    def holds(self) -> bool:
        """True when it agrees on every page, be it one."""
        return self.agrees == self.pages


@dataclass(frozen=True)
class Proposal:
    """What can be said of a site from some of its pages: a guess for each field, and its headings of boxes."""

    documents: tuple[Document, ...]
    guesses: tuple[Guess, ...]
    headings: tuple[tuple[Label, tuple[str, ...]], ...]


def propose(documents: Sequence[Document]) -> Proposal:
    """The readers that agree best with the generic reader on these pages of one site."""
    known = [generic_read(document) for document in documents]
    values = {name: [fields.get(name) for fields in known] for name in ("headline", *_SEARCHES, "body")}
    guesses = []
    for name, found in values.items():
        pages = [(document, each.value) for document, each in zip(documents, found, strict=True) if each is not None]
        if pages and (guess := _guess(name, pages)):
            guesses.append(guess)
    return Proposal(tuple(documents), tuple(guesses), tuple(_headings(documents)))


def _guess(name: str, pages: list[tuple[Document, Any]]) -> Guess | None:
    """The first candidate that agrees on most pages; candidates come in the order of trust."""
    agreement = shared_words if name == "body" else _same
    best, chosen = 0.0, None
    for code, reader in list(_unique(_candidates(name, pages)))[:_MOST_CANDIDATES]:
        found = [(reader(document), value) for document, value in pages]
        shares = [agreement(*pair) for pair in found]
        if sum(shares) > best:
            best = sum(shares)
            agree = [pair for pair, share in zip(found, shares, strict=True) if share >= _NEARLY_ALL]
            exact = name != "body" or all(each is not None and each.value == value for each, value in agree)
            chosen = Guess(name, code, len(agree), len(pages), exact)
    return chosen if best >= _WORTH_TELLING * len(pages) else None


def _unique(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    seen: set[str] = set()
    for code, reader in candidates:
        if code not in seen:
            seen.add(code)
            yield code, reader


def _candidates(name: str, pages: list[tuple[Document, Any]]) -> Iterator[Candidate]:
    if name == "headline":
        for document, value in pages:
            yield from ((f"text({quoted(css)})", text(css)) for css in _selectors(document, value, "h1,h2,h3"))
        yield 'one(json_ld("headline", "Article"))', one(json_ld("headline", "Article"))
        yield 'meta("og:title")', meta("og:title")
    elif name == "body":
        yield from body_candidates(pages)
    else:
        yield from _SEARCHES[name](pages)


def _dates(pages: list[tuple[Document, Any]]) -> Iterator[Candidate]:
    zone = "UTC"
    yield "published_in(ZONE)", published_in(zone)
    for css in ("article time", "time"):
        yield f'at(one(attrs({quoted(css)}, "datetime")), ZONE)', at(one(attrs(css, "datetime")), zone)
    for document, value in pages:
        for css in _selectors(document, value.text, "time,span,div,p"):
            yield f"at(text({quoted(css)}), ZONE)", at(text(css), zone)


def _section(pages: list[tuple[Document, Any]]) -> Iterator[Candidate]:
    yield 'one(json_ld("articleSection", "Article"))', one(json_ld("articleSection", "Article"))
    yield 'meta("article:section")', meta("article:section")
    for document, value in pages:
        yield from ((f"text({quoted(css)})", text(css)) for css in _selectors(document, value, "a,span,div"))


def _tags(pages: list[tuple[Document, Any]]) -> Iterator[Candidate]:
    yield 'json_ld("keywords", "Article")', json_ld("keywords", "Article")
    for document, value in pages:
        yield from ((f"tags({quoted(css)})", tags(css)) for css in _lists(document, value))


def _authors(pages: list[tuple[Document, Any]]) -> Iterator[Candidate]:
    yield 'json_ld("author.name", "Article")', json_ld("author.name", "Article")
    for document, value in pages:
        yield from ((f"texts({quoted(css)})", texts(css)) for css in _lists(document, value))


_SEARCHES: dict[str, Callable[[list[tuple[Document, Any]]], Iterator[Candidate]]] = {
    "published": _dates,
    "section": _section,
    "tags": _tags,
    "authors": _authors,
}


def _selectors(document: Document, value: str, among: str) -> Iterator[str]:
    """Selectors of elements with this text, by their own names, then by those around them."""
    wanted = fold(value)
    for node in document.tree.css(among):
        if len(node.text()) < 3 * len(value) + 50 and fold(node.text()) == wanted:
            yield from given_names(node)
            yield from (f"{holder} {node.tag}" for holder in around(node))


def _lists(document: Document, values: tuple[str, ...]) -> Iterator[str]:
    """Selectors of the links or other elements whose texts these are."""
    wanted = {fold(value) for value in values}
    for node in document.tree.css("a,span,p,div"):
        if len(node.text()) < 80 and fold(node.text()).strip("#,; ") in wanted:
            yield from given_names(node)
            yield from (f"{holder} {node.tag}" for holder in around(node))


def _same(found: Found[Any] | None, value: Any) -> bool:
    if found is None:
        return False
    if isinstance(value, str):
        return fold(found.value) == fold(value)
    if isinstance(value, tuple):
        return {fold(each) for each in found.value} == {fold(each) for each in value}
    return bool(found.value.at.date() == value.at.date())


def _headings(documents: Sequence[Document]) -> Iterator[tuple[Label, tuple[str, ...]]]:
    """The texts over boxes of links, by label."""
    found: dict[Label, dict[str, None]] = {}
    for document in documents:
        for node in document.tree.css("h2,h3,h4,h5,h6,[class*=title],[class*=heading]"):
            shown = " ".join(node.text().split())
            if len(shown) < 40 and opens_related(shown):
                found.setdefault(label_of(shown), {})[shown] = None
    yield from ((label, tuple(shown)) for label, shown in found.items())
