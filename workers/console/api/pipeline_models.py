"""What goes into the API and comes out of it: the pipeline, its sites and hosts, and what is parked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from workers.console.api.models import Name, Number, Out, storable


class CountsOut(Out):
    """URLs by state, and what is stored. `waiting_oldest` is in seconds."""

    waiting: int
    in_fetch: int
    handed_over: int
    stored: int
    skipped: dict[str, int]
    parked: dict[str, int]
    refused: dict[str, int]
    articles: int
    versions: int
    total: int
    waiting_oldest: float | None


class PipelineOut(Out):
    """The whole pipeline, counted from the ledger. `again` is what waits once more, by what went wrong.

    `articles_per_minute` counts the articles that were stored in the last 60 seconds.
    """

    at: datetime
    total: CountsOut
    again: dict[str, int]
    articles_per_minute: int
    hosts_ready: int
    next_ready: float | None
    messages_refused: int


class SampleOut(Out):
    """What the charts show at one moment; `settled` and `articles` are totals."""

    at: float
    waiting: float
    in_fetch: float
    handed_over: float
    settled: float
    articles: float
    parked: float
    oldest: float


class SiteOut(Out):
    """A site: its counts, and how fresh, late and complete its articles are (seconds; shares from 0 to 1)."""

    name: str
    profile: str
    paused: bool
    hosts: list[str]
    starts: list[str]
    delay: float
    budget: int | None
    counts: CountsOut
    last_listing_age: float | None
    article_age: float | None
    lag: float | None
    lag_most: float | None
    fill: dict[str, float] = Field(description="The share of the last 50 articles that have the field.")
    required: list[str]


class HostOut(Out):
    """A host: the delay in force, in how many seconds it may be asked, its breaker and why it rests."""

    name: str
    site: str
    delay: float
    crawl_delay: float | None
    next_in: float
    held: bool
    breaker: str = Field(examples=["closed"], description="closed, open, or probing: one request tries it.")
    failures: int
    slowdowns: int
    reason: str | None
    robots: int | None = Field(description="The status of its robots.txt; 0: it could not be reached.")
    waiting: int = Field(description="URLs that wait for it, counted up to 1,000.")


class HostPage(Out):
    """Hosts by name; `next` is the cursor of the page after."""

    hosts: list[HostOut]
    next: str | None


class ParkedOut(Out):
    """A URL that was set aside; `kept` tells whether the console shows its page, at `/parked/ID/page`."""

    id: int
    site: str
    key: str
    url: str
    reason: str
    detail: str | None
    at: datetime
    kept: bool


class ParkedPage(Out):
    """Parked URLs, the newest first; `next` is the cursor of the page after."""

    urls: list[ParkedOut]
    next: str | None


class ParkedGroups(Out):
    """How many URLs are parked, by reason."""

    reasons: dict[str, int]
    total: int


class WhichParked(BaseModel):
    """Which parked URLs are meant: all that fit everything given. Nothing given means none; `all` means every one."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "layout-changed"}]})

    ids: Annotated[list[Number], Field(max_length=1000)] | None = None
    reason: Name | None = None
    site: Name | None = None
    all: bool = False


class Changed(Out):
    """How many URLs changed."""

    urls: int = Field(examples=[3])


class CrawlOrder(BaseModel):
    """The address to begin from: a site or an article."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"url": "https://en.interfax.com.ua/"}]})

    url: Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(storable)]
    follow_any: bool = Field(
        False, description="Also follow links to other sites. Not given, a site that is known stays as it is."
    )


class CrawlStarted(Out):
    """The site that is crawled now, and how many URLs became due."""

    site: str
    urls: int


class SiteChanged(Out):
    """A site after the change; `urls` became due."""

    name: str
    paused: bool
    urls: int = 0
