"""The same story twice: copies share a group as they arrive, on both databases; what only looks alike does not."""

from __future__ import annotations

import json
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from making import Clock, admit, contents, lease, outcome, reading, rows
from sqlalchemy import func, select
from stories import Story, stories

from workers.core.article import Article, Block
from workers.ledger import Intake, Ledger, Which
from workers.ledger import copies as copying
from workers.ledger.copies import DAY
from workers.ledger.database import Tx
from workers.ledger.schema import bands, copies

STORY, OTHER = stories(2)


def told(key: str, story: Story, site: str = "demo", at: float = 1_000.0) -> Intake:
    """The story as a site tells it at that time."""
    body = tuple(Block(text=text) for text in story)
    made = Article(site=site, key=key, url=f"https://{site}.test/{key}", headline=f"On {key}", body=body)
    return Intake(made, made.url, at)


def groups(ledger: Ledger) -> dict[str, int]:
    """The group of every article, by key."""
    return {row.key: row.group for row in ledger.articles(limit=1_000)}


def alike(ledger: Ledger, *keys: str) -> bool:
    """True when these articles have one group."""
    found = groups(ledger)
    return len({found[key] for key in keys}) == 1


def test_a_copy_on_another_site_gets_the_group_of_the_first(ledger: Ledger) -> None:
    ledger.commit([told("1", STORY)])
    ledger.commit([told("2", ["From our agency.", *STORY], site="other")])
    ledger.commit([told("3", OTHER)])
    first, copy, another = (ledger.article(key) for key in ("1", "2", "3"))
    assert first and copy and another
    assert (first.row.group, first.row.copies) == (copy.row.group, copy.row.copies) == (first.row.id, 2)
    assert (another.row.group, another.row.copies) == (another.row.id, 1)
    assert [row.key for row in ledger.articles(Which(group=first.row.id))] == ["2", "1"]


def test_copies_in_one_batch_find_each_other(ledger: Ledger) -> None:
    ledger.commit([told("1", STORY), told("2", OTHER), told("3", STORY, site="a"), told("4", STORY, site="b")])
    assert alike(ledger, "1", "3", "4")
    assert not alike(ledger, "1", "2")


def test_all_copies_are_kept(ledger: Ledger) -> None:
    ledger.commit([told(str(n), STORY, site=f"s{n}") for n in range(40)])
    assert len(ledger.articles(limit=100)) == 40
    assert {row.copies for row in ledger.articles(limit=100)} == {40}


def test_delivering_copies_twice_changes_nothing(ledger: Ledger) -> None:
    batch = [told("1", STORY), told("2", STORY, site="other"), told("3", OTHER)]
    ledger.commit(batch)
    before = contents(ledger)
    ledger.commit(batch)
    ledger.commit(batch[::-1])
    assert contents(ledger) == before


def test_the_same_text_a_week_later_is_another_story(ledger: Ledger) -> None:
    ledger.commit([told("1", STORY), told("2", STORY, site="other", at=1_000.0 + 7 * DAY)])
    assert not alike(ledger, "1", "2")


def test_a_story_that_goes_on_for_days_stays_one(ledger: Ledger) -> None:
    for day in range(6):
        ledger.commit([told(str(day), STORY, site=f"s{day}", at=2 * DAY * day)])
    assert alike(ledger, *map(str, range(6)))


def test_an_article_that_becomes_a_copy_joins_the_group(ledger: Ledger) -> None:
    ledger.commit([told("1", STORY), told("2", ["A short note, more will follow."], site="other")])
    assert not alike(ledger, "1", "2")
    ledger.commit([told("2", STORY, site="other", at=2_000.0)])
    assert alike(ledger, "1", "2")


def test_an_article_with_copies_keeps_its_group_when_it_changes(ledger: Ledger) -> None:
    ledger.commit([told("1", STORY), told("2", STORY, site="other")])
    ledger.commit([told("1", OTHER, at=2_000.0)])
    assert alike(ledger, "1", "2")
    ledger.commit([told("3", OTHER, site="third", at=2_000.0)])
    assert alike(ledger, "1", "3"), "it is found by what it is now"


def test_an_older_reading_does_not_change_the_group(ledger: Ledger) -> None:
    ledger.commit([told("1", STORY, at=2_000.0), told("2", STORY, site="other", at=2_000.0)])
    ledger.commit([told("2", OTHER, site="other", at=1_000.0)])
    ledger.commit([told("3", STORY, site="third", at=2_000.0)])
    assert alike(ledger, "1", "2", "3")


def test_a_very_short_text_has_no_copies(ledger: Ledger) -> None:
    ledger.commit([told("1", ["Details follow."]), told("2", ["Details follow."], site="other")])
    assert not alike(ledger, "1", "2")
    assert rows(ledger, select(copies)) == []


def test_copies_that_arrive_at_once_see_each_other(ledger_url: str, ledger: Ledger) -> None:
    count = 6
    gate = threading.Barrier(count)

    def commit(number: int) -> None:
        own = Ledger.open(ledger_url)
        gate.wait(10)
        for turn, story in enumerate(stories(5)):
            own.commit([told(f"{turn}-{number}", story, site=f"s{number}")])
        own.close()

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(commit, range(count)))
    for turn in range(5):
        assert alike(ledger, *(f"{turn}-{number}" for number in range(count)))


def test_url_and_copies_are_settled_in_one_transaction(ledger: Ledger) -> None:
    admit(ledger, "1")
    (one,) = lease(ledger)
    ledger.commit([told("1", STORY)], [outcome(one)])
    assert ledger.status().total.stored == 1
    assert len(rows(ledger, select(copies))) == 1


def test_a_flood_of_one_text_does_not_grow_the_index(ledger: Ledger) -> None:
    size = select(func.count().label("n")).select_from(bands)
    ledger.commit([told("first", STORY)])
    before = rows(ledger, size)[0].n
    ledger.commit([told(str(n), STORY, site=f"s{n}") for n in range(50)])
    assert rows(ledger, size)[0].n == before == 16


def test_a_flood_of_texts_that_share_a_template_is_bounded(ledger: Ledger) -> None:
    dice = random.Random(1)
    for n in range(4):
        fillings = [[*STORY[:2], *(str(dice.random()) for _ in range(120))] for _ in range(40)]
        ledger.commit([told(f"{n}-{m}", story) for m, story in enumerate(fillings)])
    crowd = select(func.count().label("n")).select_from(bands).group_by(bands.c.band)
    assert max(row.n for row in rows(ledger, crowd)) <= 8 + 40, "the bound holds from batch to batch"


def test_old_texts_leave_the_index_and_keep_their_group(ledger: Ledger, clock: Clock) -> None:
    ledger.commit([told("1", STORY), told("2", STORY, site="other")])
    clock.pass_(6 * DAY)
    ledger.sweep()
    assert rows(ledger, select(bands))
    clock.pass_(2 * DAY)
    ledger.sweep()
    assert rows(ledger, select(bands)) == []
    assert alike(ledger, "1", "2")
    ledger.commit([told("1", [*STORY, "A new end."], at=2_000.0)])
    assert alike(ledger, "1", "2"), "a change puts it back into the index, in its group"
    assert rows(ledger, select(bands))


def test_articles_from_before_the_index_are_groups_of_one(ledger: Ledger) -> None:
    ledger.commit([reading()])
    (row,) = ledger.articles()
    assert (row.group, row.copies) == (row.id, 1)
    assert ledger.articles(Which(group=row.id)) == [row]


def test_nobody_waits_long_for_one_that_stopped_while_grouping(ledger: Ledger) -> None:
    if ledger._database.is_sqlite:
        pytest.skip("SQLite has one writer at a time anyway")
    with ledger._database.engine.connect() as stopped:
        stopped.execute(copying._TAKE)
        began = time.monotonic()
        ledger.commit([told("1", STORY), told("2", STORY, site="other")])
        assert time.monotonic() - began < 3
    assert alike(ledger, "1", "2"), "those of one batch are found all the same"


def test_copies_are_found_by_an_index(ledger: Ledger) -> None:
    ledger.commit([told(str(n), story, site=f"s{n % 3}") for n, story in enumerate(stories(60))])
    given = json.dumps([{"article_id": 1, "at": 1_000.0, "band": band} for band in range(16)])
    explained = "EXPLAIN " if not ledger._database.is_sqlite else "EXPLAIN QUERY PLAN "

    def plan(tx: Tx) -> str:
        query = copying._look_up(tx.dialect).params(rows=given)  # type: ignore[attr-defined]
        written = query.compile(tx.connection, compile_kwargs={"literal_binds": True})
        rows = tx.connection.exec_driver_sql(explained + str(written))
        return "\n".join(str(row) for row in rows)

    found = ledger._database.read(plan)
    scans = ("Seq Scan", "SCAN bands", "SCAN copies", "SCAN articles")
    assert not [word for word in scans if word in found], found
