"""The profile of LIGA.net (news.liga.net, biz.liga.net, finance.liga.net), in Ukrainian, Russian and English.

No saved page of the site was at hand when this was written. It rests on what the site shares with its neighbours:
JSON-LD first, then the head, then the markup of the body by several names; boxes by their visible headings. Where none
of that is found the page is parked as a changed layout.

The language versions of a story share their address but for the language in it, and are articles of their own.
"""

from __future__ import annotations

from workers.core.link import Label
from workers.core.seconds import MINUTE
from workers.core.urls import canonical, path_of
from workers.sites.blocks import paragraphs
from workers.sites.boxes import anchors, boxes_by_heading
from workers.sites.operators import modified_in, picture, published_in
from workers.sites.reader import Readers, pattern
from workers.sites.readers import all_of, constant, first, html_lang, json_ld, meta, one, opengraph, tags, text, without
from workers.sites.site import Scope, Site, feed, listing

KYIV = "Europe/Kyiv"
ARTICLE = r"^/(?:(?:ua|en)/)?(?:[a-z]+/)?(?:news|articles|interview|opinion)/[a-z0-9-]{12,}$"
_AMP = pattern(r"/amp/?$")


def _identity(url: str) -> str:
    """The address itself, without the mark of its AMP form."""
    known = canonical(url) or url
    return _AMP.sub("", known) if path_of(known) else known


liga = Site(
    name="liga",
    hosts=("news.liga.net", "biz.liga.net", "finance.liga.net"),
    aliases=("www.liga.net", "liga.net"),
    starts=(feed("/all/rss.xml", every=2 * MINUTE), listing("/ua", every=5 * MINUTE)),
    timezone=KYIV,
    identity=_identity,
    scope=Scope(
        articles=(ARTICLE,),
        listings=(r"^/$", r"^/(?:ua|en)$", r"^/(?:(?:ua|en)/)?(?:all|[a-z]+)/?(?:news|articles)?$"),
        feeds=(r"/rss\.xml$",),
        never=(r"/(?:search|profile|login)\b",),
    ),
    readers=Readers(
        headline=first(
            text("article h1"),
            text("main h1"),
            one(json_ld("headline", "Article")),
            without(opengraph("title"), r"\s*[-–|]\s*(?:новини|новости|LIGA)[^|]*$"),
        ),
        body=paragraphs(
            *("#news-text", ".news-text", "article [itemprop=articleBody]", "article .article-content"),
            junk="figure, aside, .tags, [class*=subscribe], [class*=banner]",
            dropped=r"(?:читайте (?:також|также)|підписуйтесь|подписывайтесь|read also)\b.{0,300}$",
            before=".article-tags, .tags",
        ),
        section=first(one(json_ld("articleSection", "Article")), meta("article:section")),
        tags=first(tags(".article-tags a, .tags a"), json_ld("keywords", "Article")),
        authors=json_ld("author.name", "Article"),
        language=html_lang(),
        published=published_in(KYIV),
        modified=modified_in(KYIV),
        image=picture("article figure"),
        publisher=constant("LIGA.net"),
        links=all_of(
            boxes_by_heading(
                {
                    Label.MORE_ABOUT: ("Читайте також", "Читайте также", "За темою", "По теме", "Read also"),
                    Label.LATEST: (
                        "Останні новини",
                        "Последние новости",
                        "Стрічка новин",
                        "Лента новостей",
                        "Latest news",
                    ),
                    Label.HOT_NEWS: ("Головне", "Главное", "Топ-новини", "Топ-новости"),
                },
                article=ARTICLE,
                around="h1",
            ),
            anchors(".article-tags a[href], .tags a[href]", Label.TAG),
            anchors("#news-text p a[href], .news-text p a[href]", Label.BODY, path=ARTICLE),
        ),
    ),
    requires=("headline", "body", "published"),
)
