"""A console in this process over a small ledger of its own: three articles, URLs in every state."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from client import TOKEN, Client
from newsdesk import fill

from workers.console.app import make_app
from workers.ledger import Ledger
from workers.settings import load


@pytest.fixture(scope="session")
def desk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with a filled ledger, to be copied."""
    return fill(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def folder(desk_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("STATE_DIR", "LEDGER_URL", "REDIS_URL", "BROKER_URL", "CONSOLE_TOKEN"):
        monkeypatch.delenv(f"WIREROOM_{name}", raising=False)
    shutil.copytree(desk_folder, tmp_path / "state")
    return tmp_path / "state"


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    opened = Ledger.open(f"sqlite:///{folder / 'ledger.db'}")
    yield opened
    opened.close()


def client_of(folder: Path, ledger: Ledger, **settings: Any) -> Client:
    """A client of a console; nothing is watched in the background."""
    knobs = load(state_dir=folder, redis_url=f"unix://{folder / 'none.sock'}", **settings)
    return Client(make_app(knobs, ledger=ledger))


@pytest.fixture
def client(folder: Path, ledger: Ledger) -> Client:
    return client_of(folder, ledger)


@pytest.fixture
def guarded(folder: Path, ledger: Ledger) -> Client:
    """A console that asks for a token."""
    return client_of(folder, ledger, console_token=TOKEN)
