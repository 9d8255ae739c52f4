"""A worker that runs knows the sites of the ledger, also those that were registered a moment ago."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from making import candidate

from workers.adapters.redis import SeenCache
from workers.core.link import Kind, Label
from workers.core.work import Lease, State
from workers.ledger import Ledger, Start
from workers.pipeline import admit, admit_sitemaps, worth_turning
from workers.settings import Settings
from workers.stages.reading import Reading
from workers.stages.rhythm import guessed, learned
from workers.wiring import Room


def test_a_site_that_was_registered_a_moment_ago_is_not_read_as_a_stranger(ledger_url: str) -> None:
    room, ledger = Room(Settings(ledger_url=ledger_url)), Ledger.open(ledger_url)
    assert room.sites() == {}, "the worker has looked, and keeps what it saw for a while"
    ledger.put_site("news", "interfax-ukraine", ["en.news.example"])
    site = room.site("news")
    assert site.hosts == ("en.news.example",)
    assert site.identity("http://en.news.example/news/general/700001.html") == "id:700001"
    room.ledger.close()
    ledger.close()


def test_a_robots_txt_names_the_sitemaps_of_its_own_site_only(ledger_url: str) -> None:
    """Else it could have another site's articles read as sitemaps, which parks them."""
    room = Room(Settings(ledger_url=ledger_url, redis_url="redis://127.0.0.1:1/0"))
    room.seen = Unseen()  # type: ignore[assignment]
    room.ledger.put_site("ours", "", ["ours.example", "www.ours.example"])
    room.ledger.put_site("theirs", "", ["theirs.example"])
    named = ["https://www.ours.example/map.xml", "https://theirs.example/news/1", "https://stranger.example/map.xml"]
    assert admit_sitemaps(room, named, "https://ours.example/robots.txt") == 1
    assert admit_sitemaps(room, named, "https://stranger.example/robots.txt") == 0
    assert [trace.row["site"] for url in named for trace in room.ledger.trace(url)] == ["ours"]
    assert admit_sitemaps(room, ["/maps/index.xml.gz"], "https://ours.example/robots.txt") == 1, "some write a path"
    assert room.ledger.trace("https://ours.example/maps/index.xml.gz")
    room.ledger.close()


def test_a_host_below_the_name_of_a_site_belongs_to_it_unless_it_is_a_site_itself(ledger_url: str) -> None:
    room = Room(Settings(ledger_url=ledger_url))
    for site in ("mill.example", "sport.mill.example", "rest.mill.example"):
        room.ledger.put_site(site, "", [site])
    room.ledger.pause("rest.mill.example")
    urls = (f"https://{host}mill.example/a" for host in ("", "sport.", "blog.", "rest.", "m.", "a.b.", "other"))
    owners = [owner.name if (owner := room.owner_of(url)) else None for url in urls]
    assert owners == ["mill.example", "sport.mill.example", "mill.example", None, None, None, None]
    room.ledger.close()


def test_a_robots_txt_may_name_sitemaps_on_any_host_below_the_name_of_its_site(ledger_url: str) -> None:
    room = Room(Settings(ledger_url=ledger_url, redis_url="redis://127.0.0.1:1/0"))
    room.seen = Unseen()  # type: ignore[assignment]
    room.ledger.put_site("ours.example", "", ["www.ours.example", "ours.example"])
    room.ledger.put_site("theirs", "", ["theirs.ours.example"])
    below = ("static.ours.example", "a.b.ours.example", "b.example", "theirs.ours.example")
    named = [f"https://{host}/map.xml" for host in below]
    assert admit_sitemaps(room, named, "https://www.ours.example/robots.txt") == 2
    room.ledger.close()


def test_a_link_of_the_archive_is_wanted_sooner_once_it_is_shown_as_news(ledger_url: str) -> None:
    """Asked of the ledger once for each of the two, not for each page that shows it."""
    room = Room(Settings(ledger_url=ledger_url, redis_url="redis://127.0.0.1:1/0"))
    room.seen = SeenCache(room.redis, "test", local=1_000, shared=0)
    asked = []
    whole = room.ledger.admit
    room.ledger.admit = lambda some, **more: asked.append(len(some)) or whole(some, **more)  # type: ignore[assignment]
    for label, wanted in ((Label.SITEMAP, 1_000.0), (Label.LATEST, 9_000.0), (Label.FEED, 9_999.0)):
        for _ in range(2):
            admit(room, [candidate("1", label=label, wanted=wanted)])
    assert asked == [1, 1], "what is on page after page costs nothing"
    assert room.ledger.trace("1")[0].row["wanted"] == 9_000.0
    admit(room, [candidate("2", label=Label.LATEST), candidate("3", label=Label.BODY)])
    admit(room, [candidate("2", label=Label.SITEMAP), candidate("3", label=Label.BODY)])
    assert asked == [1, 1, 2]
    room.ledger.close()


def test_between_which_intervals_a_list_is_read_follows_from_whose_it_is(ledger_url: str) -> None:
    room = Room(Settings(ledger_url=ledger_url))
    start = Start("https://a.test/rss", Kind.FEED, 60.0)
    for name, profile, hosts in (("known", "liga", ["a.test"]), ("plain", "", ["b.test"]), ("stranger", "", [])):
        room.ledger.put_site(name, profile, hosts, [start])
    rss = {"id": 1, "key": "https://a.test/rss", "url": "https://a.test/rss", "host": "a.test", "depth": 0}
    one = Lease(site="known", kind=Kind.FEED, label=Label.SEED, visit=1, attempt=1, **rss)
    assert room.bounds_of(one) is None, "declared by a profile"
    assert room.bounds_of(one.model_copy(update={"key": "found"})) == learned(Kind.FEED)
    assert room.bounds_of(one.model_copy(update={"site": "plain"})) == guessed(60.0)
    assert room.bounds_of(one.model_copy(update={"site": "stranger"})) is None, "it is not followed"
    assert room.bounds_of(one.model_copy(update={"site": "nobody"})) is None
    room.ledger.close()


@pytest.mark.parametrize("kind", [Kind.LISTING, Kind.FEED])
def test_a_list_far_from_its_start_leads_on_only_while_it_shows_something_new(ledger_url: str, kind: Kind) -> None:
    room = Room(Settings(ledger_url=ledger_url))
    room.ledger.put_site("plain", "", ["a.test"])
    room.ledger.put_site("known", "liga", ["b.test"])
    room.ledger.admit([candidate("old", site="plain"), candidate("old", site="known")])

    def led_on(story: str, depth: int, site: str = "plain") -> bool:
        here = f"https://a.test/page/{depth + 1}"
        lease = Lease(
            id=1, site=site, key=here, url=here, host="a.test", kind=kind, label=Label.LISTING, depth=depth,
            visit=1, attempt=1,
        )  # fmt: skip
        read = Reading(lease=lease, page_url=here, fetched_at=1.0, status=200, state=State.SKIPPED, reason="listing")
        shown = candidate(story, site=site, seen_on=here)
        following = candidate("next", site=site, kind=kind, seen_on=here)
        kept = worth_turning(room, [shown, following], [read])
        assert shown in kept
        return following in kept

    assert led_on("old", 3), "the first pages are followed whatever they show"
    assert not led_on("old", 4)
    assert led_on("new", 4)
    assert led_on("old", 4, "known"), "a profile says itself how many"
    room.ledger.close()


class Unseen:
    """A seen-cache that knows nothing."""

    def unseen(self, names: Sequence[str]) -> list[bool]:
        return [True for _ in names]

    def committed(self, names: Sequence[str]) -> None:
        """Forgotten at once."""
