"""Is it whole? An article has a headline and a text; a teaser, a cookie wall or a list is none."""

from __future__ import annotations

import re
from typing import Any

from workers.core.errors import Incomplete, NotArticle, NotWhole, Unreadable, WireroomError
from workers.sites.document import Document
from workers.sites.reader import Found

_SHORT = 400
# A front page shows headlines and teasers; one with a longer text of its own is read as an article.
_LISTED = 1_500
_WALL = re.compile(
    r"enable javascript|javascript is (?:disabled|required)|turn on javascript|checking your browser"
    r"|verify (?:that )?you are (?:a )?human"
    r"|are you a robot|access (?:to this page has been )?denied|unusual traffic|just a moment"
    r"|please enable cookies|attention required",
    re.I,
)
_CONSENT = re.compile(
    r"(?:we|our partners).{0,80}(?:use|store).{0,60}cookies|accept all cookies|cookie (?:policy|settings"
    r"|preferences)|before you continue"
    r"|wir (?:und unsere partner )?(?:verwenden|nutzen).{0,60}cookies|nous utilisons.{0,40}cookies"
    r"|utilizamos.{0,40}cookies",
    re.I,
)


def flaw_of(fields: dict[str, Found[Any]], document: Document) -> WireroomError | None:
    """Why the fields are no whole article: a NotArticle, NotWhole, Incomplete or Unreadable, or None."""
    text = " ".join(block.text for block in fields["body"].value) if "body" in fields else ""
    headline = fields["headline"].value if "headline" in fields else ""
    if not headline and not text:
        return Unreadable("The page has no text.")
    if len(text) < _SHORT and _WALL.search(f"{headline} {text}"):
        return NotWhole("A check for robots stands in the place of the article.")
    if len(text) < _SHORT and _CONSENT.search(text):
        return NotWhole("A cookie or consent page stands in the place of the article.")
    if len(text) < _LISTED and _is_front_page(document):
        return NotArticle("The address is a front page.")
    if not text:
        return Incomplete("The page has no text that looks like an article's.", missing=("body",))
    if not headline:
        return Incomplete("The page has no headline.", missing=("headline",))
    return None


def _is_front_page(document: Document) -> bool:
    kind = (document.meta("og:type") or "").lower()
    path = document.url.split("?")[0].split("/", 3)[3:] if document.url.count("/") > 2 else []
    return kind == "website" and path == [""]
