"""The parts of a text that JSON-LD names for search engines, as sites with subscribers do: no furniture, whatever
they are called.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from workers.sites.generic.story import Story
from workers.sites.generic.text.outline import Element, Outline
from workers.sites.kinds.walls import invites_to_subscribe
from workers.sites.page.document import attribute

_NAME = re.compile(r"[.#]([\w-]{3,60})")
_MOST_PARTS, _LONGEST = 20, 500
# Where what is in the place of the part leads to.
_OFFER = re.compile(
    r"(?<![\w-])(?:subscri(?:be|ptions?)|abos?|abonn\w*|plus|angebote?|offers?|paywall|checkout|log-?in|sign-?(?:in|up)|anmelden"
    r"|register|registrieren|suscri\w*|assine|assinaturas?|abbona\w*|prenumerat\w*|pretplat\w*)(?:$|[/?&#.])",
    re.I,
)
_FEWEST, _LONGEST_OFFER, _MOST_LINKS, _LONGEST_TEASER = 2, 2_000, 20, 1_000


def tell_parts(outline: Outline, story: Story) -> None:
    """Mark the elements that the article's `hasPart` selects as text, but for an offer in the place of one."""
    names = _named(story) if "hasPart" in story.main else set()
    if not names:
        return
    told = [
        element
        for element in outline.elements
        if element.names and element.furniture and not names.isdisjoint(element.names.split())
    ]
    offers = _offers(outline, _outermost(told))
    for element in told:
        if element.index not in offers:
            element.is_text()


def _outermost(elements: list[Element]) -> list[Element]:
    found: list[Element] = []
    for element in elements:
        if not found or element.index >= found[-1].end:
            found.append(element)
    return found


def _offers(outline: Outline, parts: list[Element]) -> set[int]:
    """The numbers of those with few words, and an invitation or a link to subscribe among them, beside a teaser."""
    lines: dict[int, list[str]] = {}
    begins, outside = [part.index for part in parts], 0
    for piece in outline.pieces if parts else ():
        place = bisect_right(begins, piece.element) - 1
        if place >= 0 and piece.element < parts[place].end:
            lines.setdefault(begins[place], []).append(piece.text)
        elif piece.kind == "paragraph" and not piece.linked:
            outside += len(piece.text)
    if outside > _LONGEST_TEASER:
        return set()
    return {part.index for part in parts if _is_offer(part, lines.get(part.index, []))}


def _is_offer(part: Element, lines: list[str]) -> bool:
    if len(lines) < _FEWEST or sum(map(len, lines)) > _LONGEST_OFFER:
        return False
    links = part.node.css("a[href],form[action]")[:_MOST_LINKS]
    targets = (attribute(link, "href") or attribute(link, "action") or "" for link in links)
    return invites_to_subscribe(lines) or any(_OFFER.search(target[:_LONGEST]) for target in targets)


def _named(story: Story) -> set[str]:
    """The class names and ids in the selectors of the parts, in lower case."""
    parts = story.main["hasPart"]
    parts = parts if isinstance(parts, list) else [parts]
    told = [part.get("cssSelector") for part in parts[:_MOST_PARTS] if isinstance(part, dict)]
    selectors = [each for value in told for each in (value if isinstance(value, list) else [value])][:_MOST_PARTS]
    texts = (each[:_LONGEST].lower() for each in selectors if isinstance(each, str))
    return {name for text in texts for name in _NAME.findall(text)}
