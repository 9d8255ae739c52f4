"""Selectors that the parser reads otherwise than their author meant, found before a profile uses them."""

from __future__ import annotations

import re

# What may hold brackets and spaces that say nothing: comments, escaped characters, quoted texts and attributes.
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.S)
_TEXT = re.compile(r"\\.|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", re.S)
_ATTRIBUTE = re.compile(r"\[[^\[\]]*\]")
_INNERMOST = re.compile(r":([\w-]+)\(([^()]*)\)")
_OF_SELECTORS = ("is", "where", "not", "has", "current")

# Stands for a function of selectors. Where an element is described by nothing before it, the parser tries it on one
# element alone: on the nearest around or before the next one of the selector, or in `:has(…)` on the first of those
# that may be meant. After `*`, a tag, a class or anything else it tries all, as it should.
_FUNCTION = "\0"
_MISREAD = re.compile(rf"(?:^|[\s,>+~]){_FUNCTION}[^\s,>+~]*(?:\s*~|\s+[^\s,>+~])")
_MISREAD_IN_HAS = re.compile(rf"(?:^|,)\s*[>~]?\s*{_FUNCTION}")


def is_misread(css: str) -> bool:
    """True for a selector that finds fewer elements than it should: see `_FUNCTION`."""
    css = _ATTRIBUTE.sub("[]", _TEXT.sub("x", _COMMENT.sub("", css)))
    while function := _INNERMOST.search(css):
        name, inner = function.group(1).lower(), function.group(2)
        if _MISREAD.search(inner) or (name == "has" and _MISREAD_IN_HAS.search(inner)):
            return True
        of_selectors = name in _OF_SELECTORS or (name.startswith("nth-") and "of" in inner.lower().split())
        css = css[: function.start()] + (_FUNCTION if of_selectors else ":x") + css[function.end() :]
    return _MISREAD.search(css) is not None
