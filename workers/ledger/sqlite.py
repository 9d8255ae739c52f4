"""SQLite: write-ahead log, one writer at a time that asks for its place before it reads."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from workers.core.errors import BadInput, Unavailable

# So long a call waits for its turn to write, and no longer: a worker must be able to stop meanwhile.
BUSY_SECONDS = 12.0

_PRAGMAS = (
    # A commit outlives the process; only a power cut may take the last ones, and the crawl fetches those again.
    "PRAGMA synchronous = NORMAL",
    # 4 MB of pages for each connection: the upper levels of all indexes. More would only be held: what another process
    # writes makes all of them stale.
    "PRAGMA cache_size = -4000",
    "PRAGMA temp_store = MEMORY",
    # The log is cut back to this after a long reader let it grow.
    "PRAGMA journal_size_limit = 67108864",
)
_ADVICE = {
    "locked": "Another process holds it for more than {seconds:g} s; end that process, or try again later",
    "full": "The disk is full; make room, work then goes on",
    "readonly": "It, or its folder, may not be written; check the permissions",
    "unable to open": "Check that its folder exists and may be written",
    "disk I/O error": "Check the disk and the room that is left on it",
}
_WRONG = {
    "not a database": "The file is not a ledger; name another one, or move it away",
    "malformed": "The file is damaged; restore it from a backup, or move it away",
}


def engine(url: URL) -> Engine:
    """An engine for this file. A transaction with the execution option `write` is the only writer from its start."""
    made = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, pool_timeout=BUSY_SECONDS)

    @event.listens_for(made, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        _use_write_ahead_log(connection)
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and asks for the writer's place later fails at once when another wrote between.
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return made


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Readers and the writer then do not wait for each other.

    SQLite refuses this at once, without waiting its turn, while another process is doing the same with a new file.
    """
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.02)


def explain(error: BaseException, place: str) -> BadInput | Unavailable | None:
    """What to tell a person about this error of the file at `place`; None when it is a fault of ours."""
    said = str(error)
    for part, advice in _WRONG.items():
        if part in said:
            return BadInput(f"The ledger {place} cannot be used: {said}. {advice}.")
    for part, advice in _ADVICE.items():
        if part in said:
            return Unavailable(f"The ledger {place} cannot be used now: {said}. {advice.format(seconds=BUSY_SECONDS)}.")
    return None
