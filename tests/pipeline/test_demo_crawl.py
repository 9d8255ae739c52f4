"""The main job: one command crawls the demo site; every reachable article is stored once and every trap is handled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from crawls import Crawl, crawl
from timed_demo import TimedDemo
from witness import ARRIVALS

from workers.demo import TRAPS, DemoSite, Expected, Trap
from workers.ledger import ArticleFile, Ledger


@pytest.fixture(scope="module")
def demo() -> Iterator[TimedDemo]:
    with TimedDemo() as site:
        yield site


@pytest.fixture(scope="module")
def first(demo: DemoSite, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    return crawl(tmp_path_factory.mktemp("state"), demo.url)


@pytest.fixture(scope="module")
def ledger(first: Crawl) -> Iterator[Ledger]:
    ledger = first.ledger
    yield ledger
    ledger.close()


def stored(ledger: Ledger) -> dict[str, int]:
    """The id of every article, by its key."""
    rows = ledger.articles(limit=10_000)
    assert len({row.key for row in rows}) == len(rows), "each is stored once"
    return {row.key: row.id for row in rows}


def read(ledger: Ledger) -> dict[str, ArticleFile]:
    """Every article with its versions, by its key."""
    files = (ledger.article(row.id) for row in ledger.articles(limit=10_000))
    return {file.article.key: file for file in files if file is not None}


def test_every_reachable_article_is_stored_exactly_once(demo: DemoSite, first: Crawl, ledger: Ledger) -> None:
    assert first.code == 0, first.said
    assert stored(ledger).keys() == demo.truth().keys()
    assert first.summary["stored"] == len(demo.truth())


def test_nothing_is_left_open(ledger: Ledger) -> None:
    counts = ledger.status().sites["demo"]
    assert (counts.waiting, counts.leased) == (0, 0)


def differences(expected: Expected, file: ArticleFile) -> dict[str, tuple[object, object]]:
    article = file.article
    image = article.image
    pairs = {
        "headline": (expected.headline, article.headline),
        "paragraphs": (expected.paragraphs, tuple(b.text for b in article.body if b.text != "(Updated)")),
        "tags": (expected.tags, article.tags),
        "section": (expected.section_label, article.section),
        "language": (expected.language, article.language),
        "published": (expected.published, article.published and article.published.at),
        "event": (expected.event, article.event and article.event.at),
        "minutes": (expected.minutes, article.reading_minutes),
        "image": (expected.image_url, image and image.url),
        "credit": (expected.credit, image and image.credit),
        "corrected": (expected.corrected, article.corrected),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def test_every_field_of_every_article_is_right(demo: DemoSite, ledger: Ledger) -> None:
    found = read(ledger)
    wrong = {key: differences(expected, found[key]) for key, expected in demo.truth().items() if key in found}
    assert {key: diff for key, diff in wrong.items() if diff} == {}


@pytest.mark.parametrize("name", [trap.name for trap in TRAPS])
def test_each_trap_ends_as_its_table_says(name: str, demo: DemoSite, ledger: Ledger) -> None:
    trap = next(trap for trap in demo.traps() if trap.name == name)
    if "bounded" in trap.fates:
        return  # that the crawl ended is the proof; `test_nothing_is_left_open` holds it
    assert fate(trap, ledger) in trap.fates
    if trap.stored:
        assert trap.stored in stored(ledger)


def fate(trap: Trap, ledger: Ledger) -> str:
    url = trap.url.partition("?")[0]
    rows = [trace.row for trace in ledger.trace(url)] or [trace.row for trace in ledger.trace(f"id:{trap.id}")]
    assert rows, f"the ledger does not know {url}"
    state, reason = rows[0]["state"], rows[0]["reason"]
    return state if state == "stored" else f"{state}:{reason}"


def test_the_corrected_article_has_two_versions(ledger: Ledger) -> None:
    corrected = ledger.article(stored(ledger)["id:1090003"])
    assert corrected is not None and len(corrected.versions) == 2


@pytest.mark.skipif(ARRIVALS is None, reason="only Linux tells when a request arrived")
def test_no_host_was_asked_faster_than_its_crawl_delay(demo: TimedDemo, first: Crawl) -> None:
    gaps = demo.gaps()
    assert sum(map(len, gaps.values())) >= len(demo.requests) - len(gaps)
    assert {host: min(of) for host, of in gaps.items() if min(of) < 0.05} == {}


def test_never_asked_what_must_not_be_asked(demo: DemoSite, first: Crawl) -> None:
    targets = [asked.target for asked in demo.requests]
    assert not [target for target in targets if "/drafts/" in target or "utm_" in target]
    assert {asked.host for asked in demo.requests} == {host.partition(":")[0] for host in demo.hosts}


def test_an_article_is_asked_for_once_and_once_more_when_it_may_have_changed(demo: DemoSite, first: Crawl) -> None:
    asks = Counter((asked.host, asked.target) for asked in demo.requests if "/news/" in asked.target)
    assert max(asks.values()) <= 4, asks.most_common(5)


def test_a_second_crawl_stores_nothing_twice_and_asks_conditionally(
    demo: DemoSite, first: Crawl, ledger: Ledger
) -> None:
    before = {key: len(file.versions) for key, file in read(ledger).items()}
    asked_before = len(demo.requests)
    again = crawl(first.state, demo.url, "--revisit")
    assert again.code == 0, again.said
    assert again.summary["stored"] == 0
    assert {key: len(file.versions) for key, file in read(ledger).items()} == before
    asked = [a for a in demo.requests[asked_before:] if urlsplit(a.target).path != "/robots.txt"]
    plain = [a.target for a in asked if "if-none-match" not in a.headers and "if-modified-since" not in a.headers]
    assert plain == []
    assert sum(a.status == 304 for a in asked) >= 300
