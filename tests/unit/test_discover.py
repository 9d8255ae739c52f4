"""What is followed: links of the site, of other sites that we know by their own rules, and of nobody else."""

from __future__ import annotations

from collections.abc import Callable

from workers.core.link import Kind, Label, Link
from workers.core.work import Candidate, Lease, State
from workers.sites.known import any_site
from workers.sites.site import Scope, Site, by_url
from workers.stages.discover import Goals, Reach, candidates_of, sought
from workers.stages.reading import Reading

OURS_FRONT = "https://ours.example/"
OURS = any_site(OURS_FRONT)
THEIRS = Site("theirs", ("theirs.example",), scope=Scope(articles=(r"^/news/",)), identity=by_url)
SITES = {"ours.example": OURS, "theirs.example": THEIRS}


def followed(
    *links: Link,
    follow_any: bool = False,
    known: Callable[[str], bool] | None = None,
    page: str = OURS_FRONT,
    goals: Goals | None = None,
) -> list[Candidate]:
    lease = Lease(
        id=1, site=OURS.name, key="k", url=OURS_FRONT, host="ours.example", kind=Kind.LISTING,
        label=Label.SEED, depth=0, visit=1, attempt=1,
    )  # fmt: skip
    reading = Reading(
        lease=lease, page_url=page, fetched_at=0.0, status=200, state=State.SKIPPED, reason="listing", links=links
    )

    def owner_of(url: str) -> Site | None:
        return SITES.get(url.split("/")[2])

    return list(candidates_of(reading, owner_of, OURS, Reach(20, follow_any), 0.0, goals, known))


def link(url: str, kind: Kind = Kind.PAGE) -> Link:
    return Link(url=url, label=Label.SITEMAP, kind=kind)


def test_a_page_cannot_say_that_another_sites_article_is_a_sitemap() -> None:
    """Read as a sitemap it would be parked, and the article never stored."""
    (found,) = followed(link("https://theirs.example/news/1", Kind.SITEMAP))
    assert (found.site, found.kind) == ("theirs", Kind.PAGE)


def test_a_site_says_of_its_own_links_what_they_are() -> None:
    (found,) = followed(link("https://ours.example/more", Kind.SITEMAP))
    assert (found.site, found.kind) == (OURS.name, Kind.SITEMAP)


def test_what_is_out_of_another_sites_scope_is_not_followed() -> None:
    assert followed(link("https://theirs.example/shop", Kind.SITEMAP)) == []


def test_nobody_elses_links_are_followed_unless_all_are() -> None:
    assert followed(link("https://stranger.example/a")) == []
    assert [found.site for found in followed(link("https://stranger.example/a"), follow_any=True)] == [OURS.name]


def test_of_the_hosts_below_a_sites_name_no_more_than_thirty_are_followed() -> None:
    below = [link(f"https://reader{number}.ours.example/a") for number in range(40)]
    goals, site = Goals(), OURS
    assert sum(goals.of(each, lambda _: site, site, False) is not None for each in below) == Goals.MOST_HOSTS
    assert Goals(goals).of(below[-1], lambda _: site, site, False) is None, "what is known stays known"
    assert Goals(goals).of(below[0], lambda _: site, site, False) is not None


def test_pages_of_other_hosts_take_no_place_of_those_below_a_sites_name() -> None:
    goals = Goals()
    for number in range(Goals.MOST_HOSTS):
        followed(page=f"https://stranger{number}.example/", goals=goals)
    assert goals.of(link("https://blog.ours.example/a"), lambda _: OURS, OURS, True) is not None


def test_a_host_below_a_sites_name_is_entered_by_lists_and_not_by_articles() -> None:
    forum, goals, site = link("https://talk.ours.example/a"), Goals(), OURS
    related = forum.model_copy(update={"label": Label.MORE_ABOUT})
    assert goals.of(related, lambda _: site, site, False) is None
    goals.enter(site, "talk.ours.example")
    assert goals.of(related, lambda _: site, site, False) is not None, "its own pages show it"


def test_a_link_that_is_known_from_the_archive_is_found_once_more_among_the_news() -> None:
    archive = link("https://ours.example/a")
    known = {sought(*followed(archive), archive.label)}
    assert followed(archive, known=known.__contains__) == []
    (found,) = followed(archive.model_copy(update={"label": Label.LATEST}), known=known.__contains__)
    assert found.label is Label.LATEST


def test_two_links_to_one_page_are_one() -> None:
    urls = ("https://ours.example/a", "https://ours.example/a#b", "https://OURS.example/a?utm_source=x")
    assert len(followed(*map(link, urls))) == 1


def test_places_are_remembered_up_to_a_bound_and_are_the_same_afterwards() -> None:
    goals = Goals()
    shown = [f"https://ours.example/{number}" for number in (*range(Goals.MOST + 10), 0, 1)]
    found = [goals.of(link(url), lambda url: None, OURS, False) for url in shown]
    assert [goal.url for goal in found if goal] == shown
    assert sum(map(len, goals._known.values())) <= Goals.MOST


def test_hosts_and_patterns_are_one_text_in_memory_and_are_bounded_too() -> None:
    goals = Goals()
    first, second = (goals.of(link(f"https://ours.example/a{n}"), lambda url: None, OURS, True) for n in (1, 2))
    assert first is not None
    assert second is not None
    assert first.host is second.host
    assert first.pattern is second.pattern
    for number in range(Goals.MOST + 10):
        goals.of(link(f"https://h{number}.example/"), lambda url: None, OURS, True)
    assert len(goals._texts) <= 2 * Goals.MOST
    assert "ours.example" not in goals._texts


def test_a_feed_that_its_site_names_is_followed_wherever_it_stands_there() -> None:
    """Data is followed nowhere else."""
    feed = Link(url="https://ours.example/all.json", label=Label.FEED, kind=Kind.FEED)
    assert [found.kind for found in followed(feed)] == [Kind.FEED]
    assert followed(feed.model_copy(update={"url": "https://theirs.example/all.json"})) == []
    assert followed(link("https://ours.example/all.json")) == []
    assert len(followed(link("https://ours.example/all.json"), feed)) == 1


def test_a_list_that_goes_on_in_a_search_or_in_data_is_followed_on_its_own_site() -> None:
    more = Link(url="https://ours.example/search/?o=25", label=Label.LISTING, kind=Kind.LISTING)
    assert [found.kind for found in followed(more)] == [Kind.LISTING]
    for url in ("https://theirs.example/search/?o=25", "https://far.example/search/?o=25"):
        assert followed(more.model_copy(update={"url": url})) == []
    assert followed(more.model_copy(update={"kind": Kind.PAGE})) == []
    assert followed(more.model_copy(update={"label": Label.MENU})) == []


def test_what_is_to_be_printed_or_sent_is_not_followed() -> None:
    """Many old systems show each story so a second time, under an address that no page names as another form of it."""

    def shown(path: str, text: str | None, label: Label = Label.LISTING) -> Link:
        return Link(url=f"https://ours.example{path}", headline=text, label=label)

    links = (
        shown("/news.php?id=1", "The ferry goes again"),
        shown("/news.php?id=1&as=p", "Printer friendly page"),
        shown("/town/2-ferry.html", "Die Fähre fährt wieder"),
        shown("/town/x:1,2-ferry.html", "Версия для печати"),
        shown("/town/print:page,1,2-ferry.html", None),
        shown("/modules.php?name=News&file=print&sid=1", "The ferry goes again"),
        shown("/tell/2", "Send to a friend!"),
        shown("/town/2.html?form=p", "Drucken", Label.MENU),
        shown("/drucken", "Drucken", Label.SEED),
        shown("/print-shop-closes", "Print shop closes"),
    )
    assert [each.url.removeprefix("https://ours.example") for each in followed(*links)] == [
        *("/news.php?id=1", "/town/2-ferry.html", "/drucken", "/print-shop-closes"),
    ]
