"""Paths that lead to no article are followed no further, and only those."""

from __future__ import annotations

import pytest
from test_variants import SITE, article, reading

from workers.core.link import Kind, Label, Link
from workers.core.work import State
from workers.sites.site import Site
from workers.stages.discover import Goals, Reach, candidates_of
from workers.stages.reading import Reading

HOME = "https://news.example"


def page(path: str, *, is_article: bool = False, links: tuple[str, ...] = ()) -> Reading:
    """What came of a page at this path, with the links that it showed."""
    found = reading(article(HOME + path, HOME + path))
    shown = tuple(Link(url=HOME + link, label=Label.LISTING) for link in links)
    ended = {"article": None, "state": State.SKIPPED, "reason": "not-an-article", "links": shown}
    lease = found.lease.model_copy(update={"url": HOME + path, "depth": 1})
    return found.model_copy(update={"lease": lease} if is_article else {"lease": lease, **ended})


def followed(goals: Goals, *links: str, site: Site = SITE) -> list[str]:
    found = candidates_of(page("/?x=1", links=links), lambda _: site, site, Reach(20), 1.7e9, goals)
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
