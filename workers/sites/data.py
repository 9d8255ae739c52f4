"""Stories that data tells: the state from which a script draws a page, and what a server answers to "Load more".

Where a story is told, an address and a headline stand side by side, whatever the system that wrote it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import chain, islice
from typing import Any

from workers.core.charset import as_utf8
from workers.sites.document import Document, attribute
from workers.sites.headlines import is_headline

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
_TEXTS = ("rendered", "basic", "text", "default")  # of a headline that has more than one form
_KINDS = ("", "application/json", "text/javascript", "application/javascript")
# A script that keeps its state in a variable, as an object or as a text of JSON, or in several.
_ASSIGNED = re.compile(
    r"""(?:^|;)\s{0,99}(?:var |let |const )?[\w$.]{1,60}(?:\[["'][\w$]{1,60}["']\])?\s{0,9}=\s{0,9}"""
    r"""(?:JSON\.parse\()?(?=[\[{"])"""
)
_BEGINNING = 300
_MOST_ASSIGNED, _MOST_ODD = 50, 3  # what is no data may be long to read before that is known
_DECODER = json.JSONDecoder(strict=False)
_MOST_STATES, _LONGEST, _MOST_VALUES, _MOST_STORIES = 100, 3_000_000, 100_000, 200
_LONGEST_TEXT = 300
_HALVES = re.compile("[\ud800-\udfff]")  # of characters: JSON may tell one alone, and no text can be written with it


def told_stories(document: Document) -> Iterator[tuple[str, str]]:
    """Address and headline of the stories in the page's state, at most 200 of each script; none where it has none."""
    for node in document.tree.css("script")[:_MOST_STATES]:
        if (attribute(node, "type") or "").strip().lower() in _KINDS:
            yield from islice(chain.from_iterable(map(_stories, _states(node.text()))), _MOST_STORIES)


def _states(script: str) -> Iterator[Any]:
    if script[:_BEGINNING].lstrip().startswith(("{", "[")):
        yield _parsed(script)
        return
    at = odd = 0
    for _ in range(_MOST_ASSIGNED if len(script) <= _LONGEST else 0):
        assigned = _ASSIGNED.search(script, at, at + _BEGINNING)
        if assigned is None:
            return
        try:
            told, at = _DECODER.raw_decode(script, assigned.end())
        except (ValueError, RecursionError):
            at, odd = assigned.end(), odd + 1
            if odd == _MOST_ODD:
                return
        else:
            yield _parsed(told) if isinstance(told, str) else told


def page_of_data(body: bytes, content_type: str | None = None) -> bytes | None:
    """An answer in JSON as a page: the markup in it, its stories as links, and its next page; None for other bodies."""
    if not body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) or len(body) > _LONGEST:
        return None
    told = _parsed(as_utf8(body, content_type).decode("utf-8", "replace"))
    if told is None:
        return None
    markup = [text for each in _walk(told) for text in _strings(each) if "<a " in text and "href" in text]
    links = [
        f'<p><a href="{escape(url)}">{escape(text)}</a></p>' for url, text in islice(_stories(told), _MOST_STORIES)
    ]
    onward = [f'<a rel="next" href="{escape(url)}">…</a>' for url in islice(_onward(told), 1)]
    return "\n".join((*markup, *links, *onward)).encode(errors="replace")


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, strict=False) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None


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


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("/", "http://", "https://", "?")) and not _HALVES.search(value)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = next((value[name] for name in _TEXTS if isinstance(value.get(name), str)), None)
    return _HALVES.sub("", value[:_LONGEST_TEXT]).strip() if isinstance(value, str) else ""
