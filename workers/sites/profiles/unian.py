"""The profile of UNIAN (www.unian.ua in Ukrainian, www.unian.net in Russian, and the English edition under /uk).

No saved page of the site was at hand when this was written. It rests on what the site shares with its neighbours:
JSON-LD first, then the head, then the markup of the body by several names; boxes by their visible headings. Where none
of that is found the page is parked as a changed layout.
"""

from __future__ import annotations

from workers.core.link import Label
from workers.core.seconds import MINUTE
from workers.sites.blocks import paragraphs
from workers.sites.boxes import anchors, boxes_by_heading
from workers.sites.operators import modified_in, other_than, picture, published_in
from workers.sites.reader import Readers
from workers.sites.readers import all_of, constant, first, html_lang, json_ld, meta, one, opengraph, tags, text, without
from workers.sites.site import Scope, Site, feed, listing, url_id

KYIV = "Europe/Kyiv"
ARTICLE = r"^/(?:[a-z-]+/)*[a-z0-9-]+-\d{6,}\.html$"

unian = Site(
    name="unian",
    hosts=("www.unian.ua", "www.unian.net"),
    aliases=("unian.ua", "unian.net", "www.unian.info", "unian.info"),
    starts=(feed("/rss", every=2 * MINUTE), listing("/detail/all_news", every=5 * MINUTE)),
    timezone=KYIV,
    identity=url_id(r"-(\d{6,})\.html$"),
    scope=Scope(
        articles=(ARTICLE,),
        listings=(r"^/$", r"^/detail/[a-z_]+$", r"^/[a-z-]+$", r"^/tag/[^/]+$"),
        never=(r"^/(?:search|user|static)\b",),
    ),
    readers=Readers(
        headline=first(
            text("div.article h1"),
            text("article h1"),
            one(json_ld("headline", "Article")),
            without(opengraph("title"), r"\s*[-–|]\s*(?:УНІАН|УНИАН|UNIAN)\.?$"),
        ),
        body=paragraphs(
            *("div.article-text", "article [itemprop=articleBody]"),
            junk=".read-also-slider, .article-bottom, figure, aside, [class*=subscribe], [class*=banner]",
            dropped=r"читайте (?:також|также)\b.{0,300}$",
            ends=r"вас (?:також можуть|также могут) \w+(?: новини| новости)?:?$",
        ),
        lead=first(text("p.article__like-h2"), text("h2.article__like-h2")),
        section=first(one(json_ld("articleSection", "Article")), meta("article:section")),
        tags=first(tags(".article__tags a"), json_ld("keywords", "Article")),
        authors=other_than(json_ld("author.name", "NewsArticle"), r"УНІАН|УНИАН|UNIAN"),
        language=html_lang(),
        published=published_in(KYIV),
        modified=modified_in(KYIV),
        image=picture("figure.photo_block", "article figure"),
        publisher=constant("УНІАН"),
        links=all_of(
            boxes_by_heading(
                {
                    Label.MORE_ABOUT: (
                        "Читайте також",
                        "Читайте также",
                        "Новини за темою",
                        "Новости по теме",
                        "Read also",
                    ),
                    Label.LATEST: ("Останні новини", "Последние новости", "Новини", "Новости", "Latest news"),
                    Label.HOT_NEWS: ("Головне", "Главное", "Головні новини", "Главные новости"),
                },
                article=ARTICLE,
                around="h1",
            ),
            anchors(".article__tags a[href]", Label.TAG),
            anchors("div.article-text p a[href]", Label.BODY, path=ARTICLE),
        ),
    ),
    requires=("headline", "body", "published"),
)
