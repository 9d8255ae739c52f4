"""Pages in other encodings than they say, and in those that they say."""

from __future__ import annotations

import pytest
from news_pages import UKRAINIAN, classic

from workers.sites.read import read_page

URL = "https://courier.example/story-4711"


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "utf-8"])
def test_a_page_is_decoded_by_its_marks(codec: str) -> None:
    article = read_page(classic(UKRAINIAN).encode(codec), URL)
    assert article.headline == UKRAINIAN.headline


def test_a_page_is_decoded_by_what_it_declares() -> None:
    html = classic(UKRAINIAN).replace('charset="utf-8"', 'charset="windows-1251"')
    assert read_page(html.encode("cp1251"), URL).headline == UKRAINIAN.headline


def test_utf8_under_an_old_label_is_read_as_utf8() -> None:
    html = classic(UKRAINIAN).replace('charset="utf-8"', 'charset="iso-8859-1"')
    assert read_page(html.encode(), URL).headline == UKRAINIAN.headline
