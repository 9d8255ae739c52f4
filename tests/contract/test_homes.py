"""An article that a page's word has put under the wrong address gives way to the one that is read there."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from making import admit, article, lease, outcome, row_of, states

from workers.core.article import Article
from workers.core.work import State
from workers.ledger import Intake, KeptPage, Ledger

FERRY, LIBRARY = "The ferry sails again after a long winter.", "The library has reopened with new rooms."


def key_of(url: str) -> str:
    """As of a site that knows its pages by their addresses, which are short here."""
    return url.rpartition("/")[2]


def read(at: str, text: str, named: str = "", *, fetched_at: float = 100.0) -> Intake:
    """A page at this address, that named another one if so."""
    made = article(named or at, text, url=f"https://a.test/{at}", headline=f"On {text}")
    return Intake(made, made.url, fetched_at, key_of)


def stored(ledger: Ledger) -> dict[str, list[str]]:
    """The texts of the versions of every article, by key."""
    files = [file for row in ledger.articles() if (file := ledger.article(row.id))]
    assert all(file.article.key == file.row.key for file in files)
    assert all(version.article.key == file.row.key for file in files for version in file.versions)
    return {file.row.key: [version.article.text for version in file.versions] for file in files}


def current(ledger: Ledger, key: str) -> Article:
    found = ledger.article(key)
    assert found is not None
    return found.article


def test_another_story_at_the_named_address_parts_the_two(ledger: Ledger) -> None:
    first = ledger.commit([read("b", LIBRARY, "a")])
    later = ledger.commit([read("a", FERRY, fetched_at=200.0)])
    assert stored(ledger) == {"a": [FERRY], "b": [LIBRARY]}
    assert [one.key for one in later.stored] == ["a"]
    assert ledger.article(first.stored[0].id) == ledger.article("b"), "it is the same article as before"
    assert ledger.status().sites["demo"].articles == 2


def test_the_one_that_was_under_a_wrong_name_is_visited_again(ledger: Ledger) -> None:
    admit(ledger, "a", "b")
    by_key = {one.key: one for one in lease(ledger)}
    ledger.commit([read("b", LIBRARY, "a")], [outcome(by_key["b"], State.SKIPPED, reason="duplicate")])
    assert states(ledger) == {"a": "leased", "b": "skipped"}
    ledger.commit([read("a", FERRY, fetched_at=200.0)], [outcome(by_key["a"])])
    assert states(ledger) == {"a": "stored", "b": "waiting"}
    assert row_of(ledger, "b")["visit"] == 2


def test_the_same_story_at_the_named_address_is_that_article(ledger: Ledger) -> None:
    ledger.commit([read("b", FERRY, "a")])
    committed = ledger.commit([read("a", FERRY, fetched_at=200.0)])
    assert stored(ledger) == {"a": [FERRY]}
    assert [one.key for one in committed.unchanged] == ["a"]
    assert current(ledger, "a").url == "https://a.test/a"


@pytest.mark.parametrize("fetched_at", [50.0, 200.0])
def test_a_variant_that_comes_late_changes_nothing(ledger: Ledger, fetched_at: float) -> None:
    """Another worker has stored the page itself in the meantime."""
    ledger.commit([read("a", FERRY)])
    admit(ledger, "b")
    (one,) = lease(ledger)
    print_view = f"{FERRY} Printed."
    late = read("b", FERRY, "a", fetched_at=fetched_at)
    late = replace(late, article=late.article.model_copy(update={"body": article("a", print_view).body}))
    committed = ledger.commit([late], [outcome(one, State.SKIPPED, reason="duplicate")])
    assert stored(ledger) == {"a": [FERRY]}
    assert (committed.stored, committed.updated) == ((), ())
    assert states(ledger) == {"b": "skipped"}


def test_another_story_that_comes_late_is_stored_under_its_own_address(ledger: Ledger) -> None:
    ledger.commit([read("a", FERRY)])
    admit(ledger, "b")
    (one,) = lease(ledger)
    ledger.commit([read("b", LIBRARY, "a")], [outcome(one, State.SKIPPED, reason="duplicate")])
    assert stored(ledger) == {"a": [FERRY], "b": [LIBRARY]}
    assert states(ledger) == {"b": "waiting"}, "its links have not been followed"


@pytest.mark.parametrize("order", list(permutations([("a", FERRY), ("b", LIBRARY), ("c", "A third story.")])))
@pytest.mark.parametrize("at_once", [False, True])
def test_stories_that_name_one_address_are_all_stored_in_whatever_order(
    ledger: Ledger, order: tuple[tuple[str, str], ...], at_once: bool
) -> None:
    pages = [read(at, text, "a", fetched_at=100.0 + n) for n, (at, text) in enumerate(order)]
    first, *later = pages
    ledger.commit([first])
    for batch in [later] if at_once else [[each] for each in later]:
        ledger.commit(batch)
    assert stored(ledger) == {"a": [FERRY], "b": [LIBRARY], "c": ["A third story."]}


def test_where_it_is_stored_under_its_own_address_already_nothing_is_moved(ledger: Ledger) -> None:
    ledger.commit([read("b", LIBRARY)])
    ledger.commit([read("b", LIBRARY, "a")])
    ledger.commit([read("a", FERRY, fetched_at=200.0)])
    assert current(ledger, "a").text == FERRY
    assert current(ledger, "b").text == LIBRARY


def test_what_was_stored_under_an_address_of_its_own_is_read_again(ledger: Ledger) -> None:
    ledger.commit([read("b", FERRY, "a")])
    committed = ledger.commit([read("b", f"{FERRY} Corrected.", "a", fetched_at=200.0)])
    assert [one.key for one in committed.updated] == ["a"]


def test_its_kept_page_goes_along(ledger: Ledger) -> None:
    page = read("b", LIBRARY, "a")
    ledger.commit([page])
    content = page.article.content_hash
    ledger.keep_pages([KeptPage("demo", "a", content, page.asked, "text/html", 100.0, b"<html>")])
    ledger.commit([read("a", FERRY, fetched_at=200.0)])
    assert ledger.look.kept({("demo", "a"), ("demo", "b")}) == {("demo", "b", content)}


def test_the_same_hosts_in_another_order_keep_theirs(ledger: Ledger) -> None:
    """By the first a site knows its articles: asked for under its other name it must not forget them."""
    ledger.put_site("s", "", ["s.test", "www.s.test"])
    ledger.put_site("s", "", ["www.s.test", "s.test"])
    assert ledger.site("s").hosts == ("s.test", "www.s.test")
    ledger.put_site("s", "", ["www.s.test"])
    assert ledger.site("s").hosts == ("www.s.test",)
