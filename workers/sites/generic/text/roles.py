"""What the walk over a page's tree does at each kind of element, told by its tag."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from workers.sites.page.tags import TEXT, number

_SILENT_NAMES = (
    "-comment applet audio canvas datalist embed frameset head iframe link map math meta meter "
    "nav noframes noscript object option progress script select source style svg template title video"
)
_SILENT = frozenset(_SILENT_NAMES.split())
_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr picture q rb rp rt ruby "
    "s samp small span strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frame h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol optgroup p pre search section "
    "slot summary table tbody td tfoot th thead tr ul"
)
_BLOCK = frozenset(_BLOCK_NAMES.split())
# As a selector.
ANY_BLOCK = ",".join(sorted(_BLOCK))
# What a block is by its tag; where it is not said, what the block around it is.
KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("blockquote", "q"), "quote"),
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    "pre": "code",
    "figcaption": "caption",
}
_SINGLE = {
    "break": frozenset(("br",)),
    "picture": frozenset(("img",)),
    "control": frozenset(("button", "input", "textarea")),
}


def _roles(silent: frozenset[str]) -> dict[int, tuple[str, str]]:
    """What the walk does at each kind of node, and its tag, by the parser's number for it."""
    roles = {"silent": silent, "block": _BLOCK, "inline": _INLINE, **_SINGLE}
    return {number(tag): (role, tag) for role, tags in roles.items() for tag in tags}


# What `<noscript>` holds is for readers without scripts: it is walked over only where that is asked for.
ROLES, ROLES_WITH_NOSCRIPT = _roles(_SILENT), _roles(_SILENT - {"noscript"})

# What AMP's elements hold for readers whose scripts do not run, or is none of the text.
_SILENT_AMP_NAMES = (
    "amp-ad amp-embed amp-auto-ads amp-sticky-ad amp-consent amp-user-notification amp-sidebar amp-list amp-next-page "
    "amp-social-share amp-video amp-audio amp-youtube amp-iframe amp-analytics amp-state"
)
SILENT_AMP = frozenset(_SILENT_AMP_NAMES.split())
_HOLD_WORDS = _INLINE | frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6"])
_EMPTY = ("-comment", "style", "script", "template", "br")


def is_block_by_place(node: LexborNode, roles: Mapping[int, tuple[str, str]]) -> bool:
    """True for a custom element that neither text nor inline elements stand beside: it is a part of the page.

    One that is alone in its parent is as good as that. In a paragraph or a heading all are words of it.
    """
    if node.parent is not None and node.parent.tag in _HOLD_WORDS:
        return False
    before, after = _beside(node, "prev"), _beside(node, "next")
    if before is None and after is None:
        return False
    return all(each is None or _is_part(each, roles) for each in (before, after))


def _beside(node: LexborNode, side: str) -> LexborNode | None:
    """What stands beside a node, but for white space and what shows nothing."""
    other: LexborNode | None = getattr(node, side)
    while other is not None and (other.tag in _EMPTY or (other.tag_id == TEXT and other.is_empty_text_node)):
        other = getattr(other, side)
    return other


def _is_part(node: LexborNode, roles: Mapping[int, tuple[str, str]]) -> bool:
    known = roles.get(node.tag_id)
    return known[0] == "block" if known else "-" in (node.tag or "").strip("-")
