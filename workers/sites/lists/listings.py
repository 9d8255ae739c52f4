"""Listing pages: their articles as links, with headline and time as shown, and the next page up to a limit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from selectolax.lexbor import LexborNode

from workers.core.link import Kind, Label, Link
from workers.core.text import clean
from workers.core.urls import path_of
from workers.sites.generic.story import types_of
from workers.sites.lists.archives import dated_lists, day_of, is_archive, says_date, told_day
from workers.sites.lists.bait import is_bait, is_unvouched
from workers.sites.lists.data import told_stories
from workers.sites.lists.elsewhere import more_elsewhere
from workers.sites.lists.frames import framed, is_menu_frame
from workers.sites.lists.headlines import is_headline, shape_of
from workers.sites.lists.menu import menu_links
from workers.sites.lists.named_feeds import feeds_of_list, named_feeds
from workers.sites.lists.next_page import next_page
from workers.sites.lists.next_words import says_before
from workers.sites.lists.scripted import scripted_cards
from workers.sites.lists.shown import shown_link, without_parts
from workers.sites.lists.views import is_view
from workers.sites.page.document import Document, attribute, short_text
from workers.sites.profile import to_links
from workers.sites.reader import Shown
from workers.sites.site import Site
from workers.sites.stamps import find_stamp

# The archive of a blog may be one page. One with more links than are looked at is none.
MAX_LINKS, _MOST_OF_ENDLESS = 2_000, 500
# An article of a listing is linked three times at most, by its headline, its picture and its lead; in archives once.
_MOST_ANCHORS = 2 * MAX_LINKS
# Of all links, those in menus and to other sites too, so many are looked at.
_MOST_SEEN = 8_000
# Around a link so many characters are searched for its stamp, and so many around all of a page.
_LONGEST_AROUND, _MOST_AROUND = 3_000, 3_000_000
_OF_LANGUAGE = re.compile(r"/[a-z]{2}(?:[-_][A-Za-z]{2})?/?")
_HIGHEST_CLIMB = 6
_SEVERAL = 3  # links with headlines whose addresses look alike tell what an article's looks like
_MOST_TOLD = 100
_HEADINGS = "h1,h2,h3,h4,h5,h6"
_CARDS = frozenset(("article", "h1", "h2", "h3", "h4", "h5", "h6"))
_MOST_CARDS, _LONGEST_CARD, _LONGEST_HEADLINE = 100, 3_000, 300


def read_listing(document: Document, site: Site, depth: int = 1, now: float | None = None) -> tuple[Link, ...]:
    """The articles that a listing page shows, in its order, at most 2,000, then its next page where there is one.

    `depth` counts the steps from a start. Of a start and of a front page, each language's too, the feeds that it names
    and, on a site whose article paths are not known, the pages in its menus come last.
    """
    is_known = bool(site.scope.articles)  # what an article's address is like
    in_frame = not is_known and is_menu_frame(document, depth)
    is_start = path_of(document.url) == "/" or (not is_known and (in_frame or _begins(document.url, depth)))
    anchors = _anchors_of(document, site)
    shown = _shown(anchors, site)
    menu = menu_links(document, site, in_frame=in_frame) if is_start and not is_known else []
    sections = {link.url for link in menu if link.kind is Kind.LISTING}
    following = next_page(document, site, depth)
    more = None if following else more_elsewhere(document, site, depth)
    lists = sections | {link.url for link in (following, more) if link}
    articles = [item for item in _articles(shown, site) if item.url not in lists and (is_known or not _is_dated(item))]
    listed = to_links(tuple(articles[: MAX_LINKS if len(anchors) < _MOST_ANCHORS else _MOST_OF_ENDLESS]), site)
    shows_news = any(day_of(link.url) is None for link in listed)  # a calendar shows days alone
    # What stands among the articles and in the menu is a section that is wanted as much as they.
    beside = tuple(_as_listing(link) for link in menu if link.url in shown and link.url in sections)
    return (
        *(*listed, *beside, *_told(document, site)),
        *(link for link in (following, more) if link),
        *_feeds(document, site, depth, is_start=is_start, is_last=following is None),
        *menu,
        *(() if is_known else framed(document, site, depth, is_start=is_start, shows_news=bool(listed))),
        *(
            dated_lists(document, site, depth, shows_news=is_start or shows_news, is_paged=bool(following), now=now)
            if not is_known
            else ()
        ),
    )


def _begins(url: str, depth: int) -> bool:
    """True for a start, and for the front of a language that it leads to: each has sections of its own."""
    return depth == 0 or (depth == 1 and _OF_LANGUAGE.fullmatch(path_of(url)) is not None)


def _feeds(document: Document, site: Site, depth: int, *, is_start: bool, is_last: bool) -> list[Link]:
    """Those of a start; of a section those in its head too, where it leads to no further page: they may tell more."""
    if is_start:
        return named_feeds(document, site)
    return feeds_of_list(document, site) if is_last and depth == 1 and not site.scope.articles else []


def cards_of(document: Document, site: Site) -> list[tuple[str, str]]:
    """Headline and text of each card: the largest element around a link with a headline that shows no other article."""
    # The day below a story's headline may lead to the list of that day.
    anchors = [(url, node) for url, node in _anchors_of(document, site) if day_of(url) is None]
    shown_in = _shown_in(anchors)
    cards: dict[str, tuple[str, str]] = {}
    for url, node in anchors:
        headline = clean(short_text(node, _LONGEST_HEADLINE))
        if url not in cards and len(cards) < _MOST_CARDS and is_headline(headline):
            cards[url] = (headline, _text_around(node, url, shown_in))
    return list(cards.values())


def _text_around(node: LexborNode, url: str, shown_in: Mapping[int, set[str]]) -> str:
    card = node
    while (parent := card.parent) is not None and shown_in.get(parent.mem_id) == {url}:
        card = parent
    return clean(short_text(card, _LONGEST_CARD, " "))


def _anchors_of(document: Document, site: Site) -> list[tuple[str, LexborNode]]:
    holder = document.tree.css_first(site.items) or document.tree.body
    return [] if holder is None else list(islice(_article_anchors(document, holder, site), _MOST_ANCHORS))


def _shown(anchors: Sequence[tuple[str, LexborNode]], site: Site) -> dict[str, Shown]:
    stamps, shown = _Stamps(anchors), dict[str, Shown]()
    for url, node in anchors:
        item, known = shown_link(url, _label_of(node, site), node), shown.get(url)
        if known is None:  # once for each article: the text around its link may be the whole page
            shown[url] = stamps.added(item if item.headline else stamps.headed(item, node), node)
        else:
            label = item.label if known.label is Label.MENU else known.label
            # That of its picture, which goes before it, may be a word, and that of its comments a number.
            first, second = known.headline, item.headline
            is_better = _is_number(first) or (not is_headline(first) and is_headline(second))
            headline = second if is_better else first
            shown[url] = known._replace(label=label, headline=headline)
    return shown


def _label_of(node: LexborNode, site: Site) -> Label:
    """What the page asks not to follow is wanted last; what a profile knows for an article is wanted all the same."""
    return Label.MENU if not site.scope.articles and is_unvouched(node) else Label.LISTING


def _articles(shown: Mapping[str, Shown], site: Site) -> list[Shown]:
    """The items that are articles: where their paths are not known, those with a headline and what looks like them.

    A card may show no more than a picture and "Read", and some headlines are a word.
    """
    if site.scope.articles:
        return list(shown.values())
    headed = ((url, item.headline) for url, item in shown.items() if is_headline(item.headline))
    shapes = Counter(shape_of(url) for url, headline in headed if not says_date(headline))
    alike = {shape for shape, number in shapes.items() if shape and number >= _SEVERAL} or _said_alike(shown)
    found = without_parts([item for url, item in shown.items() if not is_view(url)])
    dates = {item.url for item in found if says_date(item.headline)}  # of what stands with a headline, more likely
    dates = dates if len(dates) <= sum(is_headline(item.headline) for item in found if item.url not in dates) else set()
    return [
        item
        for item in found
        if (is_headline(item.headline) and item.url not in dates)
        or (shape_of(item.url) in alike and not _is_page_number(item))
    ]


def _is_dated(item: Shown) -> bool:
    """True for an archive, and for the list of a day or a month, named by no more than that."""
    if is_archive(item.url):
        return True
    is_said = is_headline(item.headline) and not says_date(item.headline) and not says_before(item.headline or "")
    if is_said and day_of(item.url) is not None:
        return False  # a column of each day; else the first words of a link to a list
    return any(map(str.isdigit, item.url)) and told_day(item.url, item.headline or "") is not None


def _is_page_number(item: Shown) -> bool:
    """True for the link of a pager or a calendar."""
    return item.headline is not None and _is_number(item.headline)


def _is_number(text: str | None) -> bool:
    return not text or text.isdecimal()


def _said_alike(shown: Mapping[str, Shown]) -> set[str]:
    """Where no links have headlines, as below whole texts: the shapes of addresses to which several say the same."""
    said = Counter((item.headline, shape_of(url)) for url, item in shown.items() if item.headline)
    return {shape for (text, shape), number in said.items() if shape and number >= _SEVERAL and not text.isdecimal()}


def _told(document: Document, site: Site) -> tuple[Link, ...]:
    """The articles of a list that is told to machines only: as an ItemList, or in the state of a page of scripts."""
    if site.scope.articles:
        return ()
    told = chain(((address, None) for address in _addresses(document)), told_stories(document))
    urls: dict[str | None, str | None] = {}
    for address, headline in told:
        urls.setdefault(document.absolute(address), headline)
    own = [(url, headline) for url, headline in urls.items() if url and site.is_article(url) and not is_view(url)]
    return tuple(
        Link(url=url, label=Label.LISTING, headline=headline, position=position)
        for position, (url, headline) in enumerate(own[:_MOST_TOLD])
    )


def _addresses(document: Document) -> Iterator[str]:
    for told in document.json_ld:
        items = told.get("itemListElement") if "itemlist" in types_of(told) else None
        for element in items[:_MOST_TOLD] if isinstance(items, list) else ():
            element = element.get("item", element) if isinstance(element, dict) else element
            address = (element.get("url") or element.get("@id")) if isinstance(element, dict) else element
            if isinstance(address, str):
                yield address


def _as_listing(link: Link) -> Link:
    return link.model_copy(update={"label": Label.LISTING})


def _article_anchors(document: Document, holder: LexborNode, site: Site) -> Iterator[tuple[str, LexborNode]]:
    unseen: dict[int, bool] = {}
    for node in holder.css("a[href],area[href]")[:_MOST_SEEN]:
        url = document.absolute(attribute(node, "href"))
        is_wanted = url is not None and site.is_article(url) and not _in_furniture(node)
        if url and is_wanted and (site.scope.articles or not is_bait(node, unseen)):
            yield url, node
    if not site.scope.articles:
        cards = scripted_cards(document, holder)
        yield from ((url, node) for url, node in cards if site.is_article(url) and not _in_furniture(node))


def _in_furniture(node: LexborNode) -> bool:
    """True in a menu or a footer; headlines are no menu, and the footer of a card, where it leads on, is none."""
    parent, in_footer, in_card = node.parent, False, False
    while parent is not None:
        in_card = in_card or parent.tag in _CARDS
        if parent.tag == "nav" and not in_card:
            return True
        in_footer = parent.tag == "footer" or (in_footer and parent.tag != "article")
        parent = parent.parent
    return in_footer


def _shown_in(anchors: Iterable[tuple[str, LexborNode]]) -> dict[int, set[str]]:
    """The articles that each element around an anchor shows, by the element's id; of many of them two."""
    shown: dict[int, set[str]] = {}
    for url, node in anchors:
        around: LexborNode | None = node
        while around is not None:
            urls = shown.setdefault(around.mem_id, set())
            if len(urls) < 2:
                urls.add(url)
            around = around.parent
    return shown


class _Stamps:
    """The stamps beside links, looked for in no more than so much text."""

    def __init__(self, anchors: Iterable[tuple[str, LexborNode]]) -> None:
        self._shown_in = _shown_in(anchors)
        self._room = _MOST_AROUND

    def headed(self, item: Shown, node: LexborNode) -> Shown:
        """The item of a link without a text, as one stretched over its card, with the card's heading or its label."""
        around = node.parent
        for _ in range(_HIGHEST_CLIMB):
            if around is None or self._shown_in.get(around.mem_id) != {item.url}:
                break
            if (heading := around.css_first(_HEADINGS)) is not None:
                return item._replace(headline=clean(short_text(heading, _LONGEST_HEADLINE)) or None)
            around = around.parent
        return item._replace(headline=clean((attribute(node, "aria-label") or "")[:_LONGEST_HEADLINE]) or None)

    def added(self, item: Shown, node: LexborNode) -> Shown:
        """The item with the stamp that stands in the largest element around its link that shows no other article."""
        around: LexborNode | None = node
        for _ in range(_HIGHEST_CLIMB):
            if item.shown_text or around is None or self._room < 0 or self._shown_in[around.mem_id] != {item.url}:
                break
            text = around.text(separator=" ")[:_LONGEST_AROUND]
            self._room -= len(text)
            stamp = find_stamp(text, "UTC")
            item = item._replace(shown_text=stamp.text if stamp else None)
            around = around.parent
        return item
