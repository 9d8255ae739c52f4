"""Bring a ledger to the newest schema. Alembic is imported only where there is something to do."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, DBAPIError

from workers.core.errors import BadInput
from workers.ledger.database import Database, Tx
from workers.ledger.schema import HEAD

# A number of our own among PostgreSQL's advisory locks: one process migrates, the others wait for it.
_LOCK = 7_482_911


def is_current(database: Database) -> bool:
    """Whether the schema is at this code's revision, by one SELECT."""
    return revision(database) == HEAD


def revision(database: Database) -> str | None:
    """The schema's revision; None where there is no schema."""
    return database.read(_revision)


def _revision(tx: Tx) -> str | None:
    try:
        rows = tx.connection.execute(text("SELECT version_num FROM alembic_version")).all()
    except DatabaseError as error:
        if "no such table" in str(error.orig) or getattr(error.orig, "sqlstate", "") == "42P01":
            return None
        raise
    return str(rows[0].version_num) if rows else None


def require_current(database: Database) -> None:
    """Refuse a ledger whose schema is not this code's; a file that is not there is not made."""
    absent = database.is_sqlite and not Path(database.place).exists()
    found = None if absent else revision(database)
    if found is None:
        raise BadInput(
            f"There is no ledger at {database.place} yet. "
            "Make one with `wireroom migrate`, or begin with `wireroom crawl`."
        )
    if found != HEAD:
        raise BadInput(
            f"The ledger at {database.place} has schema {found}, this version of Wireroom needs {HEAD}."
            " Run `wireroom migrate`, or install the version that made it."
        )


def migrate(database: Database) -> bool:
    """Bring the schema to the head, in one transaction; False when it is there already. May be run side by side."""
    if database.is_sqlite:
        _make_folder(Path(database.place).parent)
    found = revision(database)
    if found == HEAD:
        return False
    if found is not None and found > HEAD:  # their names are numbers of four digits
        raise BadInput(
            f"The ledger at {database.place} has schema {found}, made by a newer version of Wireroom; this one knows"
            f" {HEAD} and nothing after it. Install the newer version, or restore a backup of before."
        )
    if database.is_sqlite:
        database.write(lambda tx: upgrade(tx.connection))
        return True
    from workers.ledger import postgres  # with its driver, which SQLite does not need

    engine = postgres.engine(database.url, bounded=False)
    try:
        _upgrade_alone(engine)
    except DBAPIError as error:
        raise database.explained(error) from error
    finally:
        engine.dispose()
    return True


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"The ledger's folder {folder} cannot be made: {error.strerror}. Give another one with --state or"
            " WIREROOM_LEDGER_URL."
        ) from None


def _upgrade_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Run the missing migrations on this connection, in its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
