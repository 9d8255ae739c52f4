"""Migrations: from nothing to what the code expects, in one piece, however many begin at once."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from making import article, contents
from sqlalchemy import text

from workers.core.errors import BadInput
from workers.core.link import Kind
from workers.ledger import Intake, Ledger, Start, migrations
from workers.ledger.database import Database, Tx
from workers.ledger.migrate import is_current, migrate, upgrade
from workers.ledger.schema import metadata


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with nothing in it."""
    if request.param == "postgres":
        return str(request.getfixturevalue("empty_postgres_url"))
    return f"sqlite:///{tmp_path / 'folder' / 'ledger.db'}"


def test_the_schema_after_all_migrations_is_what_the_code_says(ledger: Ledger) -> None:
    def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        return not (kind == "table" and str(name).startswith(("article_search", "sqlite_")))

    with ledger._database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_no_migration_uses_code_that_may_change() -> None:
    folder = Path(migrations.__file__).parent
    sources = [path.read_text("utf-8") for path in (folder / "first.py", *folder.glob("versions/*.py"))]
    used = {name for source in sources for name in re.findall(r"^\s*(?:from|import) (workers\.\S+)", source, re.M)}
    assert used == {"workers.ledger.migrations.first"}


def test_migrating_twice_changes_nothing(empty_url: str) -> None:
    database = Database(empty_url)
    assert migrate(database)
    assert not migrate(database)
    assert is_current(database)
    database.close()


def test_many_may_migrate_at_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        ledgers = list(pool.map(lambda _: Ledger.open(empty_url, migrate=True), range(4)))
    assert len({ledger.id for ledger in ledgers}) == 1
    for ledger in ledgers:
        ledger.close()


def test_a_migration_that_fails_leaves_nothing(empty_url: str) -> None:
    database = Database(empty_url)
    if database.is_sqlite:
        Path(database.place).parent.mkdir()

    def fail(tx: object) -> None:
        upgrade(tx.connection)  # type: ignore[attr-defined]
        raise KeyError

    with pytest.raises(KeyError):
        database.write(fail)
    assert not is_current(database)
    assert migrate(database)
    database.close()


def test_each_ledger_has_an_id_of_its_own(empty_url: str, ledger: Ledger) -> None:
    other = Ledger.open(empty_url, migrate=True)
    assert len(other.id) == 32
    assert other.id != ledger.id
    other.close()


def test_a_ledger_of_another_version_is_refused(ledger: Ledger, ledger_url: str) -> None:
    ledger._database.write(lambda tx: tx.run(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(BadInput, match="9999"):
        Ledger.open(ledger_url)


def test_a_ledger_of_a_newer_version_is_left_as_it_is(ledger: Ledger) -> None:
    ledger._database.write(lambda tx: tx.run(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(BadInput, match="has schema 9999, made by a newer version"):
        migrate(ledger._database)


def test_a_ledger_that_was_never_made_is_refused(empty_url: str) -> None:
    with pytest.raises(BadInput, match="no ledger at"):
        Ledger.open(empty_url)
    assert not (empty_url.startswith("sqlite") and Path(Database(empty_url).place).exists())


def test_opening_a_current_ledger_imports_neither_alembic_nor_the_driver_of_postgresql(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    Ledger.open(url, migrate=True).close()
    opening = f"from workers.ledger import Ledger; Ledger.open({url!r}, migrate=True)"
    looking = "import sys; sys.exit(not {'alembic', 'psycopg'}.isdisjoint(sys.modules))"
    command = [sys.executable, "-c", f"{opening}; {looking}"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def upgrade_to(tx: Tx, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = tx.connection
    command.upgrade(config, revision)


def test_what_was_stored_before_has_its_lag_and_its_starts_their_age(empty_url: str) -> None:
    database = Database(empty_url)
    if database.is_sqlite:
        Path(database.place).parent.mkdir()

    def as_before(tx: Tx) -> None:
        upgrade_to(tx, "0003")
        of = (
            "site, key, url, first_url, headline, published, corrected, fetched_at, stored_at, updated_at, content_hash"
        )
        for key, published in (("a", 90.0), ("b", 150.0), ("c", "NULL")):
            values = f"'demo', '{key}', 'u', 'u', 'h', {published}, FALSE, 100, 100, 100, 'x'"
            tx.run(text(f"INSERT INTO articles ({of}) VALUES ({values})"))
        of = (
            "site, key, url, host_id, kind, label, depth, wanted, state, reason, visit, attempts, state_at, admitted_at"
        )
        for key, reason in (("read", "feed"), ("gone", "gone")):
            values = f"'{key}', '{key}', 'u', 1, 'feed', 'seed', 0, 1, 'skipped', '{reason}', 1, 1, 70, 10"
            tx.run(text(f"INSERT INTO urls ({of}, every, journey) VALUES ({values}, 60, '')"))

    database.write(as_before)
    database.close()
    ledger = Ledger.open(empty_url, migrate=True, clock=lambda: 100.0)
    for name in ("demo", "read", "gone"):
        ledger.put_site(name, "of a profile", starts=[Start(name, Kind.FEED, 60.0)])
    sites = ledger.figures().sites
    assert (sites["demo"].lag.under, sites["demo"].lag.seconds) == ({"10": 2}, 10.0)
    assert (sites["read"].listing_age, sites["gone"].listing_age) == (30.0, 90.0)
    ledger.close()


def test_what_was_stored_before_is_still_there_and_its_numbers_are_not_given_again(empty_url: str) -> None:
    database = Database(empty_url)
    if database.is_sqlite:
        Path(database.place).parent.mkdir()

    def as_before(tx: Tx) -> None:
        upgrade_to(tx, "0006")
        of = "site, key, url, first_url, headline, corrected, fetched_at, stored_at, updated_at, content_hash"
        for key in ("a", "b"):
            tx.run(text(f"INSERT INTO articles ({of}) VALUES ('demo', '{key}', 'u', 'u', 'h', FALSE, 1, 1, 1, 'x')"))

    database.write(as_before)
    database.close()
    ledger = Ledger.open(empty_url, migrate=True)
    assert [(row.key, row.id) for row in ledger.articles()] == [("b", 2), ("a", 1)]
    ledger.delete_articles([2])
    ledger.commit([Intake(article("c"), "https://a.test/c", 1.0)])
    assert [(row.key, row.id) for row in ledger.articles()] == [("c", 3), ("a", 1)]
    ledger.close()


def test_an_empty_ledger_has_no_urls(ledger: Ledger) -> None:
    assert contents(ledger)["urls"] == []
    assert ledger.status().total.total == 0
