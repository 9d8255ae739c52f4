"""Reading a page by its site's profile: every reader asked once, and links put into their final form."""

from __future__ import annotations

from typing import Any

from workers.core.errors import LayoutChanged
from workers.core.link import Kind, Label, Link
from workers.core.urls import path_of
from workers.sites.generic.reader import generic_read
from workers.sites.page.document import Document
from workers.sites.reader import Found, Readers, Shown
from workers.sites.site import Layout, Site
from workers.sites.stamps import stamped_at

Fields = dict[str, Found[Any]]


def profile_read(document: Document, site: Site) -> Fields:
    """What the site's profile finds on a page: article field → value and source. Fields not found are left out.

    A page that lacks what is required may be one of an earlier layout, if it was published while that was valid. Where
    that layout's readers find no date, the generic reader's counts and is given too.
    """
    fields = _read(document, site, site.readers)
    for layout in site.older if _lacking(fields, site) else ():
        earlier = _read(document, site, layout.readers)
        if not _lacking(earlier, site) and _is_of(layout, dated := _dated(earlier, document, site)):
            return dated
    return fields


def _dated(fields: Fields, document: Document, site: Site) -> Fields:
    if "published" in fields or not may_fill("published", site):
        return fields
    found = generic_read(document, zone=site.timezone).get("published")
    return fields | ({"published": found} if found else {})


def _is_of(layout: Layout, fields: Fields) -> bool:
    published = fields.get("published")
    return published is not None and published.value.at < layout.end


def _lacking(fields: Fields, site: Site) -> list[str]:
    return [name for name in site.requires if name not in fields]


def _read(document: Document, site: Site, readers: Readers) -> Fields:
    found = {name: readers[name](document) for name in readers.names()}
    fields: Fields = {name: value for name, value in found.items() if value is not None}
    if "links" in fields:
        fields["links"] = Found(to_links(fields["links"].value, site), fields["links"].source)
    return fields


def check_layout(fields: Fields, site: Site, url: str) -> None:
    """Raises LayoutChanged when the page of an article lacks a field that its profile requires."""
    missing = _lacking(fields, site)
    if missing and site.is_article(url):
        raise LayoutChanged(
            f"The profile {site.name} finds no {' and no '.join(missing)} on {path_of(url)}.", missing=missing
        )


def may_fill(name: str, site: Site) -> bool:
    """True when the generic reader may give a field that the profile did not find."""
    return name not in site.alone


def to_links(shown: tuple[Shown, ...], site: Site) -> tuple[Link, ...]:
    """The shown links that the site follows, with their kind, their place in their box and their time in UTC.

    A link in the body is none where a box shows the same: some boxes stand inside the body.
    """
    boxed = {item.url for item in shown if item.label is not Label.BODY}
    places: dict[Label, int] = {}
    links = []
    for item in shown:
        kind = site.place(item.url)
        if kind and not (item.label is Label.BODY and item.url in boxed):
            position = places[item.label] = places.get(item.label, -1) + 1
            links.append(_link(item, site.timezone, kind, position))
    return tuple(links)


def _link(item: Shown, zone: str, kind: Kind, position: int) -> Link:
    return Link(
        url=item.url,
        label=item.label,
        kind=kind,
        headline=item.headline,
        shown_text=item.shown_text,
        shown_at=stamped_at(item.shown_text, zone) if item.shown_text else None,
        position=position,
    )
