"""What tells an element of a page from others in a selector: names that a person gave it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from workers.sites.page.document import attribute

# A class that a person gave: letters and hyphens. Those that a tool made change with the next build.
_GIVEN = re.compile(r"[a-z][a-z]+(?:[-_]{1,2}[a-z]{2,})*")
_HIGHEST = 6


def given_names(node: LexborNode) -> Iterator[str]:
    """Selectors of an element, the surest first: its part in microdata, its id, its classes, its tag."""
    if part := _given(attribute(node, "itemprop")):
        yield f"[itemprop={part[0]}]"
    yield from (f"{node.tag}#{name}" for name in _given(attribute(node, "id")))
    yield from (f"{node.tag}.{name}" for name in _given(attribute(node, "class")))
    if node.tag in ("article", "main", "h1"):
        yield str(node.tag)


def around(node: LexborNode) -> Iterator[str]:
    """Selectors of the elements around one, from the innermost out."""
    parent, height = node.parent, 0
    while parent is not None and parent.tag not in ("body", "html") and height < _HIGHEST:
        yield from given_names(parent)
        parent, height = parent.parent, height + 1


def _given(names: str | None) -> list[str]:
    return [name for name in (names or "").split() if _GIVEN.fullmatch(name)]
