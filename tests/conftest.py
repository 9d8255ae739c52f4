"""Fixtures that more than one folder of tests uses, and which tests go to one process when several run tests."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from workers.ledger.database import Database

pytest_plugins = ["postgres"]

# What these tests share is dear to make (a crawl, a browser, a running system), so they are handed out together.
TOGETHER = (
    *("tests/pipeline/test_demo_crawl.py", "tests/pipeline/test_ingest_saved_pages.py"),
    *("tests/pipeline/test_readme.py", "tests/pipeline/test_watched_crawl.py", "tests/browser/test_console.py"),
)
ATTACKS = "tests/chaos/test_attacks.py"
# These take so long that other processes have them, each with a running system of its own; those on what the workers
# need are about half of the rest.
LONG_ATTACKS = ("step_boundary", "full_disk", "parked_alone", "clock_is_wrong")
ON_SERVERS = ("broker", "database")


def group_of(test: str) -> str:
    """What a test is handed out with, by its name: those of some files, some attacks on one database, or itself."""
    file, _, name = test.partition("::")
    if file == ATTACKS and not any(word in name for word in LONG_ATTACKS):
        database = name.partition("[")[2].partition("-")[0].rstrip("]")
        return f"{database}, {'servers' if any(word in name for word in ON_SERVERS) else 'workers'}"
    return file if file in TOGETHER else test


class Groups(LoadScopeScheduling):  # type: ignore[misc,no-any-unimported]
    """Deals tests out group by group. (Marks of xdist 3.8 for the same do not reach it under pytest 9.)"""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)  # nobody asks where one process runs all
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return Groups(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where only attacks are asked for, files without any are not even imported."""
    if config.option.markexpr != "chaos" or not collection_path.name.startswith("test_"):
        return None
    return "mark.chaos" not in collection_path.read_text("utf-8") or None


def pytest_collection_finish() -> None:
    """Thousands of tests and all that they import stay: whoever looks for garbage need not look through them."""
    _freeze()


@pytest.fixture(autouse=True)
def closed_ledgers() -> Iterator[None]:
    """A ledger that a test leaves open is closed at its end: Python 3.13 warns of one that is garbage."""
    opened, make = list[Database](), Database.__init__

    def noted(database: Database, *arguments: Any, **named: Any) -> None:
        make(database, *arguments, **named)
        opened.append(database)

    Database.__init__ = noted  # type: ignore[method-assign]
    try:
        yield
    finally:
        Database.__init__ = make  # type: ignore[method-assign]
        for database in opened:
            database.close()


@pytest.fixture
def unburdened() -> None:
    """As in a worker: what other tests left in memory is not looked through for garbage meanwhile."""
    _freeze()


def _freeze() -> None:
    gc.collect()
    gc.freeze()
