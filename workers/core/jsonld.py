"""An article as schema.org NewsArticle in JSON-LD."""

from __future__ import annotations

from typing import Any

from workers.core.article import Article, Image, Moment, Precision
from workers.core.link import Label

# What links an article to other articles of its story; the other boxes are the furniture of the site.
RELATED = (Label.MORE_ABOUT,)


def news_article(article: Article, group: int | None = None) -> dict[str, Any]:
    """The article as one JSON-LD object; what is not known is left out. `group`: of its copies."""
    return without_nothing(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": article.address,
            "identifier": _identifier(article, group),
            "url": article.url,
            "mainEntityOfPage": article.address,
            "headline": article.headline,
            "description": article.lead,
            "articleBody": article.text,
            "articleSection": article.section,
            "keywords": list(article.tags),
            "author": [{"@type": "Person", "name": name} for name in article.authors],
            "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else None,
            "inLanguage": article.language,
            "datePublished": written(article.published),
            "dateModified": written(article.modified),
            "temporalCoverage": written(article.event),
            "timeRequired": f"PT{article.reading_minutes}M" if article.reading_minutes else None,
            "image": _image(article.image),
            "correction": "Marked as corrected by its publisher." if article.corrected else None,
            "isAccessibleForFree": None if article.paywalled is None else not article.paywalled,
            "relatedLink": [link.url for link in article.links if link.label in RELATED],
            "isPartOf": {"@type": "WebSite", "name": article.site},
        }
    )


def _identifier(article: Article, group: int | None) -> str | list[Any]:
    name = f"{article.site}/{article.key}"
    return name if group is None else [name, {"@type": "PropertyValue", "propertyID": "group", "value": str(group)}]


def _image(image: Image | None) -> dict[str, Any] | None:
    if image is None:
        return None
    return without_nothing(
        {
            "@type": "ImageObject",
            "url": image.url,
            "name": image.alt,
            "caption": image.caption,
            "creditText": image.credit,
        }
    )


def written(moment: Moment | None) -> str | None:
    """A moment in ISO 8601: a date for a day, else date and time in UTC."""
    if moment is None:
        return None
    return moment.at.date().isoformat() if moment.precision is Precision.DAY else timestamp(moment)


def timestamp(moment: Moment) -> str:
    """A moment as RFC 3339 in UTC, with seconds: a day is its midnight."""
    return moment.at.isoformat(timespec="seconds").replace("+00:00", "Z")


def without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that have a value: neither None nor empty. False and 0 are values."""
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [], {})}
