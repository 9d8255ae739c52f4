"""Articles that are deleted: nothing of their texts is left, and nothing brings them back by itself."""

from __future__ import annotations

from making import Clock, admit, candidate, lease, release
from sqlalchemy import func, select

from workers.core import metric
from workers.core.article import Article, Block
from workers.core.link import Label, Link
from workers.core.work import Outcome, State
from workers.figures import of_ledger
from workers.ledger import Intake, KeptPage, Ledger, Removed, Which
from workers.ledger.removal import BATCH
from workers.ledger.schema import articles, bands, copies, links, pages, tags, versions

TABLES = (articles, bands, copies, links, pages, tags, versions)
TEXT = " ".join(f"The harbour was measured {n} times before the winter and nobody said why." for n in range(20))


def article(key: str, text: str = TEXT) -> Article:
    more = {
        "headline": f"Secret {key}",
        "tags": ("SECRET",),
        "links": (Link(url="https://a.test/9", label=Label.LATEST),),
    }
    return Article(site="demo", key=key, url=f"https://a.test/{key}", body=(Block(text=text),), **more)


def store(ledger: Ledger, *keys: str) -> None:
    """Fetch these pages and store their articles, each with a second version and its page."""
    admit(ledger, *keys)
    leases = lease(ledger)
    for moment, ending in enumerate(("", " It was corrected.")):
        ledger.commit([Intake(article(one.key, TEXT + one.key + ending), one.url, 1_000.0 + moment) for one in leases])
    settled = [Outcome(one.id, one.visit, State.STORED, etag='"1"', revisit_in=60.0) for one in leases]
    ledger.settle(settled)
    ledger.keep_pages([KeptPage("demo", one.key, "h", one.url, "text/html", 1.0, b"secret") for one in leases])
    release(ledger)


def rows(ledger: Ledger) -> dict[str, int]:
    def count(tx: object) -> dict[str, int]:
        return {t.name: tx.all(select(func.count().label("n")).select_from(t))[0].n for t in TABLES}  # type: ignore[attr-defined]

    return ledger._database.read(count)


def ids(ledger: Ledger) -> dict[str, int]:
    return {row.key: row.id for row in ledger.articles(limit=1_000)}


def test_nothing_of_a_deleted_article_is_left(ledger: Ledger) -> None:
    store(ledger, "1")
    assert all(rows(ledger).values()), "else the test tests nothing"
    assert ledger.delete_articles(ids(ledger).values()) == Removed(1, 0)
    assert not any(rows(ledger).values())
    assert ledger.articles(Which(query="harbour")) == []
    assert ledger.article("1") is None
    assert ledger.delete_articles([1]) == Removed(0, 0), "deleting twice is no fault"


def test_its_url_is_settled_and_comes_back_only_when_somebody_asks(ledger: Ledger, clock: Clock) -> None:
    store(ledger, "1", "2")
    ledger.delete_articles([ids(ledger)["1"]])
    clock.pass_(400 * 86_400)
    ledger.revisit()
    admit(ledger, "1")
    ledger.make_articles_due("demo")
    ledger.replay()
    assert [one.key for one in lease(ledger)] == ["2"]
    [trace] = ledger.trace("1")
    assert (trace.row["state"], trace.row["reason"]) == ("skipped", "deleted")
    assert (trace.row["etag"], trace.row["headline"]) == (None, None)
    assert trace.journey[-1].what == "deleted"


def test_the_ledger_knows_what_was_deleted_until_somebody_asks_for_it(ledger: Ledger) -> None:
    store(ledger, "1", "2")
    ledger.delete_articles([ids(ledger)["1"]])
    names = [("demo", "1"), ("demo", "2"), ("demo", "3")]
    assert ledger.deleted(names) == {("demo", "1")}
    ledger.ask([candidate("1")])
    assert ledger.deleted(names) == set()


def test_what_was_only_met_at_another_address_is_known_as_deleted_too(ledger: Ledger) -> None:
    admit(ledger, "print")
    [one] = lease(ledger)
    ledger.commit([Intake(article("1"), one.url, 1_000.0)], [Outcome(one.id, one.visit, State.SKIPPED, "duplicate")])
    release(ledger)
    assert ledger.delete_articles(ids(ledger).values()) == Removed(1, 0)
    assert ledger.deleted([("demo", "1")]) == {("demo", "1")}
    admit(ledger, "1")
    assert lease(ledger) == [], "a link to it does not bring it back"


def test_one_that_waits_to_be_read_again_waits_no_more(ledger: Ledger, clock: Clock) -> None:
    store(ledger, "1")
    clock.pass_(3_600)
    assert ledger.revisit() == 1
    assert ledger.delete_articles(ids(ledger).values()) == Removed(1, 0)
    assert lease(ledger) == []
    assert ledger.status().hosts_ready == 0


def test_one_that_is_on_its_way_is_left_and_told(ledger: Ledger, clock: Clock) -> None:
    store(ledger, "1", "2")
    clock.pass_(3_600)
    ledger.revisit()
    [one] = lease(ledger, urls=1, per_host=1)
    assert ledger.delete_articles(ids(ledger).values()) == Removed(1, 1)
    assert set(ids(ledger)) == {one.key}


def test_no_number_is_given_twice(ledger: Ledger) -> None:
    store(ledger, "1", "2")
    newest, head = max(ids(ledger).values()), ledger.look.head()
    ledger.delete_articles(ids(ledger).values())
    store(ledger, "3")
    assert ids(ledger)["3"] > newest, "whoever kept the address of the deleted one is not shown another"
    assert {row.key for row in ledger.look.news(Which(), after=head)} == {"3"}, "whoever follows the wire is told of it"


def test_figures_go_down_where_they_say_what_is_there_and_counters_do_not(ledger: Ledger) -> None:
    store(ledger, "1", "2")
    before = {f.metric.name: f.values for f in of_ledger(ledger.figures())}
    ledger.delete_articles([ids(ledger)["1"]])
    total = ledger.status().total
    assert (total.articles, total.versions, total.skipped) == (1, 2, {"deleted": 1})
    after = {f.metric.name: f.values for f in of_ledger(ledger.figures())}
    counters = [metric.ARTICLES.name, metric.VERSIONS.name]
    assert [after[name] for name in counters] == [before[name] for name in counters]


def test_another_copy_of_its_text_stays_and_is_found(ledger: Ledger) -> None:
    store(ledger, "1", "2")
    first, second = (ids(ledger)[key] for key in ("1", "2"))
    ledger.delete_articles([first])
    store(ledger, "3")
    assert {row.key: row.copies for row in ledger.articles()} == {"3": 2, "2": 2}
    assert second in {row.id for row in ledger.articles()}


def test_what_is_old_is_pruned_in_batches(ledger: Ledger, clock: Clock) -> None:
    admit(ledger, *(str(n) for n in range(BATCH + 5)))
    ledger.commit([Intake(article(str(n), f"{n}"), f"https://a.test/{n}", 1.0) for n in range(BATCH + 5)])
    clock.pass_(86_400)
    ledger.commit([Intake(article("new", "new"), "https://a.test/new", 2.0)])
    before = clock.now - 3_600
    assert ledger.older_articles(before) == BATCH + 5
    assert ledger.prune_articles(before) == Removed(BATCH + 5, 0)
    assert list(ids(ledger)) == ["new"]
    assert ledger.prune_articles(before) == Removed(0, 0)
    assert lease(ledger, urls=1_000, per_host=1_000) == []
