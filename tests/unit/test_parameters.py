"""Which parameters of a site change nothing, as its pages have shown."""

from __future__ import annotations

import pytest
from test_variants import SITE, article, reading

from workers.core.link import Kind, Label, Link
from workers.core.work import State
from workers.sites.site import Site, url_id
from workers.stages.discover import Goals, Reach, candidates_of
from workers.stages.parameters import Parameters
from workers.stages.reading import Reading

STORY = "https://news.example/story/"
NAMED = "https://news.example/story/the-ferry-of-the-town-{}"


def same(number: int, query: str, *, told: str = "") -> Reading:
    """A page that was found to be the one without the query."""
    url, original = f"{STORY}{number}?{query}", told or f"{STORY}{number}"
    ended = {"article": None, "state": State.SKIPPED, "reason": "duplicate", "detail": original}
    return reading(article(url, original)).model_copy(update=ended)


def learned(*readings: Reading, site: Site = SITE) -> Parameters:
    parameters = Parameters()
    for each in readings:
        parameters.learn(each, site)
    return parameters


def plain(parameters: Parameters, query: str) -> str:
    """What is left of the query."""
    return parameters.plain(SITE.name, f"{STORY}99?{query}").removeprefix(f"{STORY}99").removeprefix("?")


def test_a_parameter_with_many_values_is_learned_from_three_stories() -> None:
    seen = [same(number, f"origin={number}&place=2") for number in (1, 2, 3)]
    assert plain(learned(*seen[:2]), "origin=7&place=2") == "origin=7&place=2"
    assert plain(learned(*seen), "id=4&origin=7&place=2") == "id=4"
    assert plain(learned(*seen), "place=3") == "place=3", "another value may be another page"


def test_one_story_tells_nothing_of_the_others() -> None:
    assert plain(learned(*(same(1, f"page={page}") for page in range(9))), "page=2") == "page=2"


def test_the_first_page_is_the_story_and_the_second_is_not() -> None:
    parameters = learned(*(same(number, "page=1") for number in (1, 2, 3)))
    assert [plain(parameters, query) for query in ("page=1", "page=2")] == ["", "page=2"]


def test_a_parameter_that_an_address_of_its_own_has_is_kept() -> None:
    own = reading(article(f"{STORY}5?origin=5", f"{STORY}5?origin=5"))
    seen = [same(number, f"origin={number}") for number in (1, 2, 3)]
    assert plain(learned(own, *seen), "origin=7") == "origin=7"
    assert plain(learned(*seen, own), "origin=7") == "origin=7", "also where it is seen later"


def test_a_parameter_that_leads_to_another_story_is_kept() -> None:
    other = reading(article(f"{STORY}5?part=2", f"{STORY}5"))
    seen = [same(number, f"part={number + 4}") for number in (1, 2, 3)]
    assert plain(learned(*seen, other), "part=7") == "part=7"


def test_a_redirect_tells_it_too() -> None:
    seen = [reading(article(f"{STORY}{n}", None), asked=f"{STORY}{n}?from={n}") for n in (1, 2, 3)]
    assert plain(learned(*seen), "from=rss") == ""


def test_another_path_tells_nothing_of_parameters() -> None:
    seen = [same(n, f"id={n}", told=f"https://news.example/read/{n}") for n in (1, 2, 3)]
    assert plain(learned(*seen), "id=7") == "id=7"


def test_a_site_that_knows_its_articles_by_number_learns_nothing() -> None:
    site = SITE.replace(identity=url_id(r"/story/(\d+)"))
    assert plain(learned(*(same(n, f"o={n}") for n in (1, 2, 3)), site=site), "o=7") == "o=7"


def test_links_that_were_seen_before_lead_elsewhere_from_then_on() -> None:
    goals = Goals()

    def followed() -> list[str]:
        link = Link(url=f"{STORY}7?origin=9", label=Label.MORE_ABOUT)
        page = reading(article(f"{STORY}6", None).model_copy(update={"links": (link,)}))
        return [found.key for found in candidates_of(page, lambda url: None, SITE, Reach(9), 0.0, goals)]

    assert followed() == [f"{STORY}7?origin=9"]
    for number in (1, 2, 3):
        assert list(candidates_of(same(number, f"origin={number}"), lambda url: None, SITE, Reach(9), 0.0, goals)) == []
    assert followed() == [f"{STORY}7"]


def test_what_is_remembered_is_bounded() -> None:
    parameters = Parameters()
    for number in range(Parameters.MOST_OF_SITE + 50):
        parameters.learn(same(number, f"a={number}&b{number}=1"), SITE)
    assert len(parameters._lessons[SITE.name]) <= Parameters.MOST_OF_SITE
    for number in range(Parameters.MOST_SITES + 10):
        parameters.learn(same(1, "a=1"), SITE.replace(name=f"site{number}"))
    assert max(map(len, (parameters._lessons, parameters._kept, parameters._dropped))) <= Parameters.MOST_SITES


def first(number: int, query: str, text: str = "The ferry sails again.") -> Reading:
    """A page that names another address as its own, before that has been read."""
    url, original = f"{STORY}{number}?{query}", f"{STORY}{number}"
    read = reading(article(url, original, text=text))
    return read.model_copy(update={"state": State.SKIPPED, "reason": "duplicate", "detail": original})


def test_what_is_read_first_teaches_when_the_address_that_it_names_is_read() -> None:
    variants = [first(number, f"box={number}") for number in (1, 2, 3)]
    originals = [reading(article(f"{STORY}{number}", None)) for number in (1, 2, 3)]
    assert plain(learned(*variants), "box=9") == "box=9", "what a page says of itself is not believed"
    assert plain(learned(*variants, *originals), "box=9") == ""


def test_what_says_another_thing_than_the_address_that_it_names_teaches_nothing() -> None:
    variants = [first(number, f"part={number}", "Another part of the story.") for number in (1, 2, 3)]
    originals = [reading(article(f"{STORY}{number}", None)) for number in (1, 2, 3)]
    assert plain(learned(*variants, *originals), "part=9") == "part=9"


def test_what_named_stories_teach_is_not_taken_from_stories_that_only_a_number_names() -> None:
    parameters = learned(*(same(number, f"id={number}") for number in (1, 2, 3)))
    for url in (
        "https://news.example/index.php?id=55",
        "https://news.example/?id=56",
        "https://news.example/news?id=57",
        "https://news.example/news?id=top",  # the section of that name
    ):
        assert parameters.plain(SITE.name, url) == url
    assert plain(parameters, "id=57") == ""


def test_lists_are_told_by_the_parameter_that_tells_behind_a_story_in_which_of_them_it_stood() -> None:
    goals, sections = Goals(), ("water", "roads", "schools")
    front = [(f"{NAMED.format(n)}?in={section}", headline(n)) for section in sections for n in (1, 2, 3)]
    ended = {"article": None, "state": State.SKIPPED, "reason": "listing"}
    lists = [
        Link(url="https://news.example/archive?in=water", label=Label.LISTING, headline="All that we know of water"),
        Link(url="https://news.example/page/2?in=water", label=Label.LISTING, kind=Kind.LISTING),
    ]
    for links in (shown(*front), lists):
        page = reading(article("https://news.example/", None)).model_copy(update=ended | {"links": tuple(links)})
        found = [each.url for each in candidates_of(page, lambda _: SITE, SITE, Reach(20), 1.7e9, goals)]
    assert found == [link.url for link in lists]
    assert plain(goals.parameters, "in=water") == ""


def test_nothing_is_taken_from_an_address_that_is_sealed() -> None:
    parameters = learned(*(same(number, f"back={number}") for number in (1, 2, 3)))
    assert [plain(parameters, query) for query in ("back=7", "back=7&cHash=0af3")] == ["", "back=7&cHash=0af3"]


def shown(*links: tuple[str, str]) -> list[Link]:
    return [Link(url=url, label=Label.LISTING, headline=headline) for url, headline in links]


def headline(number: int) -> str:
    return f"The ferry of the town sails for the {number}th time"


def test_two_links_of_one_headline_to_one_story_tell_which_parameters_change_nothing() -> None:
    parameters, links = Parameters(), list[tuple[str, str]]()
    for number in (1, 2, 3):
        links.append((f"{NAMED.format(number)}?box=top&at={number}", headline(number)))
        links.append((f"{NAMED.format(number)}?box=side-{number}", headline(number)))
        assert parameters.compare(shown(*links), SITE) == (number == 3), "three stories must tell it"
    assert plain(parameters, "box=9&at=7&id=4") == "id=4"


def test_parameters_by_which_headlines_differ_are_kept() -> None:
    parameters = Parameters()
    told = [(f"https://news.example/read.php?of=water&id={number}", headline(number)) for number in range(1, 9)]
    again = [(f"https://news.example/read.php?of=water&id={number + 50}", headline(number)) for number in range(1, 9)]
    assert not parameters.compare(shown(*told, *again), SITE), "a headline may come again"
    sections = [(f"https://news.example/section-{n % 3}/?id={n}", headline(n % 3)) for n in range(1, 10)]
    others = [(f"https://news.example/section-{n}/?id={n + 20}", headline(n + 20)) for n in range(3)]
    assert not parameters.compare(shown(*others, *sections), SITE), "a section's path is no story's"
    alike = [(f"{STORY}{number}?page={number}", "Read the story of the ferry here") for number in range(1, 9)]
    assert not parameters.compare(shown(*alike), SITE)


def read_twice(url: str, other: str) -> Reading:
    """A page that was found to be the one at the other address."""
    ended = {"article": None, "state": State.SKIPPED, "reason": "duplicate", "detail": other}
    return reading(article(url, None)).model_copy(update=ended)


def test_where_a_program_tells_stories_apart_by_number_one_parameter_may_tell_where_the_link_stood() -> None:
    parameters, read = Parameters(), "https://news.example/read.php?id={}&ref={}"
    pairs = [(read.format(number, box), headline(number)) for box in ("home", "side") for number in (1, 2, 3)]
    parameters.compare(shown(*pairs), SITE)
    parameters.compare(shown(*((read.format(n, "mail"), headline(n)) for n in (1, 2, 3))), SITE)
    assert parameters.learn(read_twice(read.format(1, "side"), read.format(1, "home")), SITE)
    assert parameters.plain(SITE.name, read.format(7, "top")) == "https://news.example/read.php?id=7"
    for url in ("https://news.example/list.php?id=7&ref=2", "https://news.example/read.php?view=all&ref=mail"):
        assert parameters.plain(SITE.name, url) == url, "what tells nothing of a story may be all that tells a list"


@pytest.mark.parametrize("program", ["read.php", "read2.asp", "v2", "reports/2026/", "reports/2026-11", "page/3"])
def test_of_a_program_links_alone_tell_nothing_as_each_region_may_have_its_report_of_the_day(program: str) -> None:
    parameters, read = Parameters(), f"https://news.example/{program}?region={{}}&day={{}}"
    links = [(read.format(region, day), headline(day)) for region in range(4) for day in range(1, 6)]
    assert not parameters.compare(shown(*links), SITE)
    assert parameters.plain(SITE.name, read.format(2, 9)) == read.format(2, 9)
    taught = learned(*(same(number, f"region={number}") for number in (1, 2, 3)))
    assert taught.plain(SITE.name, read.format(2, 9)) == read.format(2, 9)


def test_links_alone_tell_of_what_was_drawn_for_a_reader() -> None:
    parameters, read = Parameters(), "https://news.example/read.php?id={}&of={}"
    drawn = ("a3f90bc1d22e4471", "77c0d1e2f3a4b5c6", "0be19f4a6c2d8e57")
    links = [(read.format(number, visit), headline(number)) for visit in drawn for number in (1, 2, 3)]
    assert parameters.compare(shown(*links), SITE)
    assert parameters.plain(SITE.name, read.format(7, "1d2c3b4a59687f0e")) == "https://news.example/read.php?id=7"


@pytest.mark.parametrize(
    ("told", "is_learned"),
    [
        ("{0}4711", True),
        ("{0}:the-ferry-sails-again", True),
        ("{0}", False),
        ("2026110{0}", False),
        ("2{0}112026", False),
    ],
)
def test_links_alone_tell_of_stories_with_a_number_or_a_name_that_is_no_day(told: str, is_learned: bool) -> None:
    parameters, read = Parameters(), "https://news.example/read.php?of={}&box={}"
    links = [(read.format(told.format(n), box), headline(n)) for box in ("home", "side", "mail") for n in (1, 2, 3)]
    assert parameters.compare(shown(*links), SITE) == is_learned


def test_one_text_that_leads_to_every_story_tells_nothing() -> None:
    parameters, text = Parameters(), "Read the whole story of the day here"
    pages = [[f"https://news.example/read.php?of={of}&id={of}{n}" for n in range(3)] for of in range(1, 6)]
    pages += [[f"https://news.example/2026/{of}/?p={of}{n}" for n in range(3)] for of in range(1, 6)]
    assert not any(parameters.compare(shown(*((url, text) for url in page)), SITE) for page in pages)
    assert all(parameters.plain(SITE.name, url) == url for page in pages for url in page)


def test_a_column_of_one_headline_tells_nothing_of_the_numbers_of_its_parts() -> None:
    parameters = Parameters()
    for of in range(1, 6):
        parts = [(f"https://news.example/read.php?of={of}&id={of}{n}", headline(of)) for n in range(3)]
        assert not parameters.compare(shown(*parts), SITE)


def test_what_a_program_does_not_look_at_is_of_that_program_alone() -> None:
    topic, forum = "https://news.example/topic.php?f=2&t={}", "https://news.example/forum.php?f=2&start=20"
    read = [topic.format(number) for number in (1, 2, 3)]
    ended = {"article": None, "state": State.SKIPPED, "reason": "duplicate"}
    pages = [reading(article(url, None)).model_copy(update=ended | {"detail": url.replace("f=2&", "")}) for url in read]
    parameters = learned(*pages)
    assert parameters.plain(SITE.name, topic.format(7)) == "https://news.example/topic.php?t=7"
    assert parameters.plain(SITE.name, forum) == forum


def test_a_parameter_that_stands_for_another_one_is_kept() -> None:
    ended = {"article": None, "state": State.SKIPPED, "reason": "duplicate"}
    at = "https://news.example/topic.php"
    pages = [
        reading(article(f"{at}?p={n}0", None)).model_copy(update=ended | {"detail": f"{at}?t={n}"}) for n in (1, 2, 3)
    ]
    assert learned(*pages).plain(SITE.name, f"{at}?p=70") == f"{at}?p=70"


def test_links_are_compared_within_bounds() -> None:
    parameters = Parameters()
    for start in range(0, 12_000, 500):
        links = [(f"{STORY}{n}?a={n}", headline(n)) for n in range(start, start + 500)]
        parameters.compare(shown(*links), SITE)
        of_one = [(f"{STORY}1?a={n}", headline(n)) for n in range(start + 50_000, start + 50_500)]
        parameters.compare(shown(*of_one), SITE)
        led_twice = parameters._led_twice
        assert max(len(led_twice._seen), len(led_twice._paths)) <= led_twice.MOST
