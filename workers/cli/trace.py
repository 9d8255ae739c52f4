"""`wireroom trace`: the whole journey of one URL."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from workers.cli import options
from workers.cli.output import duration, exactly, moment, print_fields, print_json, print_line
from workers.core.errors import BadInput
from workers.core.urls import canonical
from workers.ledger import Ledger, Trace
from workers.sites.known import any_site, site_for_url

_TIMES = ("wanted", "due_at", "state_at", "admitted_at", "leased_until", "revisit_at", "read_at")


def trace(
    url: Annotated[str, typer.Argument(help="A URL or a key; of a key that several sites have, each is shown.")],
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """Who showed this URL, when it was leased and by whom, what was answered, and what became of it.

    Examples:

      wireroom trace https://en.interfax.com.ua/news/economic/1098765.html

      wireroom trace id:1098765 --json
    """
    with options.open_ledger(state) as ledger:
        found = _find(ledger, url)
    if not found and not url.strip():
        raise BadInput("Nothing was given to look for. Give a URL, or a key such as id:1098765.")
    if not found:
        raise BadInput(f"The ledger has never seen {url}. It was out of scope, {_unlinked(url)}.")
    for one in found:
        print_json(_as_dict(one)) if as_json else _print(one)


def _find(ledger: Ledger, url: str) -> list[Trace]:
    for name in dict.fromkeys((url, canonical(url) or url)):
        if found := ledger.trace(name):
            return found
    return [one for row in ledger.articles_named(url) for one in ledger.trace(row.key, row.site)]


def _unlinked(url: str) -> str:
    """Why nothing led to a URL of the site's scope; the pages of a listing are followed up to a limit."""
    address = canonical(url)
    if address:
        pager = (site_for_url(address) or any_site(address)).pager
        if pager.place_of(address)[1] > pager.limit:
            return (
                "no page that was read links to it, or it is a page of a listing beyond the "
                f"{pager.limit} that are followed"
            )
    return "or no page that was read links to it"


def _as_dict(one: Trace) -> dict[str, Any]:
    journey = [{"at": exactly(event.at), "what": event.what, "detail": event.detail} for event in one.journey]
    times = {name: exactly(one.row[name]) for name in _TIMES if name in one.row}
    return {**one.row, **times, "journey": journey, "article": one.article.row.id if one.article else None}


def _print(one: Trace) -> None:
    row = one.row
    print_line(str(row["url"]), style="bold")
    why = " ".join(filter(None, (row["reason"] and f"({row['reason']})", row["detail"])))
    print_fields(
        [
            ("state", f"{row['state']} {why}".strip()),
            ("site", row["site"]),
            ("key", row["key"]),
            ("kind", f"{row['kind']}, found as {row['label']}, depth {row['depth']}"),
            ("seen on", row["seen_on"]),
            ("headline there", row["headline"]),
            ("visit", f"{row['visit']}, attempt {row['attempts']}"),
            ("last answer", row["status"]),
            ("due again", row["revisit_at"] and moment(row["revisit_at"])),
        ]
    )
    begun = one.journey[0].at if one.journey else 0.0
    for event in one.journey:
        gap = duration(max(0.0, event.at - begun))
        print_line(f"  {moment(event.at)}  +{gap:<12} {event.what:<12} {event.detail}".rstrip())
    if one.article:
        print_line(
            f"  article {one.article.row.id}, {len(one.article.versions)} version(s): {one.article.row.headline}"
        )
