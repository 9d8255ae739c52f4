"""The live wire: nothing is missed, with and without Redis, and whoever comes back goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workers.adapters.redis import Events, Redis, connect
from workers.adapters.valkey import ValkeyServer
from workers.console.wire import Wire
from workers.core.article import Article, Block
from workers.core.errors import Unavailable
from workers.ledger import Intake, Ledger, Which, WireRow
from workers.ledger.look import Look


def article(number: int, section: str = "Economy") -> Article:
    key = f"live-{number}"
    body = (Block(text=f"Text {number}."),)
    return Article(site="wire", key=key, url=f"https://wire.test/{key}", headline=key, body=body, section=section)


def store(ledger: Ledger, *numbers: int, section: str = "Economy") -> None:
    articles = [article(number, section) for number in numbers]
    ledger.commit([Intake(each, each.url, 9_000.0) for each in articles])


def away() -> Redis:
    raise Unavailable("Redis is away.")


Heard = list[tuple[str, int]]


async def heard(
    wire: Wire, count: int, act: Callable[[], None], which: Which, after: int, found: Heard | None = None
) -> Heard:
    """Listen, do it, and give what was heard until it is enough."""
    watching = asyncio.create_task(wire.watch())
    found = [] if found is None else found

    async def listen() -> None:
        async for row in wire.listen(which, after):
            if row is not None:
                found.append((row.headline, row.version))
            if len(found) >= count:
                return

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0)
    await asyncio.to_thread(act)
    await asyncio.wait_for(listening, 20)
    watching.cancel()
    return found


def test_the_ledger_alone_tells_what_is_stored(ledger: Ledger) -> None:
    head = ledger.look.head()
    found = asyncio.run(heard(Wire(ledger, away), 3, lambda: store(ledger, 1, 2, 3), Which(), head))
    assert [name for name, _ in found] == ["live-1", "live-2", "live-3"]


def test_whoever_comes_back_hears_what_was_stored_meanwhile(ledger: Ledger) -> None:
    head = ledger.look.head()
    [(_, seen)] = asyncio.run(heard(Wire(ledger, away), 1, lambda: store(ledger, 1), Which(), head))
    store(ledger, *range(2, 502))
    found = asyncio.run(heard(Wire(ledger, away), 501, lambda: store(ledger, 502), Which(), seen))
    assert sorted(name for name, _ in found) == sorted(f"live-{number}" for number in range(2, 503))
    assert found == sorted(found, key=lambda pair: pair[1])


def test_only_what_fits_is_heard(ledger: Ledger) -> None:
    def act() -> None:
        store(ledger, 1, section="Art")
        store(ledger, 2)
        store(ledger, 3, section="Art")

    found = asyncio.run(heard(Wire(ledger, away), 2, act, Which(section="Art"), ledger.look.head()))
    assert [name for name, _ in found] == ["live-1", "live-3"]


class Noted(Look):
    """Answers as the ledger does, save that the first questions find it away; notes from where it was read."""

    def __init__(self, ledger: Ledger, away: int = 0) -> None:
        super().__init__(ledger._database)
        self.look, self._away = self, away
        self.read_from: list[int] = []

    def settled_before(self, number: int) -> int:
        self._away -= 1
        if self._away >= 0:
            raise Unavailable("The ledger is away.")
        return super().settled_before(number)

    def news(self, which: Which, *, after: int, limit: int = 200) -> list[WireRow]:
        self.read_from.append(after)
        return super().news(which, after=after, limit=limit)


def test_who_connects_while_the_ledger_is_away_is_not_told_all_that_is_stored(ledger: Ledger) -> None:
    store(ledger, *range(1, 301))
    wire = Wire(Noted(ledger, away=2), away)  # type: ignore[arg-type]
    found = asyncio.run(heard(wire, 1, lambda: store(ledger, 301), Which(), ledger.look.head()))
    assert [name for name, _ in found] == ["live-301"]


def test_what_does_not_fit_is_not_read_again_and_again(ledger: Ledger) -> None:
    noted, head = Noted(ledger), ledger.look.head()
    wire = Wire(noted, away)  # type: ignore[arg-type]

    def act() -> None:
        for number in range(1, 6):
            store(ledger, number)
            until(lambda: wire._head == ledger.look.head() and noted.read_from[-1] >= wire._head - 1)
        store(ledger, 6, section="Art")

    assert asyncio.run(heard(wire, 1, act, Which(section="Art"), head)) == [("live-6", ledger.look.head())]


def until(true: Callable[[], bool]) -> None:
    """Wait until it is so, ten seconds at most."""
    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    assert true()


@pytest.mark.slow
def test_redis_rings_so_that_news_come_at_once(ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> None:
    server = ValkeyServer(tmp_path_factory.mktemp("valkey"))
    server.start()
    rung: list[str] = []

    class Listening(Wire):
        async def _bell(self) -> None:
            await super()._bell()

    def act() -> None:
        store(ledger, 1)
        Events(connect(server.url)).publish([{"event": "article.stored"}])
        rung.append("rung")

    try:
        found = asyncio.run(heard(Listening(ledger, lambda: connect(server.url)), 1, act, Which(), ledger.look.head()))
    finally:
        server.stop()
    assert [name for name, _ in found] == ["live-1"]
    assert rung == ["rung"]


def test_a_number_that_becomes_visible_late_is_told_also_where_little_fits(postgres_url: str) -> None:
    ledger = Ledger.open(postgres_url)
    store(ledger, 1, section="Art")
    store(ledger, 2)
    head, engine = ledger.look.head(), ledger._database.engine
    with engine.connect() as quick, quick.begin():
        quick.exec_driver_sql("UPDATE versions SET stored_at = stored_at - 3600 * (3 - id)")
    noted = Noted(ledger)
    wire = Wire(noted, away)  # type: ignore[arg-type]
    slow = engine.connect()
    begun = slow.begin()
    slow.exec_driver_sql(
        "INSERT INTO versions (article_id, content_hash, url, fetched_at, stored_at, document) "
        "SELECT article_id, 'late', url, fetched_at, extract(epoch from clock_timestamp())::float8, document "
        "FROM versions WHERE id = 1"
    )

    def act() -> None:
        store(ledger, 3)
        until(lambda: wire._head == ledger.look.head())
        so_far = len(noted.read_from)
        until(lambda: len(noted.read_from) > so_far + 1)  # it has been past the number that is not visible yet
        begun.commit()

    try:
        found = asyncio.run(heard(wire, 1, act, Which(section="Art"), head))
    finally:
        slow.close()
        ledger.close()
    assert found == [("live-1", head + 1)]
    assert noted.read_from[0] < noted.read_from[-1] == head, "nor is all read again that was settled an hour ago"


def test_a_number_that_becomes_visible_late_is_told(postgres_url: str, tmp_path: Path) -> None:
    """On PostgreSQL a transaction that took its number first may commit last."""
    ledger = Ledger.open(postgres_url)
    store(ledger, 1)
    head = ledger.look.head()
    engine = ledger._database.engine
    copied = (
        "INSERT INTO versions (article_id, content_hash, url, fetched_at, stored_at, document) "
        "SELECT article_id, '{0}', url, fetched_at, extract(epoch from clock_timestamp())::float8, document "
        "FROM versions WHERE id = {1}"
    )
    slow = engine.connect()
    begun = slow.begin()
    slow.exec_driver_sql(copied.format("early", head))

    found: Heard = []

    def act() -> None:
        with engine.connect() as quick, quick.begin():
            quick.exec_driver_sql(copied.format("late", head))
        end = time.monotonic() + 10
        while len(found) < 2 and time.monotonic() < end:
            time.sleep(0.01)
        begun.commit()

    try:
        asyncio.run(heard(Wire(ledger, away), 3, act, Which(), head, found))
    finally:
        slow.close()
        ledger.close()
    # What may have been seen already is told once more.
    assert [version for _, version in found] == [head, head + 2, head + 1]
