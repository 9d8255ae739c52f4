"""Trace: all that the ledger knows of one URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from workers.ledger.database import Tx
from workers.ledger.reading import ArticleFile, file_of, named
from workers.ledger.schema import hosts, urls
from workers.ledger.sql import JOURNEY


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a URL; `at` in seconds since 1970."""

    at: float
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class Trace:
    """A URL's row (all columns of urls, and its host's name), what happened to it, and its article if it has one."""

    row: Mapping[str, Any]
    journey: tuple[Event, ...]
    article: ArticleFile | None


def trace(tx: Tx, name: str, site: str | None = None) -> list[Trace]:
    """The URLs with this key or, where there are none, with this address; of every site, or of this one."""
    rows = select(urls, hosts.c.name.label("host")).join(hosts, hosts.c.id == urls.c.host_id).order_by(urls.c.id)
    if site is not None:
        rows = rows.where(urls.c.site == site)
    found = tx.all(rows.where(urls.c.key == name)) or tx.all(rows.where(urls.c.url == name))
    return [_trace(tx, row) for row in found]


def _trace(tx: Tx, row: Row[Any]) -> Trace:
    shown = {name: value for name, value in row._mapping.items() if name != "journey"}
    found = named(tx, row.key, row.site)  # another site may have another article under this key
    return Trace(row=shown, journey=events(row.journey), article=file_of(tx, found[0]) if found else None)


def events(journey: str) -> tuple[Event, ...]:
    """The lines of a journey; of a full one the first is cut somewhere, and left out."""
    lines = journey.split("\n")[1 if len(journey) >= JOURNEY else 0 : -1]
    parts = [line.split("\t", 2) for line in lines]
    return tuple(Event(float(part[0]), part[1], part[2]) for part in parts if len(part) == 3)
