"""What commands print: tables for people, lines for pipes, JSON for programs. No text of a page steers the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from workers.core.seconds import duration as told
from workers.core.steering import json_line
from workers.core.steering import visible as safe

if TYPE_CHECKING:
    from rich.console import Console


def print_json(value: object) -> None:
    """A value as one line of JSON."""
    sys.stdout.write(json_line(value) + "\n")


def print_result(values: Mapping[str, object], *sentences: str, as_json: bool) -> None:
    """What a command has done: sentences for people, a line each, or `values` as JSON."""
    if as_json:
        print_json(values)
        return
    for sentence in sentences:
        print_line(sentence)


def print_line(text: str = "", style: str = "") -> None:
    """One line, never wrapped or cut."""
    from rich.text import Text

    plain_console().print(Text(safe(text), style=style), soft_wrap=True)


def print_pieces(pieces: Iterable[tuple[str, str]]) -> None:
    """One line of pieces, each with its style."""
    from rich.text import Text

    plain_console().print(Text.assemble(*((safe(text), style) for text, style in pieces)), soft_wrap=True)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, wide: str = "") -> None:
    """A table on a terminal, lines with tabs elsewhere. Columns that begin with # are numbers; `wide` may be cut.

    On a terminal that is too narrow for it, each row is a list of names and values.
    """
    cells = [[safe(shown(value)) for value in row] for row in rows]
    names = [name.lstrip("#") for name in columns]
    if not sys.stdout.isatty():
        for line in (names, *cells):
            sys.stdout.write("\t".join(line) + "\n")
        return
    from workers.cli.tables import fitting

    console = plain_console()
    table = fitting(columns, cells, console.width, wide)
    if table is not None:
        console.print(table)
        return
    for row in cells:
        print_fields(zip(names, row, strict=True))
        print_line()


def print_fields(fields: Iterable[tuple[str, object]]) -> None:
    """Names and values, one pair a line; those without a value are left out."""
    from rich.text import Text

    known = [(name, safe(shown(value))) for name, value in fields if value is not None and value not in ("", (), [])]
    width = max((len(name) for name, _ in known), default=0)
    for name, value in known:
        line = Text(f"{name:<{width}}  ", style="bold")
        plain_console().print(line.append(Text(value, style="not bold")), soft_wrap=True)


def plain_console(**options: Any) -> Console:
    """A console on stdout as it is now that takes no text for markup: `[/red]` may stand in an address or a folder.

    Rich is imported only where something is printed.
    """
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False, **options)


def shown(value: object) -> str:
    """A value as people read it."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in value.items()) or "-"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or "-"
    return str(value)


def moment(seconds: float | None) -> str:
    """Seconds since 1970 as date and time in UTC, to the minute."""
    return "-" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


def exactly(seconds: float | None) -> str | None:
    """Seconds since 1970 as RFC 3339 in UTC, for programs."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def duration(seconds: float | None) -> str:
    """Seconds as `seconds.duration` writes them, `-` where there are none."""
    return "-" if seconds is None else told(seconds)
