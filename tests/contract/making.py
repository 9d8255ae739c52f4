"""What the tests of the ledger are made of: a clock that they turn, links, articles, and a look into the tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect, select, text

from workers.core.article import Article, Block
from workers.core.link import Kind, Label, Link
from workers.core.work import Candidate, HostReport, Lease, Outcome, State
from workers.ledger import Intake, Ledger
from workers.ledger.schema import metadata

HOUR = 3600.0
# Tables in which SQLite keeps what belongs to others: the search index, the numbers that it gave.
PARTS_OF_OTHERS = ("article_search_", "sqlite_")


class Clock:
    """The ledger's clock in tests; it moves when told to."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


def candidate(key: str, host: str = "a.test", *, site: str = "demo", wanted: float = 1.0, **more: Any) -> Candidate:
    """A link to one page."""
    shown = {
        "kind": Kind.PAGE,
        "label": Label.LATEST,
        "depth": 1,
        "seen_on": f"https://{host}/",
        "headline": f"On {key}",
    }
    return Candidate(site=site, key=key, url=f"https://{host}/{key}", host=host, wanted=wanted, **{**shown, **more})


def admit(ledger: Ledger, *keys: str, **more: Any) -> None:
    """Admit links of these keys."""
    ledger.admit([candidate(key, **more) for key in keys])


def lease(ledger: Ledger, owner: str = "w1", urls: int = 100, **more: Any) -> list[Lease]:
    """Lease from all ready hosts; the leases alone."""
    asked = {"hosts": 100, "per_host": 100, "hold": 10.0, "lease": 30.0, **more}
    return [one for turn in ledger.lease(owner, urls=urls, **asked) for one in turn.leases]


def release(ledger: Ledger, *hosts: str, owner: str = "w1", next_in: float = 0.0, **more: Any) -> int:
    """Give hosts back."""
    return ledger.release(owner, [HostReport(host, next_in, **more) for host in hosts or ("a.test",)])


def outcome(one: Lease, state: State = State.STORED, **more: Any) -> Outcome:
    """How this lease ends."""
    return Outcome(one.id, one.visit, state, **more)


def article(key: str = "1", text: str = "The first text.", **more: Any) -> Article:
    """An article with one paragraph."""
    given = {"site": "demo", "key": key, "url": f"https://a.test/{key}", "headline": f"On {key}", **more}
    return Article(body=(Block(text=text),), **given)


def reading(fetched_at: float = 100.0, **more: Any) -> Intake:
    """An article as it was read at that time."""
    made = article(**more)
    return Intake(made, made.url, fetched_at)


def link(number: int) -> Link:
    """A link of a box."""
    return Link(url=f"https://a.test/{number}", label=Label.MORE_ABOUT, headline=f"Headline {number}", position=number)


def row_of(ledger: Ledger, key: str) -> dict[str, Any]:
    """The ledger's row of the URL with this key."""
    return dict(ledger.trace(key)[0].row)


def states(ledger: Ledger) -> dict[str, str]:
    """The state of every URL, by key, as it stands in the table."""
    urls = metadata.tables["urls"]
    return {row.key: row.state for row in rows(ledger, select(urls.c.key, urls.c.state))}


def rows(ledger: Ledger, statement: Any) -> list[Any]:
    """What a statement gives."""
    return list(ledger._database.read(lambda tx: tx.all(statement)))


def contents(ledger: Ledger) -> dict[str, list[str]]:
    """Every row of every table that the database has, the search index included."""
    with ledger._database.engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if not name.startswith(PARTS_OF_OTHERS)]
        return {name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {name}")))) for name in names}
