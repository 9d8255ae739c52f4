"""Databases that cannot be used: one clear sentence, in bounded time, and nothing lost."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import admit, lease, outcome, states
from postgres import Postgres

from workers.core.errors import BadInput, Unavailable, WireroomError
from workers.ledger import Ledger, sqlite


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "cannot be read"),
        ("not a url", "cannot be read"),
        ("mysql://u:secret@h/d", "mysql"),
        ("sqlite://", "file"),
        ("sqlite:///:memory:", "file"),
        ("postgresql://u:secret@host:port/db", "cannot be read"),
        ("sqlite:////no/such/folder/ledger.db", "no ledger"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_in_a_sentence(url: str, says: str) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        Ledger.open(url)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Dear diary, " * 1000)
    with pytest.raises(BadInput, match="not a ledger"):
        Ledger.open(f"sqlite:///{other}", migrate=True)
    assert other.read_text().startswith("Dear diary"), "it was left alone"


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(Unavailable, match="cannot be reached") as caught:
        Ledger.open("postgresql://someone:secret@127.0.0.1:1/db")
    assert time.monotonic() - began < 5
    assert "secret" not in str(caught.value)


def test_a_database_that_does_not_exist_is_refused(postgres: Postgres) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        Ledger.open(postgres.url("nowhere"))


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_hold_every_letter_is_refused(encoding: str, postgres: Postgres) -> None:
    """A crawl broke at the first letter that the database did not have, or by itself on bytes instead of texts."""
    name = f"narrow_{encoding.lower()}"
    postgres.sql(f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    for migrate in (True, False):
        with pytest.raises(BadInput, match=rf"{name} keeps texts as {encoding}.*createdb --encoding UTF8"):
            Ledger.open(postgres.url(name), migrate=migrate)
    postgres.drop(postgres.url(name))


@pytest.fixture
def guarded(postgres: Postgres) -> Iterator[tuple[str, str]]:
    """The URLs of a database: its owner's, and that of a user who may do nothing there."""
    url = postgres.new_database()
    postgres.sql("CREATE ROLE stranger LOGIN")
    yield url, url.replace("postgres@", "stranger@")
    postgres.drop(url)
    postgres.sql("DROP ROLE stranger")


def test_a_user_who_may_not_write_is_told_so(guarded: tuple[str, str], postgres: Postgres) -> None:
    """It was called an error that should not happen, with the text of a statement."""
    owners, strangers = guarded
    with pytest.raises(BadInput, match=r"refuses this: permission denied for schema public\. Its user must"):
        Ledger.open(strangers, migrate=True)
    Ledger.open(owners, migrate=True).close()
    with pytest.raises(BadInput, match="permission denied for table alembic_version"):
        Ledger.open(strangers)
    name = owners.rpartition("?")[0].rpartition("/")[2]
    postgres.sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    ledger = Ledger.open(owners)
    with pytest.raises(BadInput, match="read-only transaction"):
        admit(ledger, "1")
    ledger.close()


def test_the_options_of_a_url_hold_beside_our_own(guarded: tuple[str, str], postgres: Postgres) -> None:
    """The migrations went into the schema that the URL names, and everything else looked for the tables elsewhere."""
    url = guarded[0]
    name = url.rpartition("?")[0].rpartition("/")[2]
    postgres.sql("CREATE SCHEMA news", name)
    ledger = Ledger.open(f"{url}&options=-c%20search_path%3Dnews", migrate=True)
    admit(ledger, "1")
    assert ledger.status().total.waiting == 1
    ledger.close()
    with pytest.raises(BadInput, match="There is no ledger"):
        Ledger.open(url)


@pytest.fixture
def on_file(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger on SQLite, by the machine's clock."""
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", migrate=True)
    yield ledger
    ledger.close()


def test_a_locked_file_is_waited_for_and_then_told(
    tmp_path: Path, on_file: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    impatient = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}")
    other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="Another process holds it"):
        admit(impatient, "1")
    assert impatient.status().total.total == 0, "reading goes on"
    other.execute("ROLLBACK")
    admit(impatient, "1")
    other.close()
    impatient.close()


def test_a_full_disk_is_told_and_work_goes_on_when_there_is_room(on_file: Ledger) -> None:
    engine = on_file._database.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Unavailable, match="disk is full"):
        admit(on_file, *map(str, range(3000)))
    assert states(on_file) == {}, "nothing was half admitted"
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000000")
    admit(on_file, *map(str, range(3000)))
    assert len(states(on_file)) == 3000


def test_a_ledger_may_be_used_after_a_fork(ledger: Ledger) -> None:
    admit(ledger, "1", "2")
    child = os.fork()
    if child == 0:
        code = 1
        try:
            ledger.settle([outcome(one) for one in lease(ledger, "child", urls=1)])
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    assert sorted(states(ledger).values()) == ["stored", "waiting"]
    admit(ledger, "3")


def test_a_lost_connection_is_opened_again(postgres: Postgres, postgres_url: str) -> None:
    ledger = Ledger.open(postgres_url)
    admit(ledger, "1")
    postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test_%'")
    admit(ledger, "2")
    assert ledger.ready()[0] == 1
    ledger.close()


def test_a_database_that_restarts_is_told_and_used_again(own_postgres: Postgres) -> None:
    ledger = Ledger.open(own_postgres.new_database(), migrate=True)
    admit(ledger, "1")
    own_postgres.stop()
    with pytest.raises(Unavailable, match="Is the server running"):
        admit(ledger, "2")
    own_postgres.start()
    admit(ledger, "2")
    assert len(states(ledger)) == 2
    ledger.close()


@pytest.mark.slow
def test_no_call_hangs_on_a_frozen_database(own_postgres: Postgres) -> None:
    ledger = Ledger.open(own_postgres.new_database(), migrate=True)
    admit(ledger, "1")
    own_postgres.freeze()
    began = time.monotonic()
    try:
        with pytest.raises(Unavailable, match="does not answer"):
            ledger.status()
        assert time.monotonic() - began < 15
    finally:
        own_postgres.thaw()
    admit(ledger, "2")
    ledger.close()


@pytest.mark.slow
def test_a_lock_that_is_never_given_back_is_told(postgres_url: str) -> None:
    ledger = Ledger.open(postgres_url)
    admit(ledger, "1")
    gate, done = threading.Event(), threading.Event()

    def hold(tx: object) -> None:
        tx.connection.exec_driver_sql("LOCK TABLE urls IN ACCESS EXCLUSIVE MODE")  # type: ignore[attr-defined]
        gate.set()
        done.wait(30)

    keeper = threading.Thread(target=lambda: ledger._database.write(hold))
    keeper.start()
    gate.wait(5)
    began = time.monotonic()
    try:
        with pytest.raises(WireroomError):
            admit(ledger, "2")
        assert time.monotonic() - began < 15
    finally:
        done.set()
        keeper.join()
    ledger.close()
