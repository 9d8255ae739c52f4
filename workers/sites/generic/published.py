"""When the article was published and last modified: candidates in their order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from workers.core.article import Moment
from workers.core.dates import parse
from workers.core.text import clean
from workers.sites.document import Document, attribute
from workers.sites.generic.story import Story
from workers.sites.reader import Found

_PUBLISHED_NAMES = (
    "article:published_time article:published og:published_time og:article:published_time datepublished"
    " parsely-pub-date"
    " sailthru.date publish-date publish_date publishdate publication_date pubdate published_time date_published"
    " article.published cxenseparse:recs:publishtime cxenseparse:publishtime dc.date.issued dcterms.created"
    " dc.date.created"
    " dcterms.date dc.date citation_publication_date citation_date article_date_original date originalpublicationdate"
    " rnews:datepublished vr:published_time shareaholic:article_published_time bt:pubdate displaydate created"
    " timestamp"
)
_MODIFIED_NAMES = (
    "article:modified_time og:updated_time article:modified og:modified_time datemodified last-modified lastmod"
    " dcterms.modified dc.date.modified updated_time modified cxenseparse:recs:articlemodified revision_date"
)
_PUBLISHED = _PUBLISHED_NAMES.split()
_MODIFIED = _MODIFIED_NAMES.split()
_MARKED = '[itemprop="datePublished"],time[pubdate],time[datetime],time,[itemprop="dateCreated"]'
_SHOWN = (
    '[class*="publish" i],[class*="pubdate" i],[class*="post-date" i],[class*="entry-date" i],[class*="article-date" i]'
    ',[class*="article__date" i],[class*="date" i],[class*="datum" i],[class*="fecha" i],[class*="time" i]'
    ',[class*="byline" i]'
    ',[class*="meta" i],[class*="info" i],[id*="date" i]'
)
# Names of a site's own making, such as `w-published-date`.
_LIKE_PUBLISHED = re.compile(r"(?:^|[-_.:])(?:publish(?:ed)?|publication|pub)[-_.:]?(?:date|time|on|at|day)?$")
_SHORT = 40
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_-]|\d{0,6}\D|$)")


def published_of(
    document: Document,
    story: Story,
    near: list[str],
    zone: str | None,
    language: str | None,
    lines: Iterable[str] = (),
) -> Found[Moment] | None:
    """When the article was published, or None.

    `near` are the texts around the headline, in order; `lines` short lines anywhere, asked for when nothing else tells.
    """
    return _first(_published(document, story, near, lines), zone, language)


def modified_of(document: Document, story: Story, zone: str | None, language: str | None) -> Found[Moment] | None:
    """When the article was last modified, or None."""
    return _first(_modified(document, story), zone, language)


def _first(told: Iterator[tuple[str, str]], zone: str | None, language: str | None) -> Found[Moment] | None:
    for source, text in told:
        if moment := parse(text, zone=zone, language=language):
            return Found(moment, source)
    return None


def _published(document: Document, story: Story, near: list[str], lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield f"json-ld:{name}", story.text(name) or ""
    for name in _PUBLISHED:
        yield f"meta:{name}", document.meta(name) or ""
    for item in story.objects:
        value = item.get("datePublished")
        yield "json-ld:datePublished", value if isinstance(value, str) else ""
    for name in document.meta_names():
        if _LIKE_PUBLISHED.search(name):
            yield f"meta:{name}", document.meta(name) or ""
    for node in _marked(document):
        yield "generic:time", attribute(node, "datetime") or attribute(node, "content") or clean(node.text())
    dated = [text for text in near if any(map(str.isdigit, text))]
    yield from (("generic:text", text) for text in dated if len(text) < _SHORT)
    yield "generic:title", document.title or ""
    yield from (("generic:text", text) for text in dated if len(text) >= _SHORT)
    if found := _IN_URL.search(document.url):
        yield "generic:url", "-".join(found.groups())
    for node in document.tree.css(_SHOWN)[:60]:
        text = clean(node.text(separator=" "))
        if 5 < len(text) < 200:
            yield "generic:text", text
    yield from (("generic:text", text) for text in lines)


def _marked(document: Document) -> list[LexborNode]:
    """Elements that mark a date: those after the headline before those that stand above it."""
    nodes = document.tree.css(f"h1,{_MARKED}")
    first = next((place for place, node in enumerate(nodes) if node.tag == "h1"), -1)
    ordered = [*nodes[first + 1 :], *nodes[: max(0, first)]]
    return [node for node in ordered if node.tag != "h1"][:6]


def _modified(document: Document, story: Story) -> Iterator[tuple[str, str]]:
    yield "json-ld:dateModified", story.text("dateModified") or ""
    for name in _MODIFIED:
        yield f"meta:{name}", document.meta(name) or ""
    node = document.tree.css_first('[itemprop="dateModified"]')
    if node is not None:
        yield "generic:time", attribute(node, "datetime") or attribute(node, "content") or clean(node.text())
