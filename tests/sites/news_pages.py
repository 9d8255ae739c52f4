"""Pages written for the tests of the generic reader: invented news in several languages and kinds of markup."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

FURNITURE = """
<nav class="main-menu"><ul><li><a href="/">Home</a></li><li><a href="/politics">Politics</a></li></ul></nav>
"""
SIDE = """
<aside class="sidebar"><h3>Most read</h3><ul>
<li><a href="/2026/03/ferry-returns-to-the-northern-islands-1101">Ferry returns to the northern islands</a></li>
<li><a href="/2026/03/school-kitchens-buy-from-local-farms-1102">School kitchens buy from local farms</a></li>
</ul></aside>
"""
FOOTER = """
<footer><p>Copyright 2026 The Invented Courier. All rights reserved. We use cookies to count our readers.</p></footer>
"""


@dataclass(frozen=True)
class News:
    """One invented article, and the words of its page's furniture."""

    language: str
    headline: str
    paragraphs: tuple[str, ...]
    author: str
    date: str
    day: str
    related: str
    others: tuple[str, ...] = field(default=("First of the other stories there", "Second of the other stories there"))


ENGLISH = News(
    language="en",
    headline="Harbour town opens its rebuilt lighthouse to visitors",
    paragraphs=(
        "The lighthouse of Port Merrow was opened to visitors on Tuesday, four years after a storm took its lantern.",
        "Mayor Ines Calloway said that the town had paid a third of the costs, and that fishermen had given the rest.",
        "A glassmaker from the hills made the new lens by hand, which took her and two apprentices eleven months.",
        "From May on, guided walks will lead up the 187 steps each Saturday, and the house will show old charts.",
    ),
    author="Tomas Wexley",
    date="2026-03-03T09:15:00+00:00",
    day="3 March 2026",
    related="Read also",
)
GERMAN = News(
    language="de",
    headline="Kleine Brauerei rettet das alte Kino am Marktplatz",
    paragraphs=(
        "Das Kino am Marktplatz von Hinterau bleibt geöffnet, weil eine Brauerei aus dem Ort das Haus gekauft hat.",
        "Die Besitzerin sagte am Montag, sie wolle im Foyer ausschenken und den großen Saal nicht verändern lassen.",
        "Der Verein der Filmfreunde hatte zwei Jahre lang gesammelt und knapp die Hälfte des Preises beisammen.",
    ),
    author="Liesel Brandhuber",
    date="2026-03-02T18:40:00+01:00",
    day="2. März 2026",
    related="Mehr zum Thema",
)
UKRAINIAN = News(
    language="uk",
    headline="У Вигаданому відкрили міст через річку Тиху",
    paragraphs=(
        "Новий міст через річку Тиху відкрили у вівторок, і першими ним проїхали велосипедисти з обох берегів.",
        "За словами голови громади, будівництво тривало два роки, а кошти зібрали підприємці та місцеві жителі.",
        "Старий міст розберуть до кінця літа, а його кам'яні опори залишать як пам'ятку для майбутніх поколінь.",
    ),
    author="Олена Вигадько",
    date="2026-03-03T12:00:00+02:00",
    day="3 березня 2026",
    related="Читайте також",
)
FRENCH = News(
    language="fr",
    headline="Le village de Montfauvel rallume son four à pain",
    paragraphs=(
        "Le four à pain de Montfauvel a été rallumé dimanche matin devant trois cents habitants venus avec leur pâte.",
        "Abandonné depuis soixante ans, il a été remonté pierre par pierre par une association de onze bénévoles.",
        "La mairie prévoit une fournée chaque premier dimanche du mois, et un atelier pour les élèves de l'école.",
    ),
    author="Odile Charvanne",
    date="2026-03-01T08:30:00+01:00",
    day="1 mars 2026",
    related="À lire aussi",
)
NEWS = (ENGLISH, GERMAN, UKRAINIAN, FRENCH)


def classic(news: News) -> str:
    """JSON-LD, OpenGraph, an `<article>` with paragraphs, and a box of related links inside of it."""
    return _page(news, _ld(news), f"<main><article><h1>{news.headline}</h1>{_body(news)}{_box(news)}</article></main>")


def bare(news: News) -> str:
    """No metadata at all: nested `<div>` with meaningless names, byline and date as text, breaks instead of `<p>`."""
    text = "<br><br>".join(news.paragraphs)
    inner = f"<h1>{news.headline}</h1><div class='x1'>By {news.author}</div><div class='x2'>{news.day}</div>"
    return _page(
        news, "", f"<div class='w1'><div class='w2'>{inner}<div class='x3'>{text}</div></div>{_box(news)}</div>"
    )


def microdata(news: News) -> str:
    """schema.org in attributes, and a body whose wrapper has a name that sounds like furniture."""
    head = f'<h1 itemprop="headline">{news.headline}</h1>'
    head += f'<span itemprop="author"><b itemprop="name">{news.author}</b></span>'
    head += f'<time itemprop="datePublished" datetime="{news.date}">{news.day}</time>'
    return _page(
        news, "", f'<div class="layout-sidebar-left promo"><div itemscope>{head}{_body(news)}</div></div>{_box(news)}'
    )


def hidden_until_scripts_run(news: News) -> str:
    """The text stands in an element that a script would show."""
    return _page(news, _ld(news), f'<main></main><div hidden id="S:0"><h1>{news.headline}</h1>{_body(news)}</div>')


MARKUPS = (classic, bare, microdata, hidden_until_scripts_run)


def _page(news: News, head: str, content: str) -> str:
    title = f"<title>{news.headline} | The Invented Courier</title>"
    start = f'<!DOCTYPE html><html lang="{news.language}"><head><meta charset="utf-8">{title}{head}</head><body>'
    return f"{start}{FURNITURE}{content}{SIDE}{FOOTER}</body></html>"


def _body(news: News) -> str:
    return "<div>" + "".join(f"<p>{text}</p>" for text in news.paragraphs) + "</div>"


def _box(news: News) -> str:
    links = "".join(
        f'<li><a href="/2026/03/other-story-number-{n}00{n}">{text}</a></li>' for n, text in enumerate(news.others)
    )
    return f"<section><h3>{news.related}</h3><ul>{links}</ul></section>"


def _ld(news: News) -> str:
    story = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": news.headline,
        "datePublished": news.date,
        "author": {"@type": "Person", "name": news.author},
        "publisher": {"@type": "Organization", "name": "The Invented Courier"},
    }
    graph = f'<script type="application/ld+json">{json.dumps({"@graph": [story]}, ensure_ascii=False)}</script>'
    return (
        graph
        + '<meta property="og:image" content="/lead.jpg"><meta property="og:site_name" content="The Invented Courier">'
    )
