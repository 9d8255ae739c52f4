"""Shadow roots that a page declares in its markup: browsers show what stands in such a template, parsers hide it."""

from __future__ import annotations

import re

_DECLARED = b"shadowrootmode"
_TEMPLATE = re.compile(rb"<(/?)template(?=[\s/>])([^<>]*)>", re.I)
_SHADOW = re.compile(rb"[\s\"']shadowrootmode[\s=/]", re.I)


def with_shadow_roots(html: bytes) -> bytes:
    """The page with its declared shadow roots as boxes, in the places where they stand; other pages as they are."""
    if _DECLARED not in html:
        return html
    parts, begin = [], 0
    are_shadow: list[bool] = []  # of the templates that are open
    for tag in _TEMPLATE.finditer(html):
        closes, attributes = tag.groups()
        if closes:
            is_shadow = are_shadow.pop() if are_shadow else False
        else:
            is_shadow = _SHADOW.search(b" %b " % attributes) is not None
            are_shadow.append(is_shadow)
        if is_shadow:
            parts += [html[begin : tag.start()], b"</div>" if closes else b"<div>"]
            begin = tag.end()
    return b"".join([*parts, html[begin:]])
