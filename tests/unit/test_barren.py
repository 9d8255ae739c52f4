"""Paths that lead to no article are followed no further, and only those."""

from __future__ import annotations

import pytest
from test_variants import SITE, article, reading

from workers.core.link import Kind, Label, Link
from workers.core.seconds import DAY
from workers.core.work import State
from workers.sites.site import Site
from workers.stages.discover import Goals, Reach, candidates_of
from workers.stages.reading import Reading

HOME = "https://news.example"
HEADLINE = "The ferry of the town sails once more"


def page(
    path: str, *, is_article: bool = False, links: tuple[str, ...] = (), reason: str = "not-an-article", at: float = 0
) -> Reading:
    """What came of a page at this path, with the links that it showed."""
    found = reading(article(HOME + path, HOME + path)).model_copy(update={"fetched_at": at})
    shown = tuple(Link(url=HOME + link, label=Label.LISTING, headline=HEADLINE) for link in links)
    ended = {"article": None, "state": State.SKIPPED, "reason": reason, "links": shown}
    lease = found.lease.model_copy(update={"url": HOME + path, "depth": 1})
    return found.model_copy(update={"lease": lease} if is_article else {"lease": lease, **ended})


def followed(goals: Goals, *links: str, site: Site = SITE, label: Label = Label.LISTING) -> list[str]:
    shown = tuple(Link(url=HOME + link, label=label) for link in links)
    found = candidates_of(
        page("/?x=1").model_copy(update={"links": shown}), lambda _: site, site, Reach(20), 1.7e9, goals
    )
    return [candidate.url.removeprefix(HOME) for candidate in found]


def taught(*readings: Reading, site: Site = SITE) -> Goals:
    goals = Goals()
    for each in readings:
        goals.learn(each, site)
    return goals


FACETS = [page(f"/find?region={number}") for number in range(60)]


@pytest.mark.parametrize(
    ("readings", "link", "is_followed"),
    [
        (FACETS, "/find?region=99&topic=7", False),
        (FACETS[:40], "/find?region=99", True),
        (FACETS, "/find", True),
        (FACETS, "/story?region=99", True),
        ([*FACETS, page("/find?id=7", is_article=True)], "/find?region=99", True),
        ([page("/find?id=7", is_article=True), *FACETS], "/find?region=99", True),
        ([page(f"/events/2026-10-{day}/") for day in range(10, 70)], "/events/2027-01-01/", False),
        ([page(f"/region-{chr(97 + n % 26)}{n // 26 * 'x'}/") for n in range(60)], "/region-zz/", True),
    ],
)
def test_after_fifty_pages_in_vain_a_space_without_end_is_left(
    readings: list[Reading], link: str, is_followed: bool
) -> None:
    goals = taught(*readings)
    assert followed(goals, link) == ([link] if is_followed else [])


def test_what_was_followed_before_is_not_remembered_as_such() -> None:
    goals = taught(*FACETS[:49])
    assert followed(goals, "/find?region=99") == ["/find?region=99"]
    goals.learn(FACETS[50], SITE)
    assert followed(goals, "/find?region=99") == []


def test_what_is_learned_stays_when_sites_are_read_anew() -> None:
    assert followed(Goals(taught(*FACETS)), "/find?region=99") == []


def test_the_next_page_of_a_barren_list_is_left_out_too() -> None:
    following = Link(url=f"{HOME}/find?region=1&page=2", label=Label.LISTING, kind=Kind.LISTING)
    shown = page("/find?region=1").model_copy(update={"links": (following,)})
    for goals, number in ((taught(*FACETS), 0), (Goals(), 1)):
        assert len(list(candidates_of(shown, lambda _: SITE, SITE, Reach(20), 1.7e9, goals))) == number


def test_lists_that_lead_to_stories_are_none_of_a_space_without_end() -> None:
    by_path = [page(f"/news?town={n}", links=(f"/2026/the-mill-of-town-{n}-opens",)) for n in range(70)]
    by_query = [page(f"/news?town={n}", links=(f"/news?town={n}&story={n}",)) for n in range(70)]
    for lists in (by_path, by_query):
        assert followed(taught(*lists), "/news?town=99") == ["/news?town=99"]


def test_what_was_shown_before_or_is_known_to_be_no_story_leads_to_none() -> None:
    known = [page(f"/find?region={n}", links=("/2026/the-mill-of-the-town-opens",)) for n in range(60)]
    offers = [page("/offer-7"), *(page(f"/find?region={n}", links=(f"/offer-{n}",)) for n in range(60))]
    for pages in (known, offers):
        assert followed(taught(*pages), "/find?region=99") == []


def test_in_a_space_without_end_a_headline_with_a_parameter_of_its_own_is_followed() -> None:
    goals, story = taught(*FACETS), "/find?region=1&story=12"
    shown = page("/?x=1", links=(story, "/find?region=99"))
    found = candidates_of(shown, lambda _: SITE, SITE, Reach(20), 1.7e9, goals)
    assert [candidate.url for candidate in found] == [HOME + story]


def test_what_a_feed_names_is_followed_wherever_it_lies() -> None:
    assert followed(taught(*FACETS), "/find?region=99", label=Label.FEED) == ["/find?region=99"]


def test_days_without_text_are_pages_in_vain_and_stories_that_scripts_draw_are_none() -> None:
    days = [page(f"/events?on=2026-{n // 28 + 1:02}-{n % 28 + 1:02}", reason="incomplete") for n in range(60)]
    assert followed(taught(*days), "/events?on=2099-01-01") == []
    drawn = [page(f"/read?id={n}", reason="incomplete") for n in range(60)]
    assert followed(taught(*drawn), "/read?id=99") == ["/read?id=99"]


def test_a_day_later_one_more_page_of_a_space_is_read_as_a_story_may_stand_there_now() -> None:
    goals = taught(*FACETS, page("/", at=DAY + 1))
    assert followed(goals, "/find?region=99") == ["/find?region=99"]
    goals.learn(page("/find?region=98", at=DAY + 2), SITE)
    assert followed(goals, "/find?region=99") == []


def test_what_was_found_to_be_barren_is_told_once_and_so_is_what_turned_out_not_to_be() -> None:
    barren = taught(*FACETS).barren
    [found] = barren.turned()
    assert not barren.turned()
    assert (found.site, found.part, found.is_fruitful) == (SITE.name, "/find", False)
    told = [("/find?region=7", None), ("/find?region=7&story=12", HEADLINE), ("/found?region=7", None)]
    assert [found.has(HOME + url, headline) for url, headline in told] == [True, False, False]
    barren.learn(page("/find?region=7", is_article=True), SITE)
    assert [turned.is_fruitful for turned in barren.turned()] == [True]


def test_a_process_that_left_nothing_itself_brings_back_all_that_was_left_where_it_finds_a_story() -> None:
    """Another process may have, or this one before it was started again."""
    barren = taught(page("/find?id=7", is_article=True), page("/find?id=8", is_article=True)).barren
    [found] = barren.turned()
    told = [("/find?region=7", None), ("/find?region=7&story=12", HEADLINE), ("/found?region=7", None)]
    assert [found.has(HOME + url, headline) for url, headline in told] == [True, True, False]
