"""Labels and second titles that stand in the headline's own element."""

from __future__ import annotations

import pytest

from workers.sites.read import read_page

URL = "https://courier.example/town/ferry-4711"
TEXT = "<p>The ferry across the river goes again after a winter of repairs to its old engine.</p>" * 5


@pytest.mark.parametrize(
    "inner",
    [
        "Ferry goes again after winter <span class=label>ФОТО</span>",
        "<span class=flag>COMMENT</span> Ferry goes again after winter",
        "<span>Ferry goes again after winter</span><div>The town had waited for it since March</div>",
    ],
)
@pytest.mark.parametrize(
    "head",
    [
        "<meta property=og:title content='Ferry goes again after winter'>",
        "<title>Ferry goes again after winter | Courier</title>",
    ],
)
def test_what_the_head_leaves_out_of_the_headline_is_none_of_it(inner: str, head: str) -> None:
    page = f"<html lang=en><head>{head}</head><body><h1>{inner}</h1>{TEXT}"
    assert read_page(page.encode(), URL).headline == "Ferry goes again after winter"


def test_a_headline_that_the_head_cuts_short_is_whole_where_no_part_of_it_is_apart() -> None:
    head = "<meta property=og:title content='Ferry goes again after winter'>"
    page = f"<html lang=en><head>{head}</head><body><h1>Ferry goes again after winter <i>and</i> flood</h1>{TEXT}"
    assert read_page(page.encode(), URL).headline == "Ferry goes again after winter and flood"
