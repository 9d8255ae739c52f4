"""An installation that cannot fetch at all: the crawl says why and ends, and goes on once it is mended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from crawls import environment

# As where a file of the installation is missing: whatever fetch does, it breaks before its first request.
DAMAGE = """
import certifi
def where():
    raise FileNotFoundError("cacert.pem is missing from this installation")
certifi.where = where
"""
IMPATIENT = "from workers.cli import breakdown, main; breakdown.GIVE_UP = 3.0; main()"


@pytest.mark.slow
def test_a_crawl_whose_fetch_breaks_each_time_ends_and_says_why(tmp_path: Path) -> None:
    """It waited for ever, and showed nothing but zeros."""
    (tmp_path / "sitecustomize.py").write_text(DAMAGE)
    done = subprocess.run(
        [sys.executable, "-c", IMPATIENT, "crawl", "--state", str(tmp_path / "state")],
        env=environment(PYTHONPATH=str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "The fetch task breaks (FileNotFoundError: cacert.pem is missing from this installation)" in said
    assert "fetch.log has more" in said and "Nothing is lost" in said and "Traceback" not in said
    assert "Traceback" in (tmp_path / "state" / "fetch.log").read_text(), "which is for those who mend it"
