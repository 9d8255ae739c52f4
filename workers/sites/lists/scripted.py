"""Cards that are no links and lead on by a script: `data-href="/story"`, `onclick="location.href='/story'"`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.text import clean
from workers.sites.lists.headlines import is_headline
from workers.sites.page.document import Document, ancestors, attribute, short_text

_ATTRIBUTES = ("data-href", "data-url", "data-link")
_CARDS = ",".join(f"[{name}]" for name in (*_ATTRIBUTES, "onclick"))
_GOES = re.compile(
    r"(?:location(?:\.href)?\s{0,9}=|(?:location\.(?:assign|replace)|open)\()\s{0,9}(['\"])([^'\"]{1,2000})\1"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MOST, _NEAR, _LONGEST, _LONGEST_SCRIPT = 500, 30, 300, 4_000
# Around a headline: what stands in a link is found as one.
_AROUND = 4


def scripted_cards(document: Document, holder: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """Where such cards lead, each with the element that holds its headline."""
    for node in holder.css(_CARDS)[:_MOST]:
        url = None if node.tag == "a" and node.attrs.get("href") else document.absolute(_address(node))
        headline = _headline(node) if url else None
        if url and headline is not None:
            yield url, headline


def _address(node: LexborNode) -> str | None:
    told = next((value for name in _ATTRIBUTES if (value := attribute(node, name))), None)
    goes = None if told else _GOES.search((attribute(node, "onclick") or "")[:_LONGEST_SCRIPT])
    return goes[2] if goes else told


def _headline(node: LexborNode) -> LexborNode | None:
    """The first heading near the card's beginning, else the card where it holds no more than a headline."""
    heading = next((each for each in islice(node.traverse(), _NEAR) if each.tag in _HEADINGS), None)
    if heading is None:
        text = clean(short_text(node, 2 * _LONGEST))
        return node if is_headline(text) and len(text) < _LONGEST else None
    near = (*islice(ancestors(heading), _AROUND), *islice(heading.traverse(), _NEAR))
    return None if any(each.tag == "a" for each in near) else heading
