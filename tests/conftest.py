"""Fixtures that more than one folder of tests uses, and which tests must run in one process when several run tests."""

from __future__ import annotations

import pytest

pytest_plugins = ["postgres"]

# What these tests share is dear to make (a crawl, a running system), so they are handed out together.
TOGETHER = (
    *("pipeline/test_demo_crawl.py", "pipeline/test_ingest_saved_pages.py", "pipeline/test_readme.py"),
    *("browser/test_console.py", "pipeline/test_watched_crawl.py"),
)
DATABASES = ("sqlite", "postgres")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        group = next((name for name in TOGETHER if item.path.as_posix().endswith(name)), None)
        if "shared_rig" in getattr(item, "fixturenames", ()):
            group = "chaos on " + next(name for name in DATABASES if f"[{name}" in item.name)
        if group:
            item.add_marker(pytest.mark.xdist_group(group))
