"""Tables in a text: a row is a line whatever its cells hold, names in them may be links, and buttons are none of it."""

from __future__ import annotations

import pytest
from test_generic_text import FIRST, SECOND, THIRD, lines, page

ROWS = [("Ida Holm", "Port Merrow", "12,310"), ("Pete Vane", "Oxmoor", "9,044"), ("Ola Kvist", "Northend", "7,981")]


def around(table: str) -> list[str]:
    """The lines between the second paragraph and the third."""
    return lines(page(f"<div><p>{FIRST}</p><p>{SECOND}</p><table>{table}</table><p>{THIRD}</p></div>"))[2:-1]


@pytest.mark.parametrize("cell", ["<p>{}</p>", "<div><p><b>{}</b></p></div>", "<span>{}</span>"])
def test_a_cell_may_hold_its_text_in_elements(cell: str) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell.format(text)}</td>" for text in row) + "</tr>" for row in ROWS)
    assert around(rows) == [" | ".join(row) for row in ROWS]


def test_names_in_a_table_may_be_links() -> None:
    rows = "".join(f"<tr><td><a href=/who/{n}>{n}</a></td><td>{c}</td><td>{v}</td></tr>" for n, c, v in ROWS)
    assert around(rows) == [" | ".join(row) for row in ROWS]


def test_a_table_with_linked_names_may_end_a_text() -> None:
    row = "<tr><td>{}</td><td><a href=/who>{}</a></td><td>{}</td></tr>"
    rows = "".join(row.format(i, n, v) for i, (n, _, v) in enumerate(ROWS))
    shown = lines(page(f"<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><table>{rows}</table></div>"))
    assert shown[3:] == [f"{i} | {n} | {v}" for i, (n, _, v) in enumerate(ROWS)]


def test_links_on_either_side_of_a_stroke_are_no_names() -> None:
    row = "<tr><td><a href=/n/1>Previous</a></td><td>|</td><td><a href=/n/2>Next</a></td></tr>"
    shown = lines(page(f"<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><table>{row}</table></div>"))
    assert shown == [FIRST, SECOND, THIRD]


def test_a_linked_name_may_be_most_of_a_row() -> None:
    row = "<tr><td><a href=/club/{0}>{0} Rowers</a></td><td>{1}</td></tr>"
    rows = "".join(row.format(n, i + 28) for i, (_, n, _) in enumerate(ROWS))
    assert around(rows) == [f"{n} Rowers | {i + 28}" for i, (_, n, _) in enumerate(ROWS)]


def test_a_button_in_each_row_is_no_text() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{v} votes</td><td><a href=/{v}>See who</a></td></tr>" for n, _, v in ROWS)
    assert around(rows) == [f"{n} | {v} votes" for n, _, v in ROWS]


def test_a_table_of_other_stories_is_no_text() -> None:
    titles = ["The mill turns again after a winter", "A goat is found on the school's roof", "The mayor buys a boat"]
    rows = "".join(f"<tr><td>{i}</td><td><a href=/story/{i}>{title}</a></td></tr>" for i, title in enumerate(titles))
    assert not {*titles} & {part for line in around(rows) for part in line.split(" | ")}


def test_short_paragraphs_of_one_cell_are_no_row() -> None:
    rows = f"<tr><td><p>The ferry rests.</p><p>Its captain sleeps.</p></td></tr><tr><td>{THIRD}</td></tr>"
    assert around(rows)[:2] == ["The ferry rests.", "Its captain sleeps."]
