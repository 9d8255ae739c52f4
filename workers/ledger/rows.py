"""Many rows as one parameter: a JSON text that the database reads as a table, so a statement's text never varies."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from pydantic_core import to_json
from sqlalchemy import JSON, FromClause, Text, bindparam, cast, column, func, select, type_coerce
from sqlalchemy.types import TypeEngine

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without NUL and lone surrogates, which PostgreSQL refuses: U+FFFD stands in their place."""
    if text.isascii() and "\x00" not in text:
        return text
    return _UNSTORABLE.sub("\ufffd", text)


def pack(rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows as the JSON text that `rowset` reads; texts are cleaned, numbers that are none become NULL."""
    whole = list(rows)
    with suppress(ValueError):  # a lone surrogate
        packed = to_json(whole, inf_nan_mode="null")
        if b"\\u0000" not in packed:
            return packed.decode()
    return json.dumps([{name: _storable(value) for name, value in row.items()} for row in whole], allow_nan=False)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def rowset(dialect: str, **columns: TypeEngine[Any]) -> FromClause:
    """A table `given` of these columns, read from the parameter `rows` (see `pack`)."""
    rows = bindparam("rows", type_=Text())
    if dialect == "postgresql":
        typed = [column(name, type_) for name, type_ in columns.items()]
        return (
            func.json_to_recordset(cast(rows, JSON)).table_valued(*typed, name="given").render_derived(with_types=True)
        )
    each = func.json_each(rows).table_valued("value", name="each")
    return select(
        *(
            type_coerce(func.json_extract(each.c.value, f"$.{name}"), type_).label(name)
            for name, type_ in columns.items()
        )
    ).subquery("given")
