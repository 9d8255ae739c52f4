"""PostgreSQL: an engine whose every call ends in bounded time, also when the server is frozen."""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import URL, Engine, create_engine, event

from workers.core.errors import BadInput, Unavailable

# The server gives up first, and says why; then we do. With one retry a call ends within 15 s.
STATEMENT_MS = 5_000
LOCK_MS = 4_000
PATIENCE = 6.0
CONNECT_SECONDS = 4
# A worker that was stopped within a transaction must not keep its locks from the others for longer.
IDLE_MS = 15_000

# Every statement of a worker finds its rows by an index, a batch at a time. A plan that was made while the tables were
# small and kept for a prepared statement must stay right when they have grown, so the other ways are closed.
_OPTIONS = (
    f"-c statement_timeout={STATEMENT_MS} -c lock_timeout={LOCK_MS} -c idle_in_transaction_session_timeout={IDLE_MS}"
    " -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off"
)
# The kernel ends a connection whose other side is gone without a word.
_TCP = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8_000,
}
# deadlock_detected, serialization_failure: the transaction left nothing behind and may be run again.
_AGAIN = frozenset({"40P01", "40001"})
# insufficient_privilege, read_only_sql_transaction, invalid_schema_name (none of the search path exists).
_REFUSED = frozenset({"42501", "25006", "3F000"})
_WRONG = ("does not exist", "authentication failed", "no password supplied", "no pg_hba.conf entry", "is not permitted")


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that closes itself when one answer takes longer than `patience` seconds (None: no bound)."""

    patience: float | None = PATIENCE

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        """As psycopg does it, with an end."""
        return super().wait(gen if self.patience is None else self._bounded(gen, self.patience), *args, **kwargs)

    def _bounded(self, gen: Generator[Any, Any, Any], patience: float) -> Generator[Any, Any, Any]:
        # psycopg resumes the generator at least ten times a second, with or without news.
        end = monotonic() + patience
        try:
            asked = next(gen)
            while True:
                ready = yield asked
                asked = gen.send(ready)
                if not ready and monotonic() > end:
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"no answer in {patience:g} s")
        except StopIteration as done:
            return done.value


def engine(url: URL, *, bounded: bool = True) -> Engine:
    """An engine for this server; with `bounded` False statements may take as long as they need (migrations)."""
    arguments: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "application_name": "wireroom", **_TCP}
    theirs = url.query.get("options", ())  # such as the schema; what stands later wins
    options = [theirs] if isinstance(theirs, str) else [*theirs]
    arguments["options"] = " ".join([*options, _OPTIONS] if bounded else options)
    made = create_engine(
        url.set(drivername="postgresql+psycopg").difference_update_query(["options"]),
        connect_args=arguments,
        pool_size=4,
        max_overflow=8,
        pool_use_lifo=True,
        pool_timeout=10,
        use_native_hstore=False,
    )

    @event.listens_for(made, "do_connect")
    def connect(_dialect: Any, _record: Any, positional: Any, named: Any) -> BoundedConnection:
        connection = BoundedConnection.connect(*positional, **named)
        connection.patience = PATIENCE if bounded else None
        _require_unicode(connection)
        return connection

    return made


def _require_unicode(connection: BoundedConnection) -> None:
    """BadInput for a database that cannot hold every letter: a crawl would break at the first that it has not."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding not in (None, "UTF8"):
        name = connection.info.dbname
        connection.close()
        raise BadInput(
            f"The database {name} keeps texts as {encoding}, which has not all letters. Make one that keeps UTF8: "
            "`createdb --encoding UTF8 --template template0 …`."
        )


def again(error: BaseException) -> bool:
    """True for an error after which the same transaction may be tried at once."""
    return getattr(error, "sqlstate", None) in _AGAIN


def is_refused(error: BaseException) -> bool:
    """True where the server does not let this user do what a ledger needs: that is to be told, and no fault of ours."""
    return getattr(error, "sqlstate", None) in _REFUSED


def explain(error: BaseException, place: str) -> BadInput | Unavailable:
    """What to tell a person about this error of the server at `place`."""
    said = " ".join(str(error).split()) or type(error).__name__
    if is_refused(error):
        return BadInput(
            f"The ledger at {place} refuses this: {said.partition(' LINE ')[0]}. Its user must own the database or the "
            "schema that the tables are in, and be allowed to write."
        )
    if isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None:  # of the client, which reads the URL
        return BadInput(f"The ledger's URL cannot be used: {said}. Correct what stands after its question mark.")
    if any(part in said for part in _WRONG):
        return BadInput(f"The ledger at {place} cannot be opened: {said}. Check the user, password and database name.")
    if getattr(error, "sqlstate", None) in ("53100", "53200"):
        return Unavailable(
            f"The server of the ledger at {place} has no room left: {said}. Make room; work then goes on."
        )
    if getattr(error, "sqlstate", None) in ("57014", "55P03"):
        return Unavailable(f"The ledger at {place} is too busy: {said}. Try again; `pg_stat_activity` shows with what.")
    said = said.split(" Is the server running")[0].rstrip(".?! ")  # we ask that too
    return Unavailable(f"The ledger at {place} cannot be reached or does not answer: {said}. Is the server running?")
