"""Pages made of a wire text: the markup that is known of Interfax-Ukraine, in the ways it may differ.

Every variant shows all that the text holds; the AMP page shows what AMP pages do (no own stamp, no tags).
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from wire_text import Item, WireText

PICTURE = "https://media.interfax.com.ua/media/thumbs/images/2024/05/lead.jpg"
SHOWN = {"more_about": "MORE ABOUT", "hot_news": "HOT NEWS", "latest": "LATEST"}
SHOWN_UK = {"more_about": "ЩЕ ЗА ТЕМОЮ", "hot_news": "ГАРЯЧІ НОВИНИ", "latest": "ОСТАННЄ"}
SHOWN_RU = {"more_about": "ЕЩЕ ПО ТЕМЕ", "hot_news": "ГОРЯЧИЕ НОВОСТИ", "latest": "ПОСЛЕДНЕЕ"}

MENU = (
    '<ul class="menu"><li><a href="/news/general.html">Facts</a></li><li><a href="/news/telecom.html">Telecom</a></li>'
    '<li><a href="/news/latest.html">Latest</a></li></ul>'
)
AD = '<div class="ad">AD</div>'
FOOTER = (
    '<div class="bottom"><a href="/news/latest.html">All news</a> <a href="/rules.html">Terms</a>'
    " 12:00 01.01.2020</div>"
)


def path_of_item(item: Item) -> str:
    """The address that a rendered item leads to: one for each headline."""
    return f"/news/general/{sum(map(ord, item.headline)) + 700_000}.html"


def as_known(page: WireText) -> str:
    """The markup of the facts; boxes in containers of their own, items as picture and headline."""
    boxes = "".join(
        f'<div class="box-{label}"><h2 class="t">{SHOWN[label]}</h2>{"".join(map(_row, items))}</div>{AD}'
        for label, items in page.boxes.items()
    )
    stamp = f'<div class="article-time">{_spans(page.stamp)}</div>' if page.stamp else ""
    return _html(
        f'{MENU}<div class="grid content"><div class="col-23"><article class="article article-content-view">'
        f'<div class="article-content-header">{_tag("div", page.agency)}{_section(page)}{stamp}</div>'
        f"{_tag('h1', page.headline, 'article-content-title')}"
        f'<div class="article-content-secondary-header">{_tag("span", page.reading)}</div>{_picture(page)}'
        f'<div class="article-content">{_paragraphs(page)}{AD}</div>{_tags(page)}'
        f"</article></div>{boxes}</div>{FOOTER}"
    )


def as_renamed(page: WireText) -> str:
    """Other header order, unknown class names, stamps in two spans, lists in asides; headings in Ukrainian."""
    boxes = "".join(
        f'<aside class="x{place}"><div class="x-head"><span>{SHOWN_UK[label].capitalize()}</span></div><ul>'
        + "".join(f"<li><div>{_spans(item.stamp)}</div>{_link(item)}</li>" for item in items)
        + "</ul><p>Реклама</p></aside>"
        for place, (label, items) in enumerate(page.boxes.items())
    )
    header = _tag("h1", page.headline, "qq") + _tag("p", page.reading) + f"<div>{_section(page, 'x')}</div>"
    tags = " ".join(f"#{tag}" for tag in page.tags)
    return _html(
        f"<nav>{MENU}</nav><article><header>{_tag('em', page.agency)}{header}<div>{_spans(page.stamp)}</div></header>"
        f"<figure>{_picture(page)}</figure><section>{_paragraphs(page)}</section>"
        f"{_tag('div', tags and 'Tags: ' + tags)}</article>{boxes}<footer>{FOOTER}</footer>"
    )


def as_flat(page: WireText) -> str:
    """All in one container: items are siblings of their headings, the stamp a part of the link; noise between them."""
    boxes = "".join(
        f'<div class="label"><b>{SHOWN_RU[label]}</b></div>' + "".join(map(_line, items)) + "<p>AD</p>"
        for label, items in page.boxes.items()
    )
    paragraphs = "<script>var a = '<p>no text</p>';</script>".join(f"<p>{escape(text)}</p>" for text in page.body)
    stamp = f'<div class="article-time">{_spans(page.stamp)}</div>' if page.stamp else ""
    return _html(
        f'{MENU}<article class="article article-content-view">{stamp}'
        f"{_tag('h1', page.headline, 'article-content-title')}{_section(page)}"
        f'{_tag("div", page.agency)}<div class="article-content">{_picture(page)}{_tag("p", page.reading)}{paragraphs}'
        f'<p>Загрузка...</p><div class="fb-comments">comments here</div>{_tags(page)}{boxes}</div></article>{FOOTER}'
    )


def as_amp(page: WireText) -> str:
    """The AMP page: no own stamp, no tags; each item is its headline and then its time."""
    boxes = "".join(
        f'<h4>{SHOWN[label]}</h4><div class="list">'
        + "".join(f"<div>{_link(item)}<div>{escape(item.stamp or '')}</div></div>" for item in items)
        + "</div>"
        for label, items in page.boxes.items()
    )
    return _html(
        f"<amp-sidebar>{MENU}</amp-sidebar><article>{_section(page)}{_tag('h1', page.headline)}"
        f'{_picture(page, amp=True)}<div class="article-content">{_paragraphs(page)}<p>Advertising</p></div>'
        f"</article><div>Advertising</div>{boxes}{FOOTER}"
    )


VARIANTS: dict[str, Callable[[WireText], str]] = {
    "known": as_known,
    "renamed": as_renamed,
    "flat": as_flat,
    "amp": as_amp,
}


def _html(body: str) -> str:
    return f'<!DOCTYPE html><html lang="xx"><head><title>Interfax-Ukraine</title></head><body>{body}</body></html>'


def _tag(tag: str, text: str | None, name: str = "") -> str:
    return f'<{tag} class="{name}">{escape(text)}</{tag}>' if text else ""


def _section(page: WireText, name: str = "category-title") -> str:
    link = f'<a href="/news/general.html">{escape(page.section or "")}</a>'
    return f'<h3 class="{name}">{link}</h3>' if page.section else ""


def _spans(stamp: str | None) -> str:
    return "".join(f"<span>{part}</span>" for part in (stamp or "").split())


def _row(item: Item) -> str:
    picture = f'<a href="{path_of_item(item)}"><img src="/t.jpg" alt="{escape(item.headline)}"></a>'
    return f'<div class="r"><div class="article-time">{_spans(item.stamp)}</div>{picture}<h4>{_link(item)}</h4></div>'


def _line(item: Item) -> str:
    inner = f"<div>{_spans(item.stamp)}</div><i>{escape(item.headline)}</i>"
    return f'<p><a href="{path_of_item(item)}">{inner}</a></p>'


def _link(item: Item) -> str:
    return f'<a href="{path_of_item(item)}">{escape(item.headline)}</a>'


def _picture(page: WireText, amp: bool = False) -> str:
    if not page.pictured:
        return '<img src="/media/ads/banner.jpg" alt="Buy">'
    shown = f'src="{PICTURE}" alt="{escape(page.headline or "")}"'
    picture = (
        f"<amp-img {shown} layout=responsive></amp-img>" if amp else f'<img class="article-content-image" {shown}>'
    )
    return picture + (f"<div>Photo: {escape(page.credit)}</div>" if page.credit else "")


def _paragraphs(page: WireText) -> str:
    return "\n".join(f"<p>{escape(text)}</p>" for text in page.body)


def _tags(page: WireText) -> str:
    links = " ".join(f'<a href="/news/tag/{tag}.html">#{tag}</a>' for tag in page.tags)
    return f'<div class="article-tags">Tags: {links}</div>' if links else ""
