"""The next page of a listing: what is marked as it, else what says so, else what counts one further; up to a limit.

On a site whose article paths are not known its address may be of any form: `?page=1` may be the second page, and
`?start=10` too. Which page a page is, is told by how the next one's address differs; where that tells nothing (a
cursor), the steps from a start count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import NamedTuple

from workers.core.link import Kind, Label, Link
from workers.core.text import clean
from workers.core.urls import parameters_of, path_of
from workers.sites.lists.archives import day_of
from workers.sites.lists.headlines import is_headline
from workers.sites.lists.load_more import buttons, counted_on, goes_on_behind, is_piece, loaded_next, written_next
from workers.sites.lists.next_words import says_before, says_next
from workers.sites.page.document import Document, attribute, short_text
from workers.sites.site import Site

_MOST_ANCHORS = 3_000
_MOST_MARKED = 100  # in the page's head, each of which is joined to an address
# An address with more numbers has them to no end: each is compared for each link.
_MOST_NUMBERS = 40
_LONGEST = 40
_MOST_DIGITS, _MOST_OPTIONS, _FEW = 5, 500, 2
# "More sport" may lead to the search, which shows the rest of a section.
_MORE = re.compile(
    r"(?:more|mehr|más|mais|plus|altr[eio]|meer|więcej|ещё|еще|ще|більше|больше)\s.{1,20}", re.IGNORECASE
)
# The second page of another list, which a section goes on with: its archive, say.
_SECOND = re.compile(r"[?&][a-z_]{1,20}=2(?:&|$)|/page/2/?$", re.IGNORECASE)
_ENDS_WITH_TWO = re.compile(r"\D2(?:/|\.html?)?$")
_LONGEST_QUERY = 200
_NUMBER = re.compile(r"(\d{1,9})")
# "10 | 20 | 50" behind these names is how many items a page shows.
_SIZE = re.compile(r"limit|size|count|per_?page|page_?size|show|rows|max|num|ipp|anzahl", re.IGNORECASE)
_TAIL = re.compile(r"(?:/?index)?\.(?:html?|php|aspx?)$")
# How a link is known to lead to the next page: by `rel`, by what it says or is called, or not.
_MARKED, _SAYING, _UNMARKED = range(3)


class _Anchor(NamedTuple):
    url: str
    text: str
    rank: int


def next_page(document: Document, site: Site, depth: int) -> Link | None:
    """The page that follows this one in its listing, unless so many are read; `depth` is this one's, from a start."""
    url = _by_number(document, site) if site.scope.articles else _by_all(document, site, depth)
    return Link(url=url, label=Label.LISTING, kind=Kind.LISTING) if url else None


def _by_number(document: Document, site: Site) -> str | None:
    """The page whose number is one higher, as the profile tells it."""
    listing, number = site.pager.place_of(document.url)
    if number >= site.pager.limit:
        return None
    for node in document.tree.css("a[href], link[rel=next][href]")[:_MOST_ANCHORS]:
        url = document.absolute(attribute(node, "href"))
        if url and site.pager.place_of(url) == (listing, number + 1) and site.in_scope(url):
            return url
    return None


def _by_all(document: Document, site: Site, depth: int) -> str | None:
    here, anchors = document.url, list(_anchors(document, site))
    marked = (anchor for anchor in anchors if anchor.rank == _MARKED)
    counted = (anchor for anchor in anchors if _follows(anchor.url, here, site))
    numbered = chain(_numbered(anchors, here), _by_offset(anchors, here))
    found = chain(marked, _backwards(anchors, here), _saying(anchors), counted, numbered)
    following = next(found, None)
    if following is None:
        return _after_all(document, depth, site, anchors)
    if day_of(following.url) is not None:  # its number is no page's, and `archives` follows days
        return None
    number = _number_of(here, following.url)
    if number is None:
        return following.url if depth + 1 < site.pager.limit else None
    number += _counts_from_zero(here, anchors)
    return following.url if number < site.pager.limit else None


def _after_all(document: Document, depth: int, site: Site, anchors: Sequence[_Anchor]) -> str | None:
    """What comes after a list without links onward: by a script, or behind items that a button has loaded."""
    if depth + 1 >= site.pager.limit:
        return None
    if written := written_next(document) or loaded_next(document, (anchor.url for anchor in anchors)):
        return written if site.in_scope(written) else None
    is_open = not anchors and "?" in document.url and is_piece(document)
    is_open = is_open and document.tree.css_first("a[href]") is not None
    return counted_on(document.url) if is_open else None


def _saying(anchors: Sequence[_Anchor]) -> list[_Anchor]:
    """Those that say that they lead on, but for teasers, which say so too: one text to many pages, or to an article."""
    headlines = {anchor.url for anchor in anchors if is_headline(anchor.text) and anchor.rank == _UNMARKED}
    saying = [anchor for anchor in anchors if anchor.rank == _SAYING]
    urls: defaultdict[str, set[str]] = defaultdict(set)
    for anchor in saying:
        urls[anchor.text].add(anchor.url)
    return [anchor for anchor in saying if len(urls[anchor.text]) == 1 and anchor.url not in headlines]


def _follows(url: str, here: str, site: Site) -> bool:
    listing, number = site.pager.place_of(here)
    return site.pager.place_of(url) == (listing, number + 1)


def _anchors(document: Document, site: Site) -> Iterator[_Anchor]:
    """The links that may lead to another page of this listing, in the page's order."""
    here, base = document.url, _base_of(path_of(document.url))
    marked = (each for _, _, each in document.links if "next" in (each.get("rel") or "").lower().split())
    for attributes in islice(marked, _MOST_MARKED):
        url = document.absolute(attributes.get("href"))
        if url and url != here and (site.in_scope(url) or goes_on_behind(url, site)):
            yield _Anchor(url, "", _MARKED)
    for node in document.tree.css("a[href]")[:_MOST_ANCHORS]:
        attributes = node.attributes
        url = document.absolute(attributes.get("href"))
        if not url or url == here:
            continue
        is_behind = not site.in_scope(url)
        if is_behind and not goes_on_behind(url, site):
            continue
        if "next" in (attributes.get("rel") or "").lower().split():
            yield _Anchor(url, "", _MARKED)
        else:
            is_of = _is_of(url, here, base)
            if is_of or is_behind or ("2" in url and _SECOND.search(url[-_LONGEST_QUERY:])):
                text = clean(short_text(node, _LONGEST))
                is_saying = says_next(node, text) or (is_behind and _MORE.fullmatch(text) is not None)
                if is_of or is_saying:
                    yield _Anchor(url, text, _SAYING if is_saying else _UNMARKED)
    yield from (_Anchor(url, text, _SAYING) for url, text in buttons(document, site))
    yield from _options(document, site, base)


def _options(document: Document, site: Site, base: str) -> Iterator[_Anchor]:
    """The pages of the list that a `<select>` lets choose by number."""
    for node in document.tree.css("option[value]")[:_MOST_OPTIONS]:
        text, value = clean(short_text(node, _LONGEST)), attribute(node, "value") or ""
        url = document.absolute(value) if text.isdecimal() and ("?" in value or "/" in value) else None
        if url and url != document.url and site.in_scope(url) and _is_of(url, document.url, base):
            yield _Anchor(url, text, _UNMARKED)


def is_of_list(url: str, here: str) -> bool:
    """True for an address that may be another page of the list at `here`."""
    return _is_of(url, here, _base_of(path_of(here)))


def _is_of(url: str, here: str, base: str) -> bool:
    """True for an address of the same path or one below it, with a number or a query, or that differs by a number."""
    path = path_of(url)
    if _base_of(path) == base:
        return "?" in url
    if path.startswith((f"{base}/", f"{base}-", f"{base}_", f"{base},")):
        return "?" in url or any(map(str.isdigit, path[len(base) :]))
    return _changed(here, url) is not None


def _base_of(path: str) -> str:
    return (path[:-_LONGEST] + _TAIL.sub("", path[-_LONGEST:])).rstrip("/")


def _changed(here: str, url: str) -> tuple[int, int] | None:
    """The only number in which two addresses differ, in both; None where they differ otherwise."""
    ours, theirs = _NUMBER.split(here, _MOST_NUMBERS), _NUMBER.split(url, _MOST_NUMBERS)
    if len(ours) != len(theirs):
        return None
    found = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
    if len(found) != 1 or not (found[0][0].isdigit() and found[0][1].isdigit()):
        return None
    return int(found[0][0]), int(found[0][1])


def _number_of(here: str, following: str) -> int | None:
    """Which page this is, the first one being 1, told by the next page's address; None where it does not tell."""
    if numbers := _changed(here, following):
        step = numbers[1] - numbers[0]
        return numbers[0] if step == 1 else numbers[0] // step + 1 if step > 1 else None
    ours, theirs = here.partition("?"), following.partition("?")
    longer = len(_base_of(path_of(following))) > len(_base_of(path_of(here)))
    more = set(_names(theirs[2])) - set(_names(ours[2]))
    return 1 if longer or more else None


def _numbered(anchors: Sequence[_Anchor], here: str) -> Iterator[_Anchor]:
    """The links whose text is the number of the page that follows this one."""
    zero = _counts_from_zero(here, anchors)
    for anchor in anchors:
        if anchor.text.isdecimal() and len(anchor.text) <= _MOST_DIGITS and day_of(anchor.url) is None:
            number = _number_of(here, anchor.url) if _is_beside(anchor.url, here) else None
            if number is not None and int(anchor.text) == number + zero + 1:
                yield anchor


def _by_offset(anchors: Sequence[_Anchor], here: str) -> Iterator[_Anchor]:
    """The link to the items that follow, where links say after how many their items come: `0 | 10 | 20`."""
    shown: defaultdict[str, dict[int, _Anchor]] = defaultdict(dict)
    for anchor in anchors:
        if anchor.text.isdecimal() and len(anchor.text) <= _MOST_DIGITS and day_of(anchor.url) is None:
            named = (part.partition("=") for part in parameters_of(anchor.url))
            for name in (name for name, _, value in named if value == anchor.text and not _SIZE.fullmatch(name)):
                shown[name].setdefault(int(anchor.text), anchor)
    asked = {name: value for name, _, value in (part.partition("=") for part in parameters_of(here))}
    for name, links in shown.items():
        own = asked.get(name, "0")
        places = sorted({0, *links, int(own)}) if own.isdecimal() and len(own) <= _MOST_DIGITS else []
        step = min((after - before for before, after in pairwise(places)), default=0)
        if step > 1 and len(places) > _FEW and not any(place % step for place in places):
            yield from (links[place] for place in places if place > int(own))


def _backwards(anchors: Sequence[_Anchor], here: str) -> Iterator[_Anchor]:
    """The links that say "previous" and count one further: those of a list whose pages run back in time."""
    for anchor in anchors:
        if says_before(anchor.text) and day_of(anchor.url) is None:
            numbers = _changed(here, anchor.url)
            is_second = numbers is None and _number_of(here, anchor.url) == 1 and _ENDS_WITH_TWO.search(anchor.url)
            if is_second or (numbers is not None and numbers[1] == numbers[0] + 1):
                yield anchor


def _is_beside(url: str, here: str) -> bool:
    """False for what lies deeper below a front page than its pages do: everything is below it."""
    return _base_of(path_of(here)) != "" or path_of(url).strip("/").count("/") == 0


def _names(query: str) -> list[str]:
    return [part.partition("=")[0] for part in query.split("&") if part]


def _counts_from_zero(here: str, anchors: Sequence[_Anchor]) -> bool:
    """True where the number that a link shows is one higher than that in its address, or an address has number 0."""
    for anchor in anchors:
        numbers = _changed(here, anchor.url)
        if numbers and (numbers[1] == 0 or (anchor.text.isdecimal() and int(anchor.text) == numbers[1] + 1)):
            return True
    return False
