"""Homes: what is stored under an address that a page named gives way to what is read at that address itself.

A page may name the wrong address as its own, and the ledger learns it only when that address has been read, perhaps by
another worker at the same moment. Then the two are told apart: each is stored under its own address, and the one that
was under a wrong name is visited again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, Text, select, update

from workers.core.article import Article
from workers.core.same import is_same_story
from workers.ledger.contents import Intake, Whole, whole
from workers.ledger.database import Tx
from workers.ledger.rows import pack, rowset
from workers.ledger.schema import Id, articles, pages, versions

Name = tuple[str, str]


def strangers(
    readings: Mapping[Name, Sequence[Whole]], rows: Mapping[Name, Row[Any]], new: Collection[Name]
) -> list[Name]:
    """Those where the article that is stored, or one that is read, was found at an address that is another one's."""
    return [
        name
        for name, of in readings.items()
        if name not in new
        and any(rows[name].url != each.article.url and _is_away(name[1], rows[name].url, each) for each in of)
    ]


def _is_away(key: str, stored: str, reading: Whole) -> bool:
    return reading.key_at(reading.article.url) != key or reading.key_at(stored) != key


def part(
    tx: Tx, readings: Mapping[Name, Sequence[Whole]], rows: Mapping[Name, Row[Any]], names: Iterable[Name]
) -> tuple[list[Whole], set[Name]]:
    """All readings with those of these names as they are stored now; and the names of those that were told apart."""
    kept = {name: list(of) for name, of in readings.items()}
    parted: set[Name] = set()
    for name in names:
        kept[name], apart = _part(tx, name, readings[name], rows[name])
        parted |= apart
    return [reading for of in kept.values() for reading in of], parted


def _part(tx: Tx, name: Name, readings: Sequence[Whole], row: Row[Any]) -> tuple[list[Whole], set[Name]]:
    stored, away = _document(tx, row.id), readings[0].key_at(row.url)
    at_home = [reading for reading in readings if reading.key_at(reading.article.url) == name[1]]
    guests = [reading for reading in readings if reading not in at_home and reading.article.url != row.url]
    kept = [reading for reading in readings if reading not in guests]
    parted: set[Name] = set()
    if away != name[1] and at_home and not is_same_story(stored, at_home[-1].article):
        move(tx, row, (name[0], away))
        parted.add((name[0], away))
        stored = at_home[-1].article
    for guest in guests:  # one that tells the same adds nothing to what was read there
        if not is_same_story(guest.article, stored):
            own = guest.article.model_copy(update={"key": guest.key_at(guest.article.url)})
            kept.append(whole(Intake(own, guest.asked, guest.fetched_at, guest.key_of, guest.twin, guest.url_id)))
            parted.add((own.site, own.key))
    return kept, parted


def _document(tx: Tx, article_id: int) -> Article:
    current = (versions.c.article_id == articles.c.id) & (versions.c.content_hash == articles.c.content_hash)
    found = select(versions.c.document).select_from(articles.join(versions, current))
    return Article.model_validate_json(tx.all(found.where(articles.c.id == article_id))[0].document)


def move(tx: Tx, row: Row[Any], to: Name) -> None:
    """The stored article gets its own name, with its versions and kept pages; one that has it already has its text."""
    site, key = to
    if tx.all(select(articles.c.id).where(articles.c.key == key, articles.c.site == site)):
        return
    tx.run(update(articles).where(articles.c.id == row.id).values(key=key))
    columns = (versions.c.id, versions.c.content_hash, versions.c.document)
    of = tx.all(select(*columns).where(versions.c.article_id == row.id))
    renamed = {each.id: Article.model_validate_json(each.document).model_copy(update={"key": key}) for each in of}
    lines = ({"id": id_, "document": article.model_dump_json()} for id_, article in renamed.items())
    tx.run(_rename(tx.dialect), rows=pack(lines))
    contents = [each.content_hash for each in of]
    own = (pages.c.key == row.key, pages.c.site == site, pages.c.content_hash.in_(contents))
    tx.run(update(pages).where(*own).values(key=key))


@cache
def _rename(dialect: str) -> Executable:
    given = rowset(dialect, id=Id, document=Text())
    return update(versions).where(versions.c.id == given.c.id).values(document=given.c.document)
