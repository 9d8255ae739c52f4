"""A command that begins on the ledger of others who are at work takes nothing from them."""

from __future__ import annotations

from pathlib import Path

from crawls import crawl
from stories import story
from witness import Reply, Witness
from workforce import at_work, pages

from workers.ledger import Ledger

DELAY, PAGES, MORE = 1.0, 90, 3


def saved_page(folder: Path) -> Path:
    saved = folder / "page.html"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story(1))
    saved.write_text(f"<html lang=en><title>A bridge</title><article><h1>A bridge</h1>{text}</article></html>", "utf-8")
    return saved


def test_an_ingest_waits_for_its_own_pages_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shared.db'}"
    ledger = Ledger.open(url, migrate=True)
    ledger.put_site("one", "", ("one.test",))
    [lease] = ledger.check_in(pages("one", "one.test", range(1)), 600.0)
    named = (str(saved_page(tmp_path)), "--url", "https://saved.test/news/1")
    assert crawl(tmp_path / "a", *named, command="ingest", WIREROOM_LEDGER_URL=url).code == 0
    assert ledger.still_open([lease.id]) == {lease.id}, "the page of somebody else is on its way all the while"
    ledger.close()


def test_a_second_command_on_a_ledger_changes_no_gap_and_no_attempt(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shared.db'}"
    shared = {"WIREROOM_LEDGER_URL": url, "WIREROOM_ALLOW_PRIVATE": "true"}
    saved = saved_page(tmp_path)
    with Witness(lambda host, _: Reply(after=0.5)) as witness, at_work(url) as force:
        host, other = witness.host(0), witness.host(1)
        force.ledger.put_site("one", "", (host,), settings={"delay": DELAY, "places": 2})
        force.ledger.admit(pages("one", host, range(PAGES)))
        force.worker("fetch", 1)
        force.worker("parse,sink", 1)
        force.until(lambda: len(witness.of(host)) >= 2)
        named = (str(saved), "--url", "https://saved.test/news/1")
        assert crawl(tmp_path / "a", *named, command="ingest", **shared).code == 0
        crawl(tmp_path / "b", f"http://{other}/", "--pages", "1", **shared)
        so_far = len(witness.of(host))
        assert so_far < PAGES - MORE, "else the host was not asked while the commands began"
        force.until(lambda: len(witness.of(host)) >= so_far + MORE, 60)
        assert [gap for gap in witness.gaps(host) if gap < DELAY] == []
        asked = [one.path for one in witness.of(host)]
        assert len(asked) == len(set(asked)), "no URL was taken from who was at it and asked again"
        for path in asked:
            assert "swept" not in str(force.ledger.trace(f"http://{host}{path}")[0].journey)
