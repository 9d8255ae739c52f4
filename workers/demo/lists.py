"""Pages that lead to articles: listings, the feed, the sitemap, robots.txt and the calendar without an end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from email.utils import format_datetime
from html import escape

from workers.demo.furniture import advertisement, page, page_path, pager
from workers.demo.labels import LABELS, section_label
from workers.demo.newsroom import Entry
from workers.demo.story import KYIV, Story
from workers.demo.traps import TRAPS, Shown

PER_PAGE = 25
IN_FEED = 30
CRAWL_DELAY = 0.05


def listing(language: str, title: str, base: str, entries: Sequence[Entry], number: int) -> str | None:
    """Page `number` of a list whose first page is `base`.html; None when there is no such page."""
    pages = max(1, -(-len(entries) // PER_PAGE))
    if number > pages:
        return None
    shown = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
    items = "\n".join(map(_item, shown))
    extra = _archives(language) if base == "/news/latest" else ()
    body = (
        f'<div class="col-67"><h2>{escape(title)}</h2>\n<div class="articles-section-view">\n{items}\n</div>\n'
        f"{pager(language, base, number, pages, *extra)}</div>\n"
        f'<aside class="col-33">{advertisement(language, "side")}</aside>'
    )
    return page(language, title, "", body)


def calendar(language: str, day: date) -> str:
    """An archive page for a day on which nothing happened; its pager leads to the next."""
    next_day = day + timedelta(days=1)
    body = (
        f'<h2>{LABELS[language].archive} {day:%d.%m.%Y}</h2>\n<div class="articles-section-view"></div>\n'
        f'<div class="pager"><a rel="next" href="/news/archive/{next_day}.html">{next_day:%d.%m.%Y}</a></div>'
    )
    return page(language, LABELS[language].archive, "", body)


def archive(language: str, entries: Sequence[Entry], number: int) -> str:
    """Page `number` of a list without an end: always the newest three, always a next page."""
    items = "\n".join(map(_item, entries[:3]))
    following = page_path("/news/archive", number + 1)
    body = (
        f'<h2>{LABELS[language].archive}</h2>\n<div class="articles-section-view">\n{items}\n</div>\n'
        f'<div class="pager"><a rel="next" href="{following}">{LABELS[language].older}</a></div>'
    )
    return page(language, f"{LABELS[language].archive} {number}", "", body)


def nothing_found(language: str) -> str:
    """The page of a 404, which a soft 404 serves as well."""
    words = LABELS[language]
    return page(language, words.brand, "", f'<div class="col-67"><h2>{words.brand}</h2><p>{words.not_found}</p></div>')


def feed(language: str, base: str, stories: Iterable[Story]) -> str:
    """RSS 2.0 of the newest stories: title, link, summary, published, guid and section."""
    items = "\n".join(
        f"<item><title>{escape(story.headline)}</title><link>{base}{story.path}</link>"
        f"<description>{escape(story.paragraphs[0])}</description>"
        f"<pubDate>{format_datetime(story.published.astimezone(KYIV))}</pubDate>"
        f'<guid isPermaLink="false">{base}/{story.id}</guid>'
        f"<category>{escape(section_label(story.section, language))}</category></item>"
        for story in list(stories)[:IN_FEED]
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n'
        f"<title>{LABELS[language].brand}</title><link>{base}/</link><language>{language}</language>\n"
        f"<description>{LABELS[language].brand}</description>\n{items}\n</channel></rss>\n"
    )


def sitemap(base: str, stories: Iterable[Story]) -> str:
    """A sitemap of the listed stories with their times."""
    urls = "\n".join(
        f"<url><loc>{base}{story.path}</loc><lastmod>{story.published.isoformat()}</lastmod></url>" for story in stories
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n'
    )


def robots(base: str) -> str:
    """robots.txt: drafts are forbidden, a small delay is asked for, the sitemap is named."""
    return f"User-agent: *\nDisallow: /news/drafts/\nCrawl-delay: {CRAWL_DELAY}\n\nSitemap: {base}/sitemap.xml\n"


def front(language: str, entries: Sequence[Entry]) -> str:
    """The front page: the newest stories and the way to all of them."""
    items = "\n".join(map(_item, entries[:PER_PAGE]))
    more = f'<div class="pager"><a href="{page_path("/news/latest", 1)}">{LABELS[language].older}</a></div>'
    body = f'<h2>{LABELS[language].latest}</h2>\n<div class="articles-section-view">\n{items}\n</div>\n{more}'
    return page(language, LABELS[language].brand, "", body)


def _archives(language: str) -> tuple[tuple[str, str], ...]:
    """The ways into the lists without an end, for the pager of the newest."""
    paths = (trap.path for trap in TRAPS if trap.shown is Shown.PAGER and trap.host == language)
    return tuple((path, LABELS[language].archive) for path in paths)


def _item(entry: Entry) -> str:
    picture = (
        f'<img class="article-image" src="/media/thumbs/images/{entry.picture}.png" alt="">' if entry.picture else ""
    )
    return (
        f'<div class="grid article"><div class="col-13 article-time"><span>{entry.stamp:%H:%M}</span> '
        f'<span>{entry.stamp:%d.%m.%Y}</span></div><div class="col-23">{picture}</div><div class="col-57">'
        f'<h1 class="article-link-wrapper"><a class="article-link" href="{escape(entry.href)}">'
        f"{escape(entry.headline, quote=False)}</a></h1></div></div>"
    )
