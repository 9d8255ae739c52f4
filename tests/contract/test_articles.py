"""The sink's transaction: articles, versions, links and settled URLs, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

import pytest
from making import admit, article, candidate, contents, lease, link, outcome, reading, states

from workers.core.article import Article, Block, Moment
from workers.core.errors import BadInput
from workers.ledger import Intake, Ledger, Which


def versions(ledger: Ledger, key: str = "1") -> list[str]:
    """The texts of an article's versions."""
    found = ledger.article(key)
    assert found is not None
    return [version.article.text for version in found.versions]


def current(ledger: Ledger, key: str = "1") -> Article:
    """The article as it stands."""
    found = ledger.article(key)
    assert found is not None
    return found.article


def test_an_article_and_its_url_are_settled_together(ledger: Ledger) -> None:
    admit(ledger, "1")
    (one,) = lease(ledger)
    committed = ledger.commit([reading()], [outcome(one, status=200)])
    assert [stored.key for stored in committed.stored] == ["1"]
    assert states(ledger) == {"1": "stored"}
    assert current(ledger) == article()
    counts = ledger.status().sites["demo"]
    assert (counts.articles, counts.versions) == (1, 1)


def test_committing_twice_makes_one_version(ledger: Ledger) -> None:
    ledger.commit([reading()])
    before = contents(ledger)
    again = ledger.commit([reading(), reading()])
    assert (len(again.stored), len(again.updated), len(again.unchanged)) == (0, 0, 1)
    assert contents(ledger) == before


def test_a_changed_text_makes_a_new_version(ledger: Ledger) -> None:
    ledger.commit([reading(100.0)])
    committed = ledger.commit([reading(200.0, text="Corrected.")])
    assert [changed.key for changed in committed.updated] == ["1"]
    assert versions(ledger) == ["The first text.", "Corrected."]
    assert current(ledger).text == "Corrected."


def test_an_older_fetch_does_not_overwrite_a_newer_one(ledger: Ledger) -> None:
    ledger.commit([reading(200.0, text="Newer.", section="economic")])
    ledger.commit([reading(100.0, text="Older.", section="general")])
    assert current(ledger).text == "Newer."
    assert [row.section for row in ledger.articles()] == ["economic"]
    assert versions(ledger) == ["Older.", "Newer."], "it is a version all the same, at its own place"


def test_a_text_that_comes_back_is_no_new_version(ledger: Ledger) -> None:
    for moment, text in ((100.0, "A"), (200.0, "B"), (300.0, "A")):
        ledger.commit([reading(moment, text=text)])
    assert sorted(versions(ledger)) == ["A", "B"]
    assert current(ledger).text == "A"


@pytest.mark.parametrize("order", list(permutations([(100.0, "A"), (200.0, "B"), (300.0, "A")])))
@pytest.mark.parametrize("at_once", [False, True])
def test_a_text_that_comes_back_was_there_first_in_whatever_order_it_is_read(
    ledger: Ledger, order: tuple[tuple[float, str], ...], at_once: bool
) -> None:
    readings = [reading(moment, text=text) for moment, text in order]
    for batch in [readings] if at_once else [[each] for each in readings]:
        ledger.commit(batch)
    found = ledger.article("1")
    assert found is not None
    assert [(v.fetched_at, v.article.text) for v in found.versions] == [(100.0, "A"), (200.0, "B")]
    assert [(v.fetched_at, v.article.text) for v in found.history][2:] == [(300.0, "A")], "and is what it is again"
    assert found.article.text == "A"


def test_a_text_that_is_read_once_more_keeps_the_time_of_its_first_reading(ledger: Ledger) -> None:
    ledger.commit([reading(100.0, reading_minutes=1)])
    ledger.commit([reading(200.0, reading_minutes=2)])
    ledger.commit([reading(50.0, reading_minutes=3)])
    found = ledger.article("1")
    assert found is not None
    assert [(v.fetched_at, v.article.reading_minutes) for v in found.versions] == [(50.0, 2)], "as it was last read"
    assert found.history == found.versions


def test_several_readings_of_one_article_in_one_batch(ledger: Ledger) -> None:
    batch = [reading(300.0, text="C"), reading(100.0, text="A"), reading(200.0, text="B"), reading(100.0, text="A")]
    committed = ledger.commit(batch)
    assert len(committed.stored) == 1
    assert versions(ledger) == ["A", "B", "C"]
    assert current(ledger).text == "C"


def test_boxes_change_without_a_new_version(ledger: Ledger) -> None:
    ledger.commit([reading(100.0, links=(link(1), link(2)), tags=("a",), reading_minutes=1)])
    ledger.commit([reading(200.0, links=(link(2), link(3), link(4)), tags=("b", "b"), reading_minutes=2)])
    found = ledger.article("1")
    assert found is not None
    assert [box.url for box in found.links] == [link(n).url for n in (2, 3, 4)]
    assert found.article.reading_minutes == 2
    assert len(found.versions) == 1
    assert ledger.articles(Which(tag="b"))
    assert not ledger.articles(Which(tag="a"))


def test_a_key_that_two_sites_have_names_no_article_but_each_id_does(ledger: Ledger) -> None:
    ours, theirs = article("id:7"), article("id:7", site="other", url="https://b.test/7")
    ledger.commit([Intake(each, each.url, 100.0) for each in (ours, theirs)])
    first, second = sorted(ledger.articles(), key=lambda row: row.id)
    said = rf"'id:7' names several articles.*: {first.id} \({first.site}\), {second.id} \({second.site}\)\. Give one"
    with pytest.raises(BadInput, match=said):
        ledger.article("id:7")
    for row in (first, second):
        found = ledger.article(row.id)
        assert found is not None
        assert found.row.site == row.site
    assert ledger.articles_named("id:7") == [first, second]


def test_each_url_of_a_shared_key_is_traced_with_its_own_article(ledger: Ledger) -> None:
    ledger.admit([candidate("id:7"), candidate("id:7", "b.test", site="other")])
    ours, theirs = article("id:7"), article("id:7", site="other", url="https://b.test/7")
    ledger.commit([Intake(each, each.url, 100.0) for each in (ours, theirs)])
    traces = ledger.trace("id:7")
    assert [(one.row["site"], one.article and one.article.row.site) for one in traces] == [
        ("demo", "demo"),
        ("other", "other"),
    ]
    assert [one.row["site"] for one in ledger.trace("id:7", "other")] == ["other"]


def test_an_article_is_found_by_id_key_and_each_of_its_addresses(ledger: Ledger) -> None:
    made = article(canonical_url="https://a.test/canonical")
    ledger.commit([Intake(made, "https://a.test/asked", 100.0)])
    (row,) = ledger.articles()
    for name in (row.id, "1", "https://a.test/1", "https://a.test/asked", "https://a.test/canonical"):
        found = ledger.article(name)
        assert found is not None
        assert found.row == row
    assert ledger.article("2") is None


def test_articles_are_listed_by_what_they_are(ledger: Ledger) -> None:
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    facts = [("1", "general", "en", 0), ("2", "economic", "uk", 1), ("3", "economic", "en", 2)]
    ledger.commit(
        [
            reading(
                key=key,
                section=section,
                language=language,
                published=Moment(at=noon + timedelta(hours=hours), text="as written"),
            )
            for key, section, language, hours in facts
        ]
    )

    def keys(**which: object) -> list[str]:
        return [row.key for row in ledger.articles(Which(**which))]  # type: ignore[arg-type]

    assert keys() == ["3", "2", "1"]
    assert keys(section="economic") == ["3", "2"]
    assert keys(section="economic", language="en") == ["3"]
    assert keys(site="another") == []
    assert keys(since=noon.timestamp() + 3600) == ["3", "2"]
    assert keys(until=noon.timestamp() + 3600) == ["1"]


def test_pages_of_a_list_follow_each_other(ledger: Ledger) -> None:
    ledger.commit([reading(key=str(n)) for n in range(7)])
    first = ledger.articles(limit=4)
    rest = ledger.articles(limit=4, after=first[-1].id)
    assert len({row.id for row in [*first, *rest]}) == 7


def test_all_articles_come_in_a_stream(ledger: Ledger) -> None:
    ledger.commit([reading(key=str(n), section="odd" if n % 2 else "even") for n in range(23)])
    assert len(list(ledger.iterate_articles(batch=5))) == 23
    odd = list(ledger.iterate_articles(Which(section="odd"), batch=5))
    assert [found.key for found in odd] == sorted((str(n) for n in range(1, 23, 2)), key=str) or len(odd) == 11


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("hryvnia", {"1"}),
        ("HRYVNIA rate", {"1"}),
        ("hryvnia київ", set()),
        ("Київ", {"2"}),
        ("київ", {"2"}),
        ('"rate of"', {"1"}),
        ('"of rate"', set()),
        ("rate -hryvnia", {"3"}),
        ("tagged", {"3"}),
        ("an unclosed \"quote' OR * NEAR( :x", set()),
        ("---", set()),
        ("", set()),
        ("\x00", set()),
    ],
)
def test_articles_are_found_by_their_words(ledger: Ledger, query: str, found: set[str]) -> None:
    ledger.commit(
        [
            reading(key="1", text="The rate of the hryvnia"),
            reading(key="2", text="Мерія: Київ відповів"),
            reading(key="3", text="Another rate", tags=("tagged",)),
        ]
    )
    assert {row.key for row in ledger.articles(Which(query=query))} == found


def test_a_new_version_is_found_by_its_own_words_only(ledger: Ledger) -> None:
    ledger.commit([reading(100.0, text="before")])
    ledger.commit([reading(200.0, text="after")])
    assert not ledger.articles(Which(query="before"))
    assert ledger.articles(Which(query="after"))


def test_what_no_database_takes_is_replaced(ledger: Ledger) -> None:
    odd = "a\x00b\ud800c"
    made = article(text=odd, tags=(odd,), links=(link(1).model_copy(update={"headline": odd}),), provenance={odd: odd})
    ledger.commit([Intake(made, odd, 100.0)])
    found = current(ledger)
    assert found.text == found.tags[0] == found.links[0].headline == "a\ufffdb\ufffdc"
    assert list(ledger.iterate_articles()) == [found]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-12))),
        datetime(1969, 12, 31, tzinfo=UTC),
    ],
)
def test_dates_at_the_ends_of_time_are_kept(ledger: Ledger, moment: datetime) -> None:
    ledger.commit([reading(published=Moment(at=moment, text="odd"), modified=Moment(at=moment, text="odd"))])
    assert current(ledger).published == Moment(at=moment, text="odd")
    assert ledger.articles()[0].published == pytest.approx(moment.timestamp())


def test_a_very_long_text_is_kept_whole(ledger: Ledger) -> None:
    text = " ".join(f"word{n}" for n in range(200_000))
    ledger.commit([Intake(Article(site="demo", key="1", url="u", headline="h", body=(Block(text=text),)), "u", 1.0)])
    assert current(ledger).text == text
    assert ledger.articles(Which(query="word10"))
