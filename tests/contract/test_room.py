"""A worker that runs knows the sites of the ledger, also those that were registered a moment ago."""

from __future__ import annotations

from workers.ledger import Ledger
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
