"""Article pages: the full one, its AMP form and the broken one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from workers.demo.furniture import advertisement, page
from workers.demo.labels import LABELS, section_label
from workers.demo.story import KYIV, Story

# What a HOT NEWS link carries, so that the same article is linked with and without it.
HOT_TRACKING = "?utm_source=hot&amp;utm_medium=box&amp;utm_campaign=demo"


@dataclass(frozen=True, slots=True)
class Boxes:
    """The three boxes of an article page, as they stand when it is served."""

    more_about: Sequence[Story]
    hot_news: Sequence[Story]
    latest: Sequence[Story]


class ArticlePages:
    """Renders stories; `bases` is scheme, host and port for each language."""

    def __init__(self, bases: Mapping[str, str]) -> None:
        self._bases = bases

    def url(self, story: Story) -> str:
        """The story's own address."""
        return self._bases[story.language] + story.path

    def picture_url(self, story: Story) -> str | None:
        """The address of its picture, None when it has none."""
        if story.picture is None:
            return None
        return f"{self._bases[story.language]}/media/thumbs/images/{story.published:%Y/%m}/{story.picture}.png"

    def full(self, story: Story, boxes: Boxes, *, charset: str = "utf-8") -> str:
        """The page as readers see it."""
        body = (
            f'<div class="col-67">\n<article class="article article-content-view">\n{self._header(story)}\n'
            f"{self._lead_picture(story)}\n{self._content(story)}\n{self._tags(story)}\n</article>\n"
            f"{self._more_about(story, boxes)}\n{advertisement(story.language, 'middle')}\n</div>\n"
            f'<aside class="col-33">\n{self._side(story, boxes)}\n</aside>'
        )
        return page(story.language, story.headline, self._head(story), body, charset=charset)

    def broken(self, story: Story, boxes: Boxes) -> str:
        """The same text in markup that no validator would pass, cut off in the footer."""
        paragraphs = "\n".join(f"<p class=text class=t><b><i>{_crossed(text)}" for text in story.paragraphs)
        whole = self.full(story, boxes)
        start, end = whole.index('<div class="article-content">'), whole.index('<div class="article-tags">')
        content = f"<div class=article-content id=a id=b>\n{paragraphs}\n<p>\n</div></span></font>\n"
        wrecked = whole[:start] + content + whole[end:]
        return wrecked.replace("</article>", "").replace("&amp;", "&").rpartition("</footer>")[0]

    def amp(self, story: Story, boxes: Boxes) -> str:
        """The AMP form: without stamp, tags and reading time, its boxes with headline first."""
        words = LABELS[story.language]
        picture = self.picture_url(story)
        image = (
            f'<amp-img src="{picture}" width="96" height="54" alt="{escape(story.headline)}"></amp-img>'
            if picture
            else ""
        )
        return (
            f'<!doctype html>\n<html amp lang="{story.language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{escape(story.headline)}</title>\n"
            f'<link rel="canonical" href="{self.url(story)}">\n{self._json_ld(story)}\n</head>\n<body>\n'
            f'<article class="article article-content-view">\n{_category(story)}\n'
            f'<h1 class="article-content-title">{_text(story.headline)}</h1>\n{image}\n'
            f"{self._content(story)}\n</article>\n"
            f"{self._amp_box(words.more_about, boxes.more_about)}\n{self._amp_box(words.latest, boxes.latest)}\n"
            "</body>\n</html>\n"
        )

    def _head(self, story: Story) -> str:
        picture = self.picture_url(story)
        lines = [
            f'<meta name="description" content="{escape(story.paragraphs[0])}">',
            f'<meta property="og:title" content="{escape(story.headline)}">',
            '<meta property="og:type" content="article">',
            f'<meta property="og:url" content="{self.url(story)}">',
            f'<link rel="canonical" href="{self.url(story)}">' if story.id % 7 else "",
            f'<link rel="amphtml" href="{self.url(story).removesuffix(".html")}-amp.html">' if story.id % 2 else "",
            f'<meta property="og:image" content="{picture}">' if picture else "",
            self._json_ld(story) if story.dated else "",
        ]
        return "\n".join(filter(None, lines))

    def _json_ld(self, story: Story) -> str:
        picture = self.picture_url(story)
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.headline,
            "datePublished": story.published.astimezone(KYIV).isoformat(),
            "dateModified": (story.corrected or story.published).astimezone(KYIV).isoformat(),
            "mainEntityOfPage": self.url(story),
            "publisher": {"@type": "NewsMediaOrganization", "name": LABELS[story.language].brand},
        } | ({"image": [picture]} if picture else {})
        text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
        return f'<script type="application/ld+json">{text}</script>'

    def _header(self, story: Story) -> str:
        words = LABELS[story.language]
        minutes = f'<span class="article-read">{words.read.format(story.minutes)}</span>' if story.minutes else ""
        return (
            f'<div class="article-content-header"><span class="agency">{words.brand}</span>\n{_category(story)}\n'
            f"{_time(story)}\n</div>\n"
            f'<h1 class="article-content-title">{_text(story.headline)}</h1>\n'
            f'<div class="article-content-secondary-header">{minutes}</div>'
        )

    def _lead_picture(self, story: Story) -> str:
        picture = self.picture_url(story)
        if picture is None:
            return ""
        credit = f"{LABELS[story.language].photo} {_text(story.credit)}" if story.credit else ""
        return (
            f'<img class="article-content-image" src="{picture}" alt="{escape(story.headline)}">'
            + f'<div class="article-image-credit">{credit}</div>' * bool(credit)
        )

    def _content(self, story: Story) -> str:
        words = LABELS[story.language]
        parts = [f"<p>{_text(paragraph)}</p>" for paragraph in story.paragraphs]
        parts.insert(2, advertisement(story.language, "inside"))
        if story.corrected:
            parts.append(f"<p>{words.updated}</p>")
        return '<div class="article-content">\n' + "\n".join(parts) + "\n</div>"

    def _tags(self, story: Story) -> str:
        links = " ".join(f'<a href="/news/tag/{quote(tag)}.html">#{_text(tag)}</a>' for tag in story.tags)
        return f'<div class="article-tags">{LABELS[story.language].tags} {links}</div>'

    def _more_about(self, story: Story, boxes: Boxes) -> str:
        items = "\n".join(
            f'<div class="grid article">{_time(other)}'
            f'<a class="article-link" href="{self.url(other)}"><span>{_text(other.headline)}</span></a>'
            f'<h3><a href="{self.url(other)}">{_text(other.headline)}</a></h3></div>'
            for other in boxes.more_about
        )
        return f'<section class="block-related"><h2>{LABELS[story.language].more_about}</h2>\n{items}\n</section>'

    def _side(self, story: Story, boxes: Boxes) -> str:
        words = LABELS[story.language]
        hot = self._side_box(words.hot_news, boxes.hot_news, HOT_TRACKING)
        latest = self._side_box(words.latest, boxes.latest)
        return f"{hot}\n{advertisement(story.language, 'side')}\n{latest}"

    def _side_box(self, heading: str, stories: Sequence[Story], tracking: str = "") -> str:
        items = "\n".join(
            f'<li><a href="{self.url(other)}{tracking}">{_text(other.headline)}</a></li>' for other in stories
        )
        return f'<section class="block-side"><h3>{heading}</h3>\n<ul>\n{items}\n</ul></section>'

    def _amp_box(self, heading: str, stories: Sequence[Story]) -> str:
        items = "\n".join(
            f'<div><a href="{self.url(other)}">{_text(other.headline)}</a>'
            f"<div>{other.stamp:%H:%M, %d.%m.%Y}</div></div>"
            for other in stories
        )
        return f"<section><h4>{heading}</h4>\n{items}\n</section>"


def _category(story: Story) -> str:
    label = section_label(story.section, story.language)
    return f'<h3 class="category-title"><a href="/news/{story.section}.html">{label}</a></h3>'


def _time(story: Story) -> str:
    return f'<div class="article-time"><span>{story.stamp:%H:%M}</span> <span>{story.stamp:%d.%m.%Y}</span></div>'


def _text(text: str) -> str:
    return escape(text, quote=False)


def _crossed(text: str) -> str:
    first, _, rest = text.partition(" ")
    return f"{_text(first)}</b></i> <font color=black>{_text(rest)}"
