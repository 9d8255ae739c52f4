"""A text as Python writes it, in the quotes that the formatter would choose."""

from __future__ import annotations

from collections.abc import Sequence


def quoted(text: str) -> str:
    """A literal that is this text, whatever is in it: in double quotes unless that needs more backslashes."""
    if "\\" in text and text.isprintable() and '"' not in text and not text.endswith("\\"):
        return f'r"{text}"'
    single = repr(f'"{text}')  # with a double quote in it, it stands in single ones
    if text.count('"') > text.count("'"):
        return f"'{single[2:]}"
    double = single[2:-1].replace("\\'", "'").replace('"', '\\"')
    return f'"{double}"'


def quoted_tuple(texts: Sequence[str]) -> str:
    """A literal that is a tuple of these texts."""
    return f"({', '.join(map(quoted, texts))}{',' if len(texts) == 1 else ''})"
