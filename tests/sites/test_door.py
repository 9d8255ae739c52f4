"""The one door to reading a page."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import pytest

import workers.sites
from workers.sites import read, read_page
from workers.sites.page.document import Document
from workers.sites.page.guard import guarded
from workers.sites.read import read_page as same


def test_a_page_is_read_through_one_door() -> None:
    assert read_page is same
    with pytest.raises(AttributeError):
        _ = workers.sites.another_door  # type: ignore[attr-defined]


def test_the_door_costs_nothing_until_it_is_used() -> None:
    code = "import workers.sites, sys; sys.exit('selectolax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_page_that_was_read_leaves_its_tree_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[weakref.ref[Document]] = []

    def noted(html: bytes, url: str) -> Document:
        document = guarded(html, url)
        opened.append(weakref.ref(document))
        return document

    monkeypatch.setattr(read, "guarded", noted)
    text = "It is open, the engineer said, and it will stay so through the winter. " * 5
    body = f'<div class="article-content"><p>{text}</p></div>'
    page = f'<article><h1 class="article-content-title">A bridge opens</h1>{body}</article>'
    gc.disable()
    try:
        for host in ("en.interfax.com.ua", "courier.example"):
            read_page(page.encode(), f"https://{host}/news/general/700001.html")
    finally:
        gc.enable()
    assert [document() for document in opened] == [None, None]
