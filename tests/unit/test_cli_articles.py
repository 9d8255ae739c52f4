"""`wireroom articles`: list, search, show, export."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from newsdesk import HOSTILE, WIRE, Desk, article, url_of

from workers.cli.articles import Format
from workers.core.article import Article
from workers.core.exports import FORMATS
from workers.ledger import Intake, Ledger


def keys(desk: Desk, *arguments: str) -> list[str]:
    return [row["key"] for row in desk("articles", *arguments, "--json").rows]


def test_the_list_shows_the_last_stored_first(desk: Desk) -> None:
    done = desk("articles", "list")
    header, *rows = [line.split("\t") for line in done.out.splitlines()]
    assert header == ["id", "published (UTC)", "site", "section", "versions", "headline"]
    assert [row[0] for row in rows] == ["3", "2", "1"]
    assert rows[2] == ["1", "2026-03-01 10:05", "wire", "Economy", "2", "Grain harvest grows fast"]
    assert done.code == 0


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--section", "Economy"], ["1"]),
        (["--language", "uk"], ["2"]),
        (["--tag", "#STEEL"], ["3"]),
        (["--since", "2026-03-02"], ["3", "2"]),
        (["--until", "2026-03-02T00:00"], ["1"]),
        (["--since", "2026-03-02T12:05:00+02:00", "--until", "2026-03-03"], ["2"]),
        (["--site", "another"], []),
        (["--limit", "1"], ["3"]),
        (["--after", "3"], ["2", "1"]),
    ],
)
def test_the_list_keeps_to_its_options(desk: Desk, options: list[str], expected: list[str]) -> None:
    assert keys(desk, "list", *options) == expected


def test_json_rows_carry_times_that_programs_read(desk: Desk) -> None:
    row = desk("articles", "list", "--json", "--limit", "1").rows[0]
    assert row["published"] == "2026-03-03T10:05:00.000Z"
    assert row["url"] == url_of("3")


def test_a_list_without_a_match_says_so(desk: Desk) -> None:
    assert desk("articles", "list", "--site", "another").out == "No article fits.\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["grain"], ["1"]),
        (["зерно"], ["2"]),
        (["steel", "works"], ["3"]),
        (['"steel is down"'], ["1"]),
        (["absent"], []),
    ],
)
def test_search_finds_articles_that_hold_all_words(desk: Desk, words: list[str], expected: list[str]) -> None:
    assert keys(desk, "search", *words) == expected


def test_a_word_can_be_excluded(desk: Desk) -> None:
    assert [row["key"] for row in desk("articles", "search", "--json", "--", "steel", "-grain").rows] == ["3"]


@pytest.mark.parametrize("words", ['"', "AND", "*", "a OR", "')--", "NEAR(", "^", "\x00"])
def test_any_text_is_a_search(desk: Desk, words: str) -> None:
    done = desk("articles", "search", "--", words)
    assert done.code == 0
    assert done.err == ""


def test_a_key_that_several_sites_have_is_answered_with_the_ids_to_choose_from(desk: Desk) -> None:
    ledger = Ledger.open(f"sqlite:///{desk.state / 'ledger.db'}")
    one = article("7", "", "Text.", 1)
    shared = [one.model_copy(update={"site": site, "key": "id:7", "headline": site}) for site in ("a", "b")]
    ledger.commit([Intake(each, each.url, 1_000.0) for each in shared])
    ids = {row.site: row.id for row in ledger.articles_named("id:7")}
    ledger.close()
    done = desk("articles", "show", "id:7")
    assert done.code == 2
    assert f"{ids['a']} (a), {ids['b']} (b)" in done.err
    assert desk("articles", "show", str(ids["b"])).out.splitlines()[0] == "b"


@pytest.mark.parametrize("name", ["1", url_of("1"), "id:absent|1"])
def test_an_article_is_found_by_id_and_url(desk: Desk, name: str) -> None:
    done = desk("articles", "show", name.rpartition("|")[2])
    assert done.out.splitlines()[0] == "Grain harvest grows fast"


def test_an_article_is_shown_whole_and_with_where_its_fields_came_from(desk: Desk) -> None:
    out = desk("articles", "show", "1").out
    for part in (
        "Grain is up.",
        "Steel is down.",
        "MORE ABOUT",
        "11:01 01.03.2026  Earlier harvest",
        "corrected",
        "| AP",
    ):
        assert part in out
    assert "2026-03-01 10:05 UTC (written '12:05 01.03.2026')   [json-ld:datePublished]" in out


def test_an_article_as_json_has_every_field_and_its_versions(desk: Desk) -> None:
    [row] = desk("articles", "show", "1", "--json").rows
    assert set(Article.model_fields) < set(row)
    assert [version["fetched_at"] for version in row["versions"]] == [
        "1970-01-01T00:16:40.000Z",
        "1970-01-01T00:33:20.000Z",
    ]
    assert row["id"] == 1


def test_versions_are_listed_in_their_order(desk: Desk) -> None:
    rows = [line.split("\t") for line in desk("articles", "show", "1", "--versions").out.splitlines()[2:4]]
    assert [row[-1] for row in rows] == ["Grain harvest grows", "Grain harvest grows fast"]
    assert [row[2] for row in rows] == ["", "yes"]


def test_what_a_version_changed_is_shown_word_by_word(desk: Desk) -> None:
    out = desk("articles", "show", "1", "--versions").out
    assert "headline: Grain harvest grows {+fast+}" in out
    assert "corrected: {+marked as corrected+}" in out
    [row] = desk("articles", "show", "1", "--versions", "--json").rows
    assert [version["changes"] for version in row["versions"]] == [
        [],
        ["headline: Grain harvest grows {+fast+}", "corrected: {+marked as corrected+}"],
    ]


def test_a_version_that_the_article_has_gone_back_to_comes_once_more(desk: Desk) -> None:
    ledger = Ledger.open(f"sqlite:///{desk.state / 'ledger.db'}")
    ledger.commit([Intake(WIRE[0], WIRE[0].url, 3_000.0)])
    ledger.close()
    out = desk("articles", "show", "1", "--versions").out.splitlines()
    times = [line.split("\t")[0] for line in out[2:5]]
    assert times == ["1970-01-01 00:16", "1970-01-01 00:33", "1970-01-01 00:50"]
    first, second, again = (line.split("\t")[1] for line in out[2:5])
    assert again == f"{first} again"
    assert f"{second} → {again}, read 1970-01-01 00:50 UTC" in out
    assert "headline: Grain harvest grows [-fast-]" in out
    [row] = desk("articles", "show", "1", "--json").rows
    assert [version["current"] for version in row["versions"]] == [True, False]


def test_the_other_copies_of_a_text_are_shown(desk: Desk) -> None:
    text = " ".join(f"Barge {n} carried {n * 7} tonnes of wheat down the river." for n in range(9))
    again = [article(key, f"Barges {key}", text, 7) for key in ("77", "78")]
    ledger = Ledger.open(f"sqlite:///{desk.state / 'ledger.db'}")
    ledger.commit([Intake(each, each.url, 1.0) for each in again])
    ledger.close()
    [other, one] = desk("articles", "list", "--limit", "2", "--json").rows
    out = desk("articles", "show", "https://wire.test/news/77.html").out
    assert f"2 of this text, in group {one['id']}" in out
    assert f"{other['id']}  wire  Barges 78" in out
    assert [row["key"] for row in desk("articles", "list", "--group", str(one["id"]), "--json").rows] == ["78", "77"]
    assert "copies" not in desk("articles", "show", "2").out


def test_an_article_that_is_not_there_is_bad_input(desk: Desk) -> None:
    done = desk("articles", "show", "https://wire.test/none.html")
    assert done.code == 2
    assert "No article has the id, key or URL" in done.err


def test_every_format_of_the_exports_can_be_asked_for() -> None:
    assert {form.value for form in Format} == set(FORMATS)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_an_export_holds_every_article_once(desk: Desk, form: str) -> None:
    done = desk("articles", "export", "--format", form)
    rows = list(csv.reader(io.StringIO(done.out)))[1:] if form == "csv" else done.rows
    assert len(rows) == len(WIRE)
    assert done.err == ""


def test_an_export_is_the_newest_version_in_the_order_of_storing(desk: Desk) -> None:
    rows = desk("articles", "export").rows
    assert [(row.pop("group"), row.pop("copies")) for row in rows] == [(1, 1), (2, 1), (3, 1)]
    found = [Article.model_validate(row) for row in rows]
    assert [each.key for each in found] == ["1", "2", "3"]
    assert found[1] == WIRE[1]
    assert found[0].corrected


def test_an_export_keeps_to_its_options(desk: Desk) -> None:
    assert [row["key"] for row in desk("articles", "export", "--since", "2026-03-03").rows] == ["3"]
    assert [row["key"] for row in desk("articles", "export", "--query", "grain").rows] == ["1"]


def test_a_csv_export_holds_no_formula(desk: Desk) -> None:
    cells = [cell for row in csv.reader(io.StringIO(desk("articles", "export", "-f", "csv").out)) for cell in row]
    assert '\'=HYPERLINK("https://evil.test")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_an_export_to_a_file_replaces_it_as_a_whole(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("before")
    assert desk("articles", "export", "-o", str(target)).out == ""
    assert len(target.read_text("utf-8").splitlines()) == len(WIRE)
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".out.jsonl")]


def test_an_export_that_cannot_be_written_leaves_the_earlier_one(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("before")
    (desk.state / "ledger.db").write_bytes(b"no database" * 1_000)
    done = desk("articles", "export", "-o", str(target))
    assert done.code == 2
    assert "is not a ledger" in done.err
    assert target.read_text() == "before"


def test_an_export_into_a_folder_that_is_not_there_is_bad_input(desk: Desk, tmp_path: Path) -> None:
    done = desk("articles", "export", "-o", str(tmp_path / "none" / "out.csv"))
    assert done.code == 2
    assert "There is no folder" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is a Linux device")
def test_a_full_disk_is_one_sentence(desk: Desk) -> None:
    done = desk("articles", "export", "-o", "/dev/full")
    assert done.code == 3
    assert done.err.startswith("wireroom: The disk is full")


def test_no_text_of_a_page_steers_the_terminal(desk: Desk) -> None:
    ledger = Ledger.open(f"sqlite:///{desk.state / 'ledger.db'}")
    evil = article("66", HOSTILE, HOSTILE, 6, section=HOSTILE, tags=(HOSTILE,), authors=(HOSTILE,))
    ledger.commit([Intake(evil, evil.url, 1.0)])
    other = evil.model_copy(update={"headline": f"{HOSTILE} again"})
    ledger.commit([Intake(other, other.url, 2.0)])
    ledger.close()
    shown = [["show", "66"], ["show", "66", "--json"], ["show", "66", "--versions"]]
    for command in (["list"], ["list", "--json"], *shown):
        out = desk("articles", *command).out
        assert "red" in out
        assert not {"\x1b", "\u202e", "\x07", "\x9b"} & set(out), command
    assert "[bold]markup[/bold]" in desk("articles", "show", "66").out


def test_a_reader_that_has_seen_enough_ends_the_list_quietly(desk: Desk) -> None:
    command = [sys.executable, "-m", "workers", "articles", "export", "--state", str(desk.state)]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert done.stderr == ""


def test_a_file_that_cannot_be_written_is_called_by_the_name_that_was_given(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / ("x" * 255)
    done = desk("articles", "export", "-o", str(target))
    assert (done.code, done.out) == (2, "")
    assert done.err == f"wireroom: {target} cannot be written: File name too long. Name another file.\n"


def test_articles_are_deleted_only_when_it_is_meant(desk: Desk) -> None:
    ids = [str(row["id"]) for row in desk("articles", "list", "--json").rows]
    done = desk("articles", "delete", ids[0], ids[1])
    assert done.code == 2
    assert "would delete 2 article(s)" in done.err
    assert "--yes" in done.err
    done = desk("articles", "delete", ids[0], ids[0], ids[1], "--yes")
    assert (done.code, done.out) == (0, "2 article(s) deleted.\n")
    assert [str(row["id"]) for row in desk("articles", "list", "--json").rows] == ids[2:]
    assert desk("articles", "delete", ids[0], "--yes").code == 2, "it is not there any more"


def test_programs_read_how_many_articles_were_deleted(desk: Desk) -> None:
    [first, *_] = [str(row["id"]) for row in desk("articles", "list", "--json").rows]
    assert desk("articles", "delete", first, "--yes", "--json").rows == [{"deleted": 1, "left": 0}]
    done = desk("articles", "prune", "--older-than", "2999-01-01", "--yes", "--json")
    assert done.rows == [{"deleted": 2, "left": 0}]


def test_articles_are_pruned_by_when_they_were_stored(desk: Desk) -> None:
    assert desk("articles", "prune", "--older-than", "1d", "--yes").out == "0 article(s) deleted.\n"
    done = desk("articles", "prune", "--older-than", "2999-01-01")
    assert done.code == 2
    assert "would delete 3 article(s)" in done.err
    assert desk("articles", "prune", "--older-than", "2999-01-01", "--yes").out == "3 article(s) deleted.\n"
    assert desk("articles", "list", "--json").rows == []
    assert desk("articles", "prune", "--older-than", "old", "--yes").code == 2
