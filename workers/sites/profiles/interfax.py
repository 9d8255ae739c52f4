"""The profile of Interfax-Ukraine, the reference site: English, Ukrainian and Russian, ordinary and AMP pages.

Where a selector misses, the visible text decides. Times are Kyiv local time; on announcements of press conferences the
stamp is the time of the event, and published is only what the head says.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from workers.core.article import Block, Image, Moment
from workers.core.dates import sane
from workers.core.language import detect
from workers.core.link import Label
from workers.core.seconds import DAY, HOUR, MINUTE
from workers.core.text import clean, fold
from workers.core.urls import host_of, path_of
from workers.sites.boxes import anchors, boxes_by_heading
from workers.sites.operators import at
from workers.sites.page.document import Document, attribute
from workers.sites.profiles.interfax_text import HEADINGS, KYIV, ROOT, View
from workers.sites.reader import Found, Reader, Readers, selector
from workers.sites.readers import (
    all_of,
    first,
    function,
    html_lang,
    json_ld,
    meta,
    node_text,
    once,
    one,
    opengraph,
    tags,
    text,
    without,
)
from workers.sites.site import Pager, Scope, Site, feed, listing, url_id

_ARTICLE = r"/news/.+/\d{5,}(?:-amp)?\.html$"
_ANNOUNCEMENT = re.compile(r"press announcements?|(?:прес-|пресс-)?анонс[иы]?", re.I)
_SECTION_PAGE = re.compile(r"^/news/([a-z-]+)\.html$")
_AD_PICTURE = "/media/ads"
_HOSTS = ("interfax.com.ua", "en.interfax.com.ua", "ru.interfax.com.ua")
_MOST_LINKS = 1_000  # looked through for the one to the section; a page of the site has some two hundred

_headline = once(
    first(
        text(f"{ROOT} h1.article-content-title"),
        text(".article-content-title"),
        text("article h1"),
        text("h1:not(.article-link-wrapper)"),
        one(json_ld("headline", "Article")),
        without(opengraph("title"), r"\s*[|–-]\s*(?:Interfax-Ukraine|Інтерфакс-Україна|Интерфакс-Украина)$"),
    )
)


def _section_link(document: Document) -> str | None:
    """The text of the link to the section's own page, inside the article or (for this URL's section) around it."""
    own = path_of(document.url).split("/")[2:3]
    for css in ("article a[href]", "a[href]"):
        for node in document.tree.css(css)[:_MOST_LINKS]:
            match = _SECTION_PAGE.match(path_of(document.absolute(attribute(node, "href")) or ""))
            if match and match[1] != "latest" and (css != "a[href]" or [match[1]] == own):
                return node_text(node) or None
    return None


_section = once(
    first(
        text("h3.category-title a"),
        text(".category-title"),
        function("link to the section", _section_link),
        meta("article:section"),
    )
)


def _view(document: Document) -> View:
    view = document.notes.get("interfax")
    if view is None:
        headline, section = _headline(document), _section(document)
        view = View(document, headline.value if headline else "", section.value if section else "")
        document.notes["interfax"] = view
    return view


def _body(document: Document) -> Found[tuple[Block, ...]] | None:
    body, where = _view(document).body
    return Found(body, f"profile:{where}") if body else None


def _is_event(document: Document) -> bool:
    """True where the stamp is the time of an event: an announcement, or a stamp that lies too far ahead to be past."""
    section = _section(document)
    named = section is not None and _ANNOUNCEMENT.fullmatch(section.value) is not None
    stamp = _view(document).stamp
    return named or "/press-announcement/" in document.url or (stamp is not None and not sane(stamp.at))


def _event(document: Document) -> Moment | None:
    return _view(document).stamp if _is_event(document) else None


def _stamp(document: Document) -> Moment | None:
    return None if _is_event(document) else _view(document).stamp


def _image(document: Document) -> Image | None:
    """The picture of the article, else the one whose alt is the headline, else the first that leads nowhere."""
    view = _view(document)
    lead = document.tree.css_first("img.article-content-image") or _lead_picture(view)
    url = document.absolute(attribute(lead, "src") or attribute(lead, "data-src")) if lead is not None else None
    if lead is None or url is None:
        return None
    return Image(url=url, alt=clean(attribute(lead, "alt") or "") or None, credit=view.credit)


def _lead_picture(view: View) -> LexborNode | None:
    pictures = [node for node in view.root.css("img,amp-img") if _is_picture(node)]
    lead = next((node for node in pictures if fold(attribute(node, "alt") or "") == fold(view.headline)), None)
    if lead is None and view.root.tag == "article":
        lead = next((node for node in pictures if node.parent is not None and node.parent.tag != "a"), None)
    return lead


def _is_picture(node: LexborNode) -> bool:
    source = attribute(node, "src") or attribute(node, "data-src") or "data:"
    return _AD_PICTURE not in source and not source.startswith("data:")


def _publisher(document: Document) -> str | None:
    """The agency's name on its own hosts: the demo site, which is built like it, names itself."""
    host = host_of(document.url).removeprefix("www.")
    return "Interfax-Ukraine" if host in _HOSTS else None


def _language(document: Document) -> str | None:
    view = _view(document)
    return detect(" ".join([view.headline, *(block.text for block in view.body[0])]))


interfax_ukraine = Site(
    name="interfax-ukraine",
    hosts=_HOSTS,
    aliases=("ua.interfax.com.ua", "www.interfax.com.ua"),
    starts=(feed("/news/last.rss", every=MINUTE), listing("/news/latest.html", every=5 * MINUTE)),
    timezone=KYIV,
    identity=url_id(r"/news/.+/(\d{5,})(?:-amp)?\.html$"),
    scope=Scope(
        articles=(_ARTICLE,),
        listings=(r"^/$", r"^/news/[a-z-]+\.html$", r"^/news/[a-z-]+-\d{1,5}\.html$", r"^/news/tag/[^/]+\.html$"),
        never=(r"^/(?:media|search|login|register|subscribe)\b",),
    ),
    readers=Readers(
        headline=_headline,
        body=Reader("the article's text", _body),
        section=_section,
        published=first(
            function("stamp", _stamp),
            at(meta("article:published_time"), KYIV),
            at(one(json_ld("datePublished")), KYIV),
            at(meta("datePublished"), KYIV),
        ),
        event=function("stamp of an announcement", _event),
        reading_minutes=function("N min read", lambda document: _view(document).reading_minutes),
        image=function("lead picture", _image),
        tags=first(tags("div.article-tags a"), function("line of tags", lambda document: _view(document).tags)),
        corrected=function("(Updated)", lambda document: _view(document).corrected),
        language=first(function("language of the text", _language), html_lang()),
        publisher=function("its own hosts", _publisher),
        links=all_of(
            boxes_by_heading(HEADINGS, article=_ARTICLE, around=ROOT),
            anchors("div.article-tags a[href]", Label.TAG),
            anchors("div.article-content p a[href]", Label.BODY, path=_ARTICLE),
        ),
    ),
    requires=("headline", "body"),
    alone=("section", "tags", "authors", "event", "image", "reading_minutes", "corrected", "links"),
    revisits=(10 * MINUTE, HOUR, 6 * HOUR, DAY),
    items=selector("div.articles-section-view"),
    pager=Pager(limit=5),
)
