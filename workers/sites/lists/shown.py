"""A link as a page shows it: with its headline, and the stamp that stands in it; and which links are of parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from selectolax.lexbor import LexborNode

from workers.core.link import Label
from workers.core.text import clean
from workers.sites.blocks import lines_of
from workers.sites.lists.headlines import LONG_HEADLINE, is_headline, is_story, letters
from workers.sites.page.document import attribute
from workers.sites.reader import Shown
from workers.sites.stamps import cut_stamp, is_clock

_MOST_PARTS = 3  # of one story that a page links to with a few words


def shown_link(url: str, label: Label, node: LexborNode) -> Shown:
    """The link with its headline: its text without the stamp and said once, else its picture's alt or its title."""
    texts, stamp, lines = _lines(node), None, []
    if len(texts) == 1 and ":" not in texts[0]:  # as nearly all are: a stamp has one
        return Shown(url, label, texts[0] or None, None)
    for text in texts:
        cut, rest = cut_stamp(text)
        stamp = stamp or cut or (text if is_clock(text) else None)
        lines += [rest] if rest and not is_clock(rest) else []
    headline = " ".join(dict.fromkeys(lines)) or _picture_text(node) or clean(attribute(node, "title") or "")
    return Shown(url, label, headline or None, stamp)


def without_parts(items: Sequence[Shown], own: Collection[str | None] = ()) -> tuple[Shown, ...]:
    """Without links of a few words to what lies right below another story's address: its comments, its pictures.

    `own` are those of the page that shows them. What many lie below is a section, and they are its stories.
    """
    headed = {item.url for item in items if is_headline(item.headline) and is_story(item.url)}
    headed = headed.union(filter(None, own))
    above = [None if letters(item.headline or "") >= LONG_HEADLINE else _above(item, headed) for item in items]
    below = Counter(above)
    return tuple(item for item, url in zip(items, above, strict=True) if url is None or below[url] > _MOST_PARTS)


def _above(item: Shown, headed: Collection[str]) -> str | None:
    """Which of these the address has with a word at its end, or with a query; None where it has none."""
    above, _, word = item.url.rpartition("/")
    if word != "" and not any(map(str.isdigit, word)):
        for url in (above, f"{above}/"):
            if url in headed:
                return url
    url = item.url.partition("?")[0]
    return url if url != item.url and url in headed else None


def _lines(node: LexborNode) -> list[str]:
    """The link's text by lines; most links hold one text or one picture, which need no walk."""
    child = node.first_child
    if child is not None and child.next is None and child.tag in ("-text", "img"):
        text = clean(child.text_content or "") if child.tag == "-text" else ""
        return [text] if text else []
    return [line.text for line in lines_of(node)]


def _picture_text(node: LexborNode) -> str:
    picture = node.first_child  # nearly always the picture is all that is in it
    if picture is None or picture.tag != "img" or picture.next is not None:
        picture = node.css_first("img[alt],amp-img[alt]")
    return clean(attribute(picture, "alt") or "") if picture is not None else ""
