"""The one door to reading a page."""

from __future__ import annotations

import subprocess
import sys

import pytest

import workers.sites
from workers.sites import read_page
from workers.sites.read import read_page as same


def test_a_page_is_read_through_one_door() -> None:
    assert read_page is same
    with pytest.raises(AttributeError):
        _ = workers.sites.another_door  # type: ignore[attr-defined]


def test_the_door_costs_nothing_until_it_is_used() -> None:
    code = "import workers.sites, sys; sys.exit('selectolax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
