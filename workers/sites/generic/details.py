"""The smaller fields: section, tags, language, publisher, paywall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from workers.core.countries import writes_day_first
from workers.core.language import detect, may_be_in
from workers.core.text import clean, fold
from workers.core.urls import host_of
from workers.sites.generic.headline import bare_host
from workers.sites.generic.own_section import section_above, section_by_path, section_near
from workers.sites.generic.shown_topics import linked_tags, shown_crumbs, shown_tags
from workers.sites.generic.story import Story, is_same_page, page_of, plain, titles_of
from workers.sites.page.document import Document, lists, short_text
from workers.sites.reader import Found

_DAY_FIRST = "en-gb"
_MOST_CRUMBS = 12
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.I)
_SECTIONS = ("section", "parsely-section", "category", "articlesection", "cxenseparse:section", "columnname")
_MOST_TAGS = 50
_LONGEST_TAG, _AS_DESCRIBED = 100, 60
_LONGEST_CRUMB = 50
_FEW_WORDS = 2
# A crumb that begins a title is the title cut short, unless it is a word or two.
_SHORTEST_TITLE = 15
_HOME = re.compile(r"home|homepage|start|startseite|accueil|inicio|início|главная|головна|strona główna")
# What a site's software calls the place of all its articles.
_TEMPLATE = re.compile(r"(?:.* )?detail(?:s|seite|ansicht)?")
# A comma before `&` stands inside one name: `Business, Finance, & Economics`.
_COMMA = re.compile(r"\s*[,;](?!\s*&)\s*")
# A platform's keywords of all kinds, of which these are the tags.
_PREFIXES = ("Tag:", "Topic:")
_SITE_WIDE_WORDS = (
    "news|latest news|breaking news|events|nachrichten|aktuelles|actualités|noticias|notizie|notícias|nieuws|новости"
    "|события|новини|події|aktualności|zprávy|haber|haberler|ニュース|新闻|뉴스"
)
_SITE_WIDE = frozenset(_SITE_WIDE_WORDS.split("|"))
_FALSE = ("false", "no", "0", "locked", "premium", "metered")
_TRUE = ("true", "yes", "1", "free", "unlocked", "open")


def section_of(document: Document, story: Story) -> Found[str] | None:
    """The section that the page says it belongs to."""
    told = _told_section(document, story)
    return next((Found(clean(text), source) for source, text in told if text and len(text) < 100), None)


def _told_section(document: Document, story: Story) -> Iterator[tuple[str, str | None]]:
    yield "json-ld:articleSection", story.text("articleSection")
    yield "meta:article:section", document.meta("article:section")
    yield _meta(document, *_SECTIONS)
    yield "microdata:articleSection", _marked_section(document)
    yield "json-ld:breadcrumb", _breadcrumb(document, story)
    yield "generic:rel-category", next(_marked_by_rel(document, "category"), None)
    yield "generic:breadcrumb", _last_crumb(shown_crumbs(document), document)
    authors: tuple[str, ...] = document.notes.get("authors", ())
    own = _own_names(document).union(map(fold, authors))
    yield "generic:own-path", section_by_path(document, own)
    yield "generic:above-headline", section_above(document, own)
    yield "generic:near-headline", section_near(document, own)


def _meta(document: Document, *names: str) -> tuple[str, str | None]:
    """What the first of these metas that says something says, with its name as the source."""
    told = ((f"meta:{name}", text) for name in names if (text := document.meta(name)))
    return next(told, ("", None))


def _marked_section(document: Document) -> str | None:
    nodes = ((node, told) for node, _, told in document.marks if told.get("itemprop") == "articleSection")
    texts = (clean(told.get("content") or short_text(node, 2 * _LONGEST_TAG)) for node, told in nodes)
    return next(filter(None, texts), None)


def _breadcrumb(document: Document, story: Story) -> str | None:
    """The last crumb but the page itself and the front page."""
    for item in story.objects:
        crumbs = item.get("itemListElement") if item.get("@type") == "BreadcrumbList" else None
        if isinstance(crumbs, list) and len(crumbs) > 1:
            trail = [_crumb(crumb) for crumb in crumbs[-_MOST_CRUMBS:] if isinstance(crumb, dict)]
            if last := _last_crumb(trail, document):
                return last
    return None


def _last_crumb(trail: list[tuple[str, str | None]], document: Document) -> str | None:
    while trail and _is_this_page(*trail[-1], document):
        trail.pop()
    if len(trail) > 1 or (trail and not _is_front_page(*trail[0], document)):
        return plain(trail[-1][0])
    return None


def _crumb(crumb: dict[str, Any]) -> tuple[str, str | None]:
    """The crumb's name and where it leads."""
    inner = crumb.get("item")
    item = inner if isinstance(inner, dict) else {"@id": inner}
    name, url = crumb.get("name") or item.get("name"), item.get("@id") or item.get("url")
    return name if isinstance(name, str) else "", url if isinstance(url, str) else None


def _is_this_page(name: str, url: str | None, document: Document) -> bool:
    """True for a crumb that leads here, or is named by a title, or by no name that a section has."""
    text = fold(plain(name)).strip('"')
    if not text or len(text) > _LONGEST_CRUMB or _TEMPLATE.fullmatch(text):
        return True
    target = document.absolute(url) if url is not None else None
    if target is not None and any(is_same_page(target, own) for own in (document.url, document.canonical)):
        return True
    if "titles" not in document.notes:  # there may be crumbs by the hundred
        document.notes["titles"] = [*map(fold, titles_of(document))]
    titles: list[str] = document.notes["titles"]
    return any(title == text or (len(text) > _SHORTEST_TITLE and title.startswith(text)) for title in titles)


def _is_front_page(name: str, url: str | None, document: Document) -> bool:
    return not url or not page_of(document.absolute(url)) or _HOME.fullmatch(fold(plain(name))) is not None


def tags_of(document: Document, story: Story) -> Found[tuple[str, ...]] | None:
    """The article's tags, each once, as written."""
    for source, texts in _told_tags(document, story):
        texts = [text.partition(":")[2] for text in texts if text.startswith(_PREFIXES)] or texts
        tags = {fold(tag): tag for tag in (plain(text).lstrip("# ") for text in texts) if 1 < len(tag) < 80}
        if tags:
            return Found(tuple(tags.values())[:_MOST_TAGS], source)
    return None


def _told_tags(document: Document, story: Story) -> Iterator[tuple[str, list[str]]]:
    yield "json-ld:keywords", _listed(story.main.get("keywords"))
    yield "meta:article:tag", _listed(list(document.metas("article:tag")))
    yield "meta:news_keywords", _listed(document.meta("news_keywords"))
    yield "generic:rel-tag", [*islice(_marked_by_rel(document, "tag"), _MOST_TAGS)]
    yield "generic:tags", shown_tags(document)
    yield "meta:keywords", _of_article(_listed(document.meta("keywords")), document)
    yield "generic:tag-links", linked_tags(document)


def _own_names(document: Document) -> set[str]:
    """What names the site, and not what is on one of its pages."""
    names = (document.meta("og:site_name") or "", bare_host(document.url), host_of(document.url))
    return {*_SITE_WIDE, *map(fold, names)}


def _of_article(keywords: list[str], document: Document) -> list[str]:
    """Those that do not just name the site, as on all of its pages; none where they are the page's description."""
    if (
        fold(document.meta("keywords") or "")[:_AS_DESCRIBED]
        == fold(document.meta("description") or "")[:_AS_DESCRIBED]
    ):
        return []
    title = fold(document.title or "")
    own = _own_names(document) | {title if title.count(" ") > _FEW_WORDS else ""}
    return [text for text in keywords if fold(text) not in own and not _ends(title, fold(text))]


def _ends(title: str, name: str) -> bool:
    """True for what stands behind the last mark of a title, as the name of the site does."""
    return bool(name) and title.endswith(name) and title[: -len(name)].rstrip()[-1:] in tuple("|–—-·_")


def _marked_by_rel(document: Document, rel: str) -> Iterator[str]:
    """The texts of links to a tag, or to a category, which many sites mark as a tag too."""
    marked = [(node, told) for node, _, told in document.marks if lists(told, "rel", rel) and _is_of(told, rel)]
    others = [(node, told) for node, told in marked if "/category/" not in (told.get("href") or "")]
    chosen = others if others and rel == "tag" else marked  # themes made of blocks call both tags
    return filter(None, (clean(short_text(node, _LONGEST_TAG)) for node, _ in chosen))


def _is_of(told: dict[str, str | None], rel: str) -> bool:
    return rel == "category" or not lists(told, "rel", "category")


def _listed(value: Any) -> list[str]:
    """The texts of a list, or the parts of a single text that is one."""
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    if isinstance(value, str):
        return _COMMA.split(plain(value))
    value = [value] if isinstance(value, dict) else value
    texts = [item.get("name") if isinstance(item, dict) else item for item in value] if isinstance(value, list) else []
    return [text for text in texts if isinstance(text, str)]


def language_of(document: Document, story: Story, text: str) -> Found[str] | None:
    """The language's short code: what the page says, unless its text clearly is one that we can tell."""
    told = (
        ("generic:html-lang", document.lang),
        ("json-ld:inLanguage", story.text("inLanguage")),
        ("meta:content-language", document.meta("content-language")),
        ("opengraph:locale", document.meta("og:locale")),
    )
    matches = ((source, _LANGUAGE.match(value.strip())) for source, value in told if value)
    codes = [Found(re.split(r"[-_]", match[0].lower())[0], source) for source, match in matches if match]
    fitting = next((found for found in codes if may_be_in(found.value, text)), None)
    if fitting is None and (code := detect(text)):
        return Found(code, "generic:text")
    return fitting or next(iter(codes), None)


def order_of_dates(document: Document, language: Found[str] | None) -> str | None:
    """The language in which the page's numeric dates are to be read: English has two orders of day and month."""
    told = document.lang or (language.value if language else None)
    return _DAY_FIRST if told and told.startswith("en") and writes_day_first(host_of(document.url)) else told


def publisher_of(document: Document, story: Story) -> Found[str] | None:
    """The publisher's name."""
    publisher = story.main.get("publisher")
    publisher = story.resolve(publisher[0] if isinstance(publisher, list) and publisher else publisher)
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    if isinstance(name, str) and plain(name):
        return Found(plain(name), "json-ld:publisher")
    told = (("opengraph:site_name", document.meta("og:site_name")), _meta(document, "application-name", "dc.publisher"))
    return next((Found(plain(name), source) for source, name in told if name), None)


def paywalled_of(document: Document, story: Story) -> Found[bool] | None:
    """Whether the page says that its text is for subscribers only; None where it does not say."""
    told = (
        ("json-ld:isAccessibleForFree", _is_locked(story.main.get("isAccessibleForFree"))),
        ("json-ld:hasPart", _has_locked_part(story)),
        ("meta:content_tier", _is_locked(_meta(document, "article:content_tier", "og:article:content_tier")[1])),
    )
    return next((Found(locked, source) for source, locked in told if locked is not None), None)


def _has_locked_part(story: Story) -> bool | None:
    """What the article's parts say where it says nothing as a whole: one part behind a paywall is enough."""
    parts = story.main.get("hasPart")
    parts = parts if isinstance(parts, list) else [parts]
    told = [_is_locked(part.get("isAccessibleForFree")) for part in parts if isinstance(part, dict)]
    return max((locked for locked in told if locked is not None), default=None)


def _is_locked(value: Any) -> bool | None:
    """True for what only subscribers may read, None for what does not say."""
    text = str(value).strip().rsplit("/", 1)[-1].lower() if value is not None else ""
    return text in _FALSE if text in _FALSE or text in _TRUE else None
