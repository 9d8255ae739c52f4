"""A story that stands under two addresses of its site is stored once, whoever reads the second one, and when."""

from __future__ import annotations

from dataclasses import replace

from making import admit, article, lease, outcome, row_of, states
from test_side_by_side import at_once, several

from workers.core.article import Article, Block
from workers.core.same import twin_number
from workers.core.work import State
from workers.ledger import Intake, Ledger

TEXT = " ".join(f"word{number}" for number in range(150))


def key_of(url: str) -> str:
    return url.rpartition("/")[2]


def story(at: str, text: str = TEXT) -> Article:
    return article(at, text, headline="The ferry sails again")


def read(at: str, *, asked: str = "", text: str = TEXT, url_id: int | None = None) -> Intake:
    """The story, read at this address."""
    made = story(at, text)
    return Intake(made, f"https://a.test/{asked or at}", 100.0, key_of, twin_number(made), url_id)


def stored(ledger: Ledger) -> list[str]:
    return sorted(row.key for row in ledger.articles())


def test_what_is_read_beside_a_twin_is_stored(ledger: Ledger) -> None:
    ledger.commit([read("news-12")], [])
    ledger.commit([read("article-12"), read("news-13", text=TEXT.replace("word", "other"))], [])
    assert stored(ledger) == ["news-12", "news-13"]


def test_the_second_address_of_a_story_is_a_duplicate(ledger: Ledger) -> None:
    admit(ledger, "news-12", "article-12")
    by_key = {one.key: one for one in lease(ledger)}
    for key in ("news-12", "article-12"):
        ledger.commit([read(key, url_id=by_key[key].id)], [outcome(by_key[key])])
    assert stored(ledger) == ["news-12"]
    assert states(ledger) == {"news-12": "stored", "article-12": "skipped"}
    row = row_of(ledger, "article-12")
    assert (row["reason"], row["detail"], row["revisit_at"]) == ("duplicate", "https://a.test/news-12", None)
    assert ledger.status().sites["demo"].articles == 1


def test_a_commit_that_comes_twice_changes_nothing(ledger: Ledger) -> None:
    for key in ("a", "b", "b", "a"):
        ledger.commit([read(key)])
    assert stored(ledger) == ["a"]


def test_what_is_stored_under_its_own_address_stays(ledger: Ledger) -> None:
    """As it was stored before twins were looked for."""
    ledger.commit([replace(read("a"), twin=None)])
    ledger.commit([replace(read("b"), twin=None)])
    ledger.commit([read("a", text=f"{TEXT} more")])
    ledger.commit([read("b", text=f"{TEXT} more")])
    assert stored(ledger) == ["a", "b"]


def test_another_text_under_the_same_headline_is_another_story(ledger: Ledger) -> None:
    ledger.commit([read("a")])
    ledger.commit([read("b", text=TEXT.upper().replace("WORD", "OTHER"))])
    assert stored(ledger) == ["a", "b"]


def test_a_story_that_has_moved_is_the_same_article(ledger: Ledger) -> None:
    """What was asked for under the old address answers under a new one, where it has grown."""
    first = ledger.commit([read("old")]).stored[0]
    told = ledger.commit([replace(read("new", asked="old", text=f"{TEXT} more"), fetched_at=200.0)])
    assert [one.id for one in told.updated] == [first.id]
    file = ledger.article("new")
    assert file is not None
    assert (file.row.id, len(file.versions)) == (first.id, 2)
    assert stored(ledger) == ["new"]


def test_an_address_that_leads_to_another_story_moves_none(ledger: Ledger) -> None:
    ledger.commit([read("old")])
    other = article("new", "The library has reopened.", headline="Library reopens")
    ledger.commit([Intake(other, "https://a.test/old", 200.0, key_of, twin_number(other))])
    assert stored(ledger) == ["new", "old"]


def test_workers_that_read_a_story_at_once_store_it_once(ledger_url: str) -> None:
    numbers = range(10)

    def commit(ledger: Ledger, worker: int) -> None:
        for number in numbers:
            made = Article(
                site="demo",
                key=f"{number}-{worker}",
                url=f"https://a.test/{number}-{worker}",
                headline=f"Story {number}",
                body=(Block(text=f"{number} {TEXT}"),),
            )
            ledger.commit([Intake(made, made.url, 100.0, key_of, twin_number(made))])

    with several(ledger_url) as ledgers:
        at_once(ledgers, commit)
        assert sorted(key.partition("-")[0] for key in stored(ledgers[0])) == [str(number) for number in numbers]


def test_a_url_of_the_batch_that_is_no_twin_ends_as_it_would(ledger: Ledger) -> None:
    admit(ledger, "b", "c")
    by_key = {one.key: one for one in lease(ledger)}
    ledger.commit([read("a")])
    readings = [
        read("b", url_id=by_key["b"].id),
        Intake(article("c"), "https://a.test/c", 100.0, key_of, 7, by_key["c"].id),
    ]
    ledger.commit(readings, [outcome(one, State.STORED) for one in by_key.values()])
    assert (stored(ledger), states(ledger)) == (["a", "c"], {"b": "skipped", "c": "stored"})
