"""The profile of Ukrinform, the national news agency of Ukraine (www.ukrinform.ua and its language editions).

No saved page of the site was at hand when this was written. It rests on what the site shares with its neighbours:
JSON-LD first, then the head, then the markup of the body by several names; boxes by their visible headings. Where none
of that is found the page is parked as a changed layout.
"""

from __future__ import annotations

from workers.core.link import Label
from workers.core.seconds import MINUTE
from workers.sites.blocks import paragraphs
from workers.sites.boxes import anchors, boxes_by_heading
from workers.sites.operators import at, attrs, modified_in, picture, published_in
from workers.sites.reader import Readers
from workers.sites.readers import all_of, constant, first, html_lang, json_ld, meta, one, opengraph, tags, text, without
from workers.sites.site import Scope, Site, feed, listing, url_id

KYIV = "Europe/Kyiv"
ARTICLE = r"^/rubric-[a-z_]+/\d{4,}-[^/]+\.html$"

ukrinform = Site(
    name="ukrinform",
    hosts=("www.ukrinform.ua", "www.ukrinform.net"),
    aliases=("ukrinform.ua", "ukrinform.net", "www.ukrinform.com", "ukrinform.com"),
    starts=(feed("/rss/block-lastnews", every=2 * MINUTE), listing("/block-lastnews", every=5 * MINUTE)),
    timezone=KYIV,
    identity=url_id(r"^/rubric-[a-z_]+/(\d{4,})-"),
    scope=Scope(
        articles=(ARTICLE,),
        listings=(r"^/$", r"^/rubric-[a-z_]+$", r"^/block-[a-z]+$", r"^/tag-[a-z0-9_-]+$"),
        feeds=(r"^/rss/",),
        never=(r"^/(?:search|subscribe)\b",),
    ),
    readers=Readers(
        headline=first(
            text("h1.newsTitle"),
            text("article h1"),
            one(json_ld("headline", "Article")),
            without(opengraph("title"), r"\s*[-–|]\s*(?:Укрінформ|Ukrinform)\.?$"),
        ),
        body=paragraphs(
            *("div.newsText", "article [itemprop=articleBody]", "article .news-text"),
            junk=".newsPicture, figure, aside, .social, [class*=subscribe]",
            dropped=r"(?:читайте також|read also|фото|photo)\s*:.{0,300}$",
            before=".newsTags, .tags, .article-tags",
        ),
        lead=first(text("div.newsHeading"), text("article .lead")),
        section=first(one(json_ld("articleSection", "Article")), meta("article:section")),
        tags=first(tags(".newsTags a, .tags a"), json_ld("keywords", "Article")),
        authors=json_ld("author.name", "NewsArticle"),
        language=html_lang(),
        published=first(published_in(KYIV), at(one(attrs("article time", "datetime")), KYIV)),
        modified=modified_in(KYIV),
        image=picture("figure.newsImage", "article figure"),
        publisher=constant("Укрінформ"),
        links=all_of(
            boxes_by_heading(
                {
                    Label.MORE_ABOUT: ("Читайте також", "За темою", "Read also", "More on this topic"),
                    Label.LATEST: ("Останні новини", "Усі новини", "Latest news", "All news"),
                    Label.HOT_NEWS: ("Топ-новини", "Головне", "Top news"),
                },
                article=ARTICLE,
                around="h1",
            ),
            anchors(".newsTags a[href], .tags a[href]", Label.TAG),
            anchors("div.newsText p a[href], [itemprop=articleBody] p a[href]", Label.BODY, path=ARTICLE),
        ),
    ),
    requires=("headline", "body", "published"),
)
