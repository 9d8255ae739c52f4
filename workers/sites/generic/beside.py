"""The generic reader beside a profile that has read the text: only the fields that the profile leaves open."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from workers.sites.generic.bylines.authors import authors_of
from workers.sites.generic.dates.published import modified_of, published_of
from workers.sites.generic.details import language_of, order_of_dates, paywalled_of, publisher_of, section_of, tags_of
from workers.sites.generic.headline import headline_of
from workers.sites.generic.lead_picture.pictures import image_of
from workers.sites.generic.story import Story
from workers.sites.page.document import Document
from workers.sites.reader import Found


def read_beside(document: Document, wanted: Collection[str], *, zone: str | None = None) -> dict[str, Found[Any]]:
    """The wanted fields: field → value and source, as far as the page's head and marks tell them.

    The text and its boxes are not looked for. `zone` is the site's time zone, for dates without an offset.
    """
    story = Story(document)
    language = language_of(document, story, "")
    told = order_of_dates(document, language)
    readers: dict[str, Callable[[], Found[Any] | None]] = {
        "headline": lambda: headline_of(document, story),
        "publisher": lambda: publisher_of(document, story),
        "authors": lambda: _authors(document, story),
        "language": lambda: language,
        "published": lambda: published_of(document, story, [], zone, told),
        "modified": lambda: modified_of(document, story, zone, told, [], None),
        "section": lambda: section_of(document, story),
        "tags": lambda: tags_of(document, story),
        "image": lambda: image_of(document, story),
        "paywalled": lambda: paywalled_of(document, story),
    }
    found = {name: read() for name, read in readers.items() if name in wanted}
    return {name: value for name, value in found.items() if value is not None}


def _authors(document: Document, story: Story) -> Found[tuple[str, ...]] | None:
    publisher = publisher_of(document, story)
    return authors_of(document, story, publisher.value if publisher else None, [])
