"""How deep a page's elements nest, as its tree tells: a look at every hundredth element, and a large page in steps.

What is nested deep costs the parser the square of the depth. So few tags as a step cost a fifth of a second at the
worst, and after each of them the tree says whether the next step may begin.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from workers.core.errors import HostilePage
from workers.sites.page.document import Document, ancestors, parsed

# What looks for an element inside of another one asks all that it stands in: the depth times the tags. One of two
# thousand saved pages is more than 100 deep, none more than 150.
MAX_DEPTH, _LEAST_DEPTH, _DEPTH_TIMES_TAGS = 500, 150, 10_000_000
MAX_ELEMENTS = 100_000
# Of two thousand saved pages the one with the most of them has sixty.
MAX_TEMPLATES = 1_000
# However they are nested, so few cost the parser some forty milliseconds; 19 of 20 pages have no more.
FEW_TAGS = 5_000
_STEP = 10_000
# Each step begins anew: all of them together may parse no more than this. No saved page comes to a thirtieth of it.
_MOST_BYTES = 20_000_000
# No element is deeper than one so near to it, and as many levels more.
_NEAR = 100


def checked_tree(html: bytes, url: str, tags: int, copies: int) -> Document:
    """The page as a tree, where it has no more tags, and the parser makes no more elements besides, than so many.

    Raises HostilePage for what is nested too deep, and for too many elements.
    """
    if len(html) * (tags // _STEP) > _MOST_BYTES:
        raise HostilePage("It is too large for a page of so many tags.")
    most = max(_LEAST_DEPTH, min(MAX_DEPTH, _DEPTH_TIMES_TAGS // (tags + 1)))
    for step in range(_STEP, tags, _STEP):
        _check(parsed(_beginning(html, step)), most, _STEP // 10)
    document = Document(html, url)
    if tags > FEW_TAGS or tags + copies > MAX_ELEMENTS:
        _check(document.tree, most, _NEAR)
    return document


def _beginning(html: bytes, tags: int) -> bytes:
    return html[: -len(html.split(b"<", tags)[-1]) or None]


def _elements(tree: LexborHTMLParser) -> list[LexborNode]:
    """All elements, also those in templates, which are no part of the page's tree."""
    found, templates = tree.css("*"), tree.template_fragments()
    for content in templates:  # which grow: a template may hold others
        if len(templates) > MAX_TEMPLATES:
            raise HostilePage(f"The page has more than {MAX_TEMPLATES:,} templates.")
        found += content.css("*")
        templates += content.template_fragments()
    return found


def _check(tree: LexborHTMLParser, most: int, near: int) -> None:
    elements = _elements(tree)
    if len(elements) > MAX_ELEMENTS:
        raise HostilePage(f"The page has more than {MAX_ELEMENTS:,} elements.")
    for element in elements[::near]:
        if sum(1 for _ in ancestors(element, most + 1)) > most:
            raise HostilePage(f"Its elements are nested more than {most} deep.")
