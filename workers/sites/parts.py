"""Stories in parts: where the second one is, how further ones are named, and how their texts become one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from workers.core.article import Article
from workers.sites.generic.names import furniture_of, names_of
from workers.sites.lists.next_words import says_next
from workers.sites.page.document import Document, attribute, short_text
from workers.sites.site import Site

# Parts of one story that are read, the first included; links looked at; elements that one may stand in.
MOST_PARTS = 20
# Attempts of one visit in which all parts are wanted; in later ones what can be had, lest the story be lost.
ATTEMPTS = 3
_MOST_ANCHORS, _MOST_AROUND = 3_000, 12
_WORDS = (
    "page|p|pg|part|parts|pagina|pagine|pagenum|page_no|seite|strana|strona|stranica|str|s|sida|side|sivu|halaman|trang"
)
# What is put to the end of an address, before its extension: /2, /page/2, -2, _p2, ,2.
_SECOND = re.compile(rf"(?:[/_-](?:(?:{_WORDS})[/_-]?)?|,(?:{_WORDS})?)2", re.IGNORECASE)
_NAMED = re.compile(rf"(?:{_WORDS})=2", re.IGNORECASE)
_FIRST = re.compile(rf"(?:{_WORDS})=[01]?", re.IGNORECASE)
_AROUND = " \n\t\xa0\u3000[](){}【】（）［］〔〕"  # a number that leads to a part
_EXTENSION = re.compile(r"(?:\.\w{2,5})?/?$")
# What has pagers of its own; other names of comments than those of all pages.
_BESIDE = frozenset(("comments", "related"))
_RESPONSES = re.compile(r"comment|respon[ds]|reply|replies")


def second_part(document: Document, site: Site) -> str | None:
    """The address of the second part of the story whose first one this page is."""
    for node in document.tree.css("a[href], link[rel=next][href]")[:_MOST_ANCHORS]:
        href = attribute(node, "href") or ""
        if "2" not in href or "#" in href:
            continue
        url = document.absolute(href)
        if url and is_second(url, document.url) and _leads_on(node) and site.in_scope(url):
            return url
    return None


def is_second(url: str, first: str) -> bool:
    """True where the address is that of the first part with a 2 added to its path or its query, or in place of a 1."""
    ours, theirs = urlsplit(first), urlsplit(url)
    if theirs.netloc != ours.netloc or theirs.scheme != ours.scheme:
        return False
    if theirs.path == ours.path:
        before, after = ours.query.split("&"), theirs.query.split("&")
        added, left = (
            [each for each in these if each not in those] for these, those in ((after, before), (before, after))
        )
        is_first = not any(left) or (len(left) == 1 and _FIRST.fullmatch(left[0]) is not None)
        return is_first and len(added) == 1 and _NAMED.fullmatch(added[0]) is not None
    stem, ending = _EXTENSION.sub("", ours.path), _EXTENSION.sub("", theirs.path)
    return ours.query == theirs.query and ending.startswith(stem) and _SECOND.fullmatch(ending[len(stem) :]) is not None


def _leads_on(node: LexborNode) -> bool:
    """True for a number or words that lead to a next page, and not to one of comments or of other stories."""
    if node.tag == "link":
        return True
    text = short_text(node, 40).strip(_AROUND)
    marked = "next" in (node.attributes.get("rel") or "").lower().split()
    return (marked or text == "2" or says_next(node, text)) and not _is_beside(node)


def _is_beside(node: LexborNode) -> bool:
    around: LexborNode | None = node
    for _ in range(_MOST_AROUND):
        if around is None or around.tag == "body":
            return False
        names = names_of(around.attributes)
        if around.tag == "aside" or furniture_of(names) in _BESIDE or _RESPONSES.search(names[:300]):
            return True
        around = around.parent
    return False


def further_part(first: str, second: str, number: int) -> str:
    """The address of a further part, by what tells the second one from the first."""
    pairs = enumerate(zip(first, second, strict=False))
    same = next((at for at, (ours, theirs) in pairs if ours != theirs), len(first))
    place = second.index("2", same)
    return f"{second[:place]}{number}{second[place + 1 :]}"


def names_part(body: bytes, first: str, url: str) -> bool:
    """True where a page, as it came, names the address of a further part of the story that begins at `first`."""
    start = first.rpartition("/")[0] if not first.endswith("/") else first[:-1].rpartition("/")[0]
    tail = url[len(start) + 1 :] if url.startswith(f"{start}/") else url
    query = f"?{tail.partition('?')[2]}" if "?" in tail else None
    for written in filter(None, (tail, unquote(tail), query)):
        for form in {written, written.replace("&", "&amp;")}:
            if re.search(re.escape(form.encode()) + rb"(?!\d)", body):
                return True
    return False


def joined(first: Article, others: Iterable[Article]) -> Article:
    """The story with the text of its other parts, as far as they have its headline and day and say something new."""
    body = list(first.body)
    for other in others:
        if _is_same(first.headline, other.headline) and not _is_later(first, other):
            known = {(block.kind, block.text) for block in body}
            body += [block for block in other.body if (block.kind, block.text) not in known]
    return first if len(body) == len(first.body) else first.model_copy(update={"body": tuple(body)})


def lacking(article: Article, url: str) -> Article:
    """The article with a note beside its text that this part of it and what follows could not be had."""
    told = article.provenance.get("body", "")
    note = f"{told}, without {url} and what follows" if told else f"without {url} and what follows"
    return article.model_copy(update={"provenance": {**article.provenance, "body": note}})


def _is_same(headline: str, other: str) -> bool:
    """True for one headline, or one with a number beside it."""
    ours, theirs = _plain(headline), _plain(other)
    return ours == theirs or theirs.startswith(ours) or ours.startswith(theirs)


def _is_later(first: Article, other: Article) -> bool:
    """True for what was published on a later day: the next of weekly stories of one name has a 2 in its address too."""
    days = [article.published.at.date() for article in (first, other) if article.published is not None]
    return len(days) == 2 and days[0] < days[1]


def _plain(headline: str) -> str:
    return " ".join(re.findall(r"\w+", headline[:500])).casefold()
