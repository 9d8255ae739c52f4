"""`wireroom sites add|pause|resume|crawl-now|schedule`: what they change and say; the second time changes nothing."""

from __future__ import annotations

import pytest
from newsdesk import Desk

from workers.core.work import Outcome, State
from workers.ledger import Ledger


def ledger_of(desk: Desk) -> Ledger:
    return Ledger.open(f"sqlite:///{desk.state / 'ledger.db'}")


def starts(desk: Desk, site: str) -> dict[str, str]:
    """URL → state, of the starts of a site."""
    ledger = ledger_of(desk)
    found = {start.url: str(start.state) for start in ledger.schedule().starts if start.site == site}
    ledger.close()
    return found


def test_a_site_of_a_profile_is_added_by_its_name(desk: Desk) -> None:
    out = desk("sites", "add", "liga").out
    assert out.startswith("The site liga is added: its ")
    [row] = [row for row in desk("sites", "list", "--json").rows if row["name"] == "liga"]
    assert row["profile"] == "liga"
    assert set(starts(desk, "liga").values()) == {"waiting"}


def test_any_other_site_is_added_by_its_address(desk: Desk) -> None:
    assert desk("sites", "add", "https://news.test/", "--delay", "3").code == 0
    [row] = [row for row in desk("sites", "list", "--json").rows if row["name"] == "news.test"]
    assert (row["profile"], row["delay"]) == ("", 3.0)


def test_a_site_that_is_added_twice_is_as_it_was(desk: Desk) -> None:
    desk("sites", "add", "https://news.test/")
    ledger = ledger_of(desk)
    before = (ledger.sites(), ledger.status().total.total)
    assert "nothing has changed" in desk("sites", "add", "https://news.test/").out
    assert (ledger.sites(), ledger.status().total.total) == before
    ledger.close()


def test_a_site_that_is_added_again_stays_paused(desk: Desk) -> None:
    desk("sites", "add", "https://news.test/")
    desk("sites", "pause", "news.test")
    assert "is changed" in desk("sites", "add", "https://news.test/", "--delay", "9").out
    [row] = [row for row in desk("sites", "list", "--json").rows if row["name"] == "news.test"]
    assert (row["paused"], row["delay"]) == (True, 9.0)


def test_an_address_of_a_site_that_is_there_is_asked_for_once(desk: Desk) -> None:
    desk("sites", "add", "https://news.test/")
    desk("sites", "add", "https://news.test/politics/")
    assert [row["state"] for row in desk("trace", "https://news.test/politics/", "--json").rows] == ["waiting"]
    assert "`wireroom sites crawl-now news.test`" in desk("sites", "add", "https://news.test/politics/").out


def test_programs_read_what_was_done(desk: Desk) -> None:
    def done(*words: str) -> list[object]:
        return desk("sites", *words, "--json").rows

    hosts = ["news.test", "www.news.test"]
    added = {"site": "news.test", "done": "added", "hosts": hosts, "starts": 4}
    assert done("add", "https://news.test/") == [added]
    assert done("add", "https://news.test/") == [{**added, "done": "nothing"}]
    assert done("pause", "wire") == [{"site": "wire", "paused": True, "changed": True}]
    assert done("pause", "wire") == [{"site": "wire", "paused": True, "changed": False}]
    assert done("crawl-now", "wire") == [{"site": "wire", "due": 1, "held_back": "paused"}]
    assert done("resume", "wire") == [{"site": "wire", "paused": False, "changed": True}]


@pytest.mark.parametrize(("name", "said"), [("nosuch", "No profile is named 'nosuch'"), ("ftp://a.test/", "address")])
def test_what_is_no_site_is_refused_in_a_sentence(name: str, said: str, desk: Desk) -> None:
    done = desk("sites", "add", name)
    assert done.code == 2
    assert said in done.err


def test_pause_and_resume_say_what_they_found(desk: Desk) -> None:
    assert "is paused. Resume it with `wireroom sites resume wire`" in desk("sites", "pause", "wire").out
    assert "is paused already." in desk("sites", "pause", "wire").out
    assert desk("sites", "list", "--json").rows[0]["paused"] is True
    assert desk("sites", "resume", "wire").out == "The site wire goes on.\n"
    assert "was not paused" in desk("sites", "resume", "wire").out
    assert desk("sites", "list", "--json").rows[0]["paused"] is False


def test_resume_lifts_a_budget_that_is_spent(desk: Desk) -> None:
    ledger = ledger_of(desk)
    ledger.set_budget("wire", 0)
    assert "has spent its page budget: `wireroom sites resume wire`" in desk("sites", "crawl-now", "wire").out
    assert desk("sites", "resume", "wire").out == "The site wire goes on.\n"
    assert ledger.site("wire").budget is None
    ledger.close()


def test_crawl_now_lets_the_starts_wait_once(desk: Desk) -> None:
    assert desk("sites", "crawl-now", "wire").out == "1 start(s) of wire wait.\n"
    assert desk("sites", "crawl-now", "wire").out == "The starts of wire wait already.\n"
    assert starts(desk, "wire") == {"https://wire.test/rss": State.WAITING}


@pytest.mark.parametrize("word", ["pause", "resume", "crawl-now", "show"])
def test_a_site_that_nobody_knows_is_bad_input(word: str, desk: Desk) -> None:
    done = desk("sites", word, "nowhere")
    assert done.code == 2
    assert "no site named 'nowhere'" in done.err


def test_the_schedule_tells_what_is_due_when(desk: Desk) -> None:
    [before] = desk("sites", "schedule", "--json").rows
    assert [(start["url"], start["state"]) for start in before["starts"]] == [("https://wire.test/rss", None)]
    assert "not entered yet" in desk("sites", "schedule").out
    desk("sites", "crawl-now", "wire")
    [found] = desk("sites", "schedule", "--site", "wire", "--json").rows
    [start] = found["starts"]
    assert (start["state"], start["every"], start["visited_at"]) == ("waiting", 60.0, None)
    assert start["due_at"] <= found["now"]
    assert {task["task"]: task["every"] for task in found["tasks"]} == {"sweep": 5.0, "revisit": 2.0, "nudge": 1.0}
    assert "https://wire.test/rss\t1 min\tnever\t-\twaits for" in desk("sites", "schedule").out


def test_the_schedule_says_what_is_paused(desk: Desk) -> None:
    desk("sites", "pause", "wire")
    assert "\tpaused\n" in desk("sites", "schedule").out


def test_the_schedule_of_a_site_that_nobody_knows_is_bad_input(desk: Desk) -> None:
    assert desk("sites", "schedule", "--site", "nowhere").code == 2


@pytest.mark.parametrize(
    ("to", "is_told"),
    [
        ("https://fresh.test/", True),
        ("https://news.test/login", False),
        ("https://consent.test/collect?back=https://news.test/", False),
    ],
)
def test_a_watched_site_that_has_moved_is_told_with_what_to_do(desk: Desk, to: str, is_told: bool) -> None:
    desk("sites", "add", "https://news.test/")
    assert "leads to" not in desk("status").out
    ledger = ledger_of(desk)
    for turn in ledger.lease("test", urls=9, hosts=9, per_host=9, hold=9, lease=9):
        detail = f"it redirects to {to}, which is no page of the site"
        ledger.settle([Outcome(one.id, one.visit, State.SKIPPED, "out-of-scope", detail) for one in turn.leases])
    ledger.close()
    told = f"news.test leads to {to}, another site: `wireroom sites add {to}` watches that one."
    assert (told in desk("status").out) is is_told
    assert (told in desk("sites", "show", "news.test").out) is is_told
