"""Fixtures of the commands' tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from newsdesk import Desk, fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with a filled ledger, to be copied."""
    return fill(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def desk(filled: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Command lines in an empty folder whose state folder holds a filled ledger of its own."""
    for name in ("STATE_DIR", "LEDGER_URL", "REDIS_URL", "BROKER_URL"):
        monkeypatch.delenv(f"WIREROOM_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(filled, tmp_path / ".wireroom")
    return Desk(tmp_path / ".wireroom", capfd)
