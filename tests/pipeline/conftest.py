"""Tests of the whole pipeline start real commands and workers: none of them is one of the quick tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workers.adapters.valkey import ValkeyServer

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[ValkeyServer]:
    """A server of the test's own."""
    server = ValkeyServer(tmp_path / "valkey")
    server.start()
    yield server
    server.stop()
