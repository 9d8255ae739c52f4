"""A story of the demo site, and what a crawl is expected to store of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")


@dataclass(frozen=True, slots=True)
class Story:
    """One article as its desk knows it. `published` and `event` are aware UTC, exact to the minute.

    `minutes` is the reading time as shown, None where the page has none. `dated` says whether the head carries a
    machine-readable date. `shown_by` is the id of the only story whose MORE ABOUT leads here; None when lists do.
    """

    id: int
    language: str
    section: str
    topic: str
    headline: str
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]
    published: datetime
    event: datetime | None = None
    picture: str | None = None
    credit: str | None = None
    minutes: int | None = None
    dated: bool = True
    shown_by: int | None = None
    corrected: datetime | None = None
    trap: str | None = None

    @property
    def path(self) -> str:
        """The path under which its own host links to it."""
        return f"/news/{self.section}/{self.id}.html"

    @property
    def stamp(self) -> datetime:
        """The moment shown over the headline, in Kyiv time: the event's for an announcement."""
        return (self.event or self.published).astimezone(KYIV)


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be stored of one story, as it was last served. `tags` are without the number sign.

    `paragraphs` leaves out the `(Updated)` that closes a corrected body; `more_about` are the URLs of that box now.
    """

    key: str
    url: str
    language: str
    section: str
    section_label: str
    headline: str
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]
    published: datetime
    event: datetime | None
    minutes: int | None
    image_url: str | None
    image_alt: str | None
    credit: str | None
    corrected: bool
    more_about: tuple[str, ...]
    trap: str | None
