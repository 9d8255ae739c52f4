"""What goes into the API and comes out of it: articles. Times are RFC 3339 in UTC, durations are seconds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from workers.core.article import Article, Image
from workers.core.changes import Change

LARGEST = 2**63 - 1


def storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("must not hold the character NUL")
    return text


# What a database can be asked for.
Name = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(storable)]
Number = Annotated[int, Field(ge=1, le=LARGEST)]


class Out(BaseModel):
    """What the API answers."""

    model_config = ConfigDict(frozen=True)


class Problem(Out):
    """Why a request was not served, in a sentence."""

    error: str = Field(examples=["No article has the id 4711."])


class ArticleSummary(Out):
    """An article on the wire. `lag` is from its publication to its commit; `label` the box that it was found in."""

    id: int = Field(examples=[17])
    site: str = Field(examples=["interfax-ukraine"])
    key: str = Field(examples=["id:1098765"])
    url: str = Field(examples=["https://en.interfax.com.ua/news/economic/1098765.html"])
    headline: str = Field(examples=["Grain harvest grows"])
    section: str | None = Field(examples=["Economy"])
    language: str | None = Field(examples=["en"])
    published: datetime | None
    stored: datetime
    updated: datetime
    lag: float | None = Field(examples=[41.5])
    label: str | None = Field(examples=["latest"])
    seen_on: str | None
    corrected: bool
    versions: int = Field(examples=[1])
    group: int = Field(description="The same for all copies of one text.", examples=[17])
    copies: int = Field(examples=[1])


class ArticlePage(Out):
    """Articles, the last stored first; `next` is the cursor of the page after, null on the last one."""

    articles: list[ArticleSummary]
    next: str | None = Field(examples=["17"])


class PieceOut(Out):
    """Some words, and whether they were kept, removed or added."""

    mark: str = Field(examples=["added"])
    text: str


class ChangeOut(Out):
    """One field or paragraph that a version changed."""

    where: str = Field(examples=["paragraph 3"])
    pieces: list[PieceOut]

    @classmethod
    def of(cls, change: Change) -> ChangeOut:
        """The change as the API tells it."""
        return cls(where=change.where, pieces=[PieceOut(mark=p.mark.value, text=p.text) for p in change.pieces])


class VersionOut(Out):
    """One distinct content of an article, and what it changed in the one before.

    `fetched` is when it was first read, `stored` when it was stored: the last time, where the article went back to it.
    `current`: the article is this now. `kept`: its page can be looked at.
    """

    content_hash: str
    fetched: datetime
    stored: datetime
    headline: str
    corrected: bool
    current: bool
    changes: list[ChangeOut]
    kept: bool


class RelatedOut(Out):
    """A link of a box on the article's page; `article` is its id where it is stored."""

    label: str = Field(examples=["more_about"])
    url: str
    headline: str | None
    shown: str | None = Field(description="The time as it was written beside the link.")
    article: int | None


class StoryNode(Out):
    """A stored article of the same story."""

    id: int
    headline: str
    at: datetime
    site: str


class StoryOut(Out):
    """The story over time: its articles, the oldest first, and which of them shows which as MORE ABOUT."""

    articles: list[StoryNode]
    links: list[tuple[int, int]]


class JourneyEvent(Out):
    """One thing that happened to the URL."""

    at: datetime
    what: str = Field(examples=["leased"])
    detail: str


class ArticleOut(Out):
    """One article whole: every field, where each came from, its versions, boxes and copies, and its journey."""

    summary: ArticleSummary
    lead: str | None
    body: list[dict[str, str]]
    tags: list[str]
    authors: list[str]
    image: Image | None
    modified: datetime | None
    event: datetime | None
    reading_minutes: int | None
    paywalled: bool | None
    publisher: str | None
    canonical_url: str | None
    provenance: dict[str, str]
    versions: list[VersionOut]
    related: list[RelatedOut]
    story: StoryOut
    copies: list[ArticleSummary]
    journey: list[JourneyEvent]


def body_of(article: Article) -> list[dict[str, str]]:
    """The blocks of the body."""
    return [{"kind": block.kind.value, "text": block.text} for block in article.body]


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The ways in which a request may not be served, for the description."""
    told = {
        400: "The request cannot be understood.",
        401: "A token is needed, or it is wrong.",
        403: "A change that does not come from the console's own pages.",
        404: "There is none.",
        409: "The site stands: it is paused, or has spent its page budget.",
        503: "The ledger does not answer now.",
    }
    return {status: {"model": Problem, "description": told[status]} for status in (*statuses, 400, 401, 503)}
