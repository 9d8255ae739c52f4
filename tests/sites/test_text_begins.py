"""How a text begins: with short answers, a letter, chapters of a line; and which tables and lines end it."""

from __future__ import annotations

import pytest
from test_generic_text import FIRST, SECOND, THIRD, lines, page

TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


@pytest.mark.parametrize(
    ("markup", "begin"),
    [
        ("<p><b>Do you sleep?</b></p><p>Hardly.</p><p><b>Why?</b></p>", ["Do you sleep?", "Hardly.", "Why?"]),
        ("<h2>Monday</h2><p>Fog.</p><h2>Tuesday</h2>", ["Monday", "Fog.", "Tuesday"]),
        ("<p>Dear readers of the coast,</p>", ["Dear readers of the coast,"]),
        (
            "<ul><li>Ferry gone for two days</li><li>Passengers are well</li><li>Engine had failed</li></ul>",
            ["Ferry gone for two days", "Passengers are well", "Engine had failed"],
        ),
    ],
)
def test_a_text_may_begin_with_short_lines(markup: str, begin: list[str]) -> None:
    assert lines(page(f"<div class=text>{markup}{TEXT}</div>")) == [*begin, FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "markup",
    [
        "<p><b>Ida Holm</b></p>",
        "<p><b>Listen to it</b></p><p>By Ida Holm</p>",
        "<div class=tools><p>Read it aloud.</p></div>",
        "<ul><li>Copy the link</li><li>Print it</li><li>Send by mail</li></ul>",
    ],
)
def test_what_stands_above_a_text_is_none_of_it(markup: str) -> None:
    assert lines(page(f"<div class=text>{markup}{TEXT}</div>")) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("head", ["<h3>Table</h3>", "<p><b>Table</b></p>"])
def test_a_table_with_a_heading_may_end_a_text(head: str) -> None:
    table = "<table><tbody><tr><td>Merrow</td><td>12</td></tr><tr><td>Oxmoor</td><td>9</td></tr></tbody></table>"
    assert lines(page(f"<div class=text>{TEXT}{head}{table}</div>"))[3:] == ["Table", "Merrow | 12", "Oxmoor | 9"]


def test_a_short_sentence_after_the_last_lines_of_code_is_text() -> None:
    inside = f"{TEXT}<p>It took a week.</p><pre>make test</pre><p>We run it now.</p>"
    assert lines(page(f"<div class=text>{inside}</div>"))[3:] == ["It took a week.", "make test", "We run it now."]
