"""Parts of a text that readers open by a heading, a question or a tab: they are text with what opens them."""

from __future__ import annotations

import pytest
from test_generic_text import FIRST, SECOND, THIRD, lines, page

PARTS = [
    ("When does the ferry go?", "On Sundays only, and in summer on each day that has no fog on it."),
    ("Who pays?", "Nobody under twelve."),
]


def around(part: str) -> list[str]:
    """The lines between the first paragraph and the second; the part stands there for each question."""
    parts = "".join(part.format(i=i, asked=asked, told=told) for i, (asked, told) in enumerate(PARTS))
    return lines(page(f"<div><p>{FIRST}</p>{parts}<p>{SECOND}</p><p>{THIRD}</p></div>"))[1:-2]


@pytest.mark.parametrize(
    "part",
    [
        "<h3><button aria-controls=a{i}>{asked}</button></h3><div id=a{i} hidden><p>{told}</p></div>",
        "<h4><a data-toggle=collapse href=#a{i}>{asked}</a></h4><div id=a{i} style='display:none'>{told}</div>",
        "<div><button aria-controls=a{i}>{asked}</button></div><div id=a{i} hidden><p>{told}</p></div>",
        "<dl><dt><button aria-controls=a{i}>{asked}</button></dt><dd id=a{i} hidden>{told}</dd></dl>",
    ],
)
def test_what_a_heading_or_a_question_opens_is_text_with_it(part: str) -> None:
    assert around(part) == [line for pair in PARTS for line in pair]


@pytest.mark.parametrize(
    "part",
    [
        "<div><button role=tab aria-controls=t{i}>Tab</button><div id=t{i} hidden><p>{told}</p></div></div>",
        "<div><button role=tab>Tab</button><div role=tabpanel style='display: none'><p>{told}</p></div></div>",
    ],
)
def test_what_tabs_show_is_text(part: str) -> None:
    assert around(part) == [told for _, told in PARTS]


@pytest.mark.parametrize("tab", ["Comments", "Comments (12)", "Kommentare", "Most read", "Related articles"])
def test_what_tabs_show_is_none_where_they_say_that_it_is_of_others(tab: str) -> None:
    shown = f"<div id=o role=tabpanel hidden><p>{PARTS[0][1]}</p></div>"
    assert around(f"<div><button role=tab aria-controls=o>{tab}</button>{shown}</div>") == []
    assert around(f"<div><a role=tab href=#o>{tab}</a>{shown}</div>") == []
    labelled = shown.replace("id=o", "aria-labelledby=k")
    assert around(f"<div><button role=tab id=k>{tab}</button>{labelled}</div>") == []


def test_what_another_button_opens_stays_hidden() -> None:
    part = "<div><button aria-controls=m{i}>Share</button><div id=m{i} hidden><p>{told}</p></div></div>"
    assert around(part) == []


def test_links_within_the_page_are_a_table_of_contents_all_the_same() -> None:
    assert around("<ul><li><a href=#a>{asked}</a></li><li><a href=#b>{told}</a></li></ul>") == []


def test_words_that_end_in_points_are_no_sentence() -> None:
    assert around("<div><p>Loading the fares for your harbour…</p></div>") == []
