"""What a crawl asks for first."""

from __future__ import annotations

from pathlib import Path

import pytest

from workers.cli.plan import Plan, prepare
from workers.core.link import Kind, Label, Link
from workers.core.work import HostReport, Outcome, State
from workers.ledger import Ledger
from workers.settings import Settings
from workers.sites.known import any_site
from workers.stages.discover import DAY, seed, wanted
from workers.target import target_of


@pytest.mark.parametrize("url", ["https://news.test/a/1.html", "https://en.interfax.com.ua/news/economic/1098765.html"])
def test_a_crawl_of_one_page_asks_for_the_one_that_was_given(url: str, tmp_path: Path) -> None:
    ledger = Ledger.open(f"sqlite:///{tmp_path}/ledger.db", migrate=True)
    plan = Plan(url, 1, follow=False, follow_any=False, revisit=False, fetch=1, parse=1, rate=None, state=tmp_path)
    prepare(ledger, target_of(url, Settings()), plan)
    for visit in (1, 2):
        [one] = [
            one for turn in ledger.lease("w", urls=9, hosts=9, per_host=9, hold=9.0, lease=9.0) for one in turn.leases
        ]
        assert (one.url, one.visit) == (url, visit), "also where it was refused the last time"
        ledger.settle([Outcome(one.id, one.visit, State.SKIPPED, "refused")])
        ledger.release("w", [HostReport(one.host, 0.0)])
        prepare(ledger, target_of(url, Settings()), plan)
    ledger.close()


def test_what_a_person_gave_goes_before_lists_that_are_found_later() -> None:
    given = seed(any_site("https://news.test/"), "https://news.test/a/1.html", 1_000.0)
    found = wanted(Link(url="https://news.test/rss", label=Label.FEED, kind=Kind.FEED), Kind.FEED, 1, 1_000.0 + DAY)
    assert given.wanted > found
