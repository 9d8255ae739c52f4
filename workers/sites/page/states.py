"""The data in the scripts of a page: JSON by itself, in a variable, as what a function is called with, or in pieces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from workers.sites.page.document import Document, attribute

LONGEST, _LONGEST_TOGETHER = 3_000_000, 4_000_000
_KINDS = ("", "application/json", "text/javascript", "application/javascript")
# What keeps a state in a variable, as an object or as a text of JSON, or calls a function with it.
_NAME = r"""[\w$.]{1,60}(?:\[["'][\w$]{1,60}["']\])?\s{0,9}"""
_TOLD = re.compile(
    rf"""(?:^|[;{{}}\n])\s{{0,99}}"""
    rf"""(?:(?:var |let |const )?{_NAME}=\s{{0,9}}(?:JSON\.parse\()?|{_NAME}\(\s{{0,9}})(?=[\[{{"])"""
)
_ANOTHER = re.compile(r"\s{0,9},\s{0,9}(?=[\[{\"])")
_BEGINNING = 300
_MOST_SCRIPTS, _MOST_TOLD, _MOST_ODD = 100, 50, 3  # what is no data may be long to read before that is known
_DECODER = json.JSONDecoder(strict=False)
# What is streamed: `[1, "5:{…}\n6:"]`, the rows of one text in many calls.
_ROW = re.compile(r"^[0-9a-f]{1,6}:(?=[\[{])", re.MULTILINE)
_MOST_ROWS = 1_000


def states_of(document: Document) -> Iterator[Iterator[Any]]:
    """The values that each script tells; at last those whose text many scripts tell in pieces."""
    pieces, room = list[str](), _LONGEST_TOGETHER
    for node in document.tree.css("script")[:_MOST_SCRIPTS]:
        if (attribute(node, "type") or "").strip().lower() in _KINDS:
            script = node.text()
            room -= len(script)
            if room < 0:  # what is small is hundreds of thousands of values
                break
            yield _whole(_states(script), pieces)
    if pieces:
        yield _rows("".join(pieces)[:LONGEST])


def parsed(text: str) -> Any:
    """What a text of JSON says, or None."""
    try:
        return json.loads(text, strict=False) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        return None


def _whole(values: Iterable[Any], pieces: list[str]) -> Iterator[Any]:
    """Without pieces of a text, which are put to the others."""
    for value in values:
        if isinstance(value, list) and len(value) == 2 and value[0] == 1 and isinstance(value[1], str):
            pieces.append(value[1])
        else:
            yield value


def _states(script: str) -> Iterator[Any]:
    if script[:_BEGINNING].lstrip().startswith(("{", "[")):
        yield parsed(script)
        return
    at = odd = 0
    told = _TOLD.search(script, 0, _BEGINNING) if len(script) <= LONGEST else None
    for _ in range(_MOST_TOLD):
        if told is None:
            return
        try:
            value, at = _DECODER.raw_decode(script, told.end())
        except (ValueError, RecursionError):
            at, odd = told.end(), odd + 1
            if odd == _MOST_ODD:
                return
        else:
            yield parsed(value) if isinstance(value, str) and value[:1] in ("{", "[") else value
        told = _ANOTHER.match(script, at) or _TOLD.search(script, at, at + _BEGINNING)


def _rows(text: str) -> Iterator[Any]:
    at = 0
    for _ in range(_MOST_ROWS):
        row = _ROW.search(text, at)
        if row is None:
            return
        end = text.find("\n", row.end())
        yield parsed(text[row.end() : end if end >= 0 else len(text)])
        at = end if end >= 0 else len(text)
