"""Invented pages of a paper that is not there: its markup, its stories, and its teasers as many systems write them."""

from __future__ import annotations

from workers.core.article import Article
from workers.sites.read import read_page

HOST = "https://courier.example"
LEADS = (
    "The bridge over the mill race is closed until spring because two of its beams have rotted through.",
    "Pupils of the upper school measured the river for a year and found less salt in it than the town had said.",
    "A baker from the old town gives away what he has not sold, and forty people come for it every evening.",
    "The council wants to plant lime trees along the road to the harbour but the money is there for twelve of them.",
    "After eleven years the swimming bath opens again with a roof, warmer water and a ticket that costs less.",
    "Two ferries a day are too few, say those who work on the island, and ask the state for a third at noon.",
    "The library lends tools now: a drill, a saw and a ladder were out on the first morning that it was possible.",
    "The night bus is back. It leaves from the station at one and stops in every village up to the quarry.",
)
TITLES = tuple(f"{' '.join(lead.split()[:6])} and what follows" for lead in LEADS)
TEXT = "".join(f"<p>{lead} {LEADS[(n + 3) % 8]} {LEADS[(n + 5) % 8]}</p>" for n, lead in enumerate(LEADS))
OG_SITE = '<meta property="og:type" content="website">'
OG_ARTICLE = '<meta property="og:type" content="article">'
DATE = '<time datetime="2024-05-02T20:35:00Z">2 May 2024</time>'
AUTHOR = "<p>By Ada Marsh</p>"


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def page(
    headline: str, body: str, head: str = "", path: str = "/town/", lang: str = "en", top: str = ""
) -> tuple[bytes, str]:
    html = (
        f"<!doctype html><html lang={lang}><head><title>{headline} | The Courier</title>{head}</head><body><header>"
        f"<a href=/>The Courier</a><nav><a href=/town/>Town</a><a href=/sport/>Sport</a></nav>{top}</header>"
        f"<main>{f'<h1>{headline}</h1>' if headline else ''}{body}</main>"
        "<footer><a href=/about/>About the newspaper</a> <a href=/privacy/>Privacy policy</a> © 2024</footer></body>"
    )
    return html.encode(), HOST + path


def read(headline: str, body: str, head: str = "", path: str = "/town/", lang: str = "en", top: str = "") -> Article:
    return read_page(*page(headline, body, head, path, lang, top))


def teasers(shape: str, count: int = 8, lead: int = 1) -> str:
    """So many of them in the markup of a system, with so many times their lead."""
    days = [f"{day:02d}" for day in range(2, 2 + count)]
    return "".join(
        shape.format(n=n, title=TITLES[n % 8], lead=LEADS[n % 8] * lead, day=day, date=f"{day} May 2024")
        for n, day in enumerate(days)
    )


PLAIN = (
    '<div class=post><h2><a href="/s/{n}">{title}</a></h2><p>{lead}</p>'
    '<time datetime="2024-05-{day}">{date}</time></div>'
)
SHAPES = {
    "plain": PLAIN,
    "date first": (
        '<div class=item><time datetime="2024-05-{day}">{date}</time>'
        '<h3><a href="/s/{n}">{title}</a></h3><p>{lead}</p></div>'
    ),
    "wordpress": (
        '<article class="post type-post"><header><h2 class=entry-title>'
        '<a href="/2024/05/{day}/s-{n}/" rel=bookmark>{title}</a></h2>'
        '<span class=posted-on><time class="entry-date published" datetime="2024-05-{day}T08:00:00+00:00">{date}</time>'
        '</span> <span class=byline>by <a href="/author/ada/">Ada Marsh</a></span></header>'
        "<div class=entry-summary><p>{lead}</p></div></article>"
    ),
    "drupal": (
        '<div class=views-row><span class=views-field><span class=field-content><a href="/node/{n}">{title}</a></span>'
        "</span><div class=views-field-body><p>{lead}</p></div>"
        "<div class=views-field-created>{date} - 08:00</div></div>"
    ),
    "joomla": (
        "<div class=blog-item><h2 itemprop=name><a href=/town/{n}-story itemprop=url>{title}</a></h2><dl>"
        '<dd class=published><time datetime="2024-05-{day}" itemprop=datePublished>Published: {date}</time></dd></dl>'
        "<p>{lead}</p></div>"
    ),
    "ghost": (
        '<article class=post-card><a href="/s-{n}/"><h2 class=post-card-title>{title}</h2></a>'
        '<section><p>{lead}</p></section><footer><time datetime="2024-05-{day}">{date}</time> 3 min read</footer>'
        "</article>"
    ),
    "lines of a table": (
        '<table><tr><td>{date}</td><td><a href="/s/{n}.html"><b>{title}</b></a><br>{lead}</td></tr></table>'
    ),
    "read more": (
        '<div class=card><h3>{title}</h3><p>{lead}</p><span>{date}</span><a href="/s/{n}">Read more</a></div>'
    ),
    "text only": '<p><a href="/s/{n}">{title}</a></p><p>{lead}</p><p>{date}</p>',
    "whole card": (
        '<a class=card href="/s/{n}"><h3>{title}</h3><p>{lead}</p><time datetime="2024-05-{day}">{date}</time></a>'
    ),
    "definition list": '<dt><a href="/s/{n}">{title}</a></dt><dd>{lead} ({date})</dd>',
    "styled": (
        '<div class=sc-a1><div class=sc-b2><a class=sc-c3 href="/s/{n}"><div class=sc-d4>{title}</div></a>'
        "<div class=sc-e5>{lead}</div><div class=sc-f6><span>{date}</span> · <span>Ada Marsh</span></div></div></div>"
    ),
    "pictures": (
        '<li><a href="/s/{n}"><img src=/i{n}.jpg alt="{title}"></a><a href="/s/{n}">{title}</a><em>{date}</em></li>'
    ),
    "whole posts": (
        '<article><h2><a href="/s/{n}">{title}</a></h2><p class=meta>Posted on <time datetime="2024-05-{day}">{date}'
        "</time> by <a href=/author/ada>Ada Marsh</a></p><p>{lead} {lead}</p><p>{lead}</p><p>{lead} {lead} {lead}</p>"
        '<p>{lead}</p><a href="/s/{n}">Continue reading</a> <a href="/s/{n}#comments">3 comments</a></article>'
    ),
    "short headlines": (
        '<div class=post><h2><a href="/s/{n}">Bridge shut</a></h2><p>{lead}</p><time>{date}</time></div>'
    ),
    "headlines": '<li><a href="/s/{n}">{title}</a> <time datetime="2024-05-{day}">{date}</time></li>',
}
