"""Transactions on SQLite or PostgreSQL: opened in each process by itself, tried again where safe, never hanging."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, CursorResult, Engine, Executable, Row, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from workers.core.errors import BadInput, Unavailable
from workers.core.ledger_url import file_of_url
from workers.ledger import sqlite

T = TypeVar("T")
Clock = Callable[[], float]

# Tries of a transaction that met a deadlock; each is short and undone as a whole.
_TRIES = 5


class Tx:
    """One transaction. `now` is the database's time, read once."""

    def __init__(self, connection: Connection, clock: Clock | None) -> None:
        self.connection = connection
        self.dialect: str = connection.dialect.name
        self._clock = clock

    @cached_property
    def now(self) -> float:
        """Seconds since 1970 by the database's clock (SQLite: the machine's)."""
        if self._clock is not None:
            return self._clock()
        answer = self.connection.exec_driver_sql("SELECT extract(epoch FROM clock_timestamp())::float8")
        return float(answer.scalar_one())

    def all(self, statement: Executable, **values: Any) -> Sequence[Row[Any]]:
        """The rows that the statement gives."""
        return self.connection.execute(statement, values).all()

    def run(self, statement: Executable, **values: Any) -> int:
        """Run the statement; how many rows it changed."""
        result: CursorResult[Any] = self.connection.execute(statement, values)
        return result.rowcount

    def each(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run the driver's own statement for each row: SQLite takes rows so in a third of the time of a JSON text."""
        if given := [tuple(row) for row in rows]:
            self.connection.exec_driver_sql(statement, given)


class Database:
    """A database by URL. It may be handed on to forked processes: each opens its own connections."""

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self.url = _parse(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.place = str(self.url.database) if self.is_sqlite else _without_password(self.url)
        self._clock = time.time if self.is_sqlite and clock is None else clock
        self._engines: dict[int, Engine] = {}

    @property
    def engine(self) -> Engine:
        """This process's engine. Those of the parent are kept: closing them would speak over its connections."""
        found = self._engines.get(os.getpid())
        if found is None:
            make = sqlite.engine if self.is_sqlite else _postgres().engine
            found = self._engines[os.getpid()] = make(self.url)
        return found

    def read(self, work: Callable[[Tx], T]) -> T:
        """Run `work`, which only reads; on PostgreSQL each of its SELECTs sees its own moment."""
        return self._settled(work, self._reading)

    def read_at_once(self, work: Callable[[Tx], T]) -> T:
        """Run `work`, which only reads, and all of it one moment: for figures that must fit together."""
        return self._settled(work, self._reading_at_once)

    def write(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in one transaction; it may be run more than once, and only its last run counts."""
        return self._settled(work, self._writing)

    def now(self) -> float:
        """Seconds since 1970 by the database's clock."""
        return self._clock() if self._clock is not None else self.read(lambda tx: tx.now)

    def close(self) -> None:
        """Close this process's connections."""
        engine = self._engines.pop(os.getpid(), None)
        if engine is not None:
            engine.dispose()

    def _settled(self, work: Callable[[Tx], T], connect: Callable[[], Connection]) -> T:
        reconnects = 1
        for attempt in range(_TRIES):
            try:
                with connect() as connection, connection.begin():
                    return work(Tx(connection, self._clock))
            except (DBAPIError, PoolTimeout) as error:
                if _is_dead(error) and reconnects:
                    reconnects -= 1
                elif self.is_sqlite or not _may_go_again(error) or attempt == _TRIES - 1:
                    raise self.explained(error) from error
                else:
                    time.sleep(random.uniform(0.001, 0.02) * (attempt + 1))  # noqa: S311
        raise AssertionError("unreachable")

    def _writing(self) -> Connection:
        return self.engine.connect().execution_options(write=True)

    def _reading(self) -> Connection:
        if self.is_sqlite:
            return self._reading_at_once()
        # Each SELECT sees its own moment in any case; without BEGIN and COMMIT it takes a third of the time.
        return self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def _reading_at_once(self) -> Connection:
        if self.is_sqlite:
            return self.engine.connect().execution_options(write=False)
        return self.engine.connect().execution_options(isolation_level="REPEATABLE READ")

    def explained(self, error: DBAPIError | PoolTimeout) -> Exception:
        """The error as a person should read it: itself, where it should not happen."""
        if isinstance(error, PoolTimeout):
            return Unavailable(f"No connection to the ledger {self.place} became free in time. Run fewer threads.")
        cause = error.orig or error
        if self.is_sqlite:
            return sqlite.explain(cause, self.place) or error
        at_connect = error.statement is None  # then also a parameter of the URL may be wrong
        outside = isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated or at_connect
        outside = outside or _postgres().is_refused(cause)
        explained: Exception = _postgres().explain(cause, self.place) if outside else error
        return explained


def _without_password(url: URL) -> str:
    """As it may be shown; a password may also stand among the parameters."""
    return str(url.set(drivername="postgresql").difference_update_query(["password", "sslpassword"]))


def _is_dead(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _may_go_again(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and error.orig is not None and bool(_postgres().again(error.orig))


def _postgres() -> Any:
    """Its driver is imported where it is used: a fifth of the time that a command takes to start."""
    from workers.ledger import postgres

    return postgres


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise BadInput(
            "The ledger's URL cannot be read. Give postgresql://user@host/database or sqlite:///path."
        ) from None
    kind = parsed.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise BadInput(f"A ledger cannot be kept in {kind!r}. Give postgresql://user@host/database or sqlite:///path.")
    file = file_of_url(url)  # what SQLAlchemy takes it for differs between its releases
    if file is None:
        raise BadInput("The ledger needs a file that several processes can share: give sqlite:///path.")
    return URL.create("sqlite", database=str(file))
