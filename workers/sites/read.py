"""The one door: from a page's bytes to an article, or to the reason why there is none."""

from __future__ import annotations

from typing import Any

from workers.core.article import Article, Block
from workers.core.charset import as_utf8
from workers.core.errors import HostilePage, Incomplete, NotHtml, WireroomError
from workers.core.files import other_file
from workers.core.text import clean
from workers.core.urls import canonical
from workers.sites.careful import careful_body
from workers.sites.generic.beside import read_beside
from workers.sites.generic.corrected import corrected_of
from workers.sites.generic.reader import generic_read
from workers.sites.known import any_site, site_for_url
from workers.sites.page.document import Document
from workers.sites.page.guard import guarded
from workers.sites.page.shadow import with_shadow_roots
from workers.sites.profile import check_layout, may_fill, profile_read, to_links
from workers.sites.reader import Found
from workers.sites.site import Site
from workers.sites.whole import flaw_of, wall_of

Fields = dict[str, Found[Any]]

_NOTHING = b"\x00 \t\r\n\xef\xbb\xbf"
_BEGINNING = 100  # strips no copy of the whole page


def read_page(
    body: bytes, url: str, *, content_type: str | None = None, careful: bool = False, site: Site | None = None
) -> Article:
    """The article of one page, read by its site's profile and, where that has no answer, by the generic reader.

    Raises one of the errors drawn in `core/errors.py` and nothing else. `careful` asks other libraries for the body
    too (extra `careful`; BadInput without it) and takes more CPU. Without a `site`, the URL's host
    says which profile is used.
    """
    article, flaw = read_anyway(body, url, content_type=content_type, careful=careful, site=site)
    if flaw is not None:
        raise flaw
    return article


def read_anyway(
    body: bytes, url: str, *, content_type: str | None = None, careful: bool = False, site: Site | None = None
) -> tuple[Article, WireroomError | None]:
    """What `read_page` found, and why it is no whole article, if it is none: then headline and body may be empty.

    In the place of a text that scripts fetch stands the page's own description of it.

    Raises the other errors as `read_page` does: for what is no page at all, and for a layout that the profile does
    not know.
    """
    try:
        return _read(open_page(body, url, content_type), site, careful=careful)
    except (RecursionError, MemoryError):
        raise HostilePage("It is nested too deep, or needs more memory than there is.") from None


def read_document(document: Document, site: Site) -> Article:
    """The article of a page that is open already, as `read_page` gives it."""
    try:
        article, flaw = _read(document, site, careful=False)
    except (RecursionError, MemoryError):
        raise HostilePage("It is nested too deep, or needs more memory than there is.") from None
    if flaw is not None:
        raise flaw
    return article


def _read(document: Document, site: Site | None, *, careful: bool) -> tuple[Article, WireroomError | None]:
    url = document.url
    site = site or site_for_url(url) or any_site(url)
    try:
        known = profile_read(document, site)
        check_layout(known, site, url)
        fields = fill(known, document, site, careful=careful)
        flaw = flaw_of(fields, document)
        if isinstance(flaw, Incomplete) and "body" in flaw.missing:
            fields |= _summary(document)
        return _article(fields, document, site), flaw
    finally:
        document.notes.clear()  # they refer to the page: its tree, of megabytes, would stay until garbage is looked for


def open_page(body: bytes, url: str, content_type: str | None = None) -> Document:
    """The page's tree. Raises NotHtml for what is no page, HostilePage for markup that no parser should see."""
    if not (body[:_BEGINNING].strip(_NOTHING) or body.strip(_NOTHING)):
        raise NotHtml("The page is empty.")
    if other_file(body[:_BEGINNING]):
        raise NotHtml("The answer is a file of another kind, whatever its Content-Type says.")
    return guarded(with_shadow_roots(as_utf8(body, content_type)), url)


def fill(known: Fields, document: Document, site: Site, *, careful: bool = False) -> Fields:
    """What the profile found, and what the generic reader finds where the profile has no answer.

    The layout is checked before: what a profile requires must be found by the profile, or a redesign would go unseen.
    """
    if "body" in known:
        wanted = [name for name in Article.model_fields if name not in known and may_fill(name, site)]
        beside = read_beside(document, wanted, zone=site.timezone) | known
        marked = corrected_of(beside.get("headline"), known["body"]) if "corrected" in wanted else None
        return beside | ({"corrected": marked} if marked else {})
    generic = generic_read(document, zone=site.timezone)
    generic |= wall_of(generic, document)
    if "links" in generic:
        generic["links"] = Found(to_links(generic["links"].value, site), generic["links"].source)
    if careful and (body := careful_body(document, generic.get("body"))):
        generic["body"] = body
    return {name: found for name, found in generic.items() if may_fill(name, site)} | known


def _summary(document: Document) -> Fields:
    """What the page tells machines of a text that it does not hold: scripts fetch it."""
    summary = clean(document.meta("og:description") or document.meta("description") or "")
    return {"body": Found((Block(text=summary),), "meta:description")} if summary else {}


def _article(fields: Fields, document: Document, site: Site) -> Article:
    values = {"headline": "", "body": ()} | {name: found.value for name, found in fields.items()}
    return Article(
        site=site.name,
        key=site.identity(document.url),
        url=document.url,
        canonical_url=canonical(document.canonical) if document.canonical else None,
        provenance={name: found.source for name, found in fields.items()},
        **values,
    )
