"""The commands that look into the ledger: status, trace, parked, sites, migrate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from newsdesk import HOST, Desk, url_of

from workers.core.work import HostReport, Outcome, State
from workers.ledger import Ledger

ALL: dict[str, Any] = {"urls": 9, "hosts": 9, "per_host": 9, "hold": 9.0, "lease": 9.0}


def test_status_counts_every_url_where_it_is(desk: Desk) -> None:
    [found] = desk("status", "--json").rows
    total = found["total"]
    assert (total["articles"], total["versions"], total["waiting"]) == (3, 4, 1)
    assert total["skipped"] == {"gone": 1}
    assert total["parked"] == {"layout-changed": 1, "hostile-page": 1}
    assert total["total"] == 7
    assert found["sites"]["wire"]["total"] == 7


def test_status_for_people_names_the_reasons(desk: Desk) -> None:
    out = desk("status").out
    assert "skipped: gone 1" in out
    assert "parked: hostile-page 1, layout-changed 1" in out
    assert "`wireroom parked`" in out


def test_status_says_that_nothing_waits_only_where_nothing_does(desk: Desk) -> None:
    ledger = Ledger.open(f"sqlite:///{desk.state / 'ledger.db'}")
    ledger.release("w1", [HostReport(HOST, 0.0)])
    ledger.pause("wire")
    out = desk("status").out
    assert (
        "1 URL(s) of wire wait and are not asked for, because it is paused: resume it with `wireroom sites resume wire`"
        in out
    )
    assert "Nothing waits." not in out
    ledger.resume("wire")
    ledger.set_budget("wire", 0)
    out = desk("status").out
    assert "1 URL(s) of wire wait and no new one is asked for, because its page budget is spent:" in out
    assert "Nothing waits." not in out
    ledger.set_budget("wire", None)
    assert desk("status").out.endswith("1 host(s) may be asked now.\n`wireroom parked` shows what was set aside.\n")
    [later] = [one for turn in ledger.lease("w1", **ALL) for one in turn.leases]
    ledger.settle([Outcome(later.id, later.visit, State.SKIPPED, "gone")])
    ledger.release("w1", [HostReport(HOST, 0.0)])
    ledger.close()
    assert "Nothing waits." in desk("status").out


def test_a_trace_tells_the_whole_journey(desk: Desk) -> None:
    [found] = desk("trace", url_of("1"), "--json").rows
    assert found["state"] == "stored"
    assert found["seen_on"] == "https://wire.test/"
    assert [event["what"] for event in found["journey"]][:2] == ["admitted", "leased"]
    assert found["article"] == 1


def test_every_time_of_a_trace_is_written_as_one(desk: Desk) -> None:
    ledger = Ledger.open(f"sqlite:///{desk.state / 'ledger.db'}")
    ledger.release("w1", [HostReport(HOST, 0.0)])
    ledger.make_starts_due("wire")
    start = next(one for turn in ledger.lease("w1", **ALL) for one in turn.leases if one.url.endswith("/rss"))
    ledger.settle([Outcome(start.id, start.visit, State.SKIPPED, "feed")])
    ledger.close()
    [found] = desk("trace", start.url, "--json").rows
    seconds = {name for name, value in found.items() if isinstance(value, float)}
    assert seconds == {"every"}, "that one is a duration"
    assert found["read_at"].endswith("Z")


def test_a_trace_for_people_says_why_it_was_parked(desk: Desk) -> None:
    out = desk("trace", "odd").out
    assert url_of("odd") in out
    assert "parked (layout-changed) The profile finds no headline." in out


def test_a_trace_takes_a_url_in_any_spelling(desk: Desk) -> None:
    assert desk("trace", f"HTTPS://WIRE.test:443/news/1.html?utm_source=x#{'top'}", "--json").rows[0]["key"] == "1"


def test_a_url_that_was_never_seen_is_said_so(desk: Desk) -> None:
    done = desk("trace", "https://wire.test/unknown")
    assert done.code == 2
    assert "has never seen" in done.err


@pytest.mark.parametrize(
    ("url", "most"),
    [
        ("https://wire.test/page/51/", 50),
        ("https://wire.test/all?page=51", 50),
        ("https://www.pravda.com.ua/archives/page_4/", 3),
        ("https://wire.test/page/50/", None),
        ("https://wire.test/unknown", None),
        ("id:4711", None),
    ],
)
def test_a_page_of_a_listing_beyond_those_that_are_followed_is_named_as_such(
    desk: Desk, url: str, most: int | None
) -> None:
    said = desk("trace", url).err
    assert "It was out of scope" in said
    assert ("beyond the" in said) is (most is not None)
    assert most is None or f"a page of a listing beyond the {most} that are followed." in said


def test_parked_lists_what_was_set_aside_and_why(desk: Desk) -> None:
    rows = desk("parked", "list", "--json").rows
    assert {(row["key"], row["reason"]) for row in rows} == {("odd", "layout-changed"), ("hostile", "hostile-page")}
    assert [row["key"] for row in desk("parked", "list", "--reason", "hostile-page", "--json").rows] == ["hostile"]


def test_parked_alone_is_its_list(desk: Desk) -> None:
    assert desk("parked").out == desk("parked", "list").out
    assert desk("parked", "--json", "--state", str(desk.state)).rows == desk("parked", "list", "--json").rows


def test_parked_shows_nothing_that_steers_the_terminal(desk: Desk) -> None:
    assert not {"\x1b", "\u202e", "\x07", "\x9b"} & set(desk("parked", "list").out + desk("trace", "hostile").out)


def test_replay_hands_parked_urls_out_again(desk: Desk) -> None:
    assert desk("parked", "replay", "--reason", "layout-changed").out == "1 URL(s) wait again.\n"
    assert desk("trace", "odd", "--json").rows[0]["state"] == "waiting"
    assert [row["key"] for row in desk("parked", "list", "--json").rows] == ["hostile"]


def test_replay_by_id_takes_that_one_alone(desk: Desk) -> None:
    odd = next(row["id"] for row in desk("parked", "list", "--json").rows if row["key"] == "odd")
    assert desk("parked", "replay", str(odd)).out == "1 URL(s) wait again.\n"
    assert desk("parked", "replay", str(odd)).out == "Nothing that is parked fits.\n"


def test_drop_gives_parked_urls_up_and_keeps_them_known(desk: Desk) -> None:
    assert desk("parked", "drop", "--all").out == "2 URL(s) dropped.\n"
    assert desk("parked", "list").out == "Nothing is parked.\n"
    assert desk("trace", "odd", "--json").rows[0]["reason"] == "dropped"


def test_programs_read_how_many_were_replayed_and_dropped(desk: Desk) -> None:
    assert desk("parked", "replay", "--reason", "layout-changed", "--json").rows == [{"replayed": 1}]
    assert desk("parked", "drop", "--all", "--json").rows == [{"dropped": 1}]
    assert desk("parked", "drop", "--all", "--json").rows == [{"dropped": 0}]


def test_replay_and_drop_of_everything_must_be_meant(desk: Desk) -> None:
    for word in ("replay", "drop"):
        done = desk("parked", word)
        assert done.code == 2
        assert "--all" in done.err
    assert len(desk("parked", "list", "--json").rows) == 2


def test_sites_are_listed_with_what_they_have(desk: Desk) -> None:
    [row] = desk("sites", "list", "--json").rows
    assert (row["name"], row["profile"], row["hosts"]) == ("wire", "interfax-ukraine", ["wire.test"])
    assert desk("sites", "--json").rows == [row]
    assert desk("sites").out.splitlines()[1].split("\t") == ["wire", "interfax-ukraine", "no", "3", "1", "wire.test"]


def test_a_site_is_shown_with_its_starts(desk: Desk) -> None:
    out = desk("sites", "show", "wire").out
    assert "https://wire.test/rss" in out
    assert "every 1 min" in out


def test_a_site_that_is_not_there_is_bad_input(desk: Desk) -> None:
    done = desk("sites", "show", "nowhere")
    assert done.code == 2
    assert "no site named 'nowhere'" in done.err


def test_programs_read_which_ledger_is_current(desk: Desk, tmp_path: Path) -> None:
    [found] = desk("migrate", "--json", "--state", str(tmp_path / "new")).rows
    assert found == {"ledger": str(tmp_path / "new" / "ledger.db"), "current": True}


def test_migrate_makes_a_ledger_and_may_be_run_twice(desk: Desk, tmp_path: Path) -> None:
    for _ in range(2):
        assert desk("migrate", "--state", str(tmp_path / "new")).code == 0
    assert desk("articles", "list", "--state", str(tmp_path / "new")).out == "No article fits.\n"
