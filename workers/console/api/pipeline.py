"""The pipeline: its figures, the samples of its charts, hosts and sites."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query

from workers.console.api.articles import moment
from workers.console.api.models import Name, responses
from workers.console.api.pipeline_models import (
    CountsOut,
    CrawlOrder,
    CrawlStarted,
    HostOut,
    HostPage,
    PipelineOut,
    SampleOut,
    SiteChanged,
    SiteOut,
)
from workers.console.desk import Desk, TheDesk
from workers.core.errors import BadInput
from workers.core.manners import MANNERS
from workers.ledger import Counts, HostRow, SiteRow
from workers.ledger.overview import SiteLook
from workers.target import target_of
from workers.wiring import site_of

router = APIRouter(prefix="/api/v1", tags=["pipeline"])


def known(
    desk: TheDesk, name: Annotated[Name, Path(description="Its name.", examples=["interfax-ukraine"])]
) -> SiteRow:
    """The site of this name; 404 where there is none."""
    try:
        return desk.ledger.site(name)
    except BadInput:
        raise HTTPException(404, f"The ledger has no site named {name!r}.") from None


KnownSite = Annotated[SiteRow, Depends(known)]


@router.get("/pipeline", responses=responses())
def get_pipeline(desk: TheDesk) -> PipelineOut:
    """How much is where, counted from the ledger at this moment."""
    status = desk.ledger.status()
    return PipelineOut(
        at=moment(time.time()),
        total=counts_out(status.total),
        again=desk.ledger.look.waiting_again(),
        articles_per_minute=desk.ledger.look.stored_since(60.0),
        hosts_ready=status.hosts_ready,
        next_ready=status.next_ready,
        messages_refused=status.messages_refused,
    )


def counts_out(counts: Counts) -> CountsOut:
    """The counts as the API tells them."""
    same = ("waiting", "in_fetch", "handed_over", "stored", "skipped", "parked", "refused", "articles", "versions")
    values = {name: getattr(counts, name) for name in (*same, "total")}
    return CountsOut(**values, waiting_oldest=counts.oldest_waiting)


@router.get("/pipeline/samples", responses=responses())
def get_samples(desk: TheDesk, after: Annotated[float, Query(description="Only later ones.")] = 0.0) -> list[SampleOut]:
    """The counts every two seconds, of the last quarter of an hour that this console has run."""
    return [SampleOut(**sample) for sample in list(desk.charts.samples) if sample["at"] > after]


@router.get("/hosts", responses=responses())
def list_hosts(
    desk: TheDesk,
    troubled: Annotated[bool, Query(description="Only hosts that had trouble when they were last asked.")] = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Annotated[Name | None, Query(description="`next` of the page before.")] = None,
) -> HostPage:
    """Hosts by name: delay in force, breaker, and when each may next be asked."""
    rows = desk.ledger.look.hosts(after=cursor or "", troubled=troubled, limit=limit + 1)
    now = desk.ledger.now()
    return HostPage(
        hosts=[host_out(row, now) for row in rows[:limit]], next=rows[limit - 1].name if len(rows) > limit else None
    )


def host_out(row: HostRow, now: float) -> HostOut:
    """A host as the API tells it."""
    same = ("name", "site", "delay", "crawl_delay", "failures", "slowdowns", "reason", "waiting")
    return HostOut(
        **{name: getattr(row, name) for name in same},
        next_in=max(0.0, row.next_at - now),
        held=row.held_until is not None and row.held_until > now,
        breaker=breaker_of(row, now),
        robots=row.robots_status,
    )


def breaker_of(row: HostRow, now: float) -> str:
    """Whether the host is asked as usual, left alone, or tried with a single request."""
    if row.failures < MANNERS.breaker_after:
        return "closed"
    return "open" if row.next_at > now else "probing"


@router.get("/sites", responses=responses())
def list_sites(desk: TheDesk) -> list[SiteOut]:
    """Every site, by name."""
    return sites_out(desk, desk.ledger.sites())


@router.get("/sites/{name}", responses=responses(404))
def get_site(desk: TheDesk, site: KnownSite) -> SiteOut:
    """One site."""
    return sites_out(desk, [site])[0]


def sites_out(desk: Desk, rows: Sequence[SiteRow]) -> list[SiteOut]:
    """Sites as the API tells them."""
    counts = desk.ledger.status().sites
    looks = desk.ledger.look.sites({row.name: [start.url for start in row.starts] for row in rows})
    return [_site_out(row, counts.get(row.name) or Counts(), looks[row.name]) for row in rows]


def _site_out(row: SiteRow, counts: Counts, figures: SiteLook) -> SiteOut:
    return SiteOut(
        name=row.name,
        profile=row.profile or "generic",
        paused=row.paused,
        hosts=list(row.hosts),
        starts=[start.url for start in row.starts],
        delay=row.delay,
        budget=row.budget,
        counts=counts_out(counts),
        last_listing_age=figures.last_listing_age,
        article_age=figures.article_age,
        lag=figures.lag,
        lag_most=figures.lag_most,
        fill={name: n / figures.looked_at for name, n in figures.filled.items()} if figures.looked_at else {},
        required=list(site_of(row).requires),
    )


@router.post("/sites/{name}/pause", responses=responses(403, 404))
def pause_site(desk: TheDesk, site: KnownSite) -> SiteChanged:
    """Hand out no URLs of this site until it is resumed."""
    desk.ledger.pause(site.name)
    return SiteChanged(name=site.name, paused=True)


@router.post("/sites/{name}/resume", responses=responses(403, 404))
def resume_site(desk: TheDesk, site: KnownSite) -> SiteChanged:
    """Hand out this site's URLs again, also where its page budget is spent."""
    desk.ledger.resume(site.name)
    return SiteChanged(name=site.name, paused=False)


@router.post("/sites/{name}/crawl", responses=responses(403, 404))
def crawl_site(desk: TheDesk, site: KnownSite) -> SiteChanged:
    """The site's feeds and listings are due now."""
    due = desk.ledger.make_starts_due(site.name)
    return SiteChanged(name=site.name, paused=site.paused, urls=due)


@router.post("/crawls", status_code=202, responses=responses(403, 409))
def start_crawl(desk: TheDesk, order: CrawlOrder) -> CrawlStarted:
    """Crawl from this address: its site is entered where it is new, and begun. Running workers do the rest.

    A site that is paused, or has spent its page budget, is not begun: 409. `follow_any`, where it is given, holds for a
    site that is known too.
    """
    target = target_of(order.url, desk.settings, follow_any=order.follow_any)
    crawled = {row.name: row for row in desk.ledger.sites() if row.hosts}  # the others: from files only
    if target.name in crawled:
        _go_on(desk, crawled[target.name], order)
    else:
        desk.ledger.put_site(target.name, target.profile, target.hosts, target.starts, target.settings)
    asked = desk.ledger.ask(target.candidates(desk.ledger.now()))
    return CrawlStarted(site=target.name, urls=asked + desk.ledger.make_starts_due(target.name))


def _go_on(desk: Desk, row: SiteRow, order: CrawlOrder) -> None:
    """Change the known site as it was ordered; 409 where nothing of it would be asked for."""
    if row.paused or row.is_spent:
        why = "is paused" if row.paused else "has spent its page budget"
        raise HTTPException(
            409, f"The site {row.name} {why}, so nothing of it is asked for. Resume it, then crawl again."
        )
    asked = "follow_any" in order.model_fields_set
    if asked and order.follow_any != bool(row.settings.get("follow_any")):
        settings = {**row.settings, "follow_any": order.follow_any}
        desk.ledger.put_site(row.name, row.profile, row.hosts, row.starts, settings)
