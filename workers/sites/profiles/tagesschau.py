"""The profile of tagesschau.de, where paragraphs and subheadings stand side by side with teasers."""

from __future__ import annotations

from workers.core.link import Label
from workers.core.seconds import MINUTE
from workers.sites.blocks import paragraphs
from workers.sites.boxes import anchors, boxes_by_heading
from workers.sites.operators import at, modified_in, picture, published_in, replaced, split
from workers.sites.reader import Readers
from workers.sites.readers import all_of, constant, first, html_lang, json_ld, one, tags, text
from workers.sites.site import Layout, Scope, Site, feed, listing, url_id

BERLIN = "Europe/Berlin"
ARTICLE = r"^/(?!multimedia|api)(?:[a-z0-9-]+/)+[a-z0-9-]+-\d{2,}\.html$"

# What stood in the boxes of the text until early 2021: sound, pictures, other articles.
_OLD_BOXES = ".modSharing, .mediaCon, .infotext, .conInline, .modTeaser, .linklist, .dachzeile, .teasertext"

_OLD = Readers(
    headline=text(".meldungHead h1 .headline"),
    body=paragraphs(".storywrapper .sectionArticle", junk=_OLD_BOXES + ", .autorenzeile, .meldungHead"),
    authors=split(replaced(text(".autorenzeile"), r"^Von\s+|,\s*[^,]*$", ""), r"\s*,\s*|\s+und\s+"),
    language=html_lang(),
    published=at(text(".meldungHead .stand"), BERLIN),
    image=picture(".storywrapper"),
    publisher=constant("tagesschau.de"),
)

tagesschau = Site(
    name="tagesschau",
    hosts=("www.tagesschau.de",),
    aliases=("tagesschau.de",),
    starts=(feed("/index~rss2.xml", every=2 * MINUTE), listing("/", every=5 * MINUTE)),
    timezone=BERLIN,
    identity=url_id(r"/([a-z0-9-]+-\d{2,})\.html$"),
    scope=Scope(
        articles=(ARTICLE,),
        listings=(r"^/$", r"^/(?:[a-z]+/?){1,2}$", r"^/thema/[^/]+$"),
        feeds=(r"~rss2\.xml$",),
        never=(r"^/(?:multimedia|api|suche)\b",),
    ),
    readers=Readers(
        headline=first(one(json_ld("headline", "Article")), text("h1.seitenkopf__headline")),
        body=paragraphs(
            "article.container",
            junk="[class*=teaser], [class*=absatzbild], [class*=infobox], .sendungsbezug, .seitenkopf, .authorline",
            before=".taglist, .meldungsfooter",
        ),
        lead=text("article p.textabsatz strong"),
        tags=first(tags("ul.taglist a"), json_ld("keywords", "Article")),
        authors=json_ld("author.name", "Article"),
        language=html_lang(),
        published=published_in(BERLIN),
        modified=modified_in(BERLIN),
        image=picture(".absatzbild--aufmacher", "article .absatzbild"),
        publisher=constant("tagesschau.de"),
        links=all_of(
            boxes_by_heading(
                {
                    Label.MORE_ABOUT: ("Mehr zum Thema", "Weitere Meldungen zum Thema"),
                    Label.HOT_NEWS: ("Top-Themen", "Meistgelesen"),
                    Label.LATEST: ("Neueste Meldungen", "Aktuelle Meldungen"),
                },
                article=ARTICLE,
                around="h1",
            ),
            anchors("article p.textabsatz a[href]", Label.BODY, path=ARTICLE),
        ),
    ),
    requires=("headline", "body", "published"),
    older=(Layout(until="2021-03-01", readers=_OLD),),
)
