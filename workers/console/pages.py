"""The pages: wire, article, pipeline, site, hosts, parked, and the API's description."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from workers.console import arcs
from workers.console.api.articles import (
    Cursor,
    copies,
    find,
    related,
    row_of,
    story,
    trace_of,
    versions,
    which,
)
from workers.console.api.models import Name
from workers.console.api.parked import list_parked
from workers.console.api.pipeline import KnownSite, get_pipeline, list_hosts, list_sites, sites_out
from workers.console.desk import Desk, TheDesk
from workers.console.raw import ArticleId
from workers.console.templating import page, query
from workers.core.errors import BadInput
from workers.ledger import Which

router = APIRouter(include_in_schema=False)

ROWS = 60
HOSTS_SHOWN = 50
Given = Annotated[str, Query(max_length=500)]


def filters_of(request: Request) -> dict[str, str]:
    """The filters of the wire as they were given; what is empty counts as not given."""
    names = ("q", "site", "section", "tag", "language", "since", "until")
    return {
        name: text for name in names if (text := request.query_params.get(name, "").replace("\x00", "").strip()[:500])
    }


def _meaningful(given: dict[str, str]) -> tuple[dict[str, str], str]:
    """The filters without those that mean nothing, and a sentence where there are such."""
    try:
        which(**given)
    except BadInput as error:
        times = ("since", "until")
        return {name: text for name, text in given.items() if name not in times}, str(error)
    return given, ""


@router.get("/")
def wire(request: Request, desk: TheDesk, cursor: Cursor = None) -> Response:
    """Articles as they are stored."""
    given = filters_of(request)
    used, problem = _meaningful(given)
    look = desk.ledger.look
    head = look.head()  # before the rows: what is stored between the two is told live, once more
    rows = look.wire(which(**used), limit=ROWS + 1, after=int(cursor) if cursor is not None else None)
    return page(
        request,
        "wire.html",
        rows=rows[:ROWS],
        older=query(**used, cursor=rows[ROWS - 1].id) if len(rows) > ROWS else None,
        live=cursor is None,
        head=head,
        given=given,
        problem=problem,
        filters=query(**used),
        sites=[row.name for row in desk.ledger.sites()],
        sections=look.distinct("section"),
        languages=look.distinct("language"),
        now=desk.ledger.now(),
    )


@router.get("/articles/{article_id}")
def article(request: Request, desk: TheDesk, article_id: ArticleId) -> Response:
    """One article."""
    found = find(desk, article_id)
    trace = trace_of(desk, found)
    told = story(desk, found)
    return page(
        request,
        "article.html",
        found=found,
        article=found.article,
        row=row_of(found, trace),
        trace=trace,
        versions=versions(desk, found),
        related=related(desk, found),
        story=arcs.drawn(told, found.row.id),
        copies=copies(desk, found),
    )


def figures(desk: Desk) -> dict[str, Any]:
    """What the pipeline page shows."""
    hosts = list_hosts(desk, troubled=False, limit=HOSTS_SHOWN)
    return {
        "pipeline": get_pipeline(desk),
        "sites": list_sites(desk),
        "hosts": hosts.hosts,
        "more_hosts": hosts.next,
        "troubled": list_hosts(desk, troubled=True, limit=HOSTS_SHOWN).hosts,
    }


@router.get("/pipeline")
def pipeline(request: Request, desk: TheDesk) -> Response:
    """The funnel with its charts, what is parked and what else was no article, sites and hosts."""
    return page(request, "pipeline.html", **figures(desk))


@router.get("/pipeline/live")
def pipeline_live(request: Request, desk: TheDesk) -> Response:
    """The same without its frame, to be put in the place of what is shown."""
    return page(request, "figures.html", **figures(desk))


@router.get("/sites/{name}")
def site(request: Request, desk: TheDesk, site: KnownSite) -> Response:
    """One site: its figures, starts, manners, and its newest articles."""
    rows = desk.ledger.look.wire(Which(site=site.name), limit=20)
    [told] = sites_out(desk, [site])
    return page(request, "site.html", site=told, row=site, rows=rows, now=desk.ledger.now())


@router.get("/hosts")
def hosts(
    request: Request, desk: TheDesk, troubled: bool = False, cursor: Annotated[Name | None, Query()] = None
) -> Response:
    """Hosts by name."""
    found = list_hosts(desk, troubled=troubled, limit=100, cursor=cursor)
    return page(request, "hosts.html", hosts=found.hosts, next=found.next, only_troubled=troubled)


@router.get("/parked")
def parked(request: Request, desk: TheDesk, reason: Given = "", site: Given = "", cursor: Cursor = None) -> Response:
    """What was set aside, by reason."""
    reason, site = reason.replace("\x00", ""), site.replace("\x00", "")
    found = list_parked(desk, reason=reason or None, site=site or None, limit=100, cursor=cursor)
    reasons = desk.ledger.status().total.parked
    return page(request, "parked.html", urls=found.urls, next=found.next, reasons=reasons, reason=reason, site=site)


@router.get("/api")
def api(request: Request) -> Response:
    """The API's description, for people."""
    return page(request, "api.html", paths=request.app.openapi()["paths"])
