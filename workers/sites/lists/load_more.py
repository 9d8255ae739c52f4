"""Buttons that load more of a list by a script, and the addresses behind which a list goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborNode

from workers.core.text import clean
from workers.core.urls import path_of
from workers.sites.lists.next_words import is_next, is_signed
from workers.sites.page.document import Document, attribute, short_text
from workers.sites.site import Site

_BUTTONS = (
    'button,[role="button"],[data-next],[data-next-page],[data-next-url],a[data-url],a[data-href],[class*="more"]'
    ",amp-list[src]"
)
# "createPageHTML(9, 0, 'index', 'html')": how many pages, which of them, counted from 0, and the name of their files.
_WRITTEN = re.compile(
    r"\w{0,30}page\w{0,30}\(\s{0,9}(?:[\"'][\w-]{1,40}[\"']\s{0,9},\s{0,9})?(\d{1,5})\s{0,9},\s{0,9}(\d{1,5})\s{0,9},"
    r"\s{0,9}[\"']([\w-]{1,40})[\"']\s{0,9},\s{0,9}[\"'](s?html?)[\"']",
    re.IGNORECASE,
)
_MOST_SCRIPTS, _LONGEST_SCRIPT = 50, 2_000
_MOST_BUTTONS, _LONGEST = 200, 40
# Searches without an end, and data, are not asked for, unless a list goes on there.
_SEARCH, _DATA = re.compile(r"/search(?:\.\w{2,5})?/?$"), re.compile(r"\.json$|/wp-json/")
_PLACE = re.compile(
    r"([?&](?:o|offset|start|skip|from|page|p|pg|paged|pageNo|pageNumber|currentPage|seite|pagina|strona)=)(\d{1,9})(?=&|$)",
    re.IGNORECASE,
)
# Blogs whose lists a script goes on with have pages nevertheless: WordPress numbers them in the path.
_BLOG = 'link[rel="https://api.w.org/"]'
_LOADING = re.compile(r"(?:load|ajax)[\s_-]?more|more[_-]button|infinite[_-]?(?:scroll|trigger)", re.IGNORECASE)
_UNTIL_NUMBER = re.compile(r"/page/(\d{1,5})/?$")
_SCROLLED = re.compile(r"\"path\"\s?:\s?\"([^\"\s%]{0,200}/page\\?/)%d")
# What a script puts the number in the place of.
_STAND_IN = re.compile(r"(?<=[/=])9{4,12}(?=/|&|$)")
# What scripts add to the address of a button from another of its attributes.
_COUNTED = {
    "data-page": "page",
    "data-next-page": "page",
    "data-current-page": "page",
    "data-paged": "paged",
    "data-offset": "offset",
    "data-start": "start",
}


def goes_on_behind(url: str, site: Site) -> bool:
    """True for an address out of scope behind which a list may go on: the site's search at a place, or its data."""
    if ("search" not in url and "json" not in url) or site.scope.articles or not site.reaches(url):
        return False
    path = path_of(url)
    return _DATA.search(path) is not None or (_SEARCH.search(path) is not None and _PLACE.search(url) is not None)


def counted_on(url: str, shown: int = 0) -> str | None:
    """The address with the number of the next page, or of what comes after so many that are shown; None without one."""
    place = _PLACE.search(url)
    if place is None:
        return None
    is_page = place[1][1:].lower().startswith(("p", "currentp", "seite", "strona"))
    number = int(place[2]) + (1 if is_page else shown)
    return f"{url[: place.start(2)]}{number}{url[place.end(2) :]}" if is_page or shown else None


def place_in(url: str) -> int | None:
    """The number by which an address tells the page, or how many come before it."""
    place = _PLACE.search(url)
    return int(place[2]) if place else None


def buttons(document: Document, site: Site) -> Iterator[tuple[str, str]]:
    """Where they lead, by an attribute of data, and what they say."""
    for node in document.tree.css(_BUTTONS)[:_MOST_BUTTONS]:
        if node.tag == "amp-list":
            url = document.absolute(attribute(node, "src"))
            if url and (site.in_scope(url) or goes_on_behind(url, site)):
                yield url, url
            continue
        told = {name: value for name, value in node.attributes.items() if name.startswith("data-") and value}
        if told:
            text = clean(short_text(node, _LONGEST))
            is_sure = is_next(text) or is_signed(attribute(node, "class") or "")
            for name, value in told.items():
                url = document.absolute(value) if value[0] in "/?h" else None
                may_lead = url is not None and (site.in_scope(url) or goes_on_behind(url, site))
                following = _with_number(url or "", told) if may_lead and ("next" in name or is_sure) else None
                if following and following != document.url:
                    yield following, text


def written_next(document: Document) -> str | None:
    """The next page of a list whose pager a script writes."""
    nodes = document.tree.css("script:not([src])")[:_MOST_SCRIPTS]
    scripts = [short_text(node, _LONGEST_SCRIPT) for node in nodes]
    if scrolled := next(filter(None, (_SCROLLED.search(each) for each in scripts if "infiniteScroll" in each)), None):
        return document.absolute(f"{scrolled[1].replace(chr(92), '')}{_number_in(document.url) + 1}/")
    told = next(filter(None, map(_WRITTEN.search, scripts)), None)
    if told is None or int(told[2]) + 1 >= int(told[1]):
        return None
    return document.absolute(f"{told[3]}_{int(told[2]) + 1}.{told[4]}")


def loaded_next(document: Document, linked: Iterable[str]) -> str | None:
    """The next page of a blog's list, by its program's addresses, where a button without an address loads it.

    A list that links to other pages of its own has come to its end without a link onward.
    """
    if "?" in document.url or document.tree.css_first(_BLOG) is None:
        return None
    if not any(map(_loads, document.tree.css('[class*="more"],[class*="infinite"]')[:_MOST_BUTTONS])):
        return None
    list_of = _list_of(document.url)
    if any(_UNTIL_NUMBER.search(url) and _list_of(url) == list_of for url in linked):
        return None
    return f"{list_of}/page/{_number_in(document.url) + 1}/"


def _loads(node: LexborNode) -> bool:
    leads, names = attribute(node, "href") or "#", attribute(node, "class") or ""
    return leads.startswith(("#", "javascript:")) and _LOADING.search(names[:200]) is not None


def _list_of(url: str) -> str:
    return _UNTIL_NUMBER.sub("", url).rstrip("/")


def _number_in(url: str) -> int:
    told = _UNTIL_NUMBER.search(url)
    return int(told[1]) if told else 1


def _with_number(url: str, told: Mapping[str, str]) -> str:
    """The address with the number that another attribute tells, where it has none itself; none after the last."""
    name = next((name for name in _COUNTED if told.get(name, "").isdecimal() and len(told[name]) < 9), None)
    if name is None:
        return url
    number, parameter = int(told[name]), _COUNTED[name]
    if parameter.startswith("page") and (stand_in := _STAND_IN.search(url)):
        number += name != "data-next-page"
        return "" if _is_past(number, told) else f"{url[: stand_in.start()]}{number}{url[stand_in.end() :]}"
    if any(map(str.isdigit, url.partition("?")[2])):
        return url
    if parameter.startswith("page") and name != "data-next-page" and number < 2:
        number += 1  # it is that of the page that is shown
    return f"{url}{'&' if '?' in url else '?'}{parameter}={number}"


def _is_past(number: int, told: Mapping[str, str]) -> bool:
    most = next((told[name] for name in ("data-max", "data-max-pages", "data-pages") if name in told), "")
    return most.isdecimal() and len(most) < 9 and number > int(most)


def is_piece(document: Document) -> bool:
    """True for what a button loads: items without a page around them."""
    node: LexborNode | None = document.tree.head
    return node is None or node.first_child is None
