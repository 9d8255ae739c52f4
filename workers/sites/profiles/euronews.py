"""The profile of Euronews: one layout on every language edition, each edition a host of its own."""

from __future__ import annotations

from workers.core.link import Label
from workers.core.seconds import MINUTE
from workers.sites.blocks import paragraphs
from workers.sites.boxes import anchors, boxes_by_heading
from workers.sites.operators import led_by, modified_in, other_than, picture, published_in, split
from workers.sites.reader import Readers
from workers.sites.readers import all_of, constant, first, html_lang, json_ld, meta, one, opengraph, text, without
from workers.sites.site import Scope, Site, by_url, feed, listing

ARTICLE = r"^/(?:[a-z-]+/)*\d{4}/\d\d/\d\d/[a-z0-9-]+"

_MORE = (
    *("You might also like", "Related", "Zum selben Thema", "Das könnte Sie auch interessieren", "À lire aussi"),
    *("Sur le même sujet", "Vous pourriez aussi aimer", "También le puede interesar", "Potrebbe interessarti anche"),
)

euronews = Site(
    name="euronews",
    hosts=("www.euronews.com", "de.euronews.com", "fr.euronews.com"),
    aliases=("euronews.com",),
    starts=(feed("/rss?format=mrss", every=2 * MINUTE), listing("/just-in", every=5 * MINUTE)),
    timezone="Europe/Paris",
    identity=by_url,
    scope=Scope(
        articles=(ARTICLE,), listings=(r"^/(?:[a-z-]+/?){0,2}$", r"^/tag/[^/]+$"), never=(r"^/(?:search|embed)\b",)
    ),
    readers=Readers(
        headline=first(
            text("h1.c-article-redesign-title"),
            text("article h1"),
            without(opengraph("title"), r"\s*\|\s*Euronews$"),
        ),
        body=led_by(
            text(".c-article-summary"),
            paragraphs(
                "div.c-article-content",
                junk="figure, aside, .widget, .c-ad, [class*=you-might-also-like], [class*=related]",
            ),
        ),
        lead=text(".c-article-summary"),
        tags=split(first(meta("news_keywords"), meta("keywords"))),
        authors=other_than(first(json_ld("author.name", "Article"), split(meta("article:author"))), "Euronews"),
        language=html_lang(),
        published=published_in("Europe/Paris"),
        modified=modified_in("Europe/Paris"),
        image=picture(".c-article-image-video", "article figure"),
        publisher=constant("Euronews"),
        section=first(one(json_ld("articleSection", "Article")), text(".c-article-tags__section")),
        links=all_of(
            boxes_by_heading(
                {
                    Label.MORE_ABOUT: _MORE,
                    Label.HOT_NEWS: (
                        "Top stories",
                        "Unsere Auswahl",
                        "Notre sélection",
                        "Les plus lus",
                        "Most read",
                        "Meistgesehen",
                    ),
                },
                article=ARTICLE,
                around="h1",
            ),
            anchors("div.c-article-content p a[href]", Label.BODY, path=ARTICLE),
        ),
    ),
    requires=("headline", "body", "published"),
)
