"""The profile of SRF News (www.srf.ch): the layout since the autumn of 2024, and the one before it for saved pages."""

from __future__ import annotations

from workers.core.link import Label
from workers.core.seconds import MINUTE
from workers.sites.blocks import paragraphs
from workers.sites.boxes import anchors, boxes_by_heading
from workers.sites.operators import led_by, modified_in, picture, published_in, replaced, split
from workers.sites.reader import Reader, Readers, Shown
from workers.sites.readers import all_of, constant, first, html_lang, meta, opengraph, text, without
from workers.sites.site import Layout, Scope, Site, by_url, feed, listing

ZURICH = "Europe/Zurich"
ARTICLE = r"^/(?:news|sport|kultur|wissen)/(?:[a-z0-9-]+/)+[a-z0-9-]{15,}$"

_title = without(opengraph("title"), r"\s*-\s*(?:News|Sport|Kultur|Wissen)?\s*-?\s*SRF$")
_JUNK = "figure, aside, .expandable-box, .related-items-list, .article-reference, .article-author, .sharing-bar"
_byline = replaced(text(".article-author__name"), r"^Autor(?:in|en|innen)?:\s*", "")


def _boxes(holder: str) -> Reader[tuple[Shown, ...]]:
    headings = {Label.MORE_ABOUT: ("Mehr zum Thema",), Label.HOT_NEWS: ("Meistgelesene Artikel",)}
    return all_of(
        boxes_by_heading(headings, article=ARTICLE, around="h1"),
        anchors(f"{holder} p a[href]", Label.BODY, path=ARTICLE),
    )


def _readers(holder: str) -> Readers:
    return Readers(
        headline=first(text("h1 .article-title__text"), text("h1.article-title"), _title),
        body=led_by(text("p.article-lead"), paragraphs(holder, junk=_JUNK)),
        lead=text("p.article-lead"),
        section=meta("article:section"),
        authors=split(_byline, r"\s*,\s*|\s+und\s+"),
        language=html_lang(),
        published=published_in(ZURICH),
        modified=modified_in(ZURICH),
        image=picture("figure.article-media", "article figure"),
        publisher=constant("SRF"),
        links=_boxes(holder),
    )


srf = Site(
    name="srf",
    hosts=("www.srf.ch",),
    aliases=("srf.ch",),
    starts=(feed("/news/bnf/rss/1646", every=2 * MINUTE), listing("/news", every=5 * MINUTE)),
    timezone=ZURICH,
    identity=by_url,
    scope=Scope(
        articles=(ARTICLE,),
        listings=(r"^/(?:news|sport|kultur|wissen)(?:/[a-z-]+)?$",),
        feeds=(r"/bnf/rss/\d+$",),
        never=(r"^/(?:play|audio|suche)\b",),
    ),
    readers=_readers("section.articlepage__article-content"),
    requires=("headline", "body", "published"),
    older=(Layout(until="2024-12-01", readers=_readers("section.article-content")),),
)
