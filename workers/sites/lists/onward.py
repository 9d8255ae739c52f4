"""Pages that say nothing and lead on, by a meta refresh or by a line of script: redirects in all but their status.

They stand where a site begins, and where one is that looks for browsers.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from workers.sites.lists.refresh import REFRESH

# Bytes of the page, letters that it may say ("Redirecting …", a link for those who wait), letters of its script.
_LARGEST, _MOST_SAID, _LONGEST_SCRIPT = 16_384, 200, 300
_SIGNS = (b"http-equiv", b"location")
# What else a script does may decide whether it leads on.
_DECIDES = re.compile(r"\bif\b|\bfunction\b|=>|\?")
_LOCATION = re.compile(
    r"\W*(?:(?:window|document|self|top)\.)?location(?:\.href\s*=|\s*=|\.(?:replace|assign)\()\s*"
    r"([\"'])([^\"'\s<>]{1,2000})\1\s*(?:[);]|//|$)"
)


def leads_on(body: bytes) -> str | None:
    """Where the page leads on to at once, as it writes the address; None for a page that says something."""
    if len(body) > _LARGEST or not any(sign in body.lower() for sign in _SIGNS):
        return None
    tree = LexborHTMLParser(body.decode("utf-8", "replace"))
    scripts = "".join(node.text() for node in tree.css("script"))
    tree.strip_tags(["noscript", "script", "style"])
    said = tree.body.text(strip=True) if tree.body is not None else ""
    if len(said) > _MOST_SAID:
        return None
    return _by_meta(tree) or _by_script(scripts)


def _by_meta(tree: LexborHTMLParser) -> str | None:
    for node in tree.css("meta[http-equiv]"):
        if (node.attributes.get("http-equiv") or "").strip().lower() == "refresh":
            match = REFRESH.match(node.attributes.get("content") or "")
            if match:
                return match[2].strip()
    return None


def _by_script(scripts: str) -> str | None:
    if len(scripts) > _LONGEST_SCRIPT or _DECIDES.search(scripts.partition("location")[0]):
        return None
    match = _LOCATION.match(scripts)
    return match[2] if match else None
