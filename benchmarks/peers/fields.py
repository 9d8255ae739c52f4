"""What every peer reads from a page: URL, headline, time, paragraphs, tags and labelled links; and which pages it asks.

Two forms: for selectolax, the quickest parser, and for parsel, which Scrapy brings. Both follow article links only.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

LABELS = {"MORE ABOUT": "more_about", "HOT NEWS": "hot_news", "LATEST": "latest"}
ARTICLE = re.compile(r"/news/[^/]+/\d{5,}\.html$")


def by_selectolax(html: str | bytes, url: str) -> dict[str, Any]:
    """The fields of a page, and its links also where it is no article."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    headline = tree.css_first("h1.article-content-title")
    stamp = tree.css_first("article div.article-time")
    return {
        "url": url,
        "headline": headline.text(strip=True) if headline else None,
        "time": stamp.text(separator=" ", strip=True) if stamp else None,
        "paragraphs": [node.text(strip=True) for node in tree.css("div.article-content p")],
        "tags": [node.text(strip=True).lstrip("#") for node in tree.css("div.article-tags a")],
        "links": [
            {"label": LABELS[heading.text(strip=True)], **link}
            for heading in tree.css("h2")
            if heading.text(strip=True) in LABELS and heading.parent is not None
            for link in _links(heading.parent, url)
        ],
    }


def _links(box: Any, url: str) -> list[dict[str, Any]]:
    times = [node.text(separator=" ", strip=True) for node in box.css("div.article-time")]
    found: dict[str, dict[str, Any]] = {}
    for node in box.css("a[href]"):
        target = urljoin(url, node.attributes["href"])
        headline = node.text(strip=True)
        if ARTICLE.search(target) and (headline or target not in found):
            found[target] = {"url": target, "headline": headline}
    return [{**link, "time": time} for link, time in zip(found.values(), times, strict=False)]


def by_parsel(selector: Any, url: str) -> dict[str, Any]:
    """The same with Scrapy's own selectors."""
    links = []
    for box in selector.xpath("//div[h2]"):
        label = LABELS.get((box.xpath("string(h2)").get() or "").strip())
        times = [" ".join(node.css("::text").getall()) for node in box.css("div.article-time")]
        found: dict[str, dict[str, Any]] = {}
        for node in box.css("a[href]") if label else ():
            target, headline = urljoin(url, node.attrib["href"]), (node.xpath("string()").get() or "").strip()
            if ARTICLE.search(target) and (headline or target not in found):
                found[target] = {"url": target, "headline": headline, "label": label}
        links += [{**link, "time": time} for link, time in zip(found.values(), times, strict=False)]
    return {
        "url": url,
        "headline": selector.css("h1.article-content-title::text").get(),
        "time": " ".join(selector.css("article div.article-time ::text").getall()).strip() or None,
        "paragraphs": [node.xpath("string()").get() for node in selector.css("div.article-content p")],
        "tags": [text.lstrip("#") for text in selector.css("div.article-tags a::text").getall()],
        "links": links,
    }
