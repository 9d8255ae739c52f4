"""An address only lets expect what a page is. One that was expected to be a list may say that it is an article."""

from __future__ import annotations

from workers.core.article import Article
from workers.core.urls import path_of
from workers.sites.generic.story import types_of
from workers.sites.lists.headlines import is_story
from workers.sites.lists.listings import cards_of
from workers.sites.page.document import Document
from workers.sites.site import Site

_STORIES = ("article", "blogposting", "liveblogposting", "report")
_LEAST_TEXT, _FEWEST_BLOCKS = 500, 3
_FEWEST_CARDS, _MOST_BLOCKS = 3, 200


def leads_to_list(url: str, asked: str, site: Site) -> bool:
    """True where a page that was asked for ended on what is a list of its site: deleted pages are sent there.

    Such are the front page, a start, a path of lists, and what the page asked for lay below.
    """
    place, path = site.place(url), path_of(url).rstrip("/")
    if place is not None and not site.is_article(url):
        return True
    is_above = url != asked and path_of(asked).startswith(f"{path}/") and not is_story(url)
    return is_above and not site.scope.articles


def is_front(url: str, site: Site) -> bool:
    """True for a front page and for a start of the site, which are no article whatever they say."""
    return (path_of(url) == "/" and "?" not in url) or any(start.where == url for start in site.start_urls)


def says_article(document: Document, article: Article, site: Site) -> bool:
    """True for what was read on a page that says that it is one article, or has a date of its own, and is no list."""
    if article.published is None or (not _is_declared(document) and not _looks_whole(document, article)):
        return False
    return not _is_of_cards(document, article, site)


def _is_declared(document: Document) -> bool:
    """Said of archives too is `og:type`, and of what a list shows JSON-LD: then without a time, or of several."""
    if "article" in (document.meta("og:type") or "").lower() and document.meta("article:published_time"):
        return True
    dated = [item for item in document.json_ld if "datePublished" in item and _is_story(types_of(item))]
    return len(dated) == 1


def _is_story(types: list[str]) -> bool:
    return any(name.endswith(_STORIES) for name in types)


def _looks_whole(document: Document, article: Article) -> bool:
    size = sum(len(block.text) for block in article.body)
    said = (document.meta("og:type") or "").lower()
    return said != "website" and len(article.body) >= _FEWEST_BLOCKS and size >= _LEAST_TEXT


def _is_of_cards(document: Document, article: Article, site: Site) -> bool:
    """True where half of the text or more are the teasers of other articles."""
    cards = cards_of(document, site)
    teasers, shown = 0, set()
    blocks = article.body[:_MOST_BLOCKS]
    for block in blocks:
        card = next((at for at, (headline, text) in enumerate(cards) if _is_teaser(block.text, headline, text)), None)
        if card is not None:
            teasers += 1
            shown.add(card)
    return len(shown) >= _FEWEST_CARDS and 2 * teasers >= len(blocks)


def _is_teaser(text: str, headline: str, card: str) -> bool:
    """True for a text that stands in a card, beside its headline: a link within a paragraph makes no card of it."""
    return headline not in text and text in card
