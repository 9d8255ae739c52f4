"""A worker that runs knows the sites of the ledger, also those that were registered a moment ago."""

from __future__ import annotations

from collections.abc import Sequence

from workers.ledger import Ledger
from workers.pipeline import admit_sitemaps
from workers.settings import Settings
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
    room.ledger.close()


class Unseen:
    """A seen-cache that knows nothing."""

    def unseen(self, names: Sequence[str]) -> list[bool]:
        return [True for _ in names]

    def committed(self, names: Sequence[str]) -> None:
        """Forgotten at once."""
