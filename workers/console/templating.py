"""Pages from templates: every value is escaped, and shown as people read it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workers.core.seconds import duration as told

HERE = Path(__file__).parent


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page of this template."""
    token = request.scope.get("state", {}).get("forgery_token", "")
    logged_in = bool(request.app.state.sessions.token)
    text = (
        environment()
        .get_template(template)
        .render(forgery_token=token, logged_in=logged_in, path=request.url.path, **values)
    )
    return HTMLResponse(text, status)


def error_page(request: Request, status: int, sentence: str, headers: dict[str, str]) -> Response:
    """A page that says why there is none."""
    answer = page(request, "error.html", status=status, sentence=sentence, number=status)
    answer.headers.update(headers)
    return answer


@cache
def environment() -> Environment:
    """The templates and their filters."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        duration=duration,
        to_the_second=to_the_second,
        iso=iso,
        day=day,
        time_of_day=time_of_day,
        web=web,
        label=label,
        number=number,
        share=share,
    )
    made.globals.update(asset=asset, query=query)
    return made


@cache
def asset(name: str) -> str:
    """The address of a file of ours, with a mark of its content: what changed is loaded anew."""
    mark = blake2b((HERE / "static" / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?{mark}"


def query(**values: Any) -> str:
    """A query of those values that are given."""
    return urlencode({name: value for name, value in values.items() if value not in (None, "")})


def duration(seconds: float | None) -> str:
    """Seconds as `seconds.duration` writes them, a dash where there are none."""
    return "–" if seconds is None else told(seconds)


def number(value: float) -> str:
    """A number with thin spaces between its thousands."""
    return f"{value:,.0f}".replace(",", "\u202f")


def share(value: float) -> str:
    """A share as a percentage that says 100 only for all."""
    return "100 %" if value == 1 else f"{min(value, 0.99):.0%}".replace("%", " %")


def _at(seconds: float | datetime) -> datetime:
    return seconds if isinstance(seconds, datetime) else datetime.fromtimestamp(seconds, UTC)


def iso(seconds: float | datetime) -> str:
    """RFC 3339, for programs."""
    return _at(seconds).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_the_second(seconds: float | datetime | None) -> str:
    """Date and time in UTC, to the second."""
    return "–" if seconds is None else f"{_at(seconds):%Y-%m-%d %H:%M:%S}"


def day(seconds: float | datetime) -> str:
    """The date in UTC."""
    return f"{_at(seconds):%Y-%m-%d}"


def time_of_day(seconds: float | datetime) -> str:
    """The time of day in UTC, to the minute."""
    return f"{_at(seconds):%H:%M}"


def web(url: str | None) -> str | None:
    """The address where a browser may be sent; None for anything but http and https."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def label(name: str | None) -> str:
    """A box's label as it stands on pages."""
    return (name or "unknown").replace("_", " ")
