"""Stories that data tells: the state from which a script draws a page, and what a server answers to "Load more".

Where a story is told, an address and a headline stand side by side, whatever the system that wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import chain, islice
from typing import Any

from workers.core.charset import as_utf8
from workers.sites.lists.headlines import is_headline
from workers.sites.lists.load_more import counted_on, place_in
from workers.sites.page.document import Document
from workers.sites.page.states import LONGEST, parsed, states_of

# By their names without underscores and capitals, the surest first.
_ADDRESSES = ("canonicalurl", "permalink", "url", "weburl", "href", "link", "path", "uri")
_HEADLINES = ("headline", "headlines", "title", "name")
# What longer names end with: `fullPath`, `storyTitle`; and what is in those of pictures, programs and people.
_END_OF_ADDRESS, _END_OF_HEADLINE = ("url", "permalink", "link", "path"), ("headline", "title")
_OF_ANOTHER = re.compile(
    "image|img|photo|picture|thumb|logo|icon|avatar|video|audio|api|file|author|section|categor|parent|sub|alt"
)
_MOST_NAMES = 60
_NEXT = frozenset(("next", "nextpage", "nexturl", "nextpageurl", "nextlink", "more", "moreurl"))
_HAS_MORE = frozenset(("hasmore", "hasnext", "hasnextpage", "hasmoreitems", "ismore", "more", "next", "nextpage"))
_TOTALS = frozenset(("total", "totalcount", "totalitems", "totalresults", "numfound"))
_MOST_TELLING = 20  # objects, the outermost first
_TEXTS = ("rendered", "basic", "text", "default")  # of a headline that has more than one form
_MOST_VALUES, _MOST_STORIES = 100_000, 200
_LONGEST_TEXT = 300
_HALVES = re.compile("[\ud800-\udfff]")  # of characters: JSON may tell one alone, and no text can be written with it


def told_stories(document: Document) -> Iterator[tuple[str, str]]:
    """Address and headline of the stories in the page's state, at most 200 of each script; none where it has none."""
    for states in states_of(document):
        yield from islice(chain.from_iterable(map(_stories, states)), _MOST_STORIES)


def page_of_data(body: bytes, content_type: str | None = None, url: str = "") -> bytes | None:
    """An answer in JSON as a page: the markup in it, its stories as links, and its next page; None for other bodies.

    Where it says that there is more and not where, the next page is that whose number in the address is one higher.
    """
    if not body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) or len(body) > LONGEST:
        return None
    told = parsed(as_utf8(body, content_type).decode("utf-8", "replace"))
    if told is None:
        return None
    markup = [text for each in _walk(told) for text in _strings(each) if "<a " in text and "href" in text]
    stories = list(islice(_stories(told), _MOST_STORIES))
    links = [f'<p><a href="{escape(address)}">{escape(text)}</a></p>' for address, text in stories]
    following = next(_onward(told), None) or (_counted(told, url, len(stories)) if url else None)
    onward = [f'<a rel="next" href="{escape(following)}">…</a>'] if following else []
    onward += ["<title>The end</title>"] if following == "" else []  # a page, and none of which another piece follows
    return "\n".join((*onward, *markup, *links)).encode(errors="replace")


def _walk(told: Any) -> Iterator[dict[str, Any] | list[Any]]:
    """Each object and list, those that stand first first; of very many values only the first ones."""
    waiting, seen = [told], 0
    while waiting and seen < _MOST_VALUES:
        value = waiting.pop()
        if isinstance(value, dict | list):
            yield value
            inside = list(value.values()) if isinstance(value, dict) else value
            seen += len(inside)
            waiting.extend(reversed(inside))


def _strings(value: dict[str, Any] | list[Any]) -> Iterator[str]:
    yield from (each for each in (value.values() if isinstance(value, dict) else value) if isinstance(each, str))


def _stories(told: Any) -> Iterator[tuple[str, str]]:
    for value in _walk(told):
        if isinstance(value, dict) and len(value) > 1:
            named = {_plain(name): _at(each, told) for name, each in value.items()}
            urls = (named[name] for name in _called(named, _ADDRESSES, _END_OF_ADDRESS))
            url = next(filter(_is_address, urls), None)
            texts = (_text(named[name]) for name in _called(named, _HEADLINES, _END_OF_HEADLINE)) if url else ()
            headline = next(filter(None, texts), None)
            if url and is_headline(headline):
                yield url, headline or ""


def _called(named: Mapping[str, Any], names: Sequence[str], ends: tuple[str, ...]) -> Iterator[str]:
    """Those of these names that there are, then what ends with one of the others."""
    yield from (name for name in names if name in named)
    longer = (each for each in islice(named, _MOST_NAMES) if each.endswith(ends))
    yield from (each for each in longer if not _OF_ANOTHER.search(each[:_LONGEST_TEXT]))


def _at(value: Any, told: Any) -> Any:
    """The value; some write all values into one list, and in an object the place of each."""
    is_place = type(value) is int and isinstance(told, list) and 0 <= value < len(told)
    return told[value] if is_place else value


def _onward(told: Any) -> Iterator[str]:
    values = (value for value in _walk(told) if isinstance(value, dict))
    return (each for value in values for name, each in value.items() if _plain(name) in _NEXT and _is_address(each))


def _counted(told: Any, url: str, shown: int) -> str | None:
    """The next page by its number, where the data says that there is more; "" where it says that this is the end."""
    place, following = place_in(url), counted_on(url, shown)
    for value in islice(_walk(told), _MOST_TELLING):
        for name, each in islice(value.items(), _MOST_NAMES) if isinstance(value, dict) else ():
            if isinstance(each, bool) and _plain(name) in _HAS_MORE:
                return (following or "") if each else ""
            if type(each) is int and _plain(name) in _TOTALS and place is not None and following:
                before = place * shown if place_in(following) == place + 1 else place + shown
                return following if each > before else ""
    return None


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("/", "http://", "https://", "?")) and not _HALVES.search(value)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = next((value[name] for name in _TEXTS if isinstance(value.get(name), str)), None)
    return _HALVES.sub("", value[:_LONGEST_TEXT]).strip() if isinstance(value, str) else ""
