"""Two pages of one site that tell one story, of which neither names the other's address."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from workers.core.article import Article, Block
from workers.core.link import Kind, Label
from workers.core.same import twin_number
from workers.core.work import Lease, State
from workers.sites.known import any_site
from workers.sites.site import Site, url_id
from workers.stages.parameters import Parameters
from workers.stages.reading import Reading
from workers.stages.twins import without_twins

SITE = any_site("https://news.example/")
FIRST, SECOND = "https://news.example/news/12-ferry", "https://news.example/component/article/12-ferry"
TEXT = " ".join(f"word{number}" for number in range(150))


def article(url: str, text: str = TEXT) -> Article:
    return Article(
        site=SITE.name, key=SITE.identity(url), url=url, headline="Ferry sails again", body=(Block(text=text),)
    )


def reading(url: str, *, asked: str = "", text: str = TEXT) -> Reading:
    asked = asked or url
    lease = Lease(
        id=1, site=SITE.name, key=SITE.identity(asked), url=asked, host="news.example", kind=Kind.PAGE,
        label=Label.LATEST, depth=1, visit=1, attempt=1,
    )  # fmt: skip
    made = article(url, text)
    return Reading(lease=lease, page_url=url, fetched_at=0.0, status=200, state=State.STORED, article=made)


def ended(*readings: Reading, stored: Collection[Article] = (), site: Site = SITE) -> list[str | None]:
    """The reasons with which the batch ends where these articles are stored."""

    def alike(numbers: Collection[tuple[str, int]]) -> Mapping[tuple[str, int], list[Article]]:
        found = {(each.site, twin_number(each)) for each in stored} & set(numbers)
        return {number: [each for each in stored if twin_number(each) == number[1]] for number in found}

    def standing(names: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Article]:
        return {(each.site, each.key): each for each in stored if (each.site, each.key) in names}

    return [each.reason for each in without_twins(readings, lambda name: site, alike, standing)]


def test_of_two_in_a_batch_the_second_is_a_duplicate() -> None:
    assert ended(reading(FIRST), reading(SECOND)) == [None, "duplicate"]


def test_what_is_stored_under_another_address_is_a_duplicate() -> None:
    assert ended(reading(SECOND), stored=[article(FIRST)]) == ["duplicate"]


def test_what_is_stored_under_its_own_address_stays() -> None:
    assert ended(reading(SECOND), stored=[article(FIRST), article(SECOND)]) == [None]
    assert ended(reading(FIRST), stored=[article(FIRST)]) == [None]


def test_what_has_moved_is_no_duplicate_of_itself() -> None:
    assert ended(reading(SECOND, asked=FIRST), stored=[article(FIRST)]) == [None]


def test_the_next_part_of_a_story_is_none() -> None:
    assert ended(reading(FIRST), reading(f"{FIRST}?page=2", text=TEXT.replace("word", "other"))) == [None, None]


def test_a_site_that_knows_its_stories_by_numbers_has_no_twins() -> None:
    numbered = SITE.replace(identity=url_id(r"/(\d+)-"))
    assert ended(reading(FIRST), reading(SECOND), site=numbered) == [None, None]


def test_parameters_that_both_addresses_have_and_that_differ_change_nothing() -> None:
    """A site that never shows a story without the address of the page that led to it."""
    parameters = Parameters()
    for number in range(3):
        story = f"https://news.example/story-{number}"
        batch = (
            reading(f"{story}?from={number}", text=f"{number} {TEXT}"),
            reading(f"{story}?from={number + 7}", text=f"{number} {TEXT}"),
        )
        for each in without_twins(batch, lambda name: SITE, lambda numbers: {}, lambda names: {}):
            parameters.learn(each, SITE)
    assert parameters.plain(SITE.name, "https://news.example/story-9?from=99") == "https://news.example/story-9"
