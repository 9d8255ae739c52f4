"""What the tests of the commands work on: a small ledger with a wire in it, and command lines run in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from workers.cli.app import run
from workers.core.article import Article, Block, Image, Moment
from workers.core.link import Kind, Label, Link
from workers.core.work import Candidate, Outcome, State
from workers.ledger import Intake, Ledger, Start

HOST = "wire.test"
HOSTILE = "\x1b[31mred\x1b[0m \u202egnp.exe \x07\x9b2J [bold]markup[/bold]"


def url_of(key: str) -> str:
    """The address of the page of this key."""
    return f"https://{HOST}/news/{key}.html"


def article(key: str, headline: str, text: str, day: int, **more: Any) -> Article:
    """An article of the wire, published on that day of March 2026."""
    at = datetime(2026, 3, day, 10, 5, tzinfo=UTC)
    given: dict[str, Any] = {
        "section": "Economy",
        "tags": ("#GRAIN",),
        "language": "en",
        "published": Moment(at=at, text=f"12:05 {day:02}.03.2026"),
        "links": (
            Link(url=url_of("9"), label=Label.MORE_ABOUT, headline="Earlier harvest", shown_text="11:01 01.03.2026"),
        ),
        "provenance": {"headline": "profile:h1", "published": "json-ld:datePublished"},
    }
    body = tuple(Block(text=line) for line in text.split("\n"))
    return Article(site="wire", key=key, url=url_of(key), headline=headline, body=body, **{**given, **more})


_FIELD = Image(url="https://img.test/1.jpg", credit="AP")

WIRE = (
    article(
        "1",
        "Grain harvest grows",
        "Grain is up.\nSteel is down.",
        1,
        image=_FIELD,
    ),
    article("2", "Зерно дорожчає", "Зерно дорожчає на біржі.", 2, language="uk", section="Економіка", tags=("#ЗЕРНО",)),
    article("3", '=HYPERLINK("https://evil.test")', "Steel works reopen.", 3, section="Industry", tags=("#STEEL",)),
)


def fill(folder: Path) -> Path:
    """Make a ledger in this state folder: three articles, one in two versions, and a URL in every other state."""
    ledger = Ledger.open(f"sqlite:///{folder / 'ledger.db'}", migrate=True)
    start = Start(f"https://{HOST}/rss", Kind.FEED, 60.0)
    ledger.put_site("wire", "interfax-ukraine", [HOST], [start], {"delay": 0.0, "places": 9})
    ledger.admit([_candidate(key) for key in ("1", "2", "3", "gone", "odd", "later", "hostile")])
    [turn] = ledger.lease("w1", urls=6, hosts=1, per_host=6, hold=60.0, lease=60.0)
    by_key = {lease.key: lease for lease in turn.leases}
    ends = {key: Outcome(by_key[key].id, by_key[key].visit, State.STORED, status=200) for key in ("1", "2", "3")}
    readings = [Intake(each, each.url, 1_000.0) for each in WIRE]
    ledger.commit(readings, list(ends.values()))
    corrected = article(
        "1", "Grain harvest grows fast", "Grain is up.\nSteel is down.", 1, corrected=True, image=_FIELD
    )
    ledger.commit([Intake(corrected, corrected.url, 2_000.0)])
    gone, odd, hostile = (by_key[key] for key in ("gone", "odd", "hostile"))
    ledger.settle(
        [
            Outcome(gone.id, gone.visit, State.SKIPPED, "gone", status=404),
            Outcome(odd.id, odd.visit, State.PARKED, "layout-changed", "The profile finds no headline."),
            Outcome(hostile.id, hostile.visit, State.PARKED, "hostile-page", HOSTILE),
        ]
    )
    ledger.close()
    return folder


def _candidate(key: str) -> Candidate:
    wanted = {"later": 0.0}.get(key, 1.0)
    return Candidate(
        "wire", key, url_of(key), HOST, Kind.PAGE, Label.LATEST, 1, wanted, f"https://{HOST}/", f"On {key}"
    )


@dataclass(frozen=True)
class Done:
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        """The output's JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


class Desk:
    """Runs command lines against a state folder."""

    def __init__(self, state: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.state = state
        self._capture = capture

    def __call__(self, *arguments: str) -> Done:
        code = run(arguments)
        said = self._capture.readouterr()
        return Done(code, said.out, said.err)
