"""The profile of AP News (apnews.com): the layout since the summer of 2023, and the one before it for saved pages."""

from __future__ import annotations

from workers.core.link import Label
from workers.core.seconds import MINUTE
from workers.sites.blocks import paragraphs
from workers.sites.boxes import anchors, boxes_by_heading
from workers.sites.operators import modified_in, other_than, picture, published_in, replaced, split
from workers.sites.reader import Readers
from workers.sites.readers import all_of, constant, first, html_lang, json_ld, meta, one, opengraph, text
from workers.sites.site import Layout, Scope, Site, listing, sitemap, url_id

ARTICLE = r"^/article/(?:[a-z0-9-]+-)?[0-9a-f]{32}$"

_headline = one(json_ld("headline", "Article"))
_WIRES = r".|[A-Z]{2} State Wire|AP Top News|General news|U\.S\. [Nn]ews"
_tags = other_than(first(json_ld("keywords", "Article"), split(meta("keywords"))), _WIRES)
_authors = other_than(json_ld("author.name", "Article"), r"Associated Press|AP")

_before_2023 = Readers(
    headline=first(text("div.CardHeadline h1"), text("main.Main h1"), _headline),
    body=paragraphs("div.Article", junk="[class*=embed], [class*=Ad], .ad-placeholder, figure", dropped=r"_{3,}$"),
    section=meta("article:section"),
    tags=_tags,
    language=html_lang(),
    published=published_in("UTC"),
    modified=modified_in("UTC"),
    image=picture("div.LeadFeature"),
    publisher=constant("Associated Press"),
    links=anchors("div.Article p a[href]", Label.BODY, path=ARTICLE),
)

ap_news = Site(
    name="ap-news",
    hosts=("apnews.com",),
    aliases=("www.apnews.com",),
    starts=(listing("/", every=5 * MINUTE), sitemap("/news-sitemap-content.xml", every=5 * MINUTE)),
    identity=url_id(r"^/article/(?:[a-z0-9-]+-)?([0-9a-f]{32})$"),
    scope=Scope(articles=(ARTICLE,), listings=(r"^/$", r"^/hub/[a-z0-9-]+$", r"^/[a-z-]+$")),
    readers=Readers(
        headline=first(text("h1.Page-headline"), _headline, opengraph("title")),
        body=paragraphs(
            "div.RichTextStoryBody",
            junk=".Enhancement, .Infobox, .HTMLModuleEnhancement, .SovrnAd, figure, aside, [class*=Advertisement]",
            dropped=r"_{3,}$|read more:|follow (?:the )?AP(?:’s|'s)",
        ),
        section=first(one(json_ld("articleSection", "Article")), meta("article:section")),
        tags=_tags,
        authors=_authors,
        language=html_lang(),
        published=published_in("UTC"),
        modified=modified_in("UTC"),
        image=picture("bsp-figure", "div.Page-lead figure"),
        publisher=constant("Associated Press"),
        lead=replaced(meta("description"), r"^[A-Z ,.]+\(AP\)\s+[—–-]\s+", ""),
        links=all_of(
            boxes_by_heading(
                {
                    Label.MORE_ABOUT: ("Related Stories", "Related coverage", "More on this topic"),
                    Label.HOT_NEWS: ("Top Stories", "Most read"),
                },
                article=ARTICLE,
                around="h1",
            ),
            anchors("div.RichTextStoryBody p a[href]", Label.BODY, path=ARTICLE),
        ),
    ),
    requires=("headline", "body", "published"),
    older=(Layout(until="2023-07-15", readers=_before_2023),),
)
