"""An article as an IPTC ninjs 3.0 item (valid in every 3.x)."""

from __future__ import annotations

from html import escape
from typing import Any

from workers.core.article import Article, Block, BlockKind, Image
from workers.core.jsonld import RELATED, timestamp, without_nothing
from workers.core.link import Link

STANDARD = {"name": "ninjs", "version": "3.0", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#"}
_ELEMENTS = {BlockKind.PARAGRAPH: "p", BlockKind.HEADING: "h2", BlockKind.QUOTE: "blockquote", BlockKind.ITEM: "li"}


def item(article: Article, group: int | None = None) -> dict[str, Any]:
    """The article as one ninjs item of type `text`; what is not known is left out. `group`: of its copies."""
    return without_nothing(
        {
            "standard": STANDARD,
            "uri": article.address,
            "type": "text",
            "representationType": "full",
            "pubStatus": "usable",
            "version": article.content_hash,
            "contentCreated": timestamp(article.published) if article.published else None,
            "versionCreated": timestamp(newest) if (newest := article.modified or article.published) else None,
            "language": article.language,
            "headlines": [{"role": "main", "contentType": "text/plain", "value": article.headline}],
            "descriptions": [{"role": "lead", "contentType": "text/plain", "value": lead}]
            if (lead := article.lead)
            else [],
            "bodies": _bodies(article),
            "by": ", ".join(article.authors),
            "people": [{"name": name, "rel": "author"} for name in article.authors],
            "subjects": _subjects(article),
            "infoSources": [{"name": article.publisher, "role": "publisher"}] if article.publisher else [],
            "edNote": "Marked as corrected by its publisher." if article.corrected else None,
            "altIds": [
                {"role": article.site, "value": article.key},
                *([{"role": "group", "value": str(group)}] if group is not None else []),
            ],
            "associations": [
                *([_picture(article.image)] if article.image else []),
                *(_related(link) for link in article.links if link.label in RELATED),
            ],
        }
    )


def _bodies(article: Article) -> list[dict[str, Any]]:
    counts = {"charCount": len(article.text), "wordCount": len(article.text.split())}
    plain = {"role": "main", "contentType": "text/plain", **counts, "value": article.text}
    rich = {"role": "richtext", "contentType": "application/xhtml+xml", **counts, "value": _markup(article.body)}
    return [plain, rich] if article.body else []


def _markup(body: tuple[Block, ...]) -> str:
    """The body as XHTML; the text of a page is text, never markup. Items that follow each other are one list."""
    parts: list[str] = []
    for before, block in zip((None, *body), body, strict=False):
        if block.kind is BlockKind.ITEM and (before is None or before.kind is not BlockKind.ITEM):
            parts.append("<ul>")
        if block.kind is not BlockKind.ITEM and before is not None and before.kind is BlockKind.ITEM:
            parts.append("</ul>")
        element = _ELEMENTS[block.kind]
        parts.append(f"<{element}>{escape(block.text, quote=False)}</{element}>")
    return "".join([*parts, "</ul>" if body and body[-1].kind is BlockKind.ITEM else ""])


def _subjects(article: Article) -> list[dict[str, str]]:
    section = [{"name": article.section, "rel": "section"}] if article.section else []
    return [*section, *({"name": tag, "rel": "about"} for tag in article.tags)]


def _picture(image: Image) -> dict[str, Any]:
    descriptions = [("alt", image.alt), ("caption", image.caption)]
    return without_nothing(
        {
            "name": "mainimage",
            "uri": image.url,
            "type": "picture",
            "by": image.credit,
            "descriptions": [{"role": role, "value": value} for role, value in descriptions if value],
            "renditions": [{"name": "main", "href": image.url}],
        }
    )


def _related(link: Link) -> dict[str, Any]:
    headlines = [{"role": "main", "value": link.headline}] if link.headline else []
    return without_nothing(
        {"name": link.headline or link.url, "rel": "related", "uri": link.url, "headlines": headlines}
    )
