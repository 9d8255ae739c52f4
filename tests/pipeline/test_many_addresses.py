"""One story under many addresses is stored once, nothing is lost by what pages say, and requests are bounded."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from crawls import Crawl, crawl
from many_addresses import LONG, LOST, NUMBERS, Many, Site, Wrong, serving, token


def crawled(site: Site, state: Path) -> Crawl:
    done = crawl(state, site.url("/"), "--allow-private", "--delay", "0.01")
    assert done.code == 0, done.said
    return done


def stored(done: Crawl) -> Counter[str]:
    """How often each story is stored, by what only its text has; a text that tells two stories would be seen."""
    ledger = done.ledger
    found = Counter(" ".join(re.findall(r"Report\d+x\d", article.text)) for article in ledger.iterate_articles())
    ledger.close()
    return found


@pytest.mark.slow
def test_a_story_under_many_addresses_is_stored_once(tmp_path: Path) -> None:
    with serving(Many()) as site:
        done = crawled(site, tmp_path)
        again = crawled(site, tmp_path)
    assert stored(done) == {token(number): 1 for number in NUMBERS}
    assert again.summary["stored"] == 0
    assert done.summary["skipped"]["duplicate"] > 0
    # Each page shows nine links, and some of no other page: with the print views there would be no end of them.
    assert sum(site.asked.values()) < 12 * len(NUMBERS)
    assert not [address for address in site.asked if "PHPSESSID" in address]


@pytest.mark.slow
def test_what_a_page_names_wrongly_loses_no_story(tmp_path: Path) -> None:
    with serving(Wrong()) as site:
        done = crawled(site, tmp_path)
        again = crawled(site, tmp_path)
    told = [token(number) for number in (*NUMBERS, *LOST)]
    parts = [token(number, part) for number in LONG for part in (1, 2, 3)]
    assert stored(done) == dict.fromkeys([*told, *parts], 1)
    assert again.summary["stored"] == 0
    assert max(site.asked[f"{site.name}/a/{number}"] for number in NUMBERS) <= 2
