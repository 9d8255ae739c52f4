"""Tables that fit into a terminal: text is folded or cut, a number never; None where that leaves too little."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

# Characters to which a column of text may be folded, and one that is cut.
LEAST_FOLDED = 10
LEAST_CUT = 24


def fitting(columns: Sequence[str], rows: Sequence[Sequence[str]], room: int, cut: str) -> Table | None:
    """The table, in `room` characters; columns that begin with # are numbers, that named `cut` stays on one line."""
    cells = [[row[at] for row in rows] for at in range(len(columns))]
    bounds = [_bounds(name, column, cut) for name, column in zip(columns, cells, strict=True)]
    for gap in (2, 1):
        widths = _widths(bounds, room - gap * (len(columns) - 1))
        if widths is not None:
            return _table(columns, rows, widths, gap, cut)
    return None


def _bounds(name: str, cells: Sequence[str], cut: str) -> tuple[int, int]:
    """The least width of a column, and the one that it would like to have."""
    heading = name.lstrip("#")
    word = max(map(cell_len, heading.split()), default=0)
    widest = max(map(cell_len, cells), default=0)
    bound = LEAST_CUT if name == cut else LEAST_FOLDED
    return max(word, widest if name.startswith("#") else min(widest, bound)), max(cell_len(heading), widest)


def _widths(bounds: Sequence[tuple[int, int]], room: int) -> list[int] | None:
    """A width for each column: the one that has most to spare gives first."""
    widths = [min(wish, max(room, least)) for least, wish in bounds]
    for _ in range(sum(widths) - room):
        spare, at = max((width - bounds[at][0], at) for at, width in enumerate(widths))
        if spare <= 0:
            return None
        widths[at] -= 1
    return widths


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], gap: int, cut: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="bold")
    for name, width in zip(columns, widths, strict=True):
        justify = "right" if name.startswith("#") else "left"
        table.add_column(name.lstrip("#"), width=width, overflow="fold", justify=justify)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*(_cell(text, is_cut=name == cut) for name, text in zip(columns, row, strict=True)))
    return table


def _cell(text: str, *, is_cut: bool) -> Text:
    return Text(text, no_wrap=True, overflow="ellipsis") if is_cut else Text(text)
