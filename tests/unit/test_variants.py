"""Variants: which canonical address is trusted, and what becomes of a page that names another one than its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from workers.core.article import Article, Block
from workers.core.link import Kind, Label, Link
from workers.core.work import Lease, State
from workers.sites.known import any_site
from workers.sites.site import Scope, Site, listing, url_id
from workers.stages.discover import Reach, candidates_of
from workers.stages.reading import Reading
from workers.stages.variants import original_of, told_apart, without_deleted

SITE = any_site("https://news.example/").replace(hosts=("news.example", "www.news.example"))
ORIGINAL = "https://news.example/story/ferry-sails-again"
PRINT = "https://news.example/print/17"
BOX = Link(url="https://news.example/story/harbour", label=Label.MORE_ABOUT)
Name = tuple[str, str]


def article(url: str, told: str | None, *, site: Site = SITE, text: str = "The ferry sails again.") -> Article:
    return Article(
        site=site.name, key=site.identity(url), url=url, canonical_url=told, headline="Ferry sails again",
        body=(Block(text=text),), links=(BOX,),
    )  # fmt: skip


def reading(of: Article, asked: str = "") -> Reading:
    url = asked or of.url
    lease = Lease(
        id=1, site=SITE.name, key=SITE.identity(url), url=url, host="news.example", kind=Kind.PAGE,
        label=Label.LATEST, depth=1, visit=1, attempt=1,
    )  # fmt: skip
    return Reading(lease=lease, page_url=of.url, fetched_at=0.0, status=200, state=State.STORED, article=of)


def ended(*readings: Reading, stored: Collection[Article] = ()) -> tuple[Reading, ...]:
    """How the batch ends where these articles are stored."""
    known = {(each.site, each.key): each for each in stored}

    def standing(names: Collection[Name]) -> Mapping[Name, Article]:
        return {name: known[name] for name in names if name in known}

    return told_apart(readings, lambda name: SITE, standing)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"{ORIGINAL}?origin=4", ORIGINAL),
        (PRINT, ORIGINAL),
        (f"{ORIGINAL}/print", ORIGINAL),
        (f"{ORIGINAL}/amp/", ORIGINAL),
        (f"{ORIGINAL}/2", ORIGINAL),
        (f"{ORIGINAL}/story/library-reopens-at-last", ORIGINAL),
        (f"{ORIGINAL}/", ORIGINAL),
        ("https://www.news.example/print/17", ORIGINAL),
        (PRINT, "http://news.example/story/ferry-sails-again"),
    ],
)
def test_another_page_of_the_site_is_trusted(url: str, told: str) -> None:
    assert original_of(article(url, told), SITE) == ORIGINAL


@pytest.mark.parametrize("told", ["https://news.example/city", "https://news.example/city/old-town"])
def test_a_section_is_not_where_its_stories_are(told: str) -> None:
    assert original_of(article("https://news.example/city/old-town/17", told), SITE) is None


@pytest.mark.parametrize(
    "told",
    [
        None,
        PRINT,
        "http://news.example/print/17",
        "https://www.news.example/print/17",
        "https://news.example/",
        "https://news.example/print",
        "https://news.example/tag/print/",
        "https://agency.example/story/ferry-sails-again",
        "https://news.example/story/ferry-sails-again.jpg",
    ],
)
def test_itself_a_list_a_section_and_another_site_are_not(told: str | None) -> None:
    assert original_of(article(PRINT, told), SITE) is None


def test_a_site_that_knows_its_articles_better_goes_by_that() -> None:
    site = Site("ours", ("ours.example",), scope=Scope(articles=(r"/\d+$",)), identity=url_id(r"/(\d+)$"))
    assert original_of(article("https://ours.example/a/1", "https://ours.example/b/2", site=site), site) is None


def test_what_a_start_is_no_article_is_under() -> None:
    site = SITE.replace(starts=(listing("/story/ferry-sails-again"),))
    assert original_of(article(PRINT, ORIGINAL, site=site), site) is None


def test_a_batch_without_variants_asks_nothing() -> None:
    batch = (reading(article(ORIGINAL, ORIGINAL)), reading(article(PRINT, None)))

    def standing(_: Collection[Name]) -> Mapping[Name, Article]:
        raise AssertionError("asked for nothing")

    assert told_apart(batch, lambda name: SITE, standing) == batch


def test_a_variant_of_a_stored_story_ends_without_an_article_and_its_links() -> None:
    (one,) = ended(reading(article(PRINT, ORIGINAL)), stored=[article(ORIGINAL, ORIGINAL)])
    assert (one.article, one.state, one.reason, one.detail) == (None, State.SKIPPED, "duplicate", ORIGINAL)
    assert one.shown == ()


def test_another_story_under_the_named_address_changes_nothing() -> None:
    batch = reading(article(PRINT, ORIGINAL, text="The library has reopened after long repairs."))
    assert ended(batch, stored=[article(ORIGINAL, ORIGINAL)]) == (batch,)


def test_the_first_variant_is_stored_under_the_named_address_which_is_followed() -> None:
    (one,) = ended(reading(article(PRINT, ORIGINAL)))
    assert one.article is not None
    assert (one.article.key, one.article.url) == (ORIGINAL, PRINT)
    assert (one.state, one.reason, one.detail) == (State.SKIPPED, "duplicate", ORIGINAL)
    found = candidates_of(one, lambda url: None, SITE, Reach(9), 0.0)
    assert [candidate.url for candidate in found] == [ORIGINAL, BOX.url]


def test_two_variants_in_a_batch_are_one_article() -> None:
    first, second = ended(reading(article(PRINT, ORIGINAL)), reading(article(f"{ORIGINAL}?v=2", ORIGINAL)))
    assert first.article is not None
    assert second.article is None


def test_two_stories_that_name_one_address_are_two_articles() -> None:
    other = article("https://news.example/print/18", ORIGINAL, text="The library has reopened after long repairs.")
    first, second = ended(reading(article(PRINT, ORIGINAL)), reading(other))
    assert [each.article and each.article.key for each in (first, second)] == [ORIGINAL, other.key]


def test_the_page_itself_in_the_same_batch_is_what_its_variants_are_compared_with() -> None:
    variant, page = ended(reading(article(PRINT, ORIGINAL)), reading(article(ORIGINAL, ORIGINAL)))
    assert variant.article is None
    assert page.article is not None
    assert page.article.key == ORIGINAL


def test_what_it_gave_before_is_read_again() -> None:
    before = article(PRINT, ORIGINAL).model_copy(update={"key": ORIGINAL})
    (one,) = ended(reading(article(PRINT, ORIGINAL, text="Corrected.")), stored=[before])
    assert one.article is not None
    assert (one.article.key, one.article.text) == (ORIGINAL, "Corrected.")


def test_what_is_stored_under_its_own_address_stays_there() -> None:
    batch = reading(article(PRINT, ORIGINAL))
    assert ended(batch, stored=[article(PRINT, ORIGINAL)]) == (batch,)


@pytest.mark.parametrize("asked", [f"{ORIGINAL}/", ORIGINAL])
def test_a_page_that_differs_by_a_slash_is_not_asked_for_twice(asked: str) -> None:
    (one,) = ended(reading(article(f"{ORIGINAL}/", ORIGINAL), asked))
    assert one.article is not None
    assert (one.article.key, one.state, one.reason, one.links) == (ORIGINAL, State.STORED, None, ())


def test_a_deleted_story_does_not_come_back_by_another_address() -> None:
    own = SITE.identity(ORIGINAL)
    [first] = ended(reading(article(PRINT, ORIGINAL)))
    again, own_page, other = without_deleted(
        [first, reading(article(ORIGINAL, None)), reading(article("https://news.example/story/harbour", None))],
        lambda names: names & {(SITE.name, own)},  # type: ignore[operator]
    )
    assert (again.article, again.state, again.reason) == (None, State.SKIPPED, "deleted")
    assert BOX in again.links, "what it links to is news all the same"
    assert own_page.article is not None, "somebody asked for the page itself"
    assert other.article is not None
