"""What several tests of reading need."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture
def unburdened() -> Iterator[None]:
    """As in a worker: what thousands of other tests left in memory is not looked through for garbage meanwhile."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
