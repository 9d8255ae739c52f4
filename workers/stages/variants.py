"""Variants: a story that its site shows under several addresses is stored once, under the one that its pages name.

A page names it by `rel=canonical`, which is only trusted where it can be one: many sites put their front page there, or
one page for all. So what stands under that address is compared before anything is dropped, here and, for pages that are
read at the same time, in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from workers.core.article import Article
from workers.core.errors import Deleted, Duplicate
from workers.core.link import Link
from workers.core.same import is_same_story
from workers.core.urls import parameters_of, path_of
from workers.core.work import State
from workers.sites.identity import UnderOneName
from workers.sites.site import Site, by_url
from workers.stages.reading import Reading

Name = tuple[str, str]
Standing = Callable[[Collection[Name]], Mapping[Name, Article]]
Deletions = Callable[[Collection[Name]], Collection[Name]]

# What may stand behind any address for another form of the same page.
_FORMS = {
    *("all", "amp", "full", "m", "mobile", "print", "print-version", "printable", "printer", "printversion"),
    *("afdrukken", "drucken", "druckansicht", "druckversion", "druk", "drukovat", "drukuj", "drukuvaty", "imprima"),
    *("impression", "imprimer", "imprimir", "nyomtatas", "pechat", "skriv-ut", "stampa", "tisk", "tulosta", "utskrift"),
    *("printview", "versiya-dlya-pechati", "yazdir"),
}
# A story's name in its address has a number or so many hyphens; a section's is a word or two.
_HYPHENS = 2


def known_by_url(site: Site) -> bool:
    """True for a site whose articles are told apart by nothing but their addresses."""
    return site.identity is by_url or isinstance(site.identity, UnderOneName)


def original_of(article: Article, site: Site) -> str | None:
    """The other address of its site that the article names as its own, where that may be an article's; else None."""
    told, url = article.canonical_url, article.url
    if told is None or told == url or not known_by_url(site):
        return None
    # A site that has moved to https may name its pages as they were before.
    told = f"{url.partition('://')[0]}://{told.partition('://')[2]}"
    if not site.is_article(told) or site.identity(told) == article.key:
        return None
    return told if may_be_form_of(url, told) else None


def may_be_form_of(url: str, told: str) -> bool:
    """False where the address lies below the other one as a story's does below its section and the front page."""
    own, other = (path_of(each).strip("/") for each in (url, told))
    if not other:
        return bool(parameters_of(told))
    if own == other or not own.startswith(f"{other}/"):
        return True
    rest = own[len(other) + 1 :].lower().removesuffix(".html")
    return rest in _FORMS or names_story(other.rpartition("/")[2])


def names_story(segment: str) -> bool:
    """True for a part of a path that may be the name of a story."""
    return any(map(str.isdigit, segment)) or segment.count("-") + segment.count("_") >= _HYPHENS


def told_apart(readings: Sequence[Reading], site_of: Callable[[str], Site], standing: Standing) -> tuple[Reading, ...]:
    """The readings, with those of variants as they end.

    `standing` gives, by (site, key), the articles that are stored. It is asked once, and only where there is a variant.
    """
    originals = {
        place: told
        for place, reading in enumerate(readings)
        if reading.article and (told := original_of(reading.article, site_of(reading.lease.site)))
    }
    if not originals:
        return tuple(readings)
    return _Batch(readings, originals, site_of).ended(standing)


def without_deleted(readings: Sequence[Reading], deleted: Deletions) -> tuple[Reading, ...]:
    """The readings, with those ended whose story was deleted and is met again at another address than its own.

    `deleted` gives, of (site, key), those that were deleted. It is asked only where a page is not at its own address.
    """
    guests = set(filter(None, map(_guest, readings)))
    gone = deleted(guests) if guests else frozenset()
    return tuple(_without_story(reading) if _guest(reading) in gone else reading for reading in readings)


def _guest(reading: Reading) -> Name | None:
    name = _name(reading)
    return name if name and name[1] != reading.lease.key else None


def _without_story(reading: Reading) -> Reading:
    ended = {"article": None, "state": State.SKIPPED, "reason": Deleted.reason, "detail": None}
    return reading.model_copy(update={"links": reading.shown, **ended})


class _Batch:
    """The readings of a batch in which there are variants."""

    def __init__(
        self, readings: Sequence[Reading], originals: Mapping[int, str], site_of: Callable[[str], Site]
    ) -> None:
        self._readings = readings
        self._originals = originals
        # Of the addresses that are named.
        self._keys = {place: site_of(readings[place].lease.site).identity(told) for place, told in originals.items()}

    def ended(self, standing: Standing) -> tuple[Reading, ...]:
        """The readings as they end."""
        own = [name for place in self._originals if (name := _name(self._readings[place]))]
        named = [(site, self._keys[place]) for place, (site, _) in zip(self._originals, own, strict=True)]
        known = dict(standing({*own, *named}))
        for place, reading in enumerate(self._readings):
            if reading.article and place not in self._originals:
                known[reading.article.site, reading.article.key] = reading.article
        return tuple(
            self._end(place, reading, known) if place in self._originals else reading
            for place, reading in enumerate(self._readings)
        )

    def _end(self, place: int, reading: Reading, known: dict[Name, Article]) -> Reading:
        article, key = reading.article, self._keys[place]
        assert article is not None
        there = known.get((article.site, key))
        if there is not None and there.url != article.url:
            return duplicate(reading, self._originals[place]) if is_same_story(article, there) else reading
        if there is None and (article.site, article.key) in known:
            return reading  # it has been stored under its own address before
        moved = article.model_copy(update={"key": key})
        known[article.site, key] = moved
        return _first(reading, moved, self._originals[place])


def _name(reading: Reading) -> Name | None:
    return (reading.article.site, reading.article.key) if reading.article else None


def duplicate(reading: Reading, original: str) -> Reading:
    """Nothing is stored, and no links are followed: the page at the other address has been read."""
    ended = {"article": None, "state": State.SKIPPED, "reason": Duplicate.reason, "detail": original}
    return reading.model_copy(update=ended)


def _first(reading: Reading, article: Article, original: str) -> Reading:
    """The story is stored under the address that the page names, which is admitted: this one may be a poorer form.

    Its links are followed too, in case that nothing answers there. Where the addresses differ by a slash or capitals it
    is the same page for certain, and is not asked for twice.
    """
    if reading.lease.key == article.key or _is_spelling(article.url, original):
        return reading.model_copy(update={"article": article})
    shown_at = article.published.at if article.published else None
    link = Link(url=original, label=reading.lease.label, headline=article.headline, shown_at=shown_at)
    ended = {"state": State.SKIPPED, "reason": Duplicate.reason, "detail": original}
    return reading.model_copy(update={"article": article, "links": (link,), **ended})


def _is_spelling(url: str, other: str) -> bool:
    paths = {path_of(each).rstrip("/").lower() for each in (url, other)}
    return len(paths) == 1 and parameters_of(url) == parameters_of(other)
