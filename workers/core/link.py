"""A link: a URL with the label of the box it stood in, and what was shown beside it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from workers.core.term import Term


class Label(Term):
    """The box that a link stood in, most wanted first. `menu` also is what the page asks not to follow (nofollow)."""

    SEED = "seed"
    FEED = "feed"
    LATEST = "latest"
    HOT_NEWS = "hot_news"
    MORE_ABOUT = "more_about"
    LISTING = "listing"
    SITEMAP = "sitemap"
    BODY = "body"
    TAG = "tag"
    MENU = "menu"


class Kind(Term):
    """What a URL is fetched for: a page, or a list of links in one of three forms."""

    PAGE = "page"
    LISTING = "listing"
    FEED = "feed"
    SITEMAP = "sitemap"


class Link(BaseModel):
    """One link as a page showed it. `url` is absolute; `shown_text` is the time as written, `shown_at` it in UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    label: Label
    kind: Kind = Kind.PAGE
    headline: str | None = None
    shown_text: str | None = None
    shown_at: datetime | None = None
    position: int = 0
