"""Full text search: FTS5 on SQLite, tsvector on PostgreSQL, both without stemming, so that every language works.

The first migration makes the index; `index` keeps it, within the transaction that stores articles.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, text

from workers.ledger.database import Tx
from workers.ledger.rows import pack

# Characters of an article that can be found; PostgreSQL keeps at most 1 MB of words for one.
REACH = 200_000

# Replaces the words of the given articles.
_FORGET = {
    "postgresql": "DELETE FROM article_search WHERE article_id IN"
    " (SELECT id FROM json_to_recordset(CAST(:rows AS json)) AS given(id bigint))",
    "sqlite": "DELETE FROM article_search WHERE rowid IN (SELECT json_extract(value, '$.id') FROM json_each(:rows))",
}
_LEARN = text(
    "INSERT INTO article_search (article_id, words) SELECT id, to_tsvector('simple', words)"
    " FROM json_to_recordset(CAST(:rows AS json)) AS given(id bigint, words text)"
)
_LEARN_ONE = "INSERT INTO article_search (rowid, words) VALUES (?, ?)"
# The ids of the articles that hold the words asked for.
_MATCH = {
    "postgresql": "articles.id IN"
    " (SELECT article_id FROM article_search WHERE words @@ websearch_to_tsquery('simple', :q))",
    "sqlite": "articles.id IN (SELECT rowid FROM article_search WHERE article_search MATCH :q)",
}
_TERM = re.compile(r'(-?)"([^"]*)"?|(\S+)')
_WORD = re.compile(r"\w")


def index(tx: Tx, words: Mapping[int, str], changed: Collection[int]) -> None:
    """Make these articles findable by these words; `changed` are those that were findable by others before."""
    if changed:
        tx.run(_forget(tx.dialect), rows=pack({"id": id_} for id_ in sorted(changed)))
    found = [(id_, text_[:REACH]) for id_, text_ in sorted(words.items())]
    if tx.dialect == "sqlite":
        tx.each(_LEARN_ONE, found)
    elif found:
        tx.run(_LEARN, rows=pack({"id": id_, "words": text_} for id_, text_ in found))


@cache
def _forget(dialect: str) -> Executable:
    return text(_FORGET[dialect])


def matches(dialect: str, query: str) -> ColumnElement[bool]:
    """The condition that an article holds all words of the query; `"a b"` is a phrase and `-a` excludes.

    Any text is a query; one without a word matches nothing.
    """
    wanted, unwanted = _terms(query)
    if not wanted:
        return text("1 = 0")  # type: ignore[return-value]
    return text(_MATCH[dialect]).bindparams(bindparam("q", _spelled(dialect, wanted, unwanted)))  # type: ignore[return-value]


def _terms(query: str) -> tuple[list[str], list[str]]:
    found: tuple[list[str], list[str]] = ([], [])
    for minus, phrase, word in _TERM.findall(query.replace("\x00", " ")):
        term = phrase or word.lstrip("-").replace('"', "")
        if _WORD.search(term):
            found[bool(minus) or word.startswith("-")].append(term)
    return found


def _spelled(dialect: str, wanted: Iterable[str], unwanted: Iterable[str]) -> Any:
    if dialect == "postgresql":
        return " ".join([*(f'"{term}"' for term in wanted), *(f'-"{term}"' for term in unwanted)])
    return " AND ".join(f'"{term}"' for term in wanted) + "".join(f' NOT "{term}"' for term in unwanted)
