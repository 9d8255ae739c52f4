"""Articles: pages by cursor, search and filters, and one article whole."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query

from workers.console.api.models import (
    LARGEST,
    ArticleOut,
    ArticlePage,
    ArticleSummary,
    ChangeOut,
    JourneyEvent,
    Name,
    RelatedOut,
    StoryNode,
    StoryOut,
    VersionOut,
    body_of,
    responses,
)
from workers.console.desk import Desk, TheDesk
from workers.console.stories import Story, stored_at, story_of
from workers.core.article import Moment
from workers.core.changes import Change, Effort
from workers.core.since import point_in_time
from workers.ledger import ArticleFile, StoryArticle, Trace, Which, WireRow
from workers.ledger.reading import Version

router = APIRouter(prefix="/api/v1", tags=["articles"])

Cursor = Annotated[str | None, Query(pattern=r"^[0-9]{1,18}$", description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200, description="At most this many.")]
Time = Annotated[str | None, Query(max_length=40, description="2026-03-04, 2026-03-04T10:05Z, 90m, 12h, 3d or 2w.")]


def which(
    site: Annotated[Name | None, Query(description="Only of this site.")] = None,
    section: Annotated[Name | None, Query(description="Only of this section, as written.")] = None,
    tag: Annotated[Name | None, Query(description="Only with this tag.")] = None,
    language: Annotated[Name | None, Query(description="Only in this language: en, uk, …")] = None,
    since: Time = None,
    until: Time = None,
    q: Annotated[Name | None, Query(description='All these words; `"a phrase"`; `-not`.')] = None,
) -> Which:
    """The filters that articles have in common."""
    begin, end = (point_in_time(text) if text is not None else None for text in (since, until))
    return Which(site, section, tag, language, begin, end, q)


Filters = Annotated[Which, Depends(which)]


@router.get("/articles", responses=responses())
def list_articles(desk: TheDesk, filters: Filters, limit: Limit = 50, cursor: Cursor = None) -> ArticlePage:
    """Articles that fit, the last stored first. Follow `next` for more; articles stored meanwhile shift nothing."""
    rows = desk.ledger.look.wire(filters, limit=limit + 1, after=int(cursor) if cursor is not None else None)
    return ArticlePage(
        articles=[summary(row) for row in rows[:limit]], next=str(rows[limit - 1].id) if len(rows) > limit else None
    )


@router.get("/articles/{article_id}", responses=responses(404))
def get_article(desk: TheDesk, article_id: Annotated[int, Path(ge=1, le=LARGEST, examples=[17])]) -> ArticleOut:
    """One article whole."""
    return whole(desk, find(desk, article_id))


def find(desk: Desk, article_id: int) -> ArticleFile:
    """The article of this id; 404 where there is none."""
    found = desk.ledger.article(article_id)
    if found is None:
        raise HTTPException(404, f"No article has the id {article_id}.")
    return found


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as a time in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def summary(row: WireRow) -> ArticleSummary:
    """A row of the wire as the API tells it."""
    same = ("id", "site", "key", "url", "headline", "section", "language", "label", "seen_on", "corrected")
    return ArticleSummary(
        **{name: getattr(row, name) for name in (*same, "versions", "group", "copies", "lag")},
        published=None if row.published is None else moment(row.published),
        stored=moment(row.stored_at),
        updated=moment(row.updated_at),
    )


def whole(desk: Desk, found: ArticleFile) -> ArticleOut:
    """All that is known of an article."""
    article, trace = found.article, trace_of(desk, found)
    return ArticleOut(
        summary=summary(row_of(found, trace)),
        lead=article.lead,
        body=body_of(article),
        tags=list(article.tags),
        authors=list(article.authors),
        image=article.image,
        modified=_at(article.modified),
        event=_at(article.event),
        reading_minutes=article.reading_minutes,
        paywalled=article.paywalled,
        publisher=article.publisher,
        canonical_url=article.canonical_url,
        provenance=article.provenance,
        versions=versions(desk, found),
        related=related(desk, found),
        story=told(story(desk, found)),
        copies=[summary(row) for row in copies(desk, found)],
        journey=[JourneyEvent(at=moment(e.at), what=e.what, detail=e.detail) for e in (trace.journey if trace else ())],
    )


def _at(given: Moment | None) -> datetime | None:
    return given.at if given else None


def trace_of(desk: Desk, found: ArticleFile) -> Trace | None:
    """What the ledger knows of the article's URL."""
    return next(iter(desk.ledger.trace(found.row.key, found.row.site)), None)


def row_of(found: ArticleFile, trace: Trace | None) -> WireRow:
    """The article as a row of the wire."""
    row = found.row
    same = ("id", "site", "key", "url", "headline", "section", "language", "published", "stored_at", "updated_at")
    values = {name: getattr(row, name) for name in (*same, "versions", "group", "copies")}
    label, seen_on = (trace.row["label"], trace.row["seen_on"]) if trace else (None, None)
    return WireRow(**values, corrected=found.article.corrected, label=label, seen_on=seen_on)


def versions(desk: Desk, found: ArticleFile) -> list[VersionOut]:
    """The versions with what each changed, the oldest first."""
    effort = Effort()
    newest_first = [_changed(desk, *pair, effort) for pair in pairwise(found.versions[::-1])]
    changed = [(), *reversed(newest_first)]
    name = (found.row.site, found.row.key)
    kept = desk.ledger.look.kept({name})
    return [
        VersionOut(
            content_hash=version.content_hash,
            fetched=moment(version.fetched_at),
            stored=moment(version.stored_at),
            headline=version.article.headline,
            corrected=version.article.corrected,
            current=version.content_hash == found.content_hash,
            changes=[ChangeOut.of(change) for change in what],
            kept=(*name, version.content_hash) in kept,
        )
        for version, what in zip(found.versions, changed, strict=True)
    ]


def _changed(desk: Desk, after: Version, before: Version, effort: Effort) -> tuple[Change, ...]:
    names = (before.content_hash, after.content_hash)
    return desk.comparisons.changes(names, before.article, after.article, effort)


def related(desk: Desk, found: ArticleFile) -> list[RelatedOut]:
    """The boxes of the article's page, in its order."""
    id_ = found.row.id
    stored = stored_at(desk, {id_: found.row.site}, ((id_, link.url) for link in found.links))
    return [
        RelatedOut(
            label=link.label,
            url=link.url,
            headline=link.headline,
            shown=link.shown_text,
            article=there.id if (there := stored.get((id_, link.url))) else None,
        )
        for link in found.links
    ]


def story(desk: Desk, found: ArticleFile) -> Story:
    """The story that the article belongs to."""
    row = found.row
    return story_of(desk, StoryArticle(row.id, row.site, row.key, row.url, row.headline, row.published, row.stored_at))


def told(found: Story) -> StoryOut:
    """A story as the API tells it."""
    nodes = [StoryNode(id=a.id, headline=a.headline, at=moment(a.at), site=a.site) for a in found.in_time]
    return StoryOut(articles=nodes, links=sorted(found.links))


def copies(desk: Desk, found: ArticleFile) -> list[WireRow]:
    """The other copies of the article's text."""
    if found.row.copies < 2:
        return []
    return [row for row in desk.ledger.look.wire(Which(group=found.row.group), limit=21) if row.id != found.row.id]
