"""The end of a crawl and of an ingest: what it is called, and what to do next."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from workers.cli.crawl import _onward
from workers.cli.summary import USUAL_STATE, Summary, print_summary

DONE = Summary(1, 0, {}, {}, articles=1, waiting=0, seconds=1.0, state=USUAL_STATE, ledger="here")


@pytest.fixture(autouse=True)
def _called_as_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["-m"])


@pytest.mark.parametrize("what", ["Crawl", "Ingest"])
def test_the_summary_says_what_was_done(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_summary(DONE, as_json=False, what=what, onward="articles export")
    said = capsys.readouterr().out
    assert f"{what} finished" in said
    assert said.endswith("  python -m workers articles export\n")


@pytest.mark.parametrize(
    ("url", "options", "onward"),
    [
        (None, (False, False), "crawl --follow"),
        ("https://a.test/?q=1&page=2", (False, False), "crawl 'https://a.test/?q=1&page=2' --follow"),
        ("http://127.0.0.1:1/", (True, True), "crawl http://127.0.0.1:1/ --follow --follow-any --allow-private"),
    ],
)
def test_the_next_crawl_is_one_of_the_same_site(url: str | None, options: tuple[bool, bool], onward: str) -> None:
    assert _onward(url, *options) == onward


def test_a_next_step_may_be_typed_as_it_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    there = Summary(1, 0, {}, {}, articles=1, waiting=0, seconds=1.0, state=Path("my news"), ledger="here")
    print_summary(there, as_json=False, what="Crawl", onward="crawl --follow")
    assert capsys.readouterr().out.endswith("  python -m workers crawl --follow --state 'my news'\n")


def test_what_looks_like_markup_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    there = Summary(0, 0, {}, {}, 0, 0, 1.0, Path("s[/red]"), "s[/red] \x1b[2J :sheep:", hints=["[bold]x"])
    print_summary(there, as_json=False, what="Crawl", onward="crawl 'http://a.test/[/red]'")
    said = capsys.readouterr().out
    assert "0 in s[/red] \\x1b[2J :sheep:" in said
    assert "\n[bold]x\n" in said
    assert "--state 's[/red]'" in said
    print_summary(there, as_json=True, what="Crawl", onward="")
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(("what", "where"), [("Crawl", "doctor --url URL"), ("Ingest", "read FILE")])
def test_where_nothing_was_found_it_is_told_where_to_look(
    what: str, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_summary(
        Summary(0, 0, {}, {}, 0, 0, 1.0, USUAL_STATE, "here"), as_json=False, what=what, onward="articles export"
    )
    assert f"{where}`" in capsys.readouterr().out


def test_a_ledger_below_this_folder_is_named_from_here(capsys: pytest.CaptureFixture[str]) -> None:
    for ledger, told in ((str(Path.cwd() / ".wireroom/ledger.db"), ".wireroom/ledger.db"), ("/x/l.db", "/x/l.db")):
        there = Summary(1, 0, {}, {}, articles=1, waiting=0, seconds=1.0, state=USUAL_STATE, ledger=ledger)
        print_summary(there, as_json=False, what="Crawl", onward="crawl --follow")
        assert f"1 in {told} " in capsys.readouterr().out
