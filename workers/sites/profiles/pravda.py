"""The profile of Ukrainska Pravda (www.pravda.com.ua): articles, news and columns in Ukrainian, Russian and English.

The language versions of a story share their number and are articles of their own, so the language is part of the
identity. Paragraphs that point to other articles ("Читайте також") and the authors' names at the end are not body.
"""

from __future__ import annotations

from workers.core.article import Block, Image
from workers.core.language import detect
from workers.core.link import Label
from workers.core.seconds import HOUR, MINUTE
from workers.core.text import clean, fold
from workers.sites.blocks import paragraphs
from workers.sites.boxes import anchors, boxes_by_heading
from workers.sites.operators import at
from workers.sites.page.document import Document, attribute
from workers.sites.reader import Found, Reader, Readers, selector
from workers.sites.readers import (
    all_of,
    constant,
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
    texts,
    then,
)
from workers.sites.site import Pager, Scope, Site, feed, listing, url_id

KYIV = "Europe/Kyiv"
_DATED = r"\d{4}/\d\d/\d\d/\d{5,}"
_ARTICLE = rf"^/(?:(?:rus|eng)/)?(?:news|articles|columns|interview|podcasts|projects|inozmi|photo-video)/{_DATED}"
_PICTURES = selector(".post_article_header_media img, .post_news_photo img, .post_photo_news img, .post_news_text img")
_SOURCES = selector(".post_article_header_media_source, .post_news_photo_source, .post_photo_news__source")

_HEADINGS = {
    Label.HOT_NEWS: (
        *("Головне на Українській правді", "Головні новини", "Головне", "Main on Ukrainska Pravda", "Main news"),
        *("Главное на Украинской правде", "Главное на Украинськой правде", "Главные новости", "Главное"),
    ),
    Label.LATEST: (
        *("Усі публікації", "Останні новини", "Новини", "Усі новини дня", "Latest news", "All articles", "News"),
        *("Все публикации", "Последние новости", "Новости", "Все новости дня"),
    ),
    Label.MORE_ABOUT: ("Читайте також", "Читайте также", "Read also", "За темою", "По теме", "More on this topic"),
}

_authors = once(first(json_ld("author.name", "Article"), texts(".post_author_name"), texts(".post_news_author a")))
_text = once(
    paragraphs(
        *("div.post_article_text", "div.post_news_text", "div.post_text"),
        junk="[class^=advtext], .nts-ad, .image-box, .post_news_photo, .article_related, .post_media, aside, figure",
        dropped=r"(?:читайте|дивіться також|смотрите также|також:|также:|read also|read more|реклама)(?!\w).{0,300}$",
    )
)


def _body(document: Document) -> Found[tuple[Block, ...]] | None:
    """The paragraphs without the last one where it only names the authors."""
    found, authors = _text(document), _authors(document)
    if found is None or authors is None or fold(found.value[-1].text) != fold(", ".join(authors.value)):
        return found
    return Found(found.value[:-1], found.source)


def _image(document: Document) -> Image | None:
    """The picture above the text with its source, else the one that the head names."""
    node, source = document.tree.css_first(_PICTURES), document.tree.css_first(_SOURCES)
    url = document.absolute(attribute(node, "src") if node is not None else document.meta("og:image"))
    if url is None:
        return None
    alt = clean(attribute(node, "alt") or "") if node is not None else ""
    return Image(url=url, alt=alt or None, credit=(node_text(source) if source is not None else "") or None)


def _language(document: Document) -> str | None:
    found = _text(document)
    return detect(" ".join(block.text for block in found.value)) if found else None


ukrainska_pravda = Site(
    name="ukrainska-pravda",
    hosts=("www.pravda.com.ua",),
    aliases=("pravda.com.ua",),
    starts=(
        *(feed("/rss/view_news/", every=2 * MINUTE), feed("/rus/rss/view_news/", every=5 * MINUTE)),
        *(listing("/news/", every=5 * MINUTE), listing("/articles/", every=HOUR), listing("/eng/news/", every=HOUR)),
    ),
    timezone=KYIV,
    identity=url_id(r"^/(?:(rus|eng)/)?[a-z-]+/\d{4}/\d\d/\d\d/(\d{5,})"),
    scope=Scope(
        articles=(_ARTICLE,),
        listings=(
            r"^/(?:(?:rus|eng)/)?$",
            r"^/(?:(?:rus|eng)/)?(?:news|articles|columns|interview|main-articles)/(?:date_\d+/)?(?:page_\d+/)?$",
            r"^/(?:(?:rus|eng)/)?tags/[^/]+/$",
        ),
        feeds=(r"^/(?:(?:rus|eng)/)?rss/",),
        never=(r"^/(?:cdn|search|archives)\b",),
    ),
    readers=Readers(
        headline=first(
            text("h1.post_article_title"),
            text("h1.post_news_title"),
            text("h1.post_title"),
            one(json_ld("headline", "Article")),
            opengraph("title"),
        ),
        body=Reader("the article's text", _body),
        lead=first(text(".post_article_subtitle"), text(".post_news_lead")),
        section=one(json_ld("articleSection", "Article")),
        tags=first(tags(".post_news_tags a"), tags(".post_tags a"), json_ld("keywords", "Article")),
        authors=_authors,
        language=first(function("language of the text", _language), html_lang()),
        published=first(at(one(json_ld("datePublished", "Article")), KYIV), at(meta("article:published_time"), KYIV)),
        modified=first(at(one(json_ld("dateModified", "Article")), KYIV), at(meta("article:modified_time"), KYIV)),
        image=function("lead picture", _image),
        paywalled=then(meta("article:content_tier"), lambda tier: tier != "free", "paywall"),
        publisher=constant("Українська правда"),
        links=all_of(
            boxes_by_heading(_HEADINGS, article=_ARTICLE, around="article.post_article header, article.post_news, h1"),
            anchors(".post_news_tags a[href], .post_tags a[href]", Label.TAG),
            anchors("div.post_article_text p a[href], div.post_news_text p a[href]", Label.BODY, path=_ARTICLE),
        ),
    ),
    requires=("headline", "body", "published"),
    pager=Pager(number=r"/page_(\d{1,5})/$", limit=3),
)
