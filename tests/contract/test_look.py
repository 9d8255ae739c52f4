"""What the console asks of the ledger, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from making import Clock
from sqlalchemy import event

from workers.core.article import Article, Block, Moment
from workers.core.link import Kind, Label, Link
from workers.core.work import Candidate, HostReport, Outcome, State
from workers.ledger import Intake, KeptPage, Ledger, Which
from workers.ledger.wire import SETTLES


def article(key: str, **more: Any) -> Article:
    given: dict[str, Any] = {
        "headline": f"Headline {key}",
        "body": (Block(text=f"Text of {key}."),),
        "section": "Economy",
    }
    return Article(site="demo", key=key, url=f"https://a.test/{key}", **{**given, "language": "en", **more})


def candidate(key: str, label: Label = Label.LATEST, host: str = "a.test") -> Candidate:
    url = f"https://{host}/{key}"
    return Candidate("demo", key, url, host, Kind.PAGE, label, 1, 1.0, "https://a.test/", f"On {key}")


def store(ledger: Ledger, *articles: Article, fetched_at: float = 1_000.0) -> None:
    ledger.commit([Intake(each, each.url, fetched_at) for each in articles])


def test_the_wire_tells_lag_and_the_box_it_was_found_in(ledger: Ledger, clock: Clock) -> None:
    ledger.admit([candidate("1", Label.HOT_NEWS)])
    published = Moment(at="2026-03-01T10:00:00Z", text="10:00")
    clock.now = published.at.timestamp() + 42.0
    store(ledger, article("1", published=published), article("2"))
    second, first = ledger.look.wire()
    assert (first.label, first.seen_on, first.lag) == ("hot_news", "https://a.test/", 42.0)
    assert (second.label, second.lag) == (None, None)


def test_pages_of_the_wire_neither_skip_nor_repeat(ledger: Ledger) -> None:
    store(ledger, *(article(str(number)) for number in range(7)))
    seen: list[int] = []
    while rows := ledger.look.wire(limit=3, after=seen[-1] if seen else None):
        seen += [row.id for row in rows]
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == 7


@pytest.mark.parametrize(
    ("which", "keys"),
    [
        (Which(section="Industry"), ["2"]),
        (Which(language="uk"), ["3"]),
        (Which(tag="#STEEL"), ["2"]),
        (Which(query="bridge"), ["3"]),
        (Which(site="demo", language="en"), ["2", "1"]),
        (Which(site="nowhere"), []),
    ],
)
def test_filters_fit_together(ledger: Ledger, which: Which, keys: list[str]) -> None:
    store(ledger, article("1"), article("2", section="Industry", tags=("#STEEL",)))
    store(ledger, article("3", language="uk", body=(Block(text="The bridge."),)))
    assert [row.key for row in ledger.look.wire(which)] == keys


def test_news_are_told_in_order_first_contents_and_later_ones(ledger: Ledger) -> None:
    before = ledger.look.head()
    store(ledger, article("1"), article("2"))
    store(ledger, article("1", headline="Corrected"), fetched_at=2_000.0)
    store(ledger, article("1", headline="Corrected"), fetched_at=3_000.0)
    news = ledger.look.news(Which(), after=before)
    assert [(row.key, row.first) for row in news] == [("1", True), ("2", True), ("1", False)]
    assert news[-1].headline == "Corrected"
    assert ledger.look.head() == news[-1].version
    assert ledger.look.news(Which(), after=news[-1].version) == []


def test_an_article_that_goes_back_to_an_earlier_content_is_told_again(ledger: Ledger, clock: Clock) -> None:
    for moment, headlines in enumerate([("A", "other"), ("B",), ("A",), ("B",), ("B",)]):
        clock.pass_(60)
        store(
            ledger, *(article(h if h == "other" else "1", headline=h) for h in headlines), fetched_at=1_000.0 + moment
        )
        if moment == 1:
            seen = ledger.look.head()
        if moment in (2, 3):
            told = ledger.look.news(Which(), after=seen)
            assert [(row.headline, row.first) for row in told] == [(headlines[0], False)]
            seen = told[-1].version
    assert ledger.look.news(Which(), after=seen) == [], "the same text again is no news"
    told = ledger.look.news(Which(), after=0)
    assert [(row.key, row.first) for row in told] == [("other", True), ("1", False), ("1", False)]
    assert ledger.look.settled_before(seen) <= seen


def test_a_number_that_may_still_become_visible_is_looked_for_again(ledger: Ledger, clock: Clock) -> None:
    store(ledger, article("1"))
    old = ledger.look.head()
    clock.now += SETTLES + 1
    store(ledger, article("2"))
    goes_on = ledger.look.settled_before(ledger.look.head())
    one_writer = ledger._database.is_sqlite
    assert goes_on == (ledger.look.head() if one_writer else old)


def test_values_in_use_are_found_without_counting(ledger: Ledger) -> None:
    store(ledger, article("1"), article("2", section="Art", language="uk"), article("3", section=None, language=None))
    assert ledger.look.distinct("section") == ["Art", "Economy"]
    assert ledger.look.distinct("language") == ["en", "uk"]


def test_a_story_is_found_in_both_directions(ledger: Ledger) -> None:
    link = Link(url="https://a.test/1", label=Label.MORE_ABOUT)
    other = Link(url="https://a.test/1", label=Label.LATEST)
    store(ledger, article("1"), article("2", links=(link,)), article("3", links=(other,)))
    ids = {row.key: row.id for row in ledger.look.wire()}
    assert [(shown.article_id, shown.url) for shown in ledger.look.links_of([ids["2"]])] == [(ids["2"], link.url)]
    assert [(there.key, shown) for there, shown in ledger.look.links_to([ids["1"]])] == [("2", ids["1"])]
    assert ledger.look.named([("demo", "1"), ("demo", "none")])["demo", "1"].id == ids["1"]


def test_hosts_are_listed_by_name_with_what_waits_and_why_they_rest(ledger: Ledger) -> None:
    ledger.admit([candidate("1"), candidate("2"), candidate("3", host="b.test")])
    turns = ledger.lease("w", urls=9, hosts=9, per_host=1, hold=60.0, lease=60.0)
    ledger.release("w", [HostReport(turn.host, 30.0, 6, reason="timeout") for turn in turns if turn.host == "a.test"])
    a, b = ledger.look.hosts()
    assert (a.name, a.waiting, a.failures, a.reason) == ("a.test", 1, 6, "timeout")
    assert (b.name, b.waiting, b.reason) == ("b.test", 0, None)
    assert b.held_until is not None
    assert [host.name for host in ledger.look.hosts(troubled=True)] == ["a.test"]
    assert [host.name for host in ledger.look.hosts(after="a.test")] == ["b.test"]


def test_the_delay_of_a_host_is_the_one_in_force_by_now(ledger: Ledger) -> None:
    ledger.put_site("demo", "demo", settings={"delay": 2.0})
    ledger.admit([candidate("1")])
    (turn,) = ledger.lease("w", urls=1, hosts=1, per_host=1, hold=60.0, lease=60.0)
    ledger.release("w", [HostReport(turn.host, 30.0, slowdowns=2)])
    assert ledger.look.hosts()[0].delay == 8.0
    ledger.put_site("demo", "demo", settings={"delay": 3.0})
    assert ledger.look.hosts()[0].delay == 12.0


def test_a_site_tells_lag_fill_and_freshness(ledger: Ledger, clock: Clock) -> None:
    published = Moment(at="2026-03-01T10:00:00Z", text="10:00")
    clock.now = published.at.timestamp() + 100.0
    store(ledger, article("1", published=published, tags=("#A",)), article("2", published=published))
    clock.now += 7.0
    figures = ledger.look.sites({"demo": ["https://a.test/rss"]})["demo"]
    assert (figures.lag, figures.lag_most, figures.article_age) == (100.0, 100.0, 7.0)
    assert (figures.looked_at, figures.filled["tags"], figures.filled["headline"]) == (2, 1, 2)
    assert figures.last_listing_age is None


def test_what_many_sites_tell_costs_as_few_statements_as_what_one_does(ledger: Ledger) -> None:
    names = [f"site-{number:02}" for number in range(20)]
    for name in names:
        ledger.put_site(name, "", [f"{name}.test"])
        store(ledger, *(article(str(n)).model_copy(update={"site": name}) for n in range(3)))
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(ledger._database.engine, "before_cursor_execute", note)
    try:
        first = ledger.look.sites(dict.fromkeys(names, ()))
        statements = [statement for statement in asked if statement.startswith("SELECT")]
        asked.clear()
        again = ledger.look.sites(dict.fromkeys(names, ()))
    finally:
        event.remove(ledger._database.engine, "before_cursor_execute", note)
    assert len([statement for statement in statements if " FROM " in statement]) <= 5
    assert not [statement for statement in asked if "document" in statement], "what is known is not read again"
    assert {name: (look.looked_at, look.filled["headline"]) for name, look in first.items()} == dict.fromkeys(
        names, (3, 3)
    )
    assert [look.filled for look in again.values()] == [look.filled for look in first.values()]


def test_a_document_that_was_read_again_is_looked_at_anew(ledger: Ledger) -> None:
    store(ledger, article("1"))
    assert ledger.look.sites({"demo": ()})["demo"].filled["tags"] == 0
    store(ledger, article("1", tags=("#A",)), fetched_at=2_000.0)
    assert ledger.look.sites({"demo": ()})["demo"].filled["tags"] == 1


def test_what_waits_again_is_told_by_what_went_wrong(ledger: Ledger) -> None:
    ledger.admit([candidate("1"), candidate("2")])
    [turn] = ledger.lease("w", urls=1, hosts=1, per_host=1, hold=60.0, lease=60.0)
    lease = turn.leases[0]
    ledger.settle([Outcome(lease.id, lease.visit, State.WAITING, "timeout", retry_in=5.0)])
    assert ledger.look.waiting_again() == {"timeout": 1}


def test_a_page_is_kept_for_each_content_and_thrown_away_in_time(ledger: Ledger, clock: Clock) -> None:
    pages = [KeptPage("demo", "1", content, "https://a.test/1", "text/html", 1.0, content.encode()) for content in "ab"]
    ledger.keep_pages(pages)
    ledger.keep_pages([KeptPage("demo", "1", "b", "https://a.test/1", "text/html", 2.0, b"\x00newer")])
    kept = ledger.look.page("demo", "1", "b")
    assert kept is not None
    assert (kept.fetched_at, kept.body) == (2.0, b"\x00newer")
    assert ledger.look.kept({("demo", "1"), ("demo", "2"), ("other", "1")}) == {("demo", "1", "a"), ("demo", "1", "b")}
    clock.now += 10.0
    assert ledger.throw_pages_away(60.0) == 0
    assert ledger.throw_pages_away(5.0) == 2
    assert ledger.look.page("demo", "1", "b") is None


def test_parked_urls_come_page_by_page(ledger: Ledger) -> None:
    ledger.admit([candidate(str(number)) for number in range(5)])
    [turn] = ledger.lease("w", urls=5, hosts=1, per_host=5, hold=60.0, lease=60.0)
    ledger.settle([Outcome(lease.id, lease.visit, State.PARKED, "layout-changed") for lease in turn.leases])
    first = ledger.parked(reason="layout-changed", limit=3)
    rest = ledger.parked(reason="layout-changed", limit=3, after=first[-1].id)
    assert len({row.id for row in (*first, *rest)}) == 5
    assert ledger.parked(reason="other") == []
