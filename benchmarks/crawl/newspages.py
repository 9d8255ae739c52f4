"""A local news site as files: pages of some 45 KB in the furniture of the reference site, packed with gzip.

Page n of N leads to ten MORE ABOUT pages (10n+1 … 10n+10), five HOT NEWS and ten LATEST ones, so that every page is
reachable from page 0 in a few steps and the frontier is broad. Equal numbers give equal bytes.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

FIRST_ID = 1_000_000
MORE, HOT, LATEST = 10, 5, 10
PARAGRAPHS = 12
SECTIONS = ("general", "economic", "pharmacy", "telecom")
TAGS = ("grain", "bridges", "schools", "railways", "harvest", "energy", "river", "museums", "repair", "budget")
# So old that no crawler asks for an article a second time.
_NEWEST = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)

_WORDS = """the of and to in a is that for it as was with be by on not he his but at are this have from or had an they
which one you were all their there been if more when will would who so no said what up its about into than them can
only other new some could time these two may then do first any my now such like our over man even most made after also
did many before must through back years where much your way well down should because each just those people how too
little state good very make world still own see men work long get here between both life being under never day same
another know while last might us great old year off come since against go came right used take three ministry region
capacity output market agency minister contract company supply plant council station export import tender village
harbour factory engineer teacher doctor museum library bridge railway budget price quarter tonnes hryvnia percent
reported announced opened repaired agreed signed planned delivered increased decreased remained expected confirmed
according statement meeting project programme equipment transport energy water winter spring summer autumn""".split()  # noqa: SIM905
_NAMES = """Kyiv Lviv Odesa Dnipro Poltava Sumy Rivne Lutsk Vinnytsia Cherkasy Ternopil Uzhhorod Chernihiv Zhytomyr
Kovalenko Bondarenko Shevchenko Tkachenko Kravchenko Oliinyk Lysenko Marchenko Savchenko Petrenko""".split()  # noqa: SIM905

_STYLE = "".join(f".c{n}{{margin:{n % 7}px;padding:{n % 5}px;color:#{n * 4099 % 16777216:06x}}}" for n in range(90))
# Minified code packs badly: noise stands in for it.
_SCRIPT = "".join(
    f"window.w{n}=function(a,b){{return a<b?'{random.Random(n).randbytes(24).hex()}':b-{n}}};" for n in range(95)
)
_MENU = "".join(
    f'<li class="menu-item menu-item-{n}"><a class="menu-link" href="/news/{section}.html" title="{section}">'
    f'<span class="menu-text">{section.title()} {n}</span></a></li>'
    for n, section in enumerate(SECTIONS * 9)
)
_FOOT = "".join(
    f'<div class="footer-col col-{n}"><a href="https://partner{n}.example/about-us">Partner {n} of the agency</a></div>'
    for n in range(40)
)


def path_of(number: int) -> str:
    """The path of page `number`."""
    return f"/news/{SECTIONS[number % len(SECTIONS)]}/{FIRST_ID + number}.html"


def neighbours(number: int, pages: int) -> dict[str, list[int]]:
    """The pages that page `number` shows in each box, each once in a box and never itself."""
    boxes = {
        "more_about": [MORE * number + place for place in range(1, MORE + 1)],
        "hot_news": [(number * 7 + place * 911) for place in range(1, HOT + 1)],
        "latest": [number + place for place in range(1, LATEST + 1)],
    }
    return {
        label: [page for page in dict.fromkeys(n % pages for n in numbers) if page != number]
        for label, numbers in boxes.items()
    }


def headline_of(number: int) -> str:
    """The headline of page `number`; no other page has it."""
    dice = random.Random(f"headline {number}")
    return f"{_words(dice, 7).capitalize()} in {dice.choice(_NAMES)}, part {number}"


def published(number: int) -> datetime:
    """When page `number` was published."""
    return _NEWEST - timedelta(minutes=3 * number)


def paragraphs_of(number: int) -> list[str]:
    """The paragraphs of page `number`."""
    dice = random.Random(f"body {number}")
    return [" ".join(_sentence(dice) for _ in range(3)) for _ in range(PARAGRAPHS)]


def tags_of(number: int) -> list[str]:
    """The three tags of page `number`."""
    return [TAGS[(number + step) % len(TAGS)] for step in (0, 3, 7)]


def page(number: int, pages: int) -> str:
    """The HTML of page `number` of a site of so many pages."""
    headline, at, section = headline_of(number), published(number), SECTIONS[number % len(SECTIONS)]
    kyiv = at + timedelta(hours=3)
    body = "".join(f"<p>{text}</p>{_AD if n == 4 else ''}\n" for n, text in enumerate(paragraphs_of(number)))
    tags = " ".join(f'<a href="/news/tag/{tag}.html">#{tag}</a>' for tag in tags_of(number))
    boxes = neighbours(number, pages)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{headline}</title>
<link rel="canonical" href="{path_of(number)}"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="og:title" content="{headline}"><meta property="og:type" content="article">
<meta property="og:image" content="/media/thumbs/{number}.jpg"><meta name="description" content="{headline}">
<meta property="article:published_time" content="{at.isoformat()}">
<style>{_STYLE}</style><script type="application/ld+json">{_json_ld(number, headline, at)}</script>
<script>{_SCRIPT}</script></head><body>
<div class="header"><ul class="menu">{_MENU}</ul></div>
<div class="grid content"><div class="col-23"><article class="article article-content-view">
<div class="article-content-header"><div>Interfax-Ukraine</div>
<h3 class="category-title"><a href="/news/{section}.html">{section.title()}</a></h3>
<div class="article-time"><span>{kyiv:%H:%M}</span> <span>{kyiv:%d.%m.%Y}</span></div></div>
<h1 class="article-content-title">{headline}</h1>
<div class="article-content-secondary-header"><span>2 min read</span><span class="social-links">Share</span></div>
<img class="article-content-image" src="/media/thumbs/{number}.jpg" alt="{headline}">
<div>Photo: {_NAMES[number % len(_NAMES)]}</div>
<div class="article-content">{body}</div>
<div class="article-tags">Tags: {tags}</div>
</article></div>
<div class="b1"><h2>MORE ABOUT</h2>{"".join(_row(n) for n in boxes["more_about"])}</div>{_AD}
<div class="b2"><h2>HOT NEWS</h2>{"".join(_row(n) for n in boxes["hot_news"])}</div>
<div class="b3"><h2>LATEST</h2>{"".join(_line(n) for n in boxes["latest"])}</div></div>
<script>{_SCRIPT[::-1]}</script>
<div class="footer">{_FOOT}</div></body></html>
"""


_AD = '<div class="ad">AD</div>'


def _row(number: int) -> str:
    at, headline, path = published(number) + timedelta(hours=3), headline_of(number), path_of(number)
    return (
        f'<div class="row news-row"><div class="article-time"><span>{at:%H:%M}</span> <span>{at:%d.%m.%Y}</span></div>'
        f'<a class="article-link" href="{path}"><img src="/t/{number}.jpg" alt="{headline}" width="320" height="180">'
        f'</a><h4 class="article-title"><a class="article-link" href="{path}">{headline}</a></h4></div>\n'
    )


def _line(number: int) -> str:
    at = published(number) + timedelta(hours=3)
    return (
        f'<div class="line"><div class="article-time"><span>{at:%H:%M}</span> <span>{at:%d.%m.%Y}</span></div>'
        f'<p><a class="article-link" href="{path_of(number)}">{headline_of(number)}</a></p></div>\n'
    )


def _json_ld(number: int, headline: str, at: datetime) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": at.isoformat(),
        "dateModified": at.isoformat(),
        "image": [f"/media/thumbs/{number}.jpg"],
        "author": {"@type": "Organization", "name": "Interfax-Ukraine"},
        "publisher": {"@type": "Organization", "name": "Interfax-Ukraine", "logo": {"@type": "ImageObject"}},
        "description": " ".join(paragraphs_of(number)[:2]),
    }
    return json.dumps(data)


def _sentence(dice: random.Random) -> str:
    return f"{_words(dice, 9).capitalize()} {dice.choice(_NAMES)} {_words(dice, 8)} {dice.randrange(1_000)}."


def _words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(_WORDS, k=count))


def files(pages: int) -> Iterator[tuple[str, str]]:
    """Path and text of everything that the site of so many pages serves."""
    for number in range(pages):
        yield path_of(number), page(number, pages)
    lines = "".join(_line(number) for number in range(min(10, pages)))
    front = f'<head><title>News</title></head><body><div class="b3"><h2>LATEST</h2>{lines}</div></body>'
    for path in ("/index.html", "/news/latest.html", *(f"/news/tag/{tag}.html" for tag in TAGS)):
        yield path, f"<!DOCTYPE html><html>{front}</html>"
    yield "/robots.txt", "User-agent: *\nDisallow: /search\n"


def write_site(folder: Path, pages: int) -> Path:
    """The site's files below `folder`, each only as `.gz`; made once for each number of pages."""
    root = folder / f"site-{pages}"
    if not (root / "whole").exists():
        for path, text in files(pages):
            target = root / f"{path.lstrip('/')}.gz"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(gzip.compress(text.encode(), 6, mtime=0))
        (root / "whole").touch()
    return root
