"""`wireroom read`: saved pages to articles on standard output."""

from __future__ import annotations

import builtins
import gzip
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer
from newsdesk import Desk

from workers.cli.read import read, read_file
from workers.core.errors import BadInput

TEXT = "The ferry to the outer islands sails again from Monday on, the harbour master of Port Merrow said. "
PAGE = f"""<html lang="en"><head><title>Ferry sails again</title>
<meta property="article:published_time" content="2026-03-02T18:40:00+01:00"></head>
<body><article><h1>Ferry sails again</h1><p>{TEXT * 3}</p></article></body></html>"""


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_file_gives_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(b"%PDF-1.7"))
    read([tmp_path], jsonl=True)
    article, refused = lines(capsys)
    assert (article["file"], article["headline"], article["body"]) == (
        "a.html",
        "Ferry sails again",
        (TEXT * 3).strip(),
    )
    assert article["published"] == "2026-03-02T18:40:00+01:00"
    assert article["cpu_ms"] > 0
    assert (refused["file"], refused["reason"]) == ("b.html.gz", "not-html")


def test_the_address_of_a_page_comes_from_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "urls.jsonl").write_text('{"file": "a.html", "url": "https://courier.example/ferry"}\n')
    read([tmp_path / "a.html"], url_from=tmp_path / "urls.jsonl", jsonl=True)
    assert lines(capsys)[0]["url"] == "https://courier.example/ferry"


def test_people_get_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    read([tmp_path / "a.html"])
    assert capsys.readouterr().out.startswith("Ferry sails again\n2026-03-02T18:40:00+01:00")


def test_a_file_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no file"):
        read([tmp_path / "none.html"])


def test_careful_reading_without_its_libraries_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    usual = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "trafilatura":
            raise ImportError(name=name)
        return usual(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(BadInput, match="wireroom\\[careful\\]"):
        read([tmp_path / "a.html"], careful=True, jsonl=True)


def test_careful_reading_gives_an_article_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("trafilatura")
    pytest.importorskip("resiliparse")
    (tmp_path / "a.html").write_text(PAGE)
    read([tmp_path / "a.html"], careful=True, jsonl=True)
    assert lines(capsys)[0]["body"] == (TEXT * 3).strip()


def test_what_was_found_on_a_page_that_is_no_whole_article_is_shown_beside_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.html").write_text(PAGE.replace(TEXT * 3, ""))
    (tmp_path / "b.html").write_text(PAGE.replace("<head>", '<head><meta property="og:type" content="website">'))
    (tmp_path / "urls.jsonl").write_text('{"file": "b.html", "url": "https://courier.example/"}\n')
    with pytest.raises(typer.Exit):
        read([tmp_path / "a.html", tmp_path / "b.html"], url_from=tmp_path / "urls.jsonl", jsonl=True)
    empty, front = lines(capsys)
    assert (empty["reason"], empty["headline"], empty["body"]) == ("incomplete", "Ferry sails again", "")
    assert (front["reason"], front["headline"]) == ("not-an-article", "Ferry sails again")
    assert front["body"] == (TEXT * 3).strip()


def test_a_hostile_page_whose_address_is_not_known_is_refused_in_a_fraction_of_a_second(tmp_path: Path) -> None:
    pages = {
        "deep.html": "canonical" + "<div>" * 100_000,
        "attributes.html": f"<p canonical {' '.join(f'a{n}' for n in range(22_000))}>{TEXT}",
        "in the head.html": f"<head><meta canonical {' '.join(f'a{n}' for n in range(22_000))}><body><p>{TEXT}",
    }
    for name, page in pages.items():
        (tmp_path / name).write_text(page)
        started = time.process_time()
        found = read_file(tmp_path / name, None)
        spent = (time.process_time() - started) * 1_000
        assert found["reason"] == "hostile-page"
        assert spent < 1_000
        assert spent * 0.8 - 5 < found["cpu_ms"] <= spent, "all of it is counted"


def test_the_address_is_found_in_the_head_else_in_the_first_part_of_the_page(tmp_path: Path) -> None:
    link = '<link rel="canonical" href="https://courier.example/ferry?a=1&amp;b=2">'
    other = '<link rel="canonical" href="https://courier.example/other">'
    long = f'<div data-page="{"x y " * 60_000}">'  # cut in its middle, it looks like a tag of many attributes
    for page in (
        PAGE.replace("</head>", f"{link}</head>"),
        PAGE.replace("</head>", f"{link}</head>").replace("<body>", f"<body>{other}{long}"),
        PAGE.replace("<article>", f"<article>{link}"),
    ):
        (tmp_path / "a.html").write_text(page)
        assert read_file(tmp_path / "a.html", None)["url"] == "https://courier.example/ferry?a=1&b=2"


@pytest.mark.parametrize("name", ["-", "/dev/stdin"])
def test_a_page_is_read_from_standard_input(name: str) -> None:
    command = [sys.executable, "-m", "workers", "read", name, name, "--jsonl"]
    done = subprocess.run(command, input=PAGE, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["headline"] == "Ferry sails again"


def test_what_is_missing_is_told_and_the_rest_is_read(tmp_path: Path, desk: Desk) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    done = desk("read", "none.html", "a.html", "no/folder", "--jsonl")
    assert [row["file"] for row in done.rows] == ["a.html"]
    told = "wireroom: There is no file or folder none.html.\nwireroom: There is no file or folder no/folder.\n"
    assert (done.code, done.err) == (1, told)


def test_the_exit_code_says_whether_there_was_an_article(tmp_path: Path, desk: Desk) -> None:
    (tmp_path / "good.html").write_text(PAGE)
    (tmp_path / "bad.html").write_bytes(b"%PDF-1.7")
    assert desk("read", "good.html", "bad.html").code == 0
    assert desk("read", "bad.html").code == 1
    (tmp_path / "empty").mkdir()
    nothing = desk("read", "empty")
    assert (nothing.code, nothing.out) == (2, "")
    assert nothing.err.startswith("wireroom: There is nothing to read: no .html")


def test_files_of_one_name_are_told_apart_by_their_paths(tmp_path: Path, desk: Desk) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.html").write_text(PAGE)
    urls = tmp_path / "urls.jsonl"
    urls.write_text(
        '{"file": "a/page.html", "url": "https://x.example/a"}\n{"file": "page.html", "url": "https://x.example/b"}'
    )
    done = desk("read", "a", "b", "--url-from", "urls.jsonl", "--jsonl")
    assert [row["url"] for row in done.rows] == ["https://x.example/a", "https://x.example/b"]
    urls.write_text('{"file": "page.html", "url": "https://x.example/b"}')
    for command in ("read", "ingest"):
        refused = desk(command, "a", "b", "--url-from", "urls.jsonl")
        assert (refused.code, refused.out) == (2, "")
        assert "one line for two files: a/page.html and b/page.html are both called page.html" in refused.err
    urls.write_text('{"file": "page.html", "url": "https://x.example/b"}\n' * 2)
    assert desk("read", "a", "--url-from", "urls.jsonl").code == 0
    urls.write_text(urls.read_text().replace("/b", "/a", 1))
    assert "line 2: an earlier line gives page.html another URL" in desk("read", "a", "--url-from", "urls.jsonl").err
