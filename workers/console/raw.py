"""The page as it was fetched: in a frame without scripts that fetches nothing, or as its source text."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import Response

from workers.adapters.packing import unpack
from workers.console.api.articles import find
from workers.console.api.models import LARGEST, Name
from workers.console.desk import Desk, TheDesk
from workers.console.templating import page, query
from workers.core.charset import decode
from workers.ledger import ArticleFile, KeptPage, Parked

router = APIRouter(include_in_schema=False)

# In a frame of its own origin, without scripts, forms, navigation or any address to fetch from.
_CSP = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
# No policy keeps <link rel=preconnect> from opening a connection, so links are given a name that means nothing.
_LINK = re.compile(r"<(/?)link\b", re.I)
_REFRESH = re.compile(r"http-equiv\s*=\s*([\"']?)\s*refresh", re.I)
SOURCE_SHOWN = 400_000

ArticleId = Annotated[int, Path(ge=1, le=LARGEST)]
UrlId = Annotated[int, Path(ge=1, le=LARGEST)]
Content = Annotated[Name | None, Query(description="The version's content; the newest without it.")]


@router.get("/articles/{article_id}/page")
def show(request: Request, desk: TheDesk, article_id: ArticleId, version: Content = None) -> Response:
    """What was fetched: the frame, the source, when and from where."""
    found = find(desk, article_id)
    here, given = f"/articles/{article_id}", query(version=version)
    return _shown(request, _kept(desk, found, version), found.row.headline, here, f"{here}/frame?{given}")


@router.get("/articles/{article_id}/frame")
def frame(desk: TheDesk, article_id: ArticleId, version: Content = None) -> Response:
    """The page itself, for the frame."""
    return _framed(_kept(desk, find(desk, article_id), version))


@router.get("/parked/{url_id}/page")
def show_parked(request: Request, desk: TheDesk, url_id: UrlId) -> Response:
    """What was fetched of a URL that was set aside: the frame, the source, when and from where."""
    row = _parked(desk, url_id)
    back = f"/parked?{query(reason=row.reason, site=row.site)}"
    return _shown(request, desk.ledger.look.page(row.site, row.key), row.url, back, f"/parked/{url_id}/frame")


@router.get("/parked/{url_id}/frame")
def frame_parked(desk: TheDesk, url_id: UrlId) -> Response:
    """The page itself, for the frame."""
    row = _parked(desk, url_id)
    return _framed(desk.ledger.look.page(row.site, row.key))


def _parked(desk: Desk, url_id: int) -> Parked:
    found = desk.ledger.parked(ids=[url_id])
    if not found:
        raise HTTPException(404, f"No URL with the id {url_id} is parked.")
    return found[0]


def _shown(request: Request, kept: KeptPage | None, title: str, back: str, frame: str) -> Response:
    source = _source(kept)[:SOURCE_SHOWN] if kept else ""
    return page(request, "page.html", title=title, back=back, frame=frame, kept=kept, source=source)


def _framed(kept: KeptPage | None) -> Response:
    if kept is None:
        raise HTTPException(404, "The page is not kept.")
    text = _REFRESH.sub("data-was=", _LINK.sub(r"<\1x-link", _source(kept)))
    return Response(text, media_type="text/html", headers={"content-security-policy": _CSP})


def _kept(desk: Desk, found: ArticleFile, version: str | None) -> KeptPage | None:
    content = version or found.article.content_hash
    return desk.ledger.look.page(found.row.site, found.row.key, content)


def _source(kept: KeptPage) -> str:
    """The page as text, decoded as the parser decodes it."""
    return decode(unpack(kept.body), kept.content_type or None)
